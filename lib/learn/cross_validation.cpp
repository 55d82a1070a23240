#include "learn/cross_validation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "json/writer.hpp"

namespace bradawl::learn {

namespace {

struct Figure {
    const char* name;
    double (*of)(const nn::Scores&);
};

const std::vector<Figure>& figures(bool classification) {
    static const std::vector<Figure> of_classes = {
        {"accuracy", [](const nn::Scores& scores) { return 1 - scores.misclass; }},
        {"nll", [](const nn::Scores& scores) { return scores.nll; }}};
    static const std::vector<Figure> of_values = {{"rmse", [](const nn::Scores& scores) { return scores.rmse; }},
                                                  {"mae", [](const nn::Scores& scores) { return scores.mae; }},
                                                  {"r2", [](const nn::Scores& scores) { return scores.r2; }}};
    return classification ? of_classes : of_values;
}

struct Spread {
    double mean;
    double deviation;
};

Spread spread_of(const std::vector<FoldResult>& results, const Figure& figure) {
    double sum = 0;
    for (const FoldResult& result : results)
        sum += figure.of(result.test);
    const auto count = static_cast<double>(results.size());
    const double mean = sum / count;
    double squares = 0;
    for (const FoldResult& result : results)
        squares += (figure.of(result.test) - mean) * (figure.of(result.test) - mean);
    return {mean, results.size() < 2 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(squares / (count - 1))};
}

}  // namespace

std::vector<FoldResult> cross_validate(const Dataset& data, const Options& options, std::uint64_t folds,
                                       std::uint64_t rounds, const Running& running, Watcher& watcher,
                                       const std::function<void(const FoldResult&)>& each) {
    std::vector<FoldResult> results;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        std::uint64_t fold = 0;
        for (const Sets& sets : fold_rows(data, options, folds, round)) {
            const Fitted fitted = fit(data, sets, options, running, watcher);
            if (fitted.interrupted) return results;
            results.push_back(
                {round + 1, ++fold, fitted.model.best_epoch, fitted.diverged, fitted.model.metrics.back().second});
            each(results.back());
        }
    }
    return results;
}

std::string to_json(const FoldResult& result, bool classification) {
    std::string text = fmt::format("{{\"round\":{},\"fold\":{},\"best_epoch\":{},\"test\":{{", result.round,
                                   result.fold, result.epochs);
    write_scores(result.test, classification, text);
    return text + fmt::format("}}{}}}\n", result.diverged ? ",\"diverged\":true" : "");
}

std::string summary_json(const std::vector<FoldResult>& results, bool classification) {
    std::string text;
    json::Writer json(text);
    json.begin_object();
    json.key("folds");
    json.integer(results.size());
    for (const Figure& figure : figures(classification)) {
        const Spread spread = spread_of(results, figure);
        json.key(figure.name);
        json.begin_object();
        json.key("mean");
        json.number(spread.mean);
        json.key("sd");
        json.number(spread.deviation);
        json.end_object();
    }
    json.end_object();
    return text + "\n";
}

std::string summary_table(const std::vector<FoldResult>& results, bool classification) {
    std::string text = fmt::format("{} folds", results.size());
    for (const Figure& figure : figures(classification)) {
        const Spread spread = spread_of(results, figure);
        const bool percent = std::string_view(figure.name) == "accuracy";
        text += percent
                    ? fmt::format("   {} {:.2f} +- {:.2f} %", figure.name, spread.mean * 100, spread.deviation * 100)
                    : fmt::format("   {} {:.4g} +- {:.4g}", figure.name, spread.mean, spread.deviation);
    }
    return text + "\n";
}

std::optional<double> figure_of(const std::vector<FoldResult>& results, bool classification, const std::string& name) {
    for (const Figure& figure : figures(classification))
        if (name == figure.name) return spread_of(results, figure).mean;
    return std::nullopt;
}

}  // namespace bradawl::learn
