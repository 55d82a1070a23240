#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/problem.hpp"

namespace bradawl::json {

/// What to make of an escape such as \ud800 that is half of a surrogate pair without its other half. JSON allows it
/// (RFC 8259 section 8.2), UTF-8 cannot hold it.
enum class LoneSurrogate {
    refuse,   ///< a Problem
    replace,  ///< U+FFFD
    keep,     ///< three bytes as if it were a character (WTF-8); the result is not UTF-8
};

/// Decodes the bytes between the quotes of a JSON string, as the reader hands them out, to UTF-8 at `out` and moves
/// `out` behind what it wrote: never more than `raw.size()` bytes. Pairs of surrogate escapes become one character.
/// Bytes other than escapes are copied as they are. Returns a problem, its offset counted in `raw`, for a lone
/// surrogate that is to be refused and for an escape that is none of RFC 8259 section 7, which no reader hands out.
std::optional<Problem> unescape(std::string_view raw, char*& out, LoneSurrogate lone);

/// The same, appended to `out`. On a problem `out` is as it was.
std::optional<Problem> unescape(std::string_view raw, std::string& out, LoneSurrogate lone);

}  // namespace bradawl::json
