// Settings, splits, models as files, and trainings that go on from where they were cut.
#include <cmath>
#include <set>

#include "core/stop.hpp"
#include "core/system_clock.hpp"
#include "expect_error.hpp"
#include "learn/training_run.hpp"
#include "learn/verify.hpp"
#include "memory_file.hpp"

namespace bradawl::learn {
namespace {

Values values(std::initializer_list<std::pair<const char*, const char*>> given) {
    Values made;
    for (const auto& [name, text] : given)
        made.given[name] = {text, "--" + std::string(name)};
    return made;
}

/// Rows of two numbers and a word, whose class is whether the numbers add up to more than 0.
std::string some_rows(std::size_t count) {
    std::string text = "a,b,c,y\n";
    nn::Mersenne random(nn::Seed{{20261127}, false});
    for (std::size_t row = 0; row < count; ++row) {
        const double a = random.normal();
        const double b = random.normal();
        text += std::to_string(a) + "," + std::to_string(b) + "," + (row % 3 == 0 ? "p" : "q") + "," +
                (a + b > 0 ? "yes" : "no") + "\n";
    }
    return text;
}

/// Trains on rows of a text.
struct Learnt {
    explicit Learnt(const std::string& rows, const Values& given, const std::string& checkpoint = "")
        : running{clock, stop, 1, "", checkpoint, false} {
        file.fill(rows);
        io::Input input(file.path(), stop);
        run = std::make_unique<TrainingRun>(input, table::RowsOptions{}, given, running, Voices{});
    }

