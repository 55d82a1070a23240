#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "learn/apply.hpp"
#include "learn/dataset.hpp"

namespace bradawl::learn {

/// How well a model does on rows.
struct Evaluation {
    bool classification = true;
    std::vector<std::string> classes;
    std::uint64_t rows = 0;
    std::uint64_t failed = 0;

    double accuracy = 0;
    double nll = 0;
    std::vector<std::vector<std::uint64_t>> confusion;  ///< [true class][predicted class]
    std::vector<double> precision;                      ///< by class; NaN where nothing was predicted
    std::vector<double> recall;
    std::vector<double> f1;
    double auc = 0;          ///< of the positive class; of more than two, the average of each against the rest
    double calibration = 0;  ///< expected calibration error over ten equal ranges of the winner's probability

    double rmse = 0;
    double mae = 0;
    double r2 = 0;
};

/// Puts all rows through the model and compares. `positive`: the class that auc is of; empty: the last.
/// Errors: Fault::data for a row whose target is missing or a class the model does not know; Fault::usage for a
/// positive class that is none.
Evaluation evaluate(const Model& model, const table::RowReader& rows, Applier& applier, const std::string& positive);

/// The same for rows that were read to train.
Evaluation evaluate_rows(const Model& model, const Dataset& data, const std::vector<std::uint32_t>& rows);

std::string to_json(const Evaluation& evaluation);

/// A figure by the name it has in to_json(); nothing when there is none.
std::optional<double> figure_of(const Evaluation& evaluation, const std::string& name);

/// For people, at most 80 columns where the names of classes allow it.
std::string to_table(const Evaluation& evaluation);

/// The confusion matrix alone, as in to_table().
std::string confusion_table(const Evaluation& evaluation);

}  // namespace bradawl::learn
