#pragma once

#include <memory>
#include <string>
#include <vector>

namespace bradawl::schema {
struct Schema;
}

namespace bradawl::objects {

/// What the lines of an object stream look like.
enum class Style {
    natural,  ///< what a person would write in JSON for the same data
    full,     ///< everything, to be written back to the same bytes
    flat,     ///< a line an object, with references by number
};

struct ObjectOptions {
    Style style = Style::natural;
    bool header = true;   ///< the stream begins with its magic and version
    bool ids = false;     ///< natural: objects show their number as `$id`
    bool strict = false;  ///< refuse strings that Java would read but not write
    /// `pkg.Class = FIELDS`: what classes wrote by themselves.
    std::vector<std::string> classes = {};
    /// The whole stream is records of this, made of blocks and contents; null: none. Not for the full style.
    std::shared_ptr<const schema::Schema> records = nullptr;
};

}  // namespace bradawl::objects
