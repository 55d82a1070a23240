#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.hpp"
#include "learn/layers.hpp"
#include "learn/lists.hpp"
#include "learn/names.hpp"
#include "learn/options.hpp"
#include "learn/settings.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

using nn::Activation;
using nn::Init;

/// What `--compat=pylearn2` makes of settings that nothing else sets: the recipe of its users' articles.
constexpr std::pair<const char*, const char*> pylearn2[] = {
    {"fit-on", "all"},
    {"split", ".7/.7"},
    {"split-by", "order"},
    {"hidden", "20"},
    {"act", "sigmoid"},
    {"init", "uniform:.05"},
    {"init-bias", "1"},
    {"batch", "10"},
    {"lr", ".05"},
    {"rule", "sgd"},
    {"momentum", ".5:.99@1-50"},
    {"lr-decay", "linear:1-50:.1"},
    {"epochs", "0"},
    {"patience", "50"},
    {"monitor", "valid_misclass"},
    {"l2", "0"},
    {"weight-seed", "2013,1,4"},
    {"shuffle-seed", "2012,10,5"},
};

class Resolver {
public:
    explicit Resolver(const Values& values) : values_(values) {
        for (const Setting& setting : settings)
            now_[name_of(setting)] = setting.fallback;
        const auto compat = values.given.find("compat");
        pylearn2_ = compat != values.given.end() && compat->second.text == "pylearn2";
        if (pylearn2_)
            for (const auto& [name, text] : pylearn2)
                now_[name] = text;
        for (const auto& [name, given] : values.given)
            now_[name] = given.text;
    }

    Options run() {
        Options options;
        word("compat", {"none", "pylearn2"});
        rows(options);
        split_rows(options);
        training(options);
        stopping(options);
        network(options);
        layers(options);
        costs_of_weights(options);
        options.cost = word_text("cost", {"auto", "nll", "cross_entropy", "mse", "mae", "huber"});
        for (const Setting& setting : settings)
            options.resolved.emplace_back(name_of(setting), now_[name_of(setting)]);
        return options;
    }

private:
    [[noreturn]] void refuse(const std::string& name, const std::string& why) const {
        const auto given = values_.given.find(name);
        const Values::Given where = given == values_.given.end() ? Values::Given{"", "--" + name} : given->second;
        throw Error(where.fault(), fmt::format("{}: {}", where.place, why), "Try 'nn-train train --help'.");
    }

    const std::string& text(const std::string& name) { return now_[name]; }

    double number(const std::string& name, const std::string& part, double least, double most) const {
        const auto value = text::to_double(part.starts_with('+') ? part.substr(1) : part);
        if (!value) refuse(name, fmt::format("'{}' is not a number", text::printable(part)));
        if (*value < least || *value > most) refuse(name, fmt::format("{} is not from {} to {}", part, least, most));
        return *value;
    }

    double number(const std::string& name, double least, double most) { return number(name, text(name), least, most); }

    std::uint64_t count(const std::string& name, std::uint64_t most = 1'000'000'000'000) {
        const auto value = text::to_uint64(text(name));
        if (!value || *value > most)
            refuse(name, fmt::format("'{}' is not a whole number up to {}", text::printable(text(name)), most));
        return *value;
    }

    std::size_t word(const std::string& name, const std::vector<std::string>& known) {
        const auto found = std::find(known.begin(), known.end(), text(name));
        if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
        const std::string near = text::nearest(text(name), known);
        refuse(name, fmt::format("'{}' is none of {}{}", text::printable(text(name)), fmt::join(known, ", "),
                                 near.empty() ? "" : " (did you mean '" + near + "'?)"));
    }

    std::string word_text(const std::string& name, const std::vector<std::string>& known) {
        return known[word(name, known)];
    }

    nn::Seed seed_of(const std::string& name) {
        nn::Seed seed;
        constexpr std::string_view plain = "number:";
        seed.plain = text(name).starts_with(plain);
        for (const std::string& part : split_list(seed.plain ? text(name).substr(plain.size()) : text(name)))
            seed.key.push_back(static_cast<std::uint32_t>(number(name, part, 0, 4294967295.0)));
        if (seed.plain && seed.key.size() != 1) refuse(name, "number:N is of one number");
        return seed;
    }

