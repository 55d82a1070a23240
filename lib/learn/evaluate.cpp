#include "learn/evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

/// The part of pairs of a member and a stranger in which the member has the higher score; ties count half
/// (Mann and Whitney 1947).
double area_under_curve(const std::vector<double>& scores, const std::vector<std::uint32_t>& labels,
                        std::uint32_t member) {
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return scores[a] < scores[b]; });
    double ranks = 0;
    double members = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double tied = 0;
        while (end < order.size() && scores[order[end]] == scores[order[begin]])
            tied += labels[order[end++]] == member ? 1 : 0;
        ranks += tied * (static_cast<double>(begin + end + 1) / 2);
        members += tied;
        begin = end;
    }
    const double strangers = static_cast<double>(scores.size()) - members;
    if (members == 0 || strangers == 0) return std::numeric_limits<double>::quiet_NaN();
    return (ranks - members * (members + 1) / 2) / (members * strangers);
}

class Judge {
public:
    Judge(const Model& model, std::string input) : model_(model), input_(std::move(input)) {
        result_.classification = model.classification;
        result_.classes = model.classes;
        result_.confusion.assign(model.classes.size(), std::vector<std::uint64_t>(model.classes.size()));
        scores_.resize(model.classes.size());
    }

    void add(const Applied& row) {
        if (row.failed) return void(++result_.failed);
        ++result_.rows;
        if (!model_.classification) return add_value(row);
        const auto found = std::find(model_.classes.begin(), model_.classes.end(), row.target);
        if (found == model_.classes.end())
            throw Error(
                Fault::data,
                fmt::format("{}:{}: column '{}': {}", input_, row.line, text::printable(model_.target),
                            row.target.empty() ? "the class is missing"
                                               : "'" + text::printable(row.target, 40) + "' is no class of the model"));
        const auto label = static_cast<std::uint32_t>(found - model_.classes.begin());
        const auto best =
            static_cast<std::size_t>(std::max_element(row.outputs.begin(), row.outputs.end()) - row.outputs.begin());
        ++result_.confusion[label][best];
        result_.nll -= std::log(std::max(row.outputs[label], std::numeric_limits<double>::min()));
        labels_.push_back(label);
        const std::size_t classes = row.outputs.size();
        for (std::size_t at = classes == 2 ? 1 : 0; at < classes; ++at)
            scores_[at].push_back(row.outputs[at]);
        Bin& bin = bins_[std::min<std::size_t>(9, static_cast<std::size_t>(row.outputs[best] * 10))];
        ++bin.rows;
        bin.promised += row.outputs[best];
        bin.right += best == label ? 1 : 0;
    }

    Evaluation finish(const std::string& positive) {
        const auto rows = static_cast<double>(result_.rows);
        if (result_.rows == 0) throw Error(Fault::data, input_ + ": no rows");
        if (!model_.classification) {
            result_.rmse = std::sqrt(errors_ / rows);
            result_.mae = sizes_ / rows;
            result_.r2 = spread_ > 0 ? 1 - errors_ / spread_ : errors_ > 0 ? 0 : 1;
            return result_;
        }
        result_.nll /= rows;
        const std::size_t classes = model_.classes.size();
        std::uint64_t right = 0;
        for (std::size_t at = 0; at < classes; ++at) {
            std::uint64_t predicted = 0;
            for (std::size_t other = 0; other < classes; ++other)
                predicted += result_.confusion[other][at];
            const std::uint64_t there =
                std::accumulate(result_.confusion[at].begin(), result_.confusion[at].end(), std::uint64_t{0});
            const auto hits = static_cast<double>(result_.confusion[at][at]);
            right += result_.confusion[at][at];
            const double none = std::numeric_limits<double>::quiet_NaN();
            result_.precision.push_back(predicted == 0 ? none : hits / static_cast<double>(predicted));
            result_.recall.push_back(there == 0 ? none : hits / static_cast<double>(there));
            const auto both = static_cast<double>(predicted + there);
            result_.f1.push_back(both == 0 ? none : 2 * hits / both);
        }
        result_.accuracy = static_cast<double>(right) / rows;
        for (const Bin& bin : bins_)
            result_.calibration += std::abs(bin.promised - static_cast<double>(bin.right)) / rows;
        find_area(positive);
        return result_;
    }

private:
    struct Bin {
        std::uint64_t rows = 0;
        double promised = 0;
        std::uint64_t right = 0;
    };

    void add_value(const Applied& row) {
        const auto wanted = text::to_double(row.target);
        if (!wanted)
            throw Error(Fault::data, fmt::format("{}:{}: column '{}': '{}' is not a number", input_, row.line,
                                                 text::printable(model_.target), text::printable(row.target, 40)));
        const double error = row.outputs[0] - *wanted;
        errors_ += error * error;
        sizes_ += std::abs(error);
        const double step = *wanted - mean_;
        mean_ += step / static_cast<double>(result_.rows);
        spread_ += step * (*wanted - mean_);
    }

    void find_area(const std::string& positive) {
        const std::size_t classes = model_.classes.size();
        std::size_t chosen = classes == 2 ? 1 : classes;
        if (!positive.empty()) {
            chosen = static_cast<std::size_t>(std::find(model_.classes.begin(), model_.classes.end(), positive) -
                                              model_.classes.begin());
            if (chosen == classes)
                throw Error(Fault::usage, "--positive: no class '" + text::printable(positive) + "'");
        }
        if (classes == 2) {
            result_.auc = area_under_curve(scores_[1], labels_, 1);  // the same for either class
            return;
        }
        if (chosen < classes) {
            result_.auc = area_under_curve(scores_[chosen], labels_, static_cast<std::uint32_t>(chosen));
            return;
        }
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t at = 0; at < classes; ++at) {
            const double area = area_under_curve(scores_[at], labels_, static_cast<std::uint32_t>(at));
            if (std::isnan(area)) continue;
            sum += area;
            ++count;
        }
        result_.auc = count == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(count);
    }

    const Model& model_;
    std::string input_;
    Evaluation result_;
    std::vector<std::uint32_t> labels_;
    std::vector<std::vector<double>> scores_;  // by class
    std::array<Bin, 10> bins_{};
    double errors_ = 0;
    double sizes_ = 0;
    double mean_ = 0;
    double spread_ = 0;
};

}  // namespace

Evaluation evaluate(const Model& model, const table::RowReader& rows, Applier& applier, const std::string& positive) {
    Judge judge(model, rows.input());
    Applied row;
    while (applier.next(row))
        judge.add(row);
    Evaluation evaluation = judge.finish(positive);
    evaluation.failed = applier.failures();
    return evaluation;
}

Evaluation evaluate_rows(const Model& model, const Dataset& data, const std::vector<std::uint32_t>& rows) {
    Judge judge(model, data.input);
    apply_rows(model, data, rows, [&](const Applied& row) { judge.add(row); });
    return judge.finish("");
}

std::optional<double> figure_of(const Evaluation& evaluation, const std::string& name) {
    const std::pair<const char*, double> of_classes[] = {{"accuracy", evaluation.accuracy},
                                                         {"nll", evaluation.nll},
                                                         {"auc", evaluation.auc},
                                                         {"ece", evaluation.calibration}};
    const std::pair<const char*, double> of_values[] = {
        {"rmse", evaluation.rmse}, {"mae", evaluation.mae}, {"r2", evaluation.r2}};
    const auto find = [&](const auto& list) -> std::optional<double> {
        for (const auto& [known, value] : list)
            if (name == known) return value;
        return std::nullopt;
    };
    return evaluation.classification ? find(of_classes) : find(of_values);
}

}  // namespace bradawl::learn
