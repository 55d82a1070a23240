#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace bradawl::record {

/// The most elements of no bytes that a record may have: their counts could be any.
inline constexpr std::uint64_t most_empty_elements = 1 << 16;

/// Where in a record work is: a field, or an element of the array around. A chain on the stack, innermost first.
struct Here {
    const Here* outer = nullptr;
    const schema::Field* field = nullptr;
    std::int64_t index = -1;
};

/// The chain as people and jq write it: `entries[3].chain[0].der`.
inline std::string path_of(const Here* here, const schema::Schema& schema) {
    std::vector<const Here*> chain;
    for (; here != nullptr; here = here->outer)
        chain.push_back(here);
    std::string path;
    for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
        if ((*step)->index >= 0) path += "[" + std::to_string((*step)->index) + "]";
        if ((*step)->field != nullptr) path += (path.empty() ? "" : ".") + schema.names[(*step)->field->name];
    }
    return path;
}

}  // namespace bradawl::record
