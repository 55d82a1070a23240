#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "java/emitter.hpp"
#include "objects/form.hpp"
#include "objects/leaf.hpp"
#include "objects/shape.hpp"
#include "record/json_sink.hpp"

namespace bradawl::objects {

/// Thrown by the natural form when a map, begun as an object, turns out to need pairs: the content is to be read anew.
struct Again {};

/// The natural style: objects as objects of their fields, JDK classes as what they mean.
class NaturalForm : public Form {
public:
    /// `ids`: objects show their number.
    NaturalForm(StreamState& state, java::Emitter& out, const java::Spelling& spelling, bool ids);

    void begin_top() override;
    void end_top() override;
    void drop_top() override;
    void field(std::uint32_t desc, std::uint32_t index) override;
    void element(std::uint64_t index) override;
    void item() override;
    void null() override;
    void reference(std::uint32_t handle) override;
    void string(std::uint32_t handle, const StringText& text) override;
    void class_object(std::uint32_t handle, std::uint32_t desc) override;
    void end_enumeration() override;
    void begin_object(std::uint32_t handle, std::uint32_t desc) override;
    void begin_class(std::uint32_t desc) override;
    void primitives(std::uint32_t desc, const std::uint8_t* bytes) override;
    void begin_annotation() override;
    void block(Tag tag, java::Source& source, std::uint64_t n) override;
    void end_annotation() override;
    void own_data(std::uint32_t desc, OwnData& data) override;
    void end_object() override;
    void reset() override { put_ = false; }
    void begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t n) override;
    void primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t n) override;
    void end_array() override;
    void begin_exception() override;
    void end_exception() override;

private:
    /// Where the value that comes next goes.
    enum class Slot : std::uint8_t {
        out,
        nowhere,
        key,   ///< the key of a map's pair
        part,  ///< a part of a leaf
    };
    enum class Look : std::uint8_t { plain, array, hidden, shaped };
    struct Frame {
        Look look = Look::plain;
        Slot slot = Slot::out;
        bool first = true;      ///< nothing stands in it yet
        bool in_data = false;   ///< `"$data":[` is open
        bool in_block = false;  ///< and a block in it
        bool pairs = false;     ///< map: `[[k,v]…]`
        bool open = false;      ///< map: its bracket is put; pass: its value is
        bool block_seen = false;
        bool is_value = false;     ///< map: a key was put, its value comes
        bool keys = false;         ///< map: only its keys are shown, as a list
        bool ended = false;        ///< tail_map, tail_list: its null came
        bool data_before = false;  ///< `$data` was used
        std::uint32_t handle = 0;
        std::uint32_t desc = 0;
        std::uint32_t current = 0;  ///< the class whose data is in work
        const Shape* shape = nullptr;
        std::uint64_t word = 0;                   ///< boxed, date: the value; vector: elementCount
        std::uint64_t length = 0;                 ///< list: elements put
        std::uint64_t limit = ~std::uint64_t{0};  ///< array: elements shown
        std::size_t parts = 0;                    ///< leaf: where in parts_ its own begin
        std::string_view part;                    ///< leaf: name of the next part
    };

    Slot slot() const { return frames_.empty() ? Slot::out : frames_.back().slot; }
    const Shape* shape_of_object(std::uint32_t desc) const;
    bool is_own(const Frame& frame, std::uint32_t desc) const;
    void put_key(Frame& frame, std::string_view key);
    void plain_key(Frame& frame, std::uint32_t desc, std::uint32_t index);
    void shaped_field(Frame& frame, const ClassField& field, std::uint32_t desc);
    void throwable_field(Frame& frame, std::uint32_t desc, std::uint32_t index);
    void shaped_item(Frame& frame);
    void list_item(Frame& frame);
    void end_list(Frame& frame);
    void pair_item(Frame& frame);
    bool begin_composite();
    bool shows_keys() const;
    void open_map(Frame& frame, bool pairs);
    void close_shaped(Frame& frame);
    void scalar(std::string_view json);
    void key_scalar(std::string_view json);
    void not_a_key();
    void string_value(const StringText& text);
    void known_string(std::uint32_t handle);
    void shaped_primitives(Frame& frame, const ClassDesc& desc, const std::uint8_t* bytes);
    void end_scalar_object(const Frame& frame);
    void open_data(Frame& frame);
    void close_block(Frame& frame);
    void part_bytes(java::Source& source);
    void characters(java::Source& source);
    void number_elements(java::Source& source, schema::Kind kind, std::uint64_t n);
    std::string boxed_json(const Handle& known) const;
    std::string_view name_of_constant(const Handle& known);

    StreamState& state_;
    java::Emitter& out_;
    record::JsonSink sink_;
    java::Spelling spelling_;
    bool ids_;
    std::vector<Frame> frames_;
    std::vector<Part> parts_;
    std::set<std::uint32_t> pairs_;  // handles of maps that need pairs
    std::uint32_t constant_ = 0;
    bool again_ = false;  // some map of the content turned out to need pairs
    bool put_ = false;    // the top-level content has put something
    bool top_block_ = false;
    std::string text_;
};

}  // namespace bradawl::objects