    void rows(Options& options) {
        options.target = text("target");
        options.task = static_cast<Task>(word("task", {"auto", "classification", "regression"}));
        options.features = split_list(text("features"));
        options.ignore = split_list(text("ignore"));
        options.categorical = split_list(text("categorical"));
        options.weight_column = text("weight-col");
        missing(options);
        options.scaling.missing_in = split_list(text("missing-in"));
        options.scaling.unknown = static_cast<table::Unknown>(word("unknown", {"error", "zeros", "other"}));
        options.scaling.scale = static_cast<table::Scale>(word("scale", {"standard", "minmax", "none"}));
        options.inputs = count("inputs", 10'000'000);
        options.fit_on_all = word("fit-on", {"train", "all"}) == 1;
        options.balanced = text("class-weight") == "balanced";
        if (options.balanced) return;
        for (const std::string& part : split_list(text("class-weight"))) {
            const std::size_t equals = part.rfind('=');
            if (equals == std::string::npos) refuse("class-weight", "balanced, or CLASS=WEIGHT,...");
            options.class_weights[part.substr(0, equals)] = number("class-weight", part.substr(equals + 1), 0, 1e12);
        }
    }

    /// What to do with missing values, and beside that what such a value looks like.
    void missing(Options& options) {
        options.missing_words = split_list(text("missing-values"));
        const std::vector<std::string> known(missing_words.begin(), missing_words.end());
        for (const std::string& part : split_list(text("missing"))) {
            const auto found = std::find(known.begin(), known.end(), part);
            const std::string near = text::nearest(part, known);
            if (found != known.end()) {
                options.scaling.missing = static_cast<table::Missing>(found - known.begin());
            } else if (near.empty()) {
                options.missing_words.push_back(part);
            } else {
                refuse("missing", fmt::format("'{}' is none of {} (did you mean '{}'?)", text::printable(part),
                                              fmt::join(known, ", "), near));
            }
        }
    }

    void split_rows(Options& options) {
        SplitOptions& split_options = options.split;
        split_options.by =
            static_cast<SplitOptions::By>(word("split-by", {"auto", "order", "shuffle", "stratified", "hash"}));
        split_options.column = text("split-col");
        split_options.file = text("valid");
        const std::string& parts = text("split");
        split_options.automatic = parts == "auto";
        if (split_options.automatic) return;
        split_options.of_rest = parts.find('/') != std::string::npos;
        std::vector<double> sizes;
        for (const std::string& part : split_list(parts, split_options.of_rest ? '/' : ','))
            sizes.push_back(number("split", part, 0, split_options.of_rest ? 1 : 1e9));
        if (sizes.empty() || sizes.size() > (split_options.of_rest ? 2U : 3U) || sizes[0] <= 0)
            refuse("split", "TRAIN,VALID,TEST as parts of 1, or TRAIN/PART-OF-THE-REST");
        sizes.resize(3);
        split_options.train = sizes[0];
        split_options.valid = sizes[1];
        split_options.test = sizes[2];
        split_options.counts =
            std::all_of(sizes.begin(), sizes.end(), [](double size) { return size == std::floor(size); }) &&
            sizes[0] > 1;
        if (!split_options.of_rest && !split_options.counts && sizes[0] + sizes[1] + sizes[2] > 1 + 1e-9)
            refuse("split", "the parts are more than 1 together");
    }

    void network(Options& options) {
        static const std::vector<std::string> kinds = {"linear", "sigmoid", "tanh", "relu", "softplus", "maxout"};
        nn::LayerOptions layer;
        const std::size_t kind = word("act", kinds);
        layer.activation = kind == 5 ? Activation::maxout : static_cast<Activation>(kind);
        init(layer);
        layer.init_bias = number("init-bias", -1e6, 1e6);
        layer.draw_include = pylearn2_;
        std::vector<double> dropout;
        for (const std::string& part : split_list(text("dropout")))
            dropout.push_back(number("dropout", part, 0, 0.99));
        std::string hidden = text("hidden");
        std::replace(hidden.begin(), hidden.end(), ',', '-');  // a list of a recipe
        if (!hidden.empty() && ("-" + hidden + "-").find("--") != hidden.npos)
            refuse("hidden", "'" + hidden + "' is not numbers of units such as 64-32");
        for (const std::string& part : split_list(hidden, '-')) {
            if (part == "0") continue;
            layer.units = static_cast<std::size_t>(number("hidden", part, 1, 1e6));
            if (std::floor(number("hidden", part, 1, 1e6)) != number("hidden", part, 1, 1e6))
                refuse("hidden", "'" + part + "' is not a whole number");
            layer.name = "h" + std::to_string(options.layers.size());
            options.layers.push_back(layer);
        }
        options.output = layer;
        options.output.name = "y";
        options.output.init_bias = 0;
        options.output.draw_include = false;
        for (std::size_t at = 0; at <= options.layers.size() && !dropout.empty(); ++at)
            (at < options.layers.size() ? options.layers[at] : options.output).keep =
                1 - dropout[std::min(at, dropout.size() - 1)];
        if (dropout.size() > options.layers.size() + 1) refuse("dropout", "more parts than layers");
    }

