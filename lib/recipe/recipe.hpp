#pragma once

#include <map>
#include <string>

#include "learn/settings.hpp"
#include "table/options.hpp"

namespace bradawl::recipe {

/// What a file says of a training.
struct Recipe {
    learn::Values values;
    std::string rows;    ///< file to learn from; empty: the file does not say
    std::string output;  ///< file for the model; the same
    bool header = true;  ///< whether the rows have one
    char separator = 0;  ///< 0: as the rows have it

    std::string rows_or(const std::string& other) const { return rows.empty() ? other : rows; }
    std::string output_or(const std::string& other) const { return output.empty() ? other : output; }

    /// How rows are spelled by this, where `given` does not say.
    table::RowsOptions spelling(table::RowsOptions given) const;
};

/// Reads a recipe: settings as keys and layers as `[[layer]]` in TOML or JSON, or what Pylearn2's `train.py` takes in
/// YAML, as far as it can be done here. `%(name)i` in the text is `fillings[name]`. Errors: Fault::config, with the
/// line and the key, for everything that is not understood: nothing is passed over.
Recipe read_recipe(const std::string& path, const std::map<std::string, std::string>& fillings);

/// The same of a text that is at hand.
Recipe read_recipe(std::string_view text, const std::string& name, const std::map<std::string, std::string>& fillings);

}  // namespace bradawl::recipe