    MemoryFile file;
    Stop stop;
    SystemClock clock{stop};
    Running running;
    std::unique_ptr<TrainingRun> run;
};

TEST(Settings, AreRefusedWithTheirPlace) {
    const auto refused = [](std::initializer_list<std::pair<const char*, const char*>> given, const std::string& text) {
        expect_error(Fault::usage, text, [&] { resolve(values(given)); });
    };
    refused({{"target", "y"}, {"lr", "fast"}}, "--lr: 'fast' is not a number");
    EXPECT_THROW(resolve(values({{"target", "y"}, {"rule", "adm"}})), Error);
    EXPECT_THROW(resolve(values({{"target", "y"}, {"hidden", "-3"}})), Error);
    EXPECT_THROW(resolve(values({{"target", "y"}, {"hidden", "99999999999999999999"}})), Error);
    EXPECT_THROW(resolve(values({{"target", "y"}, {"split", ".9,.9"}})), Error);
    EXPECT_THROW(resolve(values({{"target", "y"}, {"dropout", "1"}})), Error);
    EXPECT_THROW(resolve(values({{"target", "y"}, {"hidden", "8--4"}})), Error);
}

TEST(Settings, ResolveToWhatTheyMean) {
    const Options options = resolve(values({{"target", "y"},
                                            {"hidden", "8-4"},
                                            {"act", "relu"},
                                            {"rule", "nesterov"},
                                            {"momentum", ".5:.9@2-10"},
                                            {"lr-decay", "linear:1-50:.1"}}));
    ASSERT_EQ(options.layers.size(), 2U);
    EXPECT_EQ(options.layers[1].units, 4U);
    EXPECT_EQ(options.layers[0].activation, nn::Activation::relu);
    EXPECT_EQ(options.rate, 0.01) << "that of sgd";
    EXPECT_EQ(options.momentum.last, 0.9);
    EXPECT_EQ(options.rate_schedule.kind, nn::RateSchedule::Kind::linear);
    const Options again = resolve([&] {
        Values made;
        for (const auto& [name, text] : options.resolved)
            made.given[name] = {text, name};
        return made;
    }());
    EXPECT_EQ(again.resolved, options.resolved);
    const Options by_layers = resolve(values({{"target", "y"}, {"layers", "type=relu,dim=3;type=softmax"}}));
    Values once_more;
    for (const auto& [name, text] : by_layers.resolved)
        once_more.given[name] = {text, name};
    EXPECT_EQ(resolve(once_more).resolved, by_layers.resolved);
}

Sets split(const Dataset& data, std::initializer_list<std::pair<const char*, const char*>> given) {
    Values all = values(given);
    all.given["target"] = {"y", "--target"};
    all.given["categorical"] = {"c", "--categorical"};
    return split_rows(data, resolve(all));
}

TEST(Splits, TakeEachRowOnce) {
    const Learnt learnt(some_rows(101), values({{"target", "y"}, {"categorical", "c"}}));
    const Dataset& data = learnt.run->data();
    for (const char* by : {"stratified", "shuffle", "order", "hash"}) {
        SCOPED_TRACE(by);
        const Sets sets = split(data, {{"split", ".6,.2,.2"}, {"split-by", by}});
        std::set<std::uint32_t> all;
        for (const auto* rows : {&sets.train, &sets.valid, &sets.test}) {
            EXPECT_TRUE(std::is_sorted(rows->begin(), rows->end()));
            EXPECT_NEAR(static_cast<double>(rows->size()), rows == &sets.train ? 61 : 20,
                        std::string(by) == "hash" ? 15 : 2);
            all.insert(rows->begin(), rows->end());
        }
        EXPECT_EQ(all.size(), 101U);
        EXPECT_EQ(sets.train.size() + sets.valid.size() + sets.test.size(), 101U);
    }
    EXPECT_EQ(split(data, {{"split", "50,30,21"}, {"split-by", "order"}}).valid.front(), 50U);
}

TEST(Splits, KeepThePartsOfClasses) {
    const Learnt learnt(some_rows(200), values({{"target", "y"}, {"categorical", "c"}}));
    const Dataset& data = learnt.run->data();
    const auto part = [&](const std::vector<std::uint32_t>& rows) {
        double ones = 0;
        for (const std::uint32_t row : rows)
            ones += data.labels[row];
        return ones / static_cast<double>(rows.size());
    };
    const Sets sets = split(data, {{"split", ".5,.5,0"}, {"split-by", "stratified"}});
    EXPECT_NEAR(part(sets.train), part(sets.valid), 0.011);
    Values given = values({{"target", "y"}, {"categorical", "c"}});
    std::set<std::uint32_t> tested;
    for (const Sets& fold : fold_rows(data, resolve(given), 5, 0)) {
        EXPECT_EQ(fold.test.size(), 40U);
        tested.insert(fold.test.begin(), fold.test.end());
    }
    EXPECT_EQ(tested.size(), 200U);
}

TEST(Models, AreTheSameWhenReadAgain) {
    for (const char* precision : {"float", "double"}) {
        Learnt learnt(
            some_rows(80),
            values(
                {{"target", "y"}, {"categorical", "c"}, {"hidden", "3"}, {"epochs", "3"}, {"precision", precision}}));
        const Model model = learnt.run->train(false).model;
        const std::string json = to_json(model);
        const Model again = read_model(json, "m.json");
        EXPECT_FALSE(again.edited);
        EXPECT_EQ(to_json(again), json);
        EXPECT_EQ(weights_sha256(again), weights_sha256(model));
        EXPECT_EQ(options_of(again).resolved, options_of(model).resolved);
    }
}

TEST(Models, ThatAreNoneAreRefused) {
    Learnt learnt(some_rows(60), values({{"target", "y"}, {"categorical", "c"}, {"hidden", "2"}, {"epochs", "1"}}));
    const std::string json = to_json(learnt.run->train(false).model);
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = json;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    const auto refused = [](const std::string& text) {
        try {
            read_model(text, "m.json");
            ADD_FAILURE() << "taken: " << text.substr(0, 200);
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::data);
            EXPECT_TRUE(error.text().starts_with("m.json")) << error.text();
        }
    };
    refused("");
    refused("{}");
    refused("[1]");
    refused(json.substr(0, json.size() / 2));
    refused(with("nn-train/1", "nn-train/2"));
    refused(with("\"out\":2", "\"out\":3"));
    refused(with("\"in\":", "\"in\":1"));
    refused(with("\"type\":\"tanh\"", "\"type\":\"magic\""));
    refused(with("\"W\":[[", "\"W\":[[1e999,"));
    refused(with("\"W\":[[", "\"W\":[[1,"));
    const std::size_t digit = json.find_first_of("123456789", json.find("\"W\":[[") + 6);
    std::string edited = json;
    edited[digit] = edited[digit] == '9' ? '8' : static_cast<char>(edited[digit] + 1);
    EXPECT_TRUE(read_model(edited, "m.json").edited);
}

TEST(Trainings, GoOnToTheSameBits) {
    const std::string path = testing::TempDir() + "learn_test.ckpt";
    std::remove(path.c_str());
    const std::string rows = some_rows(120);
    const auto given = [](const char* epochs) {
        return values({{"target", "y"},
                       {"categorical", "c"},
                       {"hidden", "5"},
                       {"dropout", ".2"},
                       {"rule", "adam"},
                       {"patience", "0"},
                       {"epochs", epochs}});
    };
    Learnt whole(rows, given("12"));
    const std::string wanted = to_json(whole.run->train(false).model);
    Learnt(rows, given("5"), path).run->train(false);
    EXPECT_EQ(to_json(Learnt(rows, given("12"), path).run->train(false).model), wanted);
    expect_error(Fault::usage, "", [&] {
        try {
            Learnt(some_rows(121), given("12"), path).run->train(false);
        } catch (const Error& error) {
            throw Error(error.fault(), "");  // the text has the path
        }
    });
    std::remove(path.c_str());
}

TEST(Trainings, CanBeVerified) {
    const std::string rows = some_rows(90);
    Learnt learnt(rows, values({{"target", "y"}, {"categorical", "c"}, {"hidden", "4"}, {"epochs", "6"}}));
    const Model model = learnt.run->train(false).model;
    const auto verdict = [&](const std::string& text) {
        MemoryFile file;
        file.fill(text);
        io::Input input(file.path(), learnt.stop);
        return verify(model, input, {}, learnt.running, {});
    };
    const Verdict same = verdict(rows);
    EXPECT_TRUE(same.data_same);
    EXPECT_TRUE(same.weights_same);
    EXPECT_EQ(same.again, weights_sha256(model));
    EXPECT_FALSE(verdict(rows + "1,1,p,yes\n").data_same);
}

TEST(Trainings, EndWhenTheLossIsNoNumber) {
    Learnt learnt(some_rows(80), values({{"target", "y"},
                                         {"categorical", "c"},
                                         {"act", "relu"},
                                         {"rule", "sgd"},
                                         {"lr", "1e11"},
                                         {"epochs", "5"}}));
    const Fitted fitted = learnt.run->train(false);
    EXPECT_TRUE(fitted.diverged);
    EXPECT_EQ(fitted.model.stopped, "diverged");
    read_model(to_json(fitted.model), "m.json");  // what is kept is finite
}

}  // namespace
}  // namespace bradawl::learn
