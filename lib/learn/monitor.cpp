#include "learn/monitor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/error.hpp"
#include "json/writer.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

void write_set(const char* name, const nn::Scores& scores, const EpochRecord& record, bool classification,
               json::Writer& json) {
    if (scores.rows == 0) return;
    json.key(name);
    json.begin_object();
    json.key("objective");
    json.number(scores.cost + record.penalty);
    std::string members;
    write_scores(scores, classification, members);
    json.raw(members);
    json.end_object();
}

void write_learning(const EpochRecord& record, bool classification, json::Writer& json) {
    json.key("epoch");
    json.integer(record.epoch);
    json.key("lr");
    json.number(record.rate);
    json.key("momentum");
    json.number(record.momentum);
    write_set("train", record.train, record, classification, json);
    write_set("valid", record.valid, record, classification, json);
    if (record.gradient_norm > 0) {
        json.key("grad_norm");
        json.number(record.gradient_norm);
    }
    json.key("weight_norm");
    json.number(record.weight_norm);
    json.key("update_ratio");
    json.number(record.update_ratio);
}

}  // namespace

Monitor::Monitor(const std::string& name, bool classification, bool has_valid) : of_valid_(has_valid) {
    name_ = classification ? "nll" : "rmse";
    if (name == "auto") return;
    std::vector<std::string> known;
    for (const char* set : {"valid_", "train_"})
        for (const char* value : {"objective", "nll", "misclass", "acc", "rmse", "mae", "r2"}) {
            const std::string of = value;
            const bool of_classes = of == "nll" || of == "misclass" || of == "acc";
            if (of == "objective" || of_classes == classification) known.push_back(set + of);
        }
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        const std::string near = text::nearest(name, known);
        throw Error(Fault::usage,
                    fmt::format("--monitor: '{}' is none of {}", text::printable(name), fmt::join(known, ", ")),
                    near.empty() ? "" : "Did you mean '" + near + "'?");
    }
    of_valid_ = name.starts_with("valid_");
    name_ = name.substr(6);
    if (of_valid_ && !has_valid)
        throw Error(Fault::usage, "--monitor=" + name + ": there are no rows to watch",
                    "Leave some with --split, or name a file with --valid.");
}

double Monitor::value(const EpochRecord& record) const {
    const nn::Scores& scores = of_valid_ ? record.valid : record.train;
    if (name_ == "nll") return scores.nll;
    if (name_ == "misclass") return scores.misclass;
    if (name_ == "acc") return scores.misclass - 1;
    if (name_ == "rmse") return scores.rmse;
    if (name_ == "mae") return scores.mae;
    if (name_ == "r2") return -scores.r2;
    return scores.cost + record.penalty;
}

std::string to_lasting_json(const EpochRecord& record, bool classification) {
    std::string text;
    json::Writer json(text);
    json.begin_object();
    write_learning(record, classification, json);
    json.end_object();
    return text;
}

std::string to_json(const EpochRecord& record, bool classification) {
    std::string text;
    json::Writer json(text);
    json.begin_object();
    write_learning(record, classification, json);
    json.key("rows_per_s");
    json.integer(static_cast<std::uint64_t>(record.rows_a_second));
    json.key("elapsed");
    json.number(static_cast<double>(static_cast<std::int64_t>(record.elapsed * 1000)) / 1000);
    json.key("best");
    json.boolean(record.best);
    json.key("patience_left");
    json.integer(record.patience_left);
    json.end_object();
    return text + "\n";
}

}  // namespace bradawl::learn
