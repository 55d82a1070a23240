#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "java/emitter.hpp"
#include "objects/form.hpp"
#include "record/json_sink.hpp"

namespace bradawl::objects {

/// The full style: all that a stream says, in its order, so that FullEncoder can write it again byte for byte.
class FullForm : public Form {
public:
    /// `lines`: every top-level content ends a line of `out`.
    FullForm(const StreamState& state, java::Emitter& out, const java::Spelling& spelling, bool lines);

    void begin_top() override;
    void end_top() override;
    void drop_top() override;
    void field(std::uint32_t desc, std::uint32_t index) override;
    void element(std::uint64_t index) override;
    void item() override;
    void null() override;
    void reference(std::uint32_t handle) override;
    void string(std::uint32_t handle, const StringText& text) override;
    void reset() override;
    void open(Tag tag) override;
    void class_object(std::uint32_t handle, std::uint32_t desc) override;
    void begin_enumeration(std::uint32_t handle, std::uint32_t desc) override;
    void end_enumeration() override;
    void begin_object(std::uint32_t handle, std::uint32_t desc) override;
    void begin_class(std::uint32_t desc) override;
    void primitives(std::uint32_t desc, const std::uint8_t* bytes) override;
    void end_fields(std::uint32_t desc) override;
    void begin_annotation() override;
    void block(Tag tag, java::Source& source, std::uint64_t n) override;
    void end_annotation() override;
    void end_class(std::uint32_t desc) override;
    void own_data(std::uint32_t desc, OwnData& data) override;
    bool opens_blocks() const override { return false; }
    void end_object() override;
    void begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t n) override;
    void primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t n) override;
    void end_array() override;
    void begin_desc(std::uint32_t desc) override;
    void desc_super() override;
    void end_desc() override;
    bool hears_descs() const override { return true; }
    void begin_exception() override;
    void end_exception() override;

private:
    void begin(std::string_view text, std::string_view closers);
    void end(std::size_t n);
    void comma();
    void number(std::uint64_t value);
    void put_id(std::uint32_t handle);

    const StreamState& state_;
    java::Emitter& out_;
    record::JsonSink sink_;
    bool lines_;
    std::string closers_;      // of the brackets that are open, outermost first
    bool first_ = true;        // nothing stands in the innermost bracket
    bool top_ = false;         // blocks stand at the top
    std::uint32_t class_ = 0;  // whose data is in work
    bool fields_seen_ = false;
    std::vector<std::uint64_t> lengths_;  // of the arrays that are open
    std::size_t cut_short_ = 0;           // how many of them an exception ended
};

}  // namespace bradawl::objects
