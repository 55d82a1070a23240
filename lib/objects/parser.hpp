#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "java/malformed.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "objects/blocks.hpp"
#include "objects/form.hpp"

namespace bradawl::objects {

/// Walks the grammar of object streams (Java Object Serialization Specification, chapter 6) with a stack of its own, so
/// that no stream can be too deep for the machine, and tells a Form of what it meets.
class Parser {
public:
    /// All are used as long as this lives. `strict`: refuse strings that Java would not write so.
    Parser(java::Source& source, StreamState& state, Form& form, const java::Limits& limits, bool strict);

    /// Reads magic and version. Errors: java::Malformed.
    void header();

    /// Reads one top-level content; false at the end of the input. Errors: java::Malformed.
    bool next();

    /// Reads a record of `schema` from blocks and contents at the top; false at the end of the input. Contents that are
    /// part of no record, resets and exceptions, are read as next() does. Errors: java::Malformed.
    bool next_record(const schema::Schema& schema);

    /// Forgets what the last content began, for it to be read anew: the handles and descriptions since next() was
    /// called.
    void back();

    /// Whether back() can: no reset and no exception has come in the last content.
    bool can_go_back() const { return !forgot_; }

    /// For messages: the object in work, `object 0x7e0001 Gen$BeforeDefault`; empty at the top.
    std::string where() const;

    /// Objects, arrays, enumerations and classes read so far.
    std::uint64_t objects() const { return objects_; }

    /// How classes write, by what was found out; by name and serialVersionUID.
    std::map<std::string, Writing> writings;

    /// Class descriptions of the last content whose way of writing is not settled and that had an object, the latest
    /// first.
    std::vector<std::string> doubtful() const;

private:
    /// What is to be done when the things above on the stack are.
    enum class Do : std::uint8_t {
        object_desc,  ///< the class of an object is read: begin it
        array_desc,
        class_desc,
        enum_desc,
        desc_value,  ///< a class description that is a value itself
        class_data,  ///< the data of the class at a level of the hierarchy
        fields,      ///< object fields
        annotation,  ///< contents to the end mark
        elements,
        desc_annotation,
        desc_end,  ///< the superclass's description is read
        exception_end,
    };
    struct Task {
        Do what;
        std::uint8_t phase = 0;
        std::uint32_t desc = 0;
        std::uint32_t handle = 0;
        std::uint32_t level = 0;  ///< class_data: levels of the hierarchy still to come; fields: the next field
        std::uint64_t at = 0;     ///< elements: the next one
        std::uint64_t n = 0;
    };

    // Contents (parser.cpp).
    void content();
    void begin(Tag tag);
    void null();
    void reference();
    void step();
    void elements(Task& task);
    void annotation(Task& task);
    void begin_array(const Task& task);
    void begin_class(const Task& task);
    void begin_enumeration(const Task& task);
    void blocks_at_top();
    void block(Tag tag);
    void exception();
    void forget();

    // Objects (parse_object.cpp).
    void begin_object(const Task& task);
    void class_data(Task& task);
    void external(std::uint32_t desc);
    void own_data(std::uint32_t desc);
    void primitives(std::uint32_t desc);
    void fields(Task& task);
    void end_of_fields(std::uint32_t desc);
    const std::vector<std::uint32_t>& chain(std::uint32_t desc);

    // Data that a schema tells of (parse_own.cpp).
    void begin_content();
    void opened_annotation(std::uint32_t desc);
    void pull_from(Blocks& blocks, const schema::Schema& schema, std::uint32_t desc);
    void pull_unmarked(std::uint32_t desc);
    void pull(std::uint32_t desc, OwnData& data);
    void next_content();

    // Strings and bytes (parse_string.cpp).
    StringText text(std::size_t n, std::uint64_t offset);
    std::uint32_t string(Tag tag);
    std::uint32_t long_string(Tag tag, std::uint64_t n, std::uint64_t offset);

    // Class descriptions (parse_desc.cpp).
    void desc_content();
    void class_desc();
    void open_desc(std::uint32_t desc);
    void class_field(ClassDesc& desc);
    std::string type_string();
    void proxy_desc();
    void desc_annotation();
    void end_desc(const Task& task);
    std::uint32_t begin_desc(ClassDesc&& desc);
    void finish_fields(ClassDesc& desc);
    std::string name();

    // Bytes.
    std::uint8_t peek(const char* what);
    std::uint8_t take8(const char* what);
    std::uint16_t take16(const char* what);
    std::uint32_t take32(const char* what);
    std::uint64_t take64(const char* what);
    void require(std::size_t n, const char* what) {
        if (!source_.ensure(n)) [[unlikely]]
            truncated(what, n);
    }
    std::uint32_t add(const Handle& handle);
    void push(const Task& task);
    [[noreturn]] void fail(std::uint64_t offset, const std::string& text) const;
    [[noreturn]] void truncated(const char* what, std::uint64_t needed);
    [[noreturn]] void no_tag(std::uint8_t byte);

    ClassDesc& desc(std::uint32_t index) { return state_.descs[index]; }

    java::Source& source_;
    StreamState& state_;
    Form& form_;   // the form itself
    Form silent_;  // what hears of contents that the form does not want
    Form* tell_;   // the one of them that is told now
    const java::Limits& limits_;
    bool strict_;
    std::vector<Task> stack_;
    std::uint64_t nested_ = 0;    // objects and arrays open
    std::uint64_t in_descs_ = 0;  // class descriptions open
    std::uint32_t desc_ = 0;      // the description read last
    std::uint64_t desc_memory_ = 0;
    std::vector<std::uint32_t> entered_;  // unsettled classes that had an object in this content
    std::string long_text_;
    std::uint64_t objects_ = 0;

    bool forgot_ = false;
    std::uint64_t pulls_ = 0;  // data with a schema in work, one in another
    Blocks::Rest rest_;        // next_record: of the blocks before

    // Where the last content began.
    std::uint32_t handles_before_ = 0;
    Handles::Mark texts_before_;
    std::size_t descs_before_ = 0;
    std::uint64_t objects_before_ = 0;
    std::uint64_t desc_memory_before_ = 0;
};

}  // namespace bradawl::objects
