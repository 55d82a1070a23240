#pragma once

#include <functional>
#include <string>

namespace bradawl::learn {

/// Where a narrator speaks. Any may be empty.
struct Voices {
    std::function<void(const std::string&)> record;  ///< a line of JSON, with its end
    std::function<void(const std::string& event, const std::string& text, const std::string& hint)> warn;
    std::function<bool()> due;                     ///< whether a line for a person is wanted now
    std::function<void(const std::string&)> show;  ///< such a line
};

}  // namespace bradawl::learn
