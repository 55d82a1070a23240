#pragma once

#include <optional>
#include <string>

#include "learn/apply_options.hpp"
#include "learn/model.hpp"

namespace bradawl::learn {

/// What a model is and where it comes from, for people.
std::string describe(const Model& model);

/// A line on how well a model does on a set of rows.
std::string describe_set(const std::string& name, const nn::Scores& scores, bool classification);

/// Any of these by its name, or the model as to_json() has it.
std::string describe(const Model& model, Shown what);

/// Its settings as a recipe that trains it again.
std::string describe_config(const Model& model);

/// Its weights and biases as lines of `layer from to weight` with tabs between; of a bias `from` is `bias`.
std::string describe_weights(const Model& model);

/// Its history, a line of JSON an epoch. Errors: Fault::data when it has none.
std::string describe_history(const Model& model);

/// A figure of a model's sets such as `valid_acc`, `test_nll`; nothing when there is none.
std::optional<double> figure_of(const Model& model, const std::string& name);

}  // namespace bradawl::learn
