#pragma once

#include <cstdint>
#include <string_view>

namespace bradawl::objects {

struct ClassDesc;

/// What an object of a JDK class looks like in the natural style.
struct Shape {
    enum class Kind : std::uint8_t {
        boxed,           ///< the field `value`, as the primitive it is
        atomic,          ///< the same, but an object that others may share and change
        truth,           ///< AtomicBoolean: `value` as a boolean
        date,            ///< a block with milliseconds since 1970
        list,            ///< the objects behind its block
        tail_list,       ///< objects up to a null
        map,             ///< pairs of objects behind its block
        tail_map,        ///< pairs of objects up to a null
        collection_ser,  ///< java.util.CollSer: by `tag`
        pass,            ///< what its field `field` is
        keys,            ///< a list of the keys of the map that its field `field` is
        single,          ///< a list of what its field `field` is
        single_map,      ///< one pair of fields `k` and `v`
        empty_list,
        empty_map,
        vector,  ///< the first `elementCount` elements of `elementData`
        throwable,
        leaf,  ///< a scalar that leaf.hpp makes of its parts
    };
    std::string_view name;  ///< of the class that has the data
    Kind kind;
    std::string_view field = {};
};

/// The shape of a class, which may be that of a superclass; null when there is none. Looked for by the name alone.
const Shape* shape_called(std::string_view name);

/// The shape of a class of its own.
const Shape* shape_of(const ClassDesc& desc);

}  // namespace bradawl::objects
