#include <gtest/gtest.h>

#include <ostream>

#include "bytes.hpp"
#include "writings.hpp"

namespace bradawl::mongo {
namespace {

using test::from_hex;
using test::to_bson;
using test::to_hex;
using test::to_json;

class Writings : public testing::TestWithParam<Writing> {};

TEST_P(Writings, AreOneDocument) {
    const Writing& writing = GetParam();
    const std::string bytes = from_hex(writing.hex);
    if (writing.canonical != nullptr) {
        EXPECT_EQ(to_hex(to_bson(writing.canonical)), to_hex(bytes));
        EXPECT_EQ(to_json(bytes), writing.canonical);
    }
    const std::string relaxed = *writing.relaxed == '\0' ? writing.canonical : writing.relaxed;
    EXPECT_EQ(to_json(bytes, JsonForm::relaxed), relaxed);
    EXPECT_EQ(to_hex(to_bson(relaxed)), to_hex(bytes)) << "relaxed, read back";
}

INSTANTIATE_TEST_SUITE_P(ExtendedJson, Writings, testing::ValuesIn(writings),
                         [](const auto& one) { return std::string(one.param.name); });

// JSON that is read but not written so, and what it is written as.
struct Variant {
    const char* name;
    const char* json;
    const char* canonical;
};

void PrintTo(const Variant& variant, std::ostream* out) {
    *out << variant.name;
}

constexpr Variant variants[] = {
    {"spaces", " { \"a\" :\t[ 1 , 2 ] } ", R"({"a":[{"$numberInt":"1"},{"$numberInt":"2"}]})"},
    {"escaped_wrapper", R"({"a":{"\u0024oid":"56e1fc72e0c917e9c4714161"}})",
     R"({"a":{"$oid":"56e1fc72e0c917e9c4714161"}})"},
    {"capital_digits", R"({"a":{"$oid":"56E1FC72E0C917E9C4714161"}})", R"({"a":{"$oid":"56e1fc72e0c917e9c4714161"}})"},
    {"uuid", R"({"a":{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d4"}})",
     R"({"a":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}}})"},
    {"sub_type_first", R"({"a":{"$binary":{"subType":"0","base64":"//8="}}})",
     R"({"a":{"$binary":{"base64":"//8=","subType":"00"}}})"},
    {"scope_first", R"({"a":{"$scope":{"x":1},"$code":"abcd"}})",
     R"({"a":{"$code":"abcd","$scope":{"x":{"$numberInt":"1"}}}})"},
    {"options_unsorted", R"({"a":{"$regularExpression":{"options":"xmi","pattern":"a"}}})",
     R"({"a":{"$regularExpression":{"pattern":"a","options":"imx"}}})"},
    {"options_beyond_ascii", R"({"a":{"$regularExpression":{"pattern":"a","options":"\u1615"}}})",
     "{\"a\":{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"\xe1\x98\x95\"}}}"},
    {"timestamp_swapped", R"({"a":{"$timestamp":{"i":42,"t":1}}})", R"({"a":{"$timestamp":{"t":1,"i":42}}})"},
    {"date_offset", R"({"a":{"$date":"2012-12-24T13:15:30.501+01:00"}})",
     R"({"a":{"$date":{"$numberLong":"1356351330501"}}})"},
    {"date_no_fraction", R"({"a":{"$date":"1970-01-01T00:00:01Z"}})", R"({"a":{"$date":{"$numberLong":"1000"}}})"},
    {"beyond_int64", R"({"a":9223372036854775808})", R"({"a":{"$numberDouble":"9.223372036854776E+18"}})"},
    {"just_int64", R"({"a":-9223372036854775808})", R"({"a":{"$numberLong":"-9223372036854775808"}})"},
    {"exponent", R"({"a":1e3})", R"({"a":{"$numberDouble":"1000.0"}})"},
    {"minus_zero", R"({"a":-0})", R"({"a":{"$numberInt":"0"}})"},
    {"minus_zero_point", R"({"a":-0.0})", R"({"a":{"$numberDouble":"-0.0"}})"},
    {"too_small", R"({"a":1e-400})", R"({"a":{"$numberDouble":"0.0"}})"},
    {"surrogates", R"({"a":"\ud83d\ude00"})", "{\"a\":\"\xf0\x9f\x98\x80\"}"},
    {"escapes", R"({"\n":"\u00e9\t"})", "{\"\\n\":\"\xc3\xa9\\t\"}"},
    {"regex_operator", R"({"a":{"$regex":"^x","$options":"i"}})", R"({"a":{"$regex":"^x","$options":"i"}})"},
    {"decimal_plain", R"({"a":{"$numberDecimal":"1000000"}})", R"({"a":{"$numberDecimal":"1000000"}})"},
    {"same_key_elsewhere", R"({"a":{"a":1},"b":[{"a":2},{"a":3}]})",
     R"({"a":{"a":{"$numberInt":"1"}},"b":[{"a":{"$numberInt":"2"}},{"a":{"$numberInt":"3"}}]})"},
    {"wrapper_in_array", R"({"a":[{"$numberLong":"1"},{"$minKey":1}]})",
     R"({"a":[{"$numberLong":"1"},{"$minKey":1}]})"},
    {"wrapped_in_wrapper", R"({"a":{"$code":"f","$scope":{"$x":{"$oid":"56e1fc72e0c917e9c4714161"}}}})",
     R"({"a":{"$code":"f","$scope":{"$x":{"$oid":"56e1fc72e0c917e9c4714161"}}}})"},
};

