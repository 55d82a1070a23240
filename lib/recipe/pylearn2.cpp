#include "recipe/pylearn2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "recipe/object.hpp"
#include "recipe/pylearn2_layers.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::recipe {

namespace {

using learn::Values;
using tree::Node;

/// A file with rows, or a part of it.
struct Rows {
    std::string path;
    std::string begin;  ///< first row, or the part of the rows before it; empty: 0
    std::string end;
    bool parts = false;  ///< parts of all rows, not numbers of rows
    bool classes = true;
    bool header = true;
    char separator = ',';
    Values::Given place;

    bool operator==(const Rows& other) const {
        return path == other.path && begin == other.begin && end == other.end && parts == other.parts;
    }
};

Rows read_rows(const Node& node, const std::string& name) {
    Object object(node, name);
    if (object.type() != "CSVDataset")
        object.refuse_type("CSVDataset: turn the rows into CSV, with the class in the first column");
    Rows rows;
    rows.path = object.demand("path");
    rows.place = object.given("path", rows.path);
    const std::string task = object.take_text("task").value_or("classification");
    if (task != "classification" && task != "regression")
        throw Error(Fault::config, object.given("task", "").place + ": neither classification nor regression");
    rows.classes = task == "classification";
    object.allow("one_hot", {"0", "1", "True", "False", "true", "false"});  // another form of the same
    object.allow("num_outputs", {"1"});
    object.allow("expect_labels", {"1", "True", "true"});
    const std::string header = object.take_text("expect_headers").value_or("True");
    rows.header = header == "1" || header == "True" || header == "true";
    const std::string delimiter = object.take_text("delimiter").value_or(",");
    if (delimiter.size() != 1) throw Error(Fault::config, object.given("delimiter", "").place + ": not one character");
    rows.separator = delimiter[0];
    const auto start = object.take_text("start");
    const auto stop = object.take_text("stop");
    const auto start_part = object.take_text("start_fraction");
    const auto end_part = object.take_text("end_fraction");
    rows.parts = start_part || end_part;
    if (rows.parts && (start || stop))
        throw Error(Fault::config,
                    object.given("start_fraction", "").place + ": rows are given as numbers and as parts");
    rows.begin = (rows.parts ? start_part : start).value_or("0");
    rows.end = (rows.parts ? end_part : stop).value_or("");
    for (const std::string& number : {rows.begin, rows.end.empty() ? "0" : rows.end})
        if (!text::to_double(number))
            throw Error(Fault::config, object.given("start", "").place +
                                           fmt::format(": '{}' is not a number", text::printable(number)));
    object.finish();
    return rows;
}

class Reader {
public:
    explicit Reader(const std::string& name) : name_(name) {}

    Recipe run(const Node& root) {
        Object train(root, name_);
        if (train.type() != "Train") train.refuse_type("Train");
        usual(train);
        rows_ = read_rows(need(train, "dataset"), name_);
        read_model(Object(need(train, "model"), name_));
        read_algorithm(Object(need(train, "algorithm"), name_));
        if (const Node* const list = train.take("extensions")) {
            if (list->kind != Node::Kind::list) train.refuse(*list, "extensions", "a list is wanted");
            for (const Node& item : list->items)
                read_extension(Object(item, name_));
        }
        if (const auto path = train.take_text("save_path"); path && recipe_.output.empty()) recipe_.output = *path;
        train.finish();
        if (!momentum_change_.empty()) {
            Values::Given& momentum = recipe_.values.given["momentum"];
            momentum.text += ":" + momentum_change_;
        }
        place_rows();
        return std::move(recipe_);
    }

private:
    const Node& need(Object& object, const char* key) {
        if (const Node* const node = object.take(key)) return *node;
        throw Error(Fault::config, fmt::format("{}:{}: {} without {}", name_, object.line(), object.type(), key));
    }

    void set(const char* setting, const Object& object, const char* key, const std::string& text) {
        recipe_.values.given[setting] = object.given(key, text);
    }

    /// What Pylearn2 does where its document says nothing.
    void usual(const Object& train) {
        for (const auto& [setting, text] :
             {std::pair{"compat", "pylearn2"}, std::pair{"schedule-offset", "1"}, std::pair{"scale", "none"},
              std::pair{"target", "1"}, std::pair{"split", "1"}, std::pair{"split-by", "order"},
              std::pair{"momentum", "0"}, std::pair{"lr-decay", "none"}, std::pair{"l2", "0"}, std::pair{"epochs", "0"},
              std::pair{"patience", "0"}})
            set(setting, train, "", text);
        set("monitor", train, "", "auto");
    }

    /// A seed as NumPy's RandomState takes it: a list, or one number.
    void seed(const char* setting, Object& object) {
        const Node* const node = object.take("seed");
        if (node == nullptr) return;
        if (node->kind == Node::Kind::scalar) return set(setting, object, "seed", "number:" + node->text);
        std::string list;
        for (const Node& item : node->items)
            list += (list.empty() ? "" : ",") + item.text;
        set(setting, object, "seed", list);
    }

