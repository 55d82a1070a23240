#pragma once

#include <vector>

#include "learn/settings.hpp"
#include "recipe/object.hpp"

namespace bradawl::recipe {

/// The layers of an MLP, in the keys of learn/layers.hpp. Errors: Fault::config.
std::vector<learn::Values::Layer> read_layers(const tree::Node& list, Object& owner);

/// What a cost adds to the layers, which keep their names: dropout, and decay of weights. Errors: Fault::config.
void read_cost(const tree::Node& node, const std::string& name, std::vector<learn::Values::Layer>& layers);

}  // namespace bradawl::recipe
