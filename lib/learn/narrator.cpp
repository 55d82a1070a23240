#include "learn/narrator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/writer.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

constexpr std::uint64_t long_enough = 20;  // epochs of saying one class only

double majority_error(const Dataset& data, const std::vector<std::uint32_t>& rows) {
    if (!data.classification || rows.empty()) return 2;
    std::vector<std::uint64_t> counts(data.classes.size());
    for (const std::uint32_t row : rows)
        ++counts[data.labels[row]];
    return 1 - static_cast<double>(*std::max_element(counts.begin(), counts.end())) / static_cast<double>(rows.size());
}

/// The numeric column that varies most among the rows, for a remedy.
std::pair<std::string, double> widest_column(const Dataset& data, const std::vector<std::uint32_t>& rows) {
    std::pair<std::string, double> widest{"", 0};
    for (const table::Column& column : data.table.columns) {
        if (column.categorical) continue;
        double sum = 0;
        double squares = 0;
        double count = 0;
        for (const std::uint32_t row : rows) {
            const double value = column.numbers[row];
            if (std::isnan(value)) continue;
            sum += value;
            squares += value * value;
            ++count;
        }
        const double deviation = std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
        if (count > 0 && deviation > widest.second) widest = {column.name, deviation};
    }
    return widest;
}

std::string large(double number) {
    if (number >= 1e6) return fmt::format("{:.1f} M", number / 1e6);
    return number >= 1e3 ? fmt::format("{:.0f} k", number / 1e3) : fmt::format("{:.0f} ", number);
}

/// .4512 without the zero in front.
std::string brief(double value) {
    const std::string text = fmt::format("{:.3f}", value);
    return text.starts_with("0.") ? text.substr(1) : text;
}

}  // namespace

Narrator::Narrator(Voices voices, const Dataset& data, const Sets& sets, const Options& options)
    : voices_(std::move(voices)),
      data_(data),
      sets_(sets),
      options_(options),
      majority_(majority_error(data, sets.valid.empty() ? sets.train : sets.valid)) {}

void Narrator::begin() {
    if (!voices_.record) return;
    std::string text;
    json::Writer json(text);
    json.begin_object();
    json.key("config");
    json.begin_object();
    for (const auto& [name, value] : options_.resolved) {
        json.key(name);
        json.foreign_string(value);
    }
    json.end_object();
    json.key("rows");
    json.begin_object();
    for (const auto& [name, rows] :
         {std::pair{"train", &sets_.train}, std::pair{"valid", &sets_.valid}, std::pair{"test", &sets_.test}}) {
        json.key(name);
        json.integer(rows->size());
    }
    json.end_object();
    json.end_object();
    voices_.record(text + "\n");
}

bool Narrator::listens() {
    return voices_.record || (voices_.due && voices_.due());
}

void Narrator::epoch(const EpochRecord& record) {
    elapsed_ = record.elapsed;
    epochs_ = record.epoch;
    if (voices_.record) voices_.record(to_json(record, data_.classification));
    if (record.whole && voices_.due && voices_.due()) voices_.show(progress(record));
    warn_of_majority(record);
}

std::string Narrator::progress(const EpochRecord& record) const {
    const bool watched = record.valid.rows > 0;
    const nn::Scores& scores = watched ? record.valid : record.train;
    const auto pair = [&](double train, double valid) {
        return watched ? brief(train) + "/" + brief(valid) : brief(train);
    };
    const std::string epochs = options_.stop.epochs == 0 ? "-" : std::to_string(options_.stop.epochs);
    std::string text = fmt::format("epoch {}/{} ", record.epoch, epochs);
    text += data_.classification
                ? fmt::format("nll {} err {:.1f}%", pair(record.train.nll, record.valid.nll), scores.misclass * 100)
                : fmt::format("rmse {} r2 {:.3f}", pair(record.train.rmse, record.valid.rmse), scores.r2);
    text += fmt::format(" best @{}", record.best_epoch);
    if (options_.stop.patience > 0) text += fmt::format(" patience {}", record.patience_left);
    return text + fmt::format(" {}row/s", large(record.rows_a_second));
}

void Narrator::warn_of_majority(const EpochRecord& record) {
    const bool watched = record.valid.rows > 0;
    const double misclass = watched ? record.valid.misclass : record.train.misclass;
    epochs_alike_ = std::abs(misclass - majority_) < 1e-9 && majority_ > 0 ? epochs_alike_ + 1 : 0;
    if (epochs_alike_ < long_enough || warned_ || !voices_.warn) return;
    warned_ = true;
    const auto [column, deviation] = widest_column(data_, sets_.train);
    const bool raw = options_.scaling.scale == table::Scale::none && deviation > 10;
    voices_.warn(
        "majority",
        fmt::format(
            "{} misclass {:.3f} is that of always saying the commonest class, for {} epochs{}",
            watched ? "valid" : "train", misclass, long_enough,
            raw ? fmt::format("; inputs are not scaled: '{}' has sd {:.0f}", text::printable(column), deviation) : ""),
        raw ? "Try --scale=standard." : "Try another --lr, more --hidden units, or --class-weight=balanced.");
}

void Narrator::diverged(const Divergence& divergence) {
    if (!voices_.warn) return;
    const bool raw = options_.scaling.scale == table::Scale::none;
    voices_.warn("diverged",
                 fmt::format("diverged at epoch {} batch {}: the loss is not finite (largest input {:.6g} in '{}'{})",
                             divergence.epoch, divergence.batch, divergence.size, text::printable(divergence.column),
                             raw ? "; inputs are not scaled" : ""),
                 fmt::format("Try {}--lr={:.3g}. The best weights so far are kept.", raw ? "--scale=standard or " : "",
                             std::min(options_.rate / 10, 0.01)));
}

void Narrator::found(const std::string& what) {
    if (voices_.warn) voices_.warn("input", what, "");
}

void Narrator::end(const Fitted& fitted) {
    if (!voices_.record) return;
    const Model& model = fitted.model;
    std::string text =
        fmt::format("{{\"done\":\"{}\",\"epochs\":{},\"best_epoch\":{}", model.stopped, epochs_, model.best_epoch);
    for (const auto& [set, scores] : model.metrics) {
        text += fmt::format(",\"{}\":{{", set);
        write_scores(scores, model.classification, text);
        text += '}';
    }
    voices_.record(text + fmt::format(",\"elapsed\":{:.3f}}}\n", elapsed_));
}

}  // namespace bradawl::learn
