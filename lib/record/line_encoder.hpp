#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "io/lines.hpp"
#include "io/output.hpp"
#include "record/encoder.hpp"
#include "record/options.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// Reads lines of JSON on to the end and writes the bytes that `line` appends for each of them, and `end` behind the
/// last. Blank lines are passed over. Bytes of whole lines only are written, also at an error. `name` stands for the
/// input in messages. Errors: Fault::data, as `in.json: line 17: .score: "abc" is no double`; those of input and
/// output.
void write_lines(io::Input& input, io::LineReader& lines, const std::string& name, io::Output& out,
                 const std::function<void(std::string_view json, std::string& bytes)>& line,
                 const std::function<void(std::string& bytes)>& end);

/// Writes the bytes of all lines of an input: of a header, records and a trailer, as the schema has them.
class LineEncoder {
public:
    /// All are used as long as this lives. `name` stands for the input in messages.
    LineEncoder(const schema::Schema& schema, Encoder& encoder, HeaderForm header, std::string name);

    /// Reads on to the end. Bytes of whole lines only are written, also at an error.
    /// Errors: Fault::data, as `in.json: line 17: .score: "abc" is no double`; those of input and output.
    void run(io::Input& input, io::LineReader& lines, io::Output& out);

private:
    void line(std::string_view json, std::string& bytes);
    bool has_line(const schema::Section* section) const;
    void begin(std::string_view json, std::string& bytes);
    void end(std::string& bytes);

    const schema::Schema& schema_;
    Encoder& encoder_;
    HeaderForm header_;
    std::string name_;
    bool begun_ = false;
    std::string waiting_;  // with a trailer: the last line so far, which may be it
    bool has_waiting_ = false;
};

}  // namespace bradawl::record
