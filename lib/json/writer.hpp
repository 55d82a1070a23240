#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bradawl::json {

/// Appends JSON texts (RFC 8259), without white space, to a string that the caller owns, keeps and empties. Puts commas
/// and colons itself; that keys, values and ends come in an order that makes sense is the caller's duty. Allocates
/// nothing but what the string grows by. One writer may write many texts; what stands between them, such as a line
/// feed, the caller appends to the string.
class Writer {
public:
    explicit Writer(std::string& out) noexcept : out_(out) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    /// The next member's name, in UTF-8.
    void key(std::string_view utf8);

    /// A string in UTF-8. Escapes the quote, the backslash and control characters, no more.
    void string(std::string_view utf8);

    /// A string of bytes that may be anything: what is malformed UTF-8 becomes U+FFFD, one for each maximal part of a
    /// sequence (Unicode 15, section 3.9, practice for the conversion of ill-formed sequences).
    void foreign_string(std::string_view bytes);

    void null() { plain("null"); }
    void boolean(bool value) { plain(value ? "true" : "false"); }

    template <std::integral Integer>
    requires(!std::same_as<Integer, bool>) void integer(Integer value) {
        if constexpr (std::signed_integral<Integer>) {
            signed_integer(value);
        } else {
            unsigned_integer(value);
        }
    }

    /// The shortest spelling that reads back as the same double; 3 for 3.0. What is not finite, which JSON cannot say,
    /// is null.
    void number(double value) { real(value, false); }

    /// The same, but always with a fraction or an exponent, so that every reader takes it for a double: 3.0.
    void real_number(double value) { real(value, true); }

    /// A value that is JSON already, appended as it is.
    void raw(std::string_view json) { plain(json); }

private:
    void separate() {
        if (comma_ && depth_ > 0) out_.push_back(',');
        comma_ = true;
    }
    void begin(char c);
    void end(char c);
    void plain(std::string_view json);
    void quote(std::string_view utf8);
    void signed_integer(std::int64_t value);
    void unsigned_integer(std::uint64_t value);
    void real(double value, bool always_real);

    std::string& out_;
    std::size_t depth_ = 0;
    bool comma_ = false;  // a value stands before this place in the same array or object
};

}  // namespace bradawl::json
