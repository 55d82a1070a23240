#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "objects/grammar.hpp"
#include "schema/schema.hpp"

namespace bradawl::objects {

struct Shape;

/// What a class does in writeObject, as far as the bytes tell. A stream does not say it, so it is found by trying.
enum class Writing : std::uint8_t {
    fields_first,     ///< defaultWriteObject(), then data of its own
    no_fields,        ///< data of its own only
    data_then_fields  ///< primitive data, then defaultWriteObject()
};

/// A field that a class description names.
struct ClassField {
    char type = 'I';         ///< as in the stream: B C D F I J S Z for primitives, L and [ for objects
    std::string name;        ///< modified UTF-8
    std::string name_json;   ///< as a JSON string or `{"$mutf8":…}`
    std::string key;         ///< `,"name":`
    std::string class_json;  ///< L and [: the content that names the class, as the full style shows it
    schema::Kind kind{};     ///< of a primitive

    bool is_primitive() const { return type != 'L' && type != '['; }
};

/// The kind of a primitive by its letter in descriptors.
schema::Kind kind_of(char type);

/// Of an array's class by its name, the type of the elements as ClassField::type has it; 0 when it is no array's.
char element_type(std::string_view class_name);

/// A class description, of a class or a dynamic proxy.
struct ClassDesc {
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::uint32_t handle = 0;
    std::string name;       ///< modified UTF-8; of a proxy empty
    std::string name_json;  ///< as a JSON string or `{"$mutf8":…}`
    std::int64_t suid = 0;
    std::uint8_t flags = serializable;
    bool is_proxy = false;
    bool keyed = true;  ///< the names of its fields are different and can be JSON keys
    bool complete = false;
    std::vector<ClassField> fields;    ///< primitives first, as Java writes them and requires
    std::uint32_t primitives = 0;      ///< how many of the fields
    std::uint32_t bytes = 0;           ///< of all primitive fields
    std::uint32_t super = none;        ///< index of the superclass's description
    std::uint32_t levels = 1;          ///< classes of the hierarchy
    std::vector<std::uint32_t> chain;  ///< once an object needs it: the hierarchy, topmost first
    Writing writing = Writing::fields_first;
    bool settled = true;  ///< `writing` is known
    const Shape* shape = nullptr;
    const schema::Schema* own = nullptr;  ///< of what it wrote by itself

    bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

}  // namespace bradawl::objects
