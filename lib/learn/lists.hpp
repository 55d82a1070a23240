#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::learn {

/// The parts of a list such as `a,b`; empty parts are left out.
inline std::vector<std::string> split_list(std::string_view list, char separator = ',') {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(separator, begin), list.size());
        if (end > begin) parts.emplace_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace bradawl::learn
