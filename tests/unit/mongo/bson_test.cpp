#include <gtest/gtest.h>

#include <ostream>

#include "bytes.hpp"
#include "writings.hpp"

namespace bradawl::mongo {
namespace {

using test::from_hex;
using test::to_bson;
using test::to_json;

// Bytes that are no BSON, and a part of what is said of them.
struct Malformed {
    const char* name;
    const char* hex;
    const char* why;
};

void PrintTo(const Malformed& malformed, std::ostream* out) {
    *out << malformed.name;
}

constexpr Malformed malformed[] = {
    {"empty", "", "shorter"},
    {"length_only", "04000000", "shorter"},
    {"length_short", "06000000 00 00 00", "length is wrong"},
    {"length_long", "08000000 00", "length is wrong"},
    {"no_end", "05000000 01", "does not end in NUL"},
    {"key_no_end", "08000000 0a 6161 00", "key has no end"},
    {"unknown_type", "08000000 14 6100 00", "unknown element type"},
    {"int32_short", "0b000000 10 6900 000000 00", "runs over"},
    {"boolean_two", "09000000 08 6200 02 00", "boolean"},
    {"string_no_end", "0e000000 02 6100 02000000 6262 00", "does not end in NUL"},
    {"string_length_zero", "0d000000 02 6100 00000000 00 00", "too small"},
    {"string_length_negative", "0d000000 02 6100 ffffffff 00 00", "too small"},
    {"string_length_over_end", "0d000000 02 6100 03000000 61 00", "runs over"},
    {"string_not_utf8", "0e000000 02 6100 02000000 e9 00 00", "not UTF-8"},
    {"key_not_utf8", "08000000 0a e900 00", "not UTF-8"},
    {"array_key_not_utf8", "10000000 04 6100 08000000 0a e900 00 00", "not UTF-8"},
    {"nested_length_short", "0d000000 03 7800 04000000 00 00", "too small"},
    {"nested_length_long", "0d000000 03 7800 06000000 00 00", "runs over"},
    {"array_length_wrong", "14000000 04 6100 0d000000 10 3000 0a000000 00 00", "runs over"},
    {"binary_length_negative", "0d000000 05 7800 ffffffff 00 00", "too small"},
    {"binary_length_long", "0d000000 05 7800 01000000 00 00", "runs over"},
    {"binary_old_inner", "13000000 05 7800 06000000 02 03000000 ffff 00", "inner length"},
    {"binary_old_short", "10000000 05 7800 03000000 02 ffffff 00", "inner length"},
    {"regex_one_text", "0b000000 0b 6100 6162 00 00", "no end"},
    {"code_scope_total_short", "16000000 0f 6100 0d000000 01000000 00 05000000 00 00", "too small"},
    {"code_scope_total_long", "16000000 0f 6100 0f000000 01000000 00 05000000 00 00", "wrong length"},
    {"db_pointer_short", "19000000 0c 6100 02000000 6200 56e1fc72e0c917e9c47141 00", "runs over"},
};

class Malformeds : public testing::TestWithParam<Malformed> {};

TEST_P(Malformeds, AreErrors) {
    const std::string text = to_json(from_hex(GetParam().hex));
    EXPECT_TRUE(text.starts_with("malformed BSON: ")) << text;
    EXPECT_NE(text.find(GetParam().why), text.npos) << text;
}

INSTANTIATE_TEST_SUITE_P(Bson, Malformeds, testing::ValuesIn(malformed),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Bson, EveryCutOfADocumentIsAnError) {
    for (const Writing& writing : writings) {
        const std::string bytes = from_hex(writing.hex);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            EXPECT_TRUE(to_json(bytes.substr(0, size)).starts_with("malformed BSON: ")) << writing.name << ' ' << size;
            // The same cut with a length that fits.
            std::string cut = bytes.substr(0, size);
            if (size < 5) continue;
            cut[0] = static_cast<char>(size);
            cut[size - 1] = '\0';
            to_json(cut);  // anything but a crash
        }
    }
}

TEST(Bson, WhatWasWrittenBeforeStaysWhenADocumentIsMalformed) {
    std::string out = "before";
    EXPECT_THROW(bson_to_json(from_hex("0d000000 08 6200 01 02 6300 00"), JsonForm::relaxed, PrintId::yes, out), Error);
    EXPECT_EQ(out, "before");
}

TEST(Bson, TheIdCanBeLeftOut) {
    std::string out;
    bson_to_json(to_bson(R"({"_id":1,"a":{"_id":2}})"), JsonForm::relaxed, PrintId::no, out);
    EXPECT_EQ(out, R"({"a":{"_id":2}})");
}

}  // namespace
}  // namespace bradawl::mongo
