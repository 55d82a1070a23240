#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "java/emitter.hpp"
#include "java/source.hpp"
#include "json/check.hpp"
#include "objects/full_encoder.hpp"
#include "objects/object_reader.hpp"

/// Object streams written as the lines of their full style.
namespace bradawl::objects {

using Lines = std::vector<std::string>;

inline std::string joined(const Lines& lines) {
    std::string all;
    for (const std::string& line : lines)
        all += line + '\n';
    return all;
}

inline Lines split(const std::string& text) {
    std::istringstream stream(text);
    Lines lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

inline std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        text += digits[static_cast<std::uint8_t>(byte) >> 4];
        text += digits[static_cast<std::uint8_t>(byte) & 15];
    }
    return text;
}

/// The stream that the lines stand for, and where in it its header and each line end.
struct Encoded {
    std::string bytes;
    std::vector<std::size_t> ends;
};

inline Encoded encoded(const Lines& lines) {
    const java::Limits limits;
    FullEncoder encoder({}, limits);
    Encoded made;
    FullEncoder::header(made.bytes);
    made.ends.push_back(made.bytes.size());
    for (const std::string& line : lines) {
        EXPECT_FALSE(json::check(line).has_value()) << line;
        encoder.add(line, made.bytes);
        made.ends.push_back(made.bytes.size());
    }
    return made;
}

/// What was printed, and how it ended.
struct Reading {
    std::string out;
    std::string error;  ///< empty: none
    std::uint64_t objects = 0;
    std::uint64_t contents = 0;
};

inline Reading read(std::string_view bytes, const ObjectOptions& options = {}, const java::Limits& limits = {},
                    const java::Spelling& spelling = {}) {
    // A block of their own on the heap, so that AddressSanitizer sees a read beyond them.
    const std::unique_ptr<std::uint8_t[]> block(new std::uint8_t[bytes.size()]);
    if (!bytes.empty()) std::memcpy(block.get(), bytes.data(), bytes.size());
    java::Source source(std::span<const std::uint8_t>(block.get(), bytes.size()));
    java::Emitter out;
    Reading result;
    ObjectReader reader(source, &out, "in", spelling, limits, options);
    try {
        while (reader.next())
            continue;
    } catch (const Error& error) {
        EXPECT_EQ(exit_code(error.fault()), exit_code(Fault::data)) << error.text();
        result.error = error.text();
    }
    result.out = out.whole();
    for (const std::string& line : split(result.out))
        EXPECT_FALSE(json::check(line).has_value()) << line << " of " << hex(bytes);
    result.objects = reader.objects();
    result.contents = reader.contents();
    return result;
}

inline ObjectOptions in_style(Style style) {
    ObjectOptions options;
    options.style = style;
    return options;
}

/// The lines of a good stream in a style.
inline std::string shown(const Lines& lines, const ObjectOptions& options = {}, const java::Spelling& spelling = {}) {
    const Reading reading = read(encoded(lines).bytes, options, {}, spelling);
    EXPECT_EQ(reading.error, "");
    return reading.out;
}

inline std::string natural(const Lines& lines) {
    return shown(lines);
}

/// What the encoder says about a line behind others; empty: nothing.
inline std::string refusal(const std::string& line, const Lines& before = {}) {
    const java::Limits limits;
    FullEncoder encoder({}, limits);
    std::string bytes;
    for (const std::string& one : before)
        encoder.add(one, bytes);
    const std::string so_far = bytes;
    try {
        encoder.add(line, bytes);
    } catch (const Error& error) {
        EXPECT_EQ(exit_code(error.fault()), exit_code(Fault::data));
        EXPECT_EQ(bytes, so_far) << "left something behind";
        return error.text();
    }
    return "";
}

}  // namespace bradawl::objects
