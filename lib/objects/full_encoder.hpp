#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "java/options.hpp"
#include "json/cursor.hpp"
#include "objects/class_desc.hpp"
#include "record/line_encoder.hpp"

namespace bradawl::objects {

/// Writes the bytes that JSON of the full style stands for. `id` is for people: handles are counted as Java counts
/// them.
class FullEncoder {
public:
    FullEncoder(const java::Spelling& spelling, const java::Limits& limits) : spelling_(spelling), limits_(limits) {}

    /// Writes the stream that lines of JSON stand for, with or without magic and version in front.
    /// Errors: as for record::LineWriter.
    void write_lines(record::LineWriter& writer, bool with_header);

    /// Appends magic and version.
    static void header(std::string& out);

    /// Appends a top-level content. `json`: a value that json::check accepted; at an error `out` is as it was.
    /// Errors: Fault::data, as `.$object.data[0].fields.x: "abc" is no int`.
    void add(std::string_view json, std::string& out);

private:
    /// Thrown behind `$exception`: nothing more of the content was written.
    struct Cut {
        std::vector<std::uint64_t> lengths;  ///< of the arrays around, the outermost first
    };

    static constexpr std::uint32_t no_desc = ~std::uint32_t{0};

    // Contents (full_encoder.cpp).
    void content();
    void tagged(std::string_view key);
    void reference();
    void string(bool is_long);
    void text(std::string& bytes);
    void contents();
    void block(std::string_view key);
    void exception();
    void enumeration();
    void class_object();
    void array();
    std::uint64_t elements(char type);
    void values(char type);
    void array_bytes();

    // Objects and class descriptions (encode_object.cpp).
    void object();
    void class_data(const ClassDesc& desc);
    void fields(const ClassDesc& desc);
    void external();
    std::uint32_t description();
    void class_desc();
    void desc_fields(ClassDesc& desc);
    void proxy_desc();
    void name(std::string& bytes);
    void utf(std::string_view bytes);

    // Values (encode_primitive.cpp).
    void primitive(schema::Kind kind);
    std::int64_t integer(schema::Kind kind);
    void real(schema::Kind kind);

    bool member(std::string_view name);
    void require(std::string_view name);
    void open(char bracket);
    void close(char bracket);
    std::string hex();
    void big_endian(std::uint64_t bits, std::size_t size);
    void enter(std::string step);
    void leave();
    [[noreturn]] void fail(const std::string& what) const;
    [[noreturn]] void refuse(const char* what);

    java::Spelling spelling_;
    java::Limits limits_;
    json::Cursor at_{""};
    std::string* out_ = nullptr;
    std::vector<std::string> path_;
    std::vector<std::uint32_t> handles_;  // the description that each stands for, or no_desc
    std::vector<ClassDesc> descs_;
    std::uint32_t desc_ = no_desc;  // described last
};

}  // namespace bradawl::objects
