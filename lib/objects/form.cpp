#include "objects/form.hpp"

#include "objects/value_text.hpp"

namespace bradawl::objects {

std::string key_of(const StreamState& state, std::uint32_t object, std::uint32_t desc, std::uint32_t index) {
    const ClassField& field = state.descs[desc].fields[index];
    for (std::uint32_t below = object; below != desc && below != ClassDesc::none; below = state.descs[below].super) {
        for (const ClassField& other : state.descs[below].fields) {
            if (other.name == field.name) return "," + key_json(state.descs[desc].name + "." + field.name) + ":";
        }
    }
    return field.key;
}

}  // namespace bradawl::objects