    /// Layers one by one stand instead of those of --hidden, and take from there what they do not say.
    void layers(Options& options) {
        const auto given = values_.given.find("layers");
        const bool by_text = given != values_.given.end() && !given->second.text.empty();
        if (!by_text && (values_.layers.empty() || values_.given.contains("hidden"))) return;
        const std::vector<Values::Layer> list = by_text ? split_layers(given->second) : values_.layers;
        nn::LayerOptions usual = options.output;
        usual.init_bias = number("init-bias", -1e6, 1e6);
        usual.draw_include = pylearn2_;
        usual.keep = 1;
        options.layers = make_layers(list, usual);
        options.output = options.layers.back();
        options.output_given = true;
        options.layers.pop_back();
        now_["layers"] = join_layers(list);
        now_["hidden"] = "";
    }

    void init(nn::LayerOptions& layer) {
        const std::vector<std::string> parts = split_list(text("init"), ':');
        static const std::vector<std::string> sized = {"uniform", "normal", "sparse"};
        static const std::vector<std::pair<std::string, Init>> plain = {{"glorot", Init::glorot},
                                                                        {"glorot-normal", Init::glorot_normal},
                                                                        {"he", Init::he},
                                                                        {"he-normal", Init::he_normal},
                                                                        {"lecun", Init::lecun}};
        for (const auto& [name, kind] : plain)
            if (parts.size() == 1 && parts[0] == name) return void(layer.init = kind);
        const auto found = parts.empty() ? sized.end() : std::find(sized.begin(), sized.end(), parts[0]);
        if (found == sized.end() || parts.size() < 2)
            refuse("init", "'" + text::printable(text("init")) + "' is none of those that --help names");
        layer.init = static_cast<Init>(found - sized.begin());
        if (layer.init == Init::sparse) {
            layer.init_count = number("init", parts[1], 1, 1e6);
            layer.init_size = parts.size() > 2 ? number("init", parts[2], 0, 1e6) : 1;
        } else {
            layer.init_size = number("init", parts[1], 0, 1e6);
        }
    }

    void costs_of_weights(Options& options) {
        const double l2 = number("l2", 0, 1e6);
        const double l1 = number("l1", 0, 1e6);
        const double norm = number("max-col-norm", 0, 1e9);
        const bool decay = options.trainer.rule == nn::Rule::adamw;
        if (decay) options.trainer.weight_decay = l2;
        const auto add = [&](nn::LayerOptions& layer) {
            if (!decay && layer.l2 == 0) layer.l2 = l2;
            if (layer.l1 == 0) layer.l1 = l1;
            if (layer.max_column_norm == 0) layer.max_column_norm = norm;
        };
        for (nn::LayerOptions& layer : options.layers)
            add(layer);
        add(options.output);
    }

    void training(Options& options) {
        options.batch = count("batch", 100'000'000);
        static const std::vector<std::string> rules = {"sgd",      "nesterov", "adagrad", "rmsprop",
                                                       "adadelta", "adam",     "adamw"};
        static const char* const usual_rates[] = {"0.01", "0.01", "0.01", "0.001", "1", "0.001", "0.001"};
        const std::size_t rule = word("rule", rules);
        options.trainer.rule = static_cast<nn::Rule>(rule);
        if (text("lr") == "auto") now_["lr"] = usual_rates[rule];
        options.rate = number("lr", 0, 1e12);
        options.trainer.clip = number("clip", 0, 1e12);
        if (options.trainer.rule == nn::Rule::adadelta) options.trainer.epsilon = pylearn2_ ? options.rate : 1e-6;
        if (options.trainer.rule == nn::Rule::adadelta && pylearn2_) options.rate = 1;  // it takes one for the other
        momentum(options.momentum);
        rate_schedule(options.rate_schedule);
        options.schedule_offset = count("schedule-offset", 1'000'000);
        options.restarts = std::max<std::uint64_t>(1, count("restarts", 1'000'000));
        options.time_budget = number("time-budget", 0, 1e12);
        options.seed = count("seed", 4294967295);
        options.weight_seed = seed_of("weight-seed");
        options.shuffle_seed = seed_of("shuffle-seed");
        options.in_double = word("precision", {"float", "double"}) == 1;
    }

