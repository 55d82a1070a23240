#include <gtest/gtest.h>

#include <ostream>

#include "bytes.hpp"

namespace bradawl::mongo {
namespace {

using test::from_hex;
using test::to_bson;
using test::to_hex;
using test::to_json;

// A document in its three writings. `relaxed` empty: the same as canonical; `canonical` null: not looked at.
struct Writing {
    const char* name;
    const char* hex;
    const char* canonical;
    const char* relaxed;
};

void PrintTo(const Writing& writing, std::ostream* out) {
    *out << writing.name;
}

// The bytes follow bsonspec.org and the layouts that the Extended JSON v2 specification shows for each type.
constexpr Writing writings[] = {
    {"empty", "05000000 00", "{}", ""},
    {"array", "14000000 04 6100 0c000000 10 3000 0a000000 00 00", R"({"a":[{"$numberInt":"10"}]})", R"({"a":[10]})"},
    {"array_empty", "0d000000 04 6100 05000000 00 00", R"({"a":[]})", ""},
    {"document", "16000000 03 7800 0e000000 02 6100 02000000 6200 00 00", R"({"x":{"a":"b"}})", ""},
    {"document_empty", "0d000000 03 7800 05000000 00 00", R"({"x":{}})", ""},
    {"binary_empty", "0d000000 05 7800 00000000 00 00", R"({"x":{"$binary":{"base64":"","subType":"00"}}})", ""},
    {"binary_generic", "0f000000 05 7800 02000000 00 ffff 00", R"({"x":{"$binary":{"base64":"//8=","subType":"00"}}})",
     ""},
    {"binary_old", "13000000 05 7800 06000000 02 02000000 ffff 00",
     R"({"x":{"$binary":{"base64":"//8=","subType":"02"}}})", ""},
    {"binary_uuid", "1d000000 05 7800 10000000 04 73ffd26444b34c6990e8e7d1dfc035d4 00",
     R"({"x":{"$binary":{"base64":"c//SZESzTGmQ6OfR38A11A==","subType":"04"}}})", ""},
    {"binary_user", "0f000000 05 7800 02000000 80 ffff 00", R"({"x":{"$binary":{"base64":"//8=","subType":"80"}}})",
     ""},
    {"boolean_true", "09000000 08 6200 01 00", R"({"b":true})", ""},
    {"boolean_false", "09000000 08 6200 00 00", R"({"b":false})", ""},
    {"code",
     "12000000 0d 6100 06000000 6162616261 00"
     "00",
     R"({"a":{"$code":"ababa"}})", ""},
    {"code_with_scope", "16000000 0f 6100 0e000000 01000000 00 05000000 00 00", R"({"a":{"$code":"","$scope":{}}})",
     ""},
    {"code_with_full_scope", "21000000 0f 6100 19000000 05000000 61626364 00 0c000000 10 7800 01000000 00 00",
     R"({"a":{"$code":"abcd","$scope":{"x":{"$numberInt":"1"}}}})", R"({"a":{"$code":"abcd","$scope":{"x":1}}})"},
    {"date_epoch", "10000000 09 6100 0000000000000000 00", R"({"a":{"$date":{"$numberLong":"0"}}})",
     R"({"a":{"$date":"1970-01-01T00:00:00Z"}})"},
    {"date_milliseconds", "10000000 09 6100 c5d8d6cc3b010000 00", R"({"a":{"$date":{"$numberLong":"1356351330501"}}})",
     R"({"a":{"$date":"2012-12-24T12:15:30.501Z"}})"},
    {"date_before_1970", "10000000 09 6100 c33ce7b9bdffffff 00", R"({"a":{"$date":{"$numberLong":"-284643869501"}}})",
     R"({"a":{"$date":{"$numberLong":"-284643869501"}}})"},
    {"date_year_10000", "10000000 09 6100 00dc1fd277e60000 00", R"({"a":{"$date":{"$numberLong":"253402300800000"}}})",
     R"({"a":{"$date":{"$numberLong":"253402300800000"}}})"},
    {"date_last_of_9999", "10000000 09 6100 ffdb1fd277e60000 00",
     R"({"a":{"$date":{"$numberLong":"253402300799999"}}})", R"({"a":{"$date":"9999-12-31T23:59:59.999Z"}})"},
    {"db_pointer", "1a000000 0c 6100 02000000 6200 56e1fc72e0c917e9c4714161 00",
     R"({"a":{"$dbPointer":{"$ref":"b","$id":{"$oid":"56e1fc72e0c917e9c4714161"}}}})", ""},
    {"db_ref",
     "37000000 03 6462726566 00 2b000000 02 24726566 00 0b000000 636f6c6c656374696f6e 00 07 246964 00"
     "58921b3e6e32ab156a22b59e 00 00",
     R"({"dbref":{"$ref":"collection","$id":{"$oid":"58921b3e6e32ab156a22b59e"}}})", ""},
    {"decimal_nan", "18000000 13 6400 0000000000000000 000000000000007c 00", R"({"d":{"$numberDecimal":"NaN"}})", ""},
    {"decimal_infinity", "18000000 13 6400 0000000000000000 00000000000000f8 00",
     R"({"d":{"$numberDecimal":"-Infinity"}})", ""},
    {"decimal_tenth", "18000000 13 6400 0100000000000000 0000000000003e30 00", R"({"d":{"$numberDecimal":"0.1"}})", ""},
    {"decimal_exponent", "18000000 13 6400 0100000000000000 0000000000004630 00", R"({"d":{"$numberDecimal":"1E+3"}})",
     ""},
    {"double_one", "10000000 01 6400 000000000000f03f 00", R"({"d":{"$numberDouble":"1.0"}})", R"({"d":1.0})"},
    {"double_minus_zero", "10000000 01 6400 0000000000000080 00", R"({"d":{"$numberDouble":"-0.0"}})", R"({"d":-0.0})"},
    {"double_fraction", "10000000 01 6400 000000008000f03f 00", R"({"d":{"$numberDouble":"1.0001220703125"}})",
     R"({"d":1.0001220703125})"},
    {"double_large", "10000000 01 6400 2a1bf5f41022b143 00", R"({"d":{"$numberDouble":"1.2345678921232E+18"}})",
     R"({"d":1.2345678921232E+18})"},
    {"double_small", "10000000 01 6400 f168e388b5f8e43e 00", R"({"d":{"$numberDouble":"1E-05"}})", R"({"d":1E-05})"},
    {"double_nan", "10000000 01 6400 000000000000f87f 00", R"({"d":{"$numberDouble":"NaN"}})",
     R"({"d":{"$numberDouble":"NaN"}})"},
    {"double_infinity", "10000000 01 6400 000000000000f07f 00", R"({"d":{"$numberDouble":"Infinity"}})",
     R"({"d":{"$numberDouble":"Infinity"}})"},
    {"double_minus_infinity", "10000000 01 6400 000000000000f0ff 00", R"({"d":{"$numberDouble":"-Infinity"}})",
     R"({"d":{"$numberDouble":"-Infinity"}})"},
    {"int32_least", "0c000000 10 6900 00000080 00", R"({"i":{"$numberInt":"-2147483648"}})", R"({"i":-2147483648})"},
    {"int32_most", "0c000000 10 6900 ffffff7f 00", R"({"i":{"$numberInt":"2147483647"}})", R"({"i":2147483647})"},
    {"int64_least", "10000000 12 6100 0000000000000080 00", R"({"a":{"$numberLong":"-9223372036854775808"}})",
     R"({"a":-9223372036854775808})"},
    {"int64_most", "10000000 12 6100 ffffffffffffff7f 00", R"({"a":{"$numberLong":"9223372036854775807"}})",
     R"({"a":9223372036854775807})"},
    {"int64_beyond_int32", "10000000 12 6100 0000008000000000 00", R"({"a":{"$numberLong":"2147483648"}})",
     R"({"a":2147483648})"},
    {"max_key", "08000000 7f 6100 00", R"({"a":{"$maxKey":1}})", ""},
    {"min_key", "08000000 ff 6100 00", R"({"a":{"$minKey":1}})", ""},
    {"null", "08000000 0a 6100 00", R"({"a":null})", ""},
    {"object_id", "14000000 07 6100 56e1fc72e0c917e9c4714161 00", R"({"a":{"$oid":"56e1fc72e0c917e9c4714161"}})", ""},
    {"regex", "0f000000 0b 6100 61626300 697800 00", R"({"a":{"$regularExpression":{"pattern":"abc","options":"ix"}}})",
     ""},
    {"regex_empty", "0a000000 0b 6100 00 00 00", R"({"a":{"$regularExpression":{"pattern":"","options":""}}})", ""},
    {"regex_in_query", "1a000000 03 6100 12000000 0b 247265676578 00 616200 6900 00 00",
     R"({"a":{"$regex":{"$regularExpression":{"pattern":"ab","options":"i"}}}})", ""},
    {"string", "14000000 02 6100 08000000 c3a9e29886c3a9 00 00", "{\"a\":\"\xc3\xa9\xe2\x98\x86\xc3\xa9\"}", ""},
    {"string_nul", "10000000 02 6100 04000000 610062 00 00", R"({"a":"a\u0000b"})", ""},
    {"string_beyond_plane_0", "11000000 02 6100 05000000 f09f9880 00 00", "{\"a\":\"\xf0\x9f\x98\x80\"}", ""},
    {"symbol", "0f000000 0e 6100 03000000 c3a9 00 00", "{\"a\":{\"$symbol\":\"\xc3\xa9\"}}", ""},
    {"timestamp", "10000000 11 6100 2a000000 15cd5b07 00", R"({"a":{"$timestamp":{"t":123456789,"i":42}}})", ""},
    {"timestamp_large", "10000000 11 6100 ffffffff ffffffff 00",
     R"({"a":{"$timestamp":{"t":4294967295,"i":4294967295}}})", ""},
    {"undefined", "08000000 06 6100 00", R"({"a":{"$undefined":true}})", ""},
    {"dollar_key", "0f000000 10 246b6579 00 2a000000 00", R"({"$key":{"$numberInt":"42"}})", R"({"$key":42})"},
    {"dollar", "0c000000 10 2400 2a000000 00", R"({"$":{"$numberInt":"42"}})", R"({"$":42})"},
    {"update_operator", "17000000 03 24736574 00 0c000000 10 6100 01000000 00 00",
     R"({"$set":{"a":{"$numberInt":"1"}}})", R"({"$set":{"a":1}})"},
    {"type_operator", "18000000 03 7800 10000000 10 2474797065 00 02000000 00 00",
     R"({"x":{"$type":{"$numberInt":"2"}}})", R"({"x":{"$type":2}})"},
    {"wrapper_not_first", "20000000 03 7800 18000000 10 6100 01000000 02 246f6964 00 02000000 7800 00 00",
     R"({"x":{"a":{"$numberInt":"1"},"$oid":"x"}})", R"({"x":{"a":1,"$oid":"x"}})"},
    {"array_of_twelve",
     "63000000 04 6100 5b000000 10 3000 00000000 10 3100 01000000 10 3200 02000000 10 3300 03000000 10 3400 04000000"
     "10 3500 05000000 10 3600 06000000 10 3700 07000000 10 3800 08000000 10 3900 09000000 10 313000 0a000000"
     "10 313100 0b000000 00 00",
     nullptr, R"({"a":[0,1,2,3,4,5,6,7,8,9,10,11]})"},
};

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
