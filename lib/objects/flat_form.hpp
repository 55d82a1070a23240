#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "java/emitter.hpp"
#include "objects/form.hpp"

namespace bradawl::objects {

/// The flat style: a line an object, those inside of it first, with `{"$ref":N}` for what has a line of its own.
class FlatForm : public Form {
public:
    FlatForm(StreamState& state, java::Emitter& out, const java::Spelling& spelling, const java::Limits& limits);

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
    void begin_enumeration(std::uint32_t handle, std::uint32_t desc) override;
    void end_enumeration() override;
    void begin_object(std::uint32_t handle, std::uint32_t desc) override;
    void begin_class(std::uint32_t desc) override;
    void primitives(std::uint32_t desc, const std::uint8_t* bytes) override;
    void begin_annotation() override;
    void block(Tag tag, java::Source& source, std::uint64_t n) override;
    void end_annotation() override;
    void own_data(std::uint32_t desc, OwnData& data) override;
    void end_object() override;
    void begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t n) override;
    void primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t n) override;
    void end_array() override;
    bool nests() const override { return false; }
    void begin_exception() override;
    void end_exception() override;

private:
    struct Frame {
        std::uint32_t handle = 0;
        std::uint32_t desc = 0;
        std::uint32_t current = 0;  ///< the class whose data is in work
        bool boxed = false;         ///< is shown in place
        bool first = true;          ///< nothing stands in the array that is open
        bool in_data = false;
        bool in_block = false;
        bool data_before = false;
        std::string row;
    };

    Frame& begin_row(std::uint32_t handle, std::uint32_t desc);
    void end_row();
    void value(std::string_view json);
    void comma(Frame& frame);
    void open_data(Frame& frame);

    StreamState& state_;
    java::Emitter& out_;
    java::Spelling spelling_;
    std::uint64_t memory_;  // what rows may take
    std::uint64_t row_bytes_ = 0;
    std::vector<Frame> frames_;
    std::string root_;  // what stands at the top
    const char* root_key_ = "";
};

}  // namespace bradawl::objects