    void read_model(Object model) {
        if (model.type() != "MLP") model.refuse_type("the model MLP");
        recipe_.values.layers = read_layers(need(model, "layers"), model);
        if (const auto inputs = model.take_text("nvis")) set("inputs", model, "nvis", *inputs);
        if (const auto batch = model.take_text("batch_size")) set("batch", model, "batch_size", *batch);
        seed("weight-seed", model);
        model.finish();
    }

    void read_algorithm(Object sgd) {
        if (sgd.type() != "SGD") sgd.refuse_type("the algorithm SGD");
        set("lr", sgd, "learning_rate", sgd.demand("learning_rate"));
        if (const auto batch = sgd.take_text("batch_size")) set("batch", sgd, "batch_size", *batch);
        seed("shuffle-seed", sgd);
        set("rule", sgd, "learning_rule", "sgd");
        if (const Node* const rule = sgd.take("learning_rule")) read_rule(Object(*rule, name_));
        if (const auto momentum = sgd.take_text("init_momentum")) set("momentum", sgd, "init_momentum", *momentum);
        if (const Node* const cost = sgd.take("cost")) read_cost(*cost, name_, recipe_.values.layers);
        if (const Node* const watched = sgd.take("monitoring_dataset")) read_watched(*watched);
        sgd.allow("train_iteration_mode", {"shuffled_sequential"});
        sgd.take("monitoring_batch_size");  // what is watched is exact whatever the batches
        if (const Node* const callbacks = sgd.take("update_callbacks")) {
            if (callbacks->kind == Node::Kind::list) {
                for (const Node& item : callbacks->items)
                    read_callback(Object(item, name_));
            } else {
                read_callback(Object(*callbacks, name_));
            }
        }
        read_stop(Object(need(sgd, "termination_criterion"), name_));
        sgd.finish();
    }

    void read_rule(Object rule) {
        static constexpr std::pair<const char*, const char*> plain[] = {
            {"AdaDelta", "adadelta"}, {"AdaGrad", "adagrad"}, {"RMSProp", "rmsprop"}};
        if (rule.type() == "Momentum") {
            const std::string nesterov = rule.take_text("nesterov_momentum").value_or("False");
            set("rule", rule, "nesterov_momentum",
                nesterov == "True" || nesterov == "true" || nesterov == "1" ? "nesterov" : "sgd");
            set("momentum", rule, "init_momentum", rule.demand("init_momentum"));
            return rule.finish();
        }
        for (const auto& [theirs, ours] : plain)
            if (rule.type() == theirs) {
                set("rule", rule, "", ours);
                rule.allow("decay", {theirs == std::string("RMSProp") ? "0.9" : "0.95"});
                rule.allow("max_scaling", {"1e5", "100000", "1e+5"});
                return rule.finish();
            }
        rule.refuse_type("the rules Momentum, AdaDelta, AdaGrad and RMSProp");
    }

    void read_watched(const Node& node) {
        if (node.kind == Node::Kind::map && node.tag.empty()) {
            for (const auto& [set_name, dataset] : node.members)
                watched_.emplace_back(set_name, read_rows(dataset, name_));
        } else {
            watched_.emplace_back("", read_rows(node, name_));
        }
    }

    void read_callback(Object callback) {
        if (callback.type() == "ExponentialDecay") {
            const std::string least = callback.take_text("min_lr").value_or("0");
            set("lr-decay", callback, "decay_factor", fmt::format("exp:{}:{}", callback.demand("decay_factor"), least));
        } else if (callback.type() == "AnnealedLearningRate") {
            set("lr-decay", callback, "anneal_start", "anneal:" + callback.demand("anneal_start"));
        } else {
            callback.refuse_type("the callbacks ExponentialDecay and AnnealedLearningRate");
        }
        callback.finish();
    }

    void read_stop(Object criterion) {
        std::string rules;
        if (criterion.type() == "And" || criterion.type() == "Or") {
            // They join what lets it go on, so And stops at the first.
            const Node& list = need(criterion, "criteria");
            for (const Node& item : list.items)
                rules += (rules.empty() ? "" : ",") + rule_of(Object(item, name_));
            rules = (criterion.type() == "And" ? "any:" : "all:") + rules;
            criterion.finish();
        } else {
            rules = "any:" + rule_of(std::move(criterion));
        }
        recipe_.values.given["stop"] = {rules, fmt::format("{}:{}: termination_criterion", name_, criterion.line())};
    }

    std::string rule_of(Object criterion) {
        std::string rule;
        if (criterion.type() == "MonitorBased") {
            channel(criterion);
            set("min-delta", criterion, "prop_decrease", criterion.take_text("prop_decrease").value_or(".01"));
            rule = "patience=" + criterion.take_text("N").value_or("5");
        } else if (criterion.type() == "EpochCounter") {
            rule = "epochs=" + criterion.demand("max_epochs");
        } else if (criterion.type() == "ChannelTarget") {
            channel(criterion);
            rule = "target=" + criterion.demand("target");
        } else {
            criterion.refuse_type("the criteria MonitorBased, EpochCounter, ChannelTarget, And and Or");
        }
        criterion.finish();
        return rule;
    }

