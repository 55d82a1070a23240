#pragma once

#include <string>
#include <vector>

#include "learn/settings.hpp"
#include "nn/layer_options.hpp"

namespace bradawl::learn {

/// The keys that a layer may have, for hints.
const std::vector<std::string>& layer_keys();

/// `type=relu,dim=64;type=softmax` as layers, key by key. Errors: Fault::usage for what is no KEY=VALUE.
std::vector<Values::Layer> split_layers(const Values::Given& given);

/// The text that split_layers() reads.
std::string join_layers(const std::vector<Values::Layer>& layers);

/// Options of these layers; the last is the output, and may leave its `dim` to the target (0). What a layer does not
/// say is as in `usual`. Errors: Fault::usage with the place of a key or value that makes no sense.
std::vector<nn::LayerOptions> make_layers(const std::vector<Values::Layer>& layers, const nn::LayerOptions& usual);

}  // namespace bradawl::learn
