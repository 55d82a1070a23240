#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mongo/options.hpp"

namespace bradawl::mongo {

/// A line whose document was not written, or perhaps not.
struct DeadLetter {
    std::uint64_t line = 0;    ///< from 1
    std::uint64_t offset = 0;  ///< of the line's first byte in its file
    std::size_t column = 0;    ///< of the fault in the line, from 1; 0: not known
    std::string_view source;   ///< the line's file, for messages
    WriteOperation operation{};
    std::string_view name_space;  ///< DB.COLLECTION
    int code = 0;                 ///< the server's; 0: the fault was found before anything was sent
    std::string code_name;
    std::string message;
    std::vector<std::string> labels;
    unsigned attempts = 0;   ///< how often it was sent
    bool ambiguous = false;  ///< it was sent, and nobody knows what became of it
    std::string_view text;   ///< the line
    bool cut = false;        ///< the line was too long, and `text` is only its beginning
};

/// `FILE:LINE:COLUMN: message (codeName code)`, for people.
std::string describe(const DeadLetter& letter);

/// Appends the letter as a line of JSON, its line end included. The line is kept byte for byte as `doc` when it is
/// JSON, as a string when it is not, as null when it was cut.
void append_dead_letter(const DeadLetter& letter, std::string& out);

}  // namespace bradawl::mongo
