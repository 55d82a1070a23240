#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json/writer.hpp"
#include "learn/evaluate.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

constexpr std::size_t longest_name = 16;
constexpr std::size_t most_shown = 12;  // classes of a confusion matrix on a page

std::string shown(const std::string& name) {
    return text::printable(name, longest_name);
}

std::string figure(double value) {
    return std::isfinite(value) ? fmt::format("{:.4f}", value) : "-";
}

}  // namespace

std::string to_json(const Evaluation& evaluation) {
    std::string text;
    json::Writer json(text);
    const auto number = [&](const char* key, double value) {
        json.key(key);
        json.number(value);
    };
    json.begin_object();
    json.key("rows");
    json.integer(evaluation.rows);
    json.key("failed");
    json.integer(evaluation.failed);
    if (!evaluation.classification) {
        number("rmse", evaluation.rmse);
        number("mae", evaluation.mae);
        number("r2", evaluation.r2);
        json.end_object();
        return text + "\n";
    }
    number("accuracy", evaluation.accuracy);
    number("nll", evaluation.nll);
    number("auc", evaluation.auc);
    number("ece", evaluation.calibration);
    json.key("classes");
    json.begin_array();
    for (std::size_t at = 0; at < evaluation.classes.size(); ++at) {
        json.begin_object();
        json.key("name");
        json.foreign_string(evaluation.classes[at]);
        number("precision", evaluation.precision[at]);
        number("recall", evaluation.recall[at]);
        number("f1", evaluation.f1[at]);
        json.end_object();
    }
    json.end_array();
    json.key("confusion");
    json.begin_array();
    for (const auto& row : evaluation.confusion) {
        json.begin_array();
        for (const std::uint64_t count : row)
            json.integer(count);
        json.end_array();
    }
    json.end_array();
    json.end_object();
    return text + "\n";
}

std::string confusion_table(const Evaluation& evaluation) {
    const std::size_t classes = evaluation.classes.size();
    if (classes > most_shown) return fmt::format("({} classes: their confusion is in --format=json)\n", classes);
    std::size_t margin = 14;
    std::size_t cell = 6;
    for (const std::string& name : evaluation.classes) {
        margin = std::max(margin, shown(name).size() + 3);
        cell = std::max(cell, std::min<std::size_t>(shown(name).size(), 60 / classes) + 1);
    }
    for (const auto& row : evaluation.confusion)
        for (const std::uint64_t count : row)
            cell = std::max(cell, std::to_string(count).size() + 1);
    std::string text = fmt::format("{:<{}}", "true \\ said", margin);
    for (const std::string& name : evaluation.classes)
        text += fmt::format("{:>{}}", shown(name).substr(0, cell - 1), cell);
    text += '\n';
    for (std::size_t at = 0; at < classes; ++at) {
        text += fmt::format("  {:<{}}", shown(evaluation.classes[at]), margin - 2);
        for (const std::uint64_t count : evaluation.confusion[at])
            text += fmt::format("{:>{}}", count, cell);
        text += '\n';
    }
    return text;
}

std::string to_table(const Evaluation& evaluation) {
    const std::string rows = fmt::format("{} row{}", evaluation.rows, evaluation.rows == 1 ? "" : "s");
    if (!evaluation.classification)
        return fmt::format("{}   rmse {:.6g}   mae {:.6g}   r2 {:.4f}\n", rows, evaluation.rmse, evaluation.mae,
                           evaluation.r2);
    std::string text =
        fmt::format("{}   accuracy {:.2f} %   nll {:.4f}   auc {}   ece {:.4f}\n\n", rows, evaluation.accuracy * 100,
                    evaluation.nll, figure(evaluation.auc), evaluation.calibration);
    text += fmt::format("{:<18}{:>8}{:>11}{:>9}{:>9}\n", "class", "rows", "precision", "recall", "f1");
    for (std::size_t at = 0; at < evaluation.classes.size(); ++at) {
        std::uint64_t there = 0;
        for (const std::uint64_t count : evaluation.confusion[at])
            there += count;
        text += fmt::format("  {:<16}{:>8}{:>11}{:>9}{:>9}\n", shown(evaluation.classes[at]), there,
                            figure(evaluation.precision[at]), figure(evaluation.recall[at]), figure(evaluation.f1[at]));
    }
    return text + '\n' + confusion_table(evaluation);
}

}  // namespace bradawl::learn
