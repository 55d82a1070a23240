#pragma once

#include <string>

#include "recipe/recipe.hpp"
#include "tree/node.hpp"

namespace bradawl::recipe {

/// What Pylearn2's train.py would do with this document (lisa-lab/pylearn2 at af81e5c), as settings. No class is made
/// by its name: those that are known here stand for settings, all others are refused. Errors: Fault::config with the
/// line and the key.
Recipe read_pylearn2(const tree::Node& root, const std::string& name);

}  // namespace bradawl::recipe