    void read_extension(Object extension) {
        if (extension.type() == "MonitorBasedSaveBest") {
            channel(extension);
            recipe_.output = extension.demand("save_path");
            extension.allow("higher_is_better", {"0", "False", "false"});
            extension.allow("start_epoch", {"0"});
        } else if (extension.type() == "MomentumAdjustor") {
            momentum_change_ = fmt::format("{}@{}-{}", extension.demand("final_momentum"), extension.demand("start"),
                                           extension.demand("saturate"));
        } else if (extension.type() == "LinearDecayOverEpoch") {
            set("lr-decay", extension, "start",
                fmt::format("linear:{}-{}:{}", extension.demand("start"), extension.demand("saturate"),
                            extension.demand("decay_factor")));
        } else if (extension.type() == "OneOverEpoch") {
            const std::string start = extension.demand("start");
            const double half = text::to_double(start).value_or(0) + 1;
            set("lr-decay", extension, "start",
                fmt::format("one-over:{}:{}:{}", start,
                            extension.take_text("half_life").value_or(fmt::format("{}", half)),
                            extension.take_text("min_lr").value_or("0")));
        } else {
            extension.refuse_type(
                "the extensions MonitorBasedSaveBest, MomentumAdjustor, LinearDecayOverEpoch and OneOverEpoch");
        }
        extension.finish();
    }

    /// One value decides here when to stop and what is best; `valid_y_misclass` is `valid_misclass`.
    void channel(Object& object) {
        const auto wanted = object.take_text("channel_name");
        const std::string text = wanted.value_or("objective");
        const Values::Given given = object.given("channel_name", text);
        if (!channel_.empty() && channel_ != text)
            throw Error(Fault::config, given.place + ": one value decides when to stop and what is best, and it is '" +
                                           text::printable(channel_) + "' already");
        channel_ = text;
        channel_place_ = given;
    }

    /// Which set a channel is of, by the name in front of it; the rest is left in `text`.
    const Rows* set_of(std::string& text) const {
        for (const auto& [name, rows] : watched_) {
            if (!name.empty() && !text.starts_with(name + "_")) continue;
            if (!name.empty()) text.erase(0, name.size() + 1);
            return &rows;
        }
        return nullptr;
    }

    void place_rows() {
        recipe_.rows = rows_.path;
        recipe_.header = rows_.header;
        recipe_.separator = rows_.separator;
        recipe_.values.given["task"] = {rows_.classes ? "classification" : "regression", rows_.place.place};
        const Rows* watched = nullptr;
        if (!channel_.empty()) {
            std::string text = channel_;
            watched = set_of(text);
            if (watched == nullptr)
                throw Error(Fault::config, channel_place_.place + ": no set of monitoring_dataset for '" +
                                               text::printable(channel_) + "'");
            for (const Values::Layer& layer : recipe_.values.layers)
                if (text.starts_with(layer[1].second.text + "_")) text.erase(0, layer[1].second.text.size() + 1);
            if (text != "objective" && text != "misclass" && text != "nll")
                throw Error(Fault::config,
                            channel_place_.place + ": of channels only objective, misclass and nll are supported");
            if (*watched == rows_) watched = nullptr;
            recipe_.values.given["monitor"] = {(watched == nullptr ? "train_" : "valid_") + text, channel_place_.place};
        }
        split(watched);
    }

    void split(const Rows* watched) {
        const Values::Given& place = watched == nullptr ? rows_.place : watched->place;
        const auto refuse = [&] {
            throw Error(Fault::config, place.place +
                                           ": of parts of a file only those are supported that begin with its "
                                           "first row and follow one another");
        };
        const auto zero = [](const std::string& text) { return *text::to_double(text) == 0; };
        if (!zero(rows_.begin)) refuse();
        if (watched == nullptr) {
            if (!rows_.end.empty()) recipe_.values.given["split"] = {rows_.end, place.place};
            return;
        }
        if (watched->path != rows_.path) {
            if (!rows_.end.empty() || !zero(watched->begin) || !watched->end.empty()) refuse();
            recipe_.values.given["valid"] = {watched->path, place.place};
            return;
        }
        if (rows_.end.empty() || watched->end.empty() || watched->parts != rows_.parts || watched->begin != rows_.end)
            refuse();
        const double size = *text::to_double(watched->end) - *text::to_double(watched->begin);
        recipe_.values.given["split"] = {fmt::format("{},{:.12g}", rows_.end, size), place.place};
    }

    const std::string& name_;
    Recipe recipe_;
    Rows rows_;
    std::vector<std::pair<std::string, Rows>> watched_;
    std::string channel_;
    Values::Given channel_place_;
    std::string momentum_change_;
};

}  // namespace

Recipe read_pylearn2(const Node& root, const std::string& name) {
    return Reader(name).run(root);
}

}  // namespace bradawl::recipe
