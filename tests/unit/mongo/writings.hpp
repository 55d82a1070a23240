#pragma once

#include <ostream>

namespace bradawl::mongo {

// A document in its three writings. `relaxed` empty: the same as canonical; `canonical` null: not looked at.
struct Writing {
    const char* name;
    const char* hex;
    const char* canonical;
    const char* relaxed;
};

inline void PrintTo(const Writing& writing, std::ostream* out) {
    *out << writing.name;
}

// The bytes follow bsonspec.org and the layouts that the Extended JSON v2 specification shows for each type.
inline constexpr Writing writings[] = {
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

}  // namespace bradawl::mongo
