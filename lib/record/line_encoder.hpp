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

/// Lines of JSON in, the bytes that they stand for out.
struct LineWriter {
    io::Input& input;
    io::LineReader& lines;
    std::string name;  ///< of the input in messages
    io::Output& out;
    std::uint64_t most_output;  ///< more bytes are Fault::data

    /// Reads on to the end and writes what `line` appends for each line, and `end` behind the last. Blank lines are
    /// passed over. Bytes of whole lines only are written, also at an error.
    /// Errors: Fault::data, as `in.json: line 17: .score: "abc" is no double`; those of input and output.
    void run(const std::function<void(std::string_view json, std::string& bytes)>& line,
             const std::function<void(std::string& bytes)>& end);

private:
    void write(std::string& bytes);
};

/// Writes the bytes of all lines of an input: of a header, records and a trailer, as the schema has them.
class LineEncoder {
public:
    /// All are used as long as this lives.
    LineEncoder(const schema::Schema& schema, Encoder& encoder, HeaderForm header);

    /// Reads on to the end. Errors: as for LineWriter.
    void run(LineWriter& writer);

private:
    void line(std::string_view json, std::string& bytes);
    bool has_line(const schema::Section* section) const;
    void begin(std::string_view json, std::string& bytes);
    void end(std::string& bytes);

    const schema::Schema& schema_;
    Encoder& encoder_;
    HeaderForm header_;
    bool begun_ = false;
    std::string waiting_;  // with a trailer: the last line so far, which may be it
    bool has_waiting_ = false;
};

}  // namespace bradawl::record