    void momentum(nn::MomentumSchedule& schedule) {
        const std::string& all = text("momentum");
        const std::vector<std::string> parts = split_list(all, ':');
        if (parts.empty()) refuse("momentum", "M, or FIRST:LAST@BEGIN-END");
        schedule.first = schedule.last = number("momentum", parts[0], 0, 1);
        if (parts.size() == 1) return;
        const std::vector<std::string> change = split_list(parts[1], '@');
        const std::vector<std::string> when =
            change.size() == 2 ? split_list(change[1], '-') : std::vector<std::string>();
        if (when.size() != 2) refuse("momentum", "'" + text::printable(all) + "' is not FIRST:LAST@BEGIN-END");
        schedule.last = number("momentum", change[0], 0, 1);
        schedule.begin = number("momentum", when[0], 0, 1e12);
        schedule.end = number("momentum", when[1], 0, 1e12);
        if (schedule.end < schedule.begin) refuse("momentum", "it ends before it begins");
    }

    void rate_schedule(nn::RateSchedule& schedule) {
        const std::vector<std::string> parts = split_list(text("lr-decay"), ':');
        const std::string kind = parts.empty() ? "none" : parts[0];
        const auto part = [&](std::size_t at, double least, double fallback) {
            return at < parts.size() ? number("lr-decay", parts[at], least, 1e12) : fallback;
        };
        using Kind = nn::RateSchedule::Kind;
        if (kind == "none") {
            schedule.kind = Kind::constant;
        } else if (kind == "linear" && parts.size() == 3) {
            const std::vector<std::string> when = split_list(parts[1], '-');
            if (when.size() != 2) refuse("lr-decay", "linear:BEGIN-END:PART");
            schedule.kind = Kind::linear;
            schedule.begin = number("lr-decay", when[0], 0, 1e12);
            schedule.end = number("lr-decay", when[1], schedule.begin, 1e12);
            schedule.part = part(2, 0, 1);
        } else if (kind == "one-over" && parts.size() >= 2) {
            schedule = {Kind::one_over, part(1, 0, 1), 1, 1, part(2, 0, 0), 1, part(3, 0, 0)};
        } else if (kind == "exp" && parts.size() >= 2) {
            schedule.kind = Kind::exponential;
            schedule.factor = part(1, 1, 1);
            schedule.least = part(2, 0, 0);
        } else if (kind == "anneal" && parts.size() == 2) {
            schedule.kind = Kind::annealed;
            schedule.begin = part(1, 1, 1);
        } else {
            refuse("lr-decay", fmt::format("'{}' is none of linear:BEGIN-END:PART, one-over:BEGIN[:HALF[:LEAST]], "
                                           "exp:FACTOR[:LEAST], anneal:BATCHES",
                                           text::printable(text("lr-decay"))));
        }
    }

    void stopping(Options& options) {
        nn::StopOptions& stop = options.stop;
        stop.epochs = count("epochs");
        stop.patience = count("patience");
        stop.min_delta = number("min-delta", 0, 1);
        stop.drifting = pylearn2_;
        options.monitor = text("monitor");
        const std::string& rules = text("stop");
        if (rules.empty()) {
            if (stop.epochs == 0 && stop.patience == 0 && options.time_budget == 0)
                refuse("epochs", "nothing would ever stop it: epochs, patience and time-budget are 0");
            return;
        }
        const std::size_t colon = rules.find(':');
        const std::string how = rules.substr(0, colon);
        if (colon == std::string::npos || (how != "any" && how != "all"))
            refuse("stop", "any:RULE,... or all:RULE,...");
        stop.all = how == "all";
        stop.epochs = stop.patience = 0;
        for (const std::string& rule : split_list(rules.substr(colon + 1))) {
            const std::size_t equals = std::min(rule.find('='), rule.size() - 1);
            const std::string name = rule.substr(0, equals);
            const double value = number("stop", rule.substr(equals + 1), -1e12, 1e12);
            if (name == "epochs") {
                stop.epochs = static_cast<std::uint64_t>(std::max(value, 0.0));
            } else if (name == "patience") {
                stop.patience = static_cast<std::uint64_t>(std::max(value, 0.0));
            } else if (name == "target") {
                stop.has_target = true;
                stop.target = value;
            } else {
                refuse("stop", "'" + text::printable(name) + "' is none of epochs, patience, target");
            }
        }
        if (stop.epochs == 0 && stop.patience == 0 && !stop.has_target) refuse("stop", "no rule that could stop it");
    }

    const Values& values_;
    std::map<std::string, std::string> now_;
    bool pylearn2_ = false;
};

}  // namespace

Options resolve(const Values& values) {
    return Resolver(values).run();
}

}  // namespace bradawl::learn
