#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bradawl::schema {

/// A schema that comes with the tool: `-s @jks`.
struct Shipped {
    const char* name;
    const char* title;       ///< what it describes, in a few words
    std::string_view magic;  ///< what its files begin with; empty: nothing fixed
    const char* text;
};

/// All of them.
std::span<const Shipped> shipped();

/// The text of the one called `name`, without `@`. Errors: Fault::usage with the nearest name.
std::string shipped_text(std::string_view name);

/// The name of the one whose files begin with the bytes `front` (four or more); empty when there is none.
std::string shipped_for(std::string_view front);

}  // namespace bradawl::schema
