#pragma once

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
};

}  // namespace bradawl::objects
