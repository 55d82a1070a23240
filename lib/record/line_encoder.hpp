#pragma once

#include <cstdint>
#include <string>

#include "io/lines.hpp"
#include "io/output.hpp"
#include "record/encoder.hpp"
#include "record/options.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// Writes the bytes of all lines of an input: of a header, records and a trailer, as the schema has them.
class LineEncoder {
public:
    /// All are used as long as this lives. `name` stands for the input in messages.
    LineEncoder(const schema::Schema& schema, Encoder& encoder, HeaderForm header, std::string name);

    /// Reads on to the end. Bytes of whole lines only are written, also at an error.
    /// Errors: Fault::data, as `in.json: line 17: .score: "abc" is no double`; those of input and output.
    void run(io::Input& input, io::LineReader& lines, io::Output& out);

private:
    void line(const io::Line& line);
    void begin(std::string_view json);
    void end();

    const schema::Schema& schema_;
    Encoder& encoder_;
    HeaderForm header_;
    std::string name_;
    bool begun_ = false;
    std::string waiting_;  // with a trailer: the last line so far, which may be it
    bool has_waiting_ = false;
    std::string bytes_;
};

}  // namespace bradawl::record