class Variants : public testing::TestWithParam<Variant> {};

TEST_P(Variants, AreRead) {
    EXPECT_EQ(to_json(to_bson(GetParam().json)), GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(ExtendedJson, Variants, testing::ValuesIn(variants),
                         [](const auto& one) { return std::string(one.param.name); });

// What is refused, and the offset that the message names.
struct Refusal {
    const char* name;
    const char* json;
    int offset;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.name;
}

constexpr Refusal refusals[] = {
    {"nothing", "", 0},
    {"not_json", "{\"a\":1", 6},
    {"array", "[1]", 0},
    {"number", " 1", 1},
    {"two_values", "{} {}", 3},
    {"wrapper_at_top", R"({"$oid":"56e1fc72e0c917e9c4714161"})", 2},
    {"same_key", R"({"a":1,"b":2,"a":3})", 14},
    {"same_key_escaped", R"({"a":{"ab":1,"\u0061b":3}})", 14},
    {"same_long_key", R"({"abcdefghijk":1,"abcdefghijl":2,"abcdefghijk":3})", 34},
    {"same_id", R"({"_id":1,"_id":1})", 10},
    {"nul_in_key", R"({"a":{"b\u0000":1}})", 7},
    {"lone_surrogate", R"({"a":"x\ud83d"})", 7},
    {"too_large_number", R"({"a":1e400})", 5},
    {"too_large_whole_number", "{\"a\":-1" /* followed by 400 zeros, below */, -1},
    {"oid_number", R"({"a":{"$oid":12}})", 7},
    {"oid_short", R"({"a":{"$oid":"56e1fc72e0c917e9c471416"}})", 7},
    {"oid_long", R"({"a":{"$oid":"56e1fc72e0c917e9c47141611"}})", 7},
    {"oid_not_hex", R"({"a":{"$oid":"56e1fc72e0c917e9c471416g"}})", 7},
    {"oid_more", R"({"a":{"$oid":"56e1fc72e0c917e9c4714161","b":1}})", 7},
    {"int_number", R"({"a":{"$numberInt":1}})", 7},
    {"int_too_large", R"({"a":{"$numberInt":"2147483648"}})", 7},
    {"int_empty", R"({"a":{"$numberInt":""}})", 7},
    {"int_fraction", R"({"a":{"$numberInt":"1.0"}})", 7},
    {"int_more", R"({"a":{"$numberInt":"1","b":1}})", 7},
    {"long_number", R"({"a":{"$numberLong":1}})", 7},
    {"long_too_large", R"({"a":{"$numberLong":"9223372036854775808"}})", 7},
    {"double_number", R"({"a":{"$numberDouble":1.5}})", 7},
    {"double_word", R"({"a":{"$numberDouble":"inf"}})", 7},
    {"double_space", R"({"a":{"$numberDouble":" 1"}})", 7},
    {"double_hex", R"({"a":{"$numberDouble":"0x1"}})", 7},
    {"decimal_number", R"({"a":{"$numberDecimal":1}})", 7},
    {"decimal_word", R"({"a":{"$numberDecimal":"E02"}})", 7},
    {"decimal_inexact", R"({"a":{"$numberDecimal":"12345678901234567890123456789012345"}})", 7},
    {"decimal_nul", R"({"a":{"$numberDecimal":"1\u00002"}})", 7},
    {"date_number", R"({"a":{"$date":42}})", 7},
    {"date_large_number", R"({"a":{"$date":5000000000}})", 7},
    {"date_int", R"({"a":{"$date":{"$numberInt":"42"}}})", 7},
    {"date_text", R"({"a":{"$date":"yesterday"}})", 7},
    {"date_no_zone", R"({"a":{"$date":"2012-12-24T12:15:30"}})", 7},
    {"date_more", R"({"a":{"$date":{"$numberLong":"10"},"b":1}})", 7},
    {"binary_text", R"({"a":{"$binary":"//8="}})", 7},
    {"binary_number", R"({"a":{"$binary":{"base64":0,"subType":"00"}}})", 7},
    {"binary_type_number", R"({"a":{"$binary":{"base64":"","subType":0}}})", 7},
    {"binary_no_type", R"({"a":{"$binary":{"base64":""}}})", 7},
    {"binary_no_data", R"({"a":{"$binary":{"subType":"00"}}})", 7},
    {"binary_more", R"({"a":{"$binary":{"base64":"","subType":"00","x":1}}})", 7},
    {"binary_not_base64", R"({"a":{"$binary":{"base64":"*","subType":"00"}}})", 7},
    {"binary_long_type", R"({"a":{"$binary":{"base64":"","subType":"000"}}})", 7},
    {"binary_bad_type", R"({"a":{"$binary":{"base64":"","subType":"g"}}})", 7},
    {"binary_legacy", R"({"a":{"$binary":"//8=","$type":"00"}})", 7},
    {"uuid_short", R"({"a":{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d"}})", 7},
    {"uuid_long", R"({"a":{"$uuid":"73ffd264-44b3-4c69-90e8-e7d1dfc035d44"}})", 7},
    {"uuid_hyphens", R"({"a":{"$uuid":"73ffd26444-b3-4c69-90e8-e7d1dfc035d4"}})", 7},
    {"uuid_no_hyphen", R"({"a":{"$uuid":"73ffd264044b3-4c69-90e8-e7d1dfc035d4"}})", 7},
    {"uuid_number", R"({"a":{"$uuid":1}})", 7},
    {"timestamp_number", R"({"a":{"$timestamp":1}})", 7},
    {"timestamp_text", R"({"a":{"$timestamp":{"t":"1","i":1}}})", 7},
    {"timestamp_negative", R"({"a":{"$timestamp":{"t":-1,"i":1}}})", 7},
    {"timestamp_large", R"({"a":{"$timestamp":{"t":4294967296,"i":1}}})", 7},
    {"timestamp_wrapped", R"({"a":{"$timestamp":{"t":{"$numberInt":"1"},"i":1}}})", 7},
    {"timestamp_no_i", R"({"a":{"$timestamp":{"t":1}}})", 7},
    {"timestamp_more", R"({"a":{"$timestamp":{"t":1,"i":1,"x":1}}})", 7},
    {"regex_no_options", R"({"a":{"$regularExpression":{"pattern":"a"}}})", 7},
    {"regex_no_pattern", R"({"a":{"$regularExpression":{"options":""}}})", 7},
    {"regex_number", R"({"a":{"$regularExpression":{"pattern":1,"options":""}}})", 7},
    {"regex_options_number", R"({"a":{"$regularExpression":{"pattern":"a","options":0}}})", 7},
    {"regex_more", R"({"a":{"$regularExpression":{"pattern":"a","options":"","x":true}}})", 7},
    {"regex_nul_pattern", R"({"a":{"$regularExpression":{"pattern":"a\u0000","options":""}}})", 7},
    {"regex_nul_options", R"({"a":{"$regularExpression":{"pattern":"a","options":"\u0000"}}})", 7},
    {"code_number", R"({"a":{"$code":1}})", 7},
    {"code_more", R"({"a":{"$code":"f","b":1}})", 7},
    {"scope_number", R"({"a":{"$code":"f","$scope":1}})", 7},
    {"scope_alone", R"({"a":{"$scope":{}}})", 7},
    {"symbol_number", R"({"a":{"$symbol":1}})", 7},
    {"db_pointer_text", R"({"a":{"$dbPointer":"x"}})", 7},
    {"db_pointer_id", R"({"a":{"$dbPointer":{"$ref":"b","$id":1}}})", 7},
    {"db_pointer_more", R"({"a":{"$dbPointer":{"$ref":"b","$id":{"$oid":"56e1fc72e0c917e9c4714161"},"x":1}}})", 7},
    {"min_key_true", R"({"a":{"$minKey":true}})", 7},
    {"min_key_two", R"({"a":{"$minKey":2}})", 7},
    {"min_key_more", R"({"a":{"$minKey":1,"b":1}})", 7},
    {"max_key_true", R"({"a":{"$maxKey":true}})", 7},
    {"undefined_false", R"({"a":{"$undefined":false}})", 7},
    {"undefined_one", R"({"a":{"$undefined":1}})", 7},
};

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, NameTheirPlace) {
    const Refusal& refusal = GetParam();
    if (refusal.offset < 0) {
        EXPECT_EQ(to_bson(refusal.json + std::string(400, '0') + "}"), "5: number too large for a double");
        return;
    }
    const std::string made = to_bson(refusal.json);
    EXPECT_TRUE(made.starts_with(std::to_string(refusal.offset) + ": ")) << to_json(made) << " / " << made;
}

INSTANTIATE_TEST_SUITE_P(ExtendedJson, Refusals, testing::ValuesIn(refusals),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(ExtendedJson, LegacyFormsAreReadWhenAskedFor) {
    const auto read = [](const char* json) { return to_json(to_bson(json, JsonDialect::legacy)); };
    EXPECT_EQ(read(R"({"a":{"$date":42}})"), R"({"a":{"$date":{"$numberLong":"42"}}})");
    EXPECT_EQ(read(R"({"a":{"$date":5000000000}})"), R"({"a":{"$date":{"$numberLong":"5000000000"}}})");
    EXPECT_EQ(read(R"({"a":{"$binary":"//8=","$type":"80"}})"),
              R"({"a":{"$binary":{"base64":"//8=","subType":"80"}}})");
}

TEST(ExtendedJson, NestingHasALimit) {
    const auto nested = [](std::size_t levels) {
        std::string json;
        for (std::size_t i = 1; i < levels; ++i)
            json += i % 2 != 0 ? R"({"a":)" : "[";
        json += levels % 2 != 0 ? "{}" : "[]";
        for (std::size_t i = levels - 1; i > 0; --i)
            json += i % 2 != 0 ? "}" : "]";
        return json;
    };
    EXPECT_TRUE(to_json(to_bson(nested(100))) == nested(100));
    EXPECT_TRUE(to_bson(nested(101)).ends_with(": nested too deep")) << to_bson(nested(101));
}

TEST(ExtendedJson, DocumentsHaveALimit) {
    // 4 bytes of length, type, "a\0", length of the text, the text, NUL, NUL.
    const std::size_t most = 16 * 1024 * 1024 - 4 - 3 - 4 - 2;
    EXPECT_EQ(to_bson("{\"a\":\"" + std::string(most, 'x') + "\"}").size(), 16U * 1024 * 1024);
    EXPECT_EQ(to_bson("{\"a\":\"" + std::string(most + 1, 'x') + "\"}"), "0: document larger than 16 MiB");
}

TEST(ExtendedJson, EveryIndexOfALongArrayIsItsKey) {
    std::string json = "{\"a\":[0";
    for (int i = 1; i < 12000; ++i)
        json += "," + std::to_string(i);
    const std::string bson = to_bson(json + "]}");
    std::size_t at = 4 + 3 + 4;
    for (int i = 0; i < 12000; ++i) {
        const std::string key = std::to_string(i);
        ASSERT_EQ(bson.substr(at + 1, key.size() + 1), key + '\0') << i;
        at += 1 + key.size() + 1 + 4;
    }
    EXPECT_EQ(at + 2, bson.size());
}

TEST(ExtendedJson, ManyKeysAreAllToldApart) {
    std::string json = "{\"0\":0";
    for (int i = 1; i < 3000; ++i)
        json += ",\"" + std::to_string(i) + "\":0";
    EXPECT_GT(to_bson(json + "}").size(), 3000U * 6);
    EXPECT_TRUE(to_bson(json + ",\"1500\":1}").ends_with("the same key twice in an object"));
}

TEST(ExtendedJson, ABufferKeepsWhatItHeldWhenADocumentIsRefused) {
    ByteBuffer buffer;
    MadeDocument made;
    ASSERT_FALSE(json_to_bson("{\"a\":1}", JsonDialect::extended, buffer, made));
    const std::string before(buffer.view(0, buffer.size()));
    ASSERT_TRUE(json_to_bson("{\"a\":1,\"b\":{\"$oid\":1}}", JsonDialect::extended, buffer, made));
    EXPECT_EQ(std::string(buffer.view(0, buffer.size())), before);
}

}  // namespace
}  // namespace bradawl::mongo
