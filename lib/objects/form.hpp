#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "java/mutf8.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "objects/class_desc.hpp"
#include "objects/handles.hpp"
#include "objects/own_data.hpp"

namespace bradawl::objects {

/// What is known of a stream so far; the parser writes it, forms read it and may keep texts.
struct StreamState {
    explicit StreamState(std::uint64_t memory, ClassSchemas known = {}) : handles(memory), classes(std::move(known)) {}

    Handles handles;
    ClassSchemas classes;
    std::deque<ClassDesc> descs;
};

/// The key `,"name":` under which an object of the class `object` shows a field of the class `desc`. One that a class
/// below has too gets the name of its class in front.
std::string key_of(const StreamState& state, std::uint32_t object, std::uint32_t desc, std::uint32_t index);

/// A string of the stream, valid during the call.
struct StringText {
    const std::uint8_t* bytes;
    std::size_t n;
    bool plain;    ///< ASCII that needs no escape in JSON
    bool is_long;  ///< written as TC_LONGSTRING
    java::Mutf8 verdict;
};

/// Hears of all that a stream holds, in the stream's order, and makes lines of it. A slot (field, element, item) is
/// told of before the value that stands in it. Values of objects, arrays and descriptions nest.
class Form {
public:
    virtual ~Form() = default;

    // Around a top-level content. drop: it is begun anew.
    virtual void begin_top() {}
    virtual void end_top() {}
    virtual void drop_top() {}

    // Slots.
    virtual void field(std::uint32_t /*desc*/, std::uint32_t /*index*/) {}
    virtual void element(std::uint64_t /*index*/) {}
    virtual void item() {}

    // Values without others inside.
    virtual void null() {}
    virtual void reference(std::uint32_t /*handle*/) {}
    virtual void string(std::uint32_t /*handle*/, const StringText&) {}
    virtual void reset() {}

    /// What begins here: TC_OBJECT, TC_ARRAY, TC_CLASS or TC_ENUM. Its class description is told of next, then the
    /// beginning of it that fits.
    virtual void open(Tag) {}
    virtual void class_object(std::uint32_t /*handle*/, std::uint32_t /*desc*/) {}
    /// The name, a string of its own, is told of between the two.
    virtual void begin_enumeration(std::uint32_t /*handle*/, std::uint32_t /*desc*/) {}
    virtual void end_enumeration() {}

    virtual void begin_object(std::uint32_t /*handle*/, std::uint32_t /*desc*/) {}
    /// The data of one class of the hierarchy.
    virtual void begin_class(std::uint32_t /*desc*/) {}
    /// Its primitive fields, all of them, in the order of the description. Its other fields follow.
    virtual void primitives(std::uint32_t /*desc*/, const std::uint8_t* /*bytes*/) {}
    virtual void end_fields(std::uint32_t /*desc*/) {}
    virtual void begin_annotation() {}
    /// `source` is in a region that holds just the block's bytes, of which as many may be read as are wanted.
    virtual void block(Tag, java::Source& /*source*/, std::uint64_t /*n*/) {}
    virtual void end_annotation() {}
    /// In place of an annotation, or of records at the top (`desc` none): the data is for the form to read.
    virtual void own_data(std::uint32_t /*desc*/, OwnData& data) { data.pass(); }
    /// Whether blocks are to be read so; otherwise only what has no blocks, Externalizables of protocol 1.
    virtual bool opens_blocks() const { return true; }
    virtual void end_class(std::uint32_t /*desc*/) {}
    virtual void end_object() {}

    virtual void begin_array(std::uint32_t /*handle*/, std::uint32_t /*desc*/, std::uint64_t /*n*/) {}
    /// All elements of an array of primitives; the rest of what is not read of them is passed over.
    virtual void primitive_elements(java::Source& /*source*/, schema::Kind, std::uint64_t /*n*/) {}
    virtual void end_array() {}

    // A class description: its own part, then the contents of its annotation, then after desc_super() its superclass's.
    virtual void begin_desc(std::uint32_t /*desc*/) {}
    virtual void desc_super() {}
    virtual void end_desc() {}
    /// Whether it wants to hear of contents in annotations of class descriptions.
    virtual bool hears_descs() const { return false; }
    /// How deep values may nest: others are refused.
    virtual bool nests() const { return true; }

    // An exception that ended the writing of a content, in the middle of it. What was open then never ends.
    virtual void begin_exception() {}
    virtual void end_exception() {}
};

}  // namespace bradawl::objects
