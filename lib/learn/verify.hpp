#pragma once

#include <optional>
#include <string>

#include "io/input.hpp"
#include "learn/narrator.hpp"

namespace bradawl::learn {

/// What a second training says of a model.
struct Verdict {
    bool data_same;     ///< the rows are those that it was trained on, byte by byte
    bool weights_same;  ///< and so are the weights
    std::string again;  ///< SHA-256 of the weights of the second training; empty when the data are others
};

/// A line of JSON: whether the file is whole, and what a second training says of it.
std::string verdict_json(const Model& model, const std::optional<Verdict>& verdict = std::nullopt);

/// The settings that a model was trained with. Errors: Fault::data when they make no sense.
Options options_of(const Model& model);

/// Trains a model anew from the rows of `input`. Errors: as for fit(); Fault::data for a training that depended on
/// time or was cut short, so that it cannot be told.
Verdict verify(const Model& model, io::Input& input, const table::RowsOptions& spelling, const Running& running,
               Voices voices);

}  // namespace bradawl::learn
