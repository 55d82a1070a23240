#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "io/input.hpp"
#include "learn/cross_validation.hpp"
#include "learn/curve.hpp"
#include "learn/narrator.hpp"

namespace bradawl::learn {

/// The first values, and over them the second.
Values merge(Values values, const Values& over);

/// From an input to a trained model, with everything told on the way.
class TrainingRun {
public:
    /// Reads the rows. Errors: Fault::data, Fault::usage, Fault::config.
    TrainingRun(io::Input& input, const table::RowsOptions& spelling, const Values& values, const Running& running,
                Voices voices);

    /// Trains once. `curve`: plot() will be asked for.
    Fitted train(bool curve);

    std::vector<FoldResult> cross_validate(std::uint64_t folds, std::uint64_t rounds,
                                           const std::function<void(const FoldResult&)>& each);

    const Dataset& data() const { return data_; }

    /// The learning curve as SVG.
    std::string plot(const Model& model) const;

    /// For people: how well the best weights do on the rows kept out, with the confusion of classes.
    std::string summary(const Fitted& fitted) const;

private:
    Options options_;
    Dataset data_;
    Sets sets_;
    const Running& running_;
    Voices voices_;
    Curve curve_;
};

}  // namespace bradawl::learn
