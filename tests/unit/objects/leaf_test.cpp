#include "objects/leaf.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "java/hex.hpp"

// What is wanted here was printed by Java 17: toString(), and for dates Instant.toString() with its milliseconds.

namespace bradawl::objects {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

std::string bytes(std::string_view digits) {
    std::string made;
    EXPECT_TRUE(java::from_hex(digits, made)) << digits;
    return made;
}

/// What java.time.Ser's bytes say, given in hex.
std::string time(std::string_view digits) {
    return java_time(bytes(digits)).value_or("nothing");
}

TEST(Dates, HaveMillisecondsAlways) {
    EXPECT_EQ(iso_instant(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(iso_instant(1700000000123), "2023-11-14T22:13:20.123Z");
    EXPECT_EQ(iso_instant(951782400000), "2000-02-29T00:00:00.000Z");
    EXPECT_EQ(iso_instant(4107542400000), "2100-03-01T00:00:00.000Z") << "a year that is no leap year";
}

TEST(Dates, CountBackwardsBefore1970) {
    EXPECT_EQ(iso_instant(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(iso_instant(-1000), "1969-12-31T23:59:59.000Z");
    EXPECT_EQ(iso_instant(-62167219200000), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(iso_instant(-62167219200001), "-0001-12-31T23:59:59.999Z");
    EXPECT_EQ(iso_instant(-377705116800001), "-10000-12-31T23:59:59.999Z");
}

TEST(Dates, OfYearsOfMoreThanFourDigits) {
    EXPECT_EQ(iso_instant(253402300799999), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(iso_instant(253402300800000), "+10000-01-01T00:00:00.000Z");
    EXPECT_EQ(iso_instant(greatest), "+292278994-08-17T07:12:55.807Z");
    EXPECT_EQ(iso_instant(least), "-292275055-05-16T16:47:04.192Z");
}

TEST(Dates, TheFastWayPrintsTheSame) {
    for (const std::int64_t millis : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{253402300799999},
                                      std::int64_t{253402300800000}, std::int64_t{-62167219200001}, least, greatest}) {
        InstantRoom room;
        EXPECT_EQ(quoted_instant(room, millis), "\"" + iso_instant(millis) + "\"");
    }
}

TEST(Dates, NanosecondsReplaceMilliseconds) {
    EXPECT_EQ(iso_instant(1700000000123, 123456789), "2023-11-14T22:13:20.123456789Z");
    EXPECT_EQ(iso_instant(-1, 999999999), "1969-12-31T23:59:59.999999999Z");
}

TEST(Integers, OfAnySize) {
    EXPECT_EQ(big_integer(0, ""), "0");
    EXPECT_EQ(big_integer(1, bytes("01")), "1");
    EXPECT_EQ(big_integer(-1, bytes("80")), "-128");
    EXPECT_EQ(big_integer(1, bytes("0de0b6b3a7640000")), "1000000000000000000");
    EXPECT_EQ(big_integer(1, bytes("ffffffffffffffff")), "18446744073709551615");
    EXPECT_EQ(big_integer(-1, bytes("010000000000000000")), "-18446744073709551616");
    EXPECT_EQ(big_integer(1, bytes("00000100000000000000000000000000000000")),
              "340282366920938463463374607431768211456");
}

TEST(Integers, OfVeryManyDigitsAreHex) {
    EXPECT_EQ(big_integer(-1, std::string(1 << 20, '\x7f')).substr(0, 7), "-0x7f7f");
}

TEST(Decimals, AsToStringHasThem) {
    EXPECT_EQ(big_decimal("-123400", 4), "-12.3400");
    EXPECT_EQ(big_decimal("0", -3), "0E+3");
    EXPECT_EQ(big_decimal("0", 2), "0.00");
    EXPECT_EQ(big_decimal("1", 6), "0.000001");
    EXPECT_EQ(big_decimal("1", 7), "1E-7");
    EXPECT_EQ(big_decimal("-12345", 20), "-1.2345E-16");
    EXPECT_EQ(big_decimal("12", -5), "1.2E+6");
    EXPECT_EQ(big_decimal("1", 400), "1E-400");
    EXPECT_EQ(big_decimal("10", 0), "10");
    EXPECT_EQ(big_decimal("1", std::numeric_limits<std::int32_t>::min()), "1E+2147483648");
    EXPECT_EQ(big_decimal("-99", std::numeric_limits<std::int32_t>::max()), "-9.9E-2147483646");
}

TEST(Times, Durations) {
    EXPECT_EQ(time("01000000000000000000000000"), "PT0S");
    EXPECT_EQ(time("01000000000000003d00000005"), "PT1M1.000000005S");
    EXPECT_EQ(time("01fffffffffffffffe1dcd6500"), "PT-1.5S");
    EXPECT_EQ(time("01ffffffffffffffff1dcd6500"), "PT-0.5S");
    EXPECT_EQ(time("010000000000000e1000000000"), "PT1H");
    EXPECT_EQ(time("017fffffffffffffff3b9ac9ff"), "PT2562047788015215H30M7.999999999S");
    EXPECT_EQ(time("01800000000000000000000000"), "PT-2562047788015215H-30M-8S");
}

TEST(Times, InstantsToTheirEnds) {
    EXPECT_EQ(time("02000000006553f10007270e00"), "2023-11-14T22:13:20.120Z");
    EXPECT_EQ(time("02000000000000000000000000"), "1970-01-01T00:00:00Z");
    EXPECT_EQ(time("02ffffffffffffffff3b9ac9ff"), "1969-12-31T23:59:59.999999999Z");
    EXPECT_EQ(time("02ff8fe31014641400").substr(0, 7), "nothing") << "cut off";
    EXPECT_EQ(time("02ff8fe3101464140000000000"), "-1000000000-01-01T00:00:00Z");
    EXPECT_EQ(time("02007029f9bf65267f3b9ac9ff").substr(0, 1), "+");
}

TEST(Times, DatesAndTimesOfDay) {
    EXPECT_EQ(time("03000007e8021d"), "2024-02-29");
    EXPECT_EQ(time("03c46536010101"), "-999999999-01-01");
    EXPECT_EQ(time("033b9ac9ff0c1f"), "+999999999-12-31");
    EXPECT_EQ(time("03ffffffd40101"), "-0044-01-01");
    EXPECT_EQ(time("04fa"), "05:00");
    EXPECT_EQ(time("0401fd"), "01:02");
    EXPECT_EQ(time("040102fc"), "01:02:03");
    EXPECT_EQ(time("0401020300000004"), "01:02:03.000000004");
    EXPECT_EQ(time("040000002faf0800"), "00:00:00.800");
    EXPECT_EQ(time("05000007e8021dfa"), "2024-02-29T05:00");
}

TEST(Times, Zones) {
    EXPECT_EQ(time("0800"), "Z");
    EXPECT_EQ(time("08f2"), "-03:30");
    EXPECT_EQ(time("087f00000fa0"), "+01:06:40");
    EXPECT_EQ(time("087fffffffff"), "-00:00:01");
    EXPECT_EQ(time("070003555443"), "UTC");
    EXPECT_EQ(time("06000007e8021dfa04070003555443"), "2024-02-29T05:00+01:00[UTC]");
    EXPECT_EQ(time("06000007e8021dfaf208f2"), "2024-02-29T05:00-03:30");
    EXPECT_EQ(time("0901020300000004f2"), "01:02:03.000000004-03:30");
    EXPECT_EQ(time("0a000007e8021dfa00"), "2024-02-29T05:00Z");
}

TEST(Times, PartsOfDates) {
    EXPECT_EQ(time("0bffffffd4"), "-44");
    EXPECT_EQ(time("0c000007e802"), "2024-02");
    EXPECT_EQ(time("0c0000303907"), "+12345-07") << "as YearMonth.parse wants it; its toString leaves the sign away";
    EXPECT_EQ(time("0d021d"), "--02-29");
    EXPECT_EQ(time("0e00000001fffffffe0000001e"), "P1Y-2M30D");
    EXPECT_EQ(time("0e000000000000000000000000"), "P0D");
}

TEST(Times, OfAnotherLengthOrTypeAreNone) {
    EXPECT_EQ(time(""), "nothing");
    EXPECT_EQ(time("00"), "nothing");
    EXPECT_EQ(time("0f00"), "nothing");
    EXPECT_EQ(time("080000"), "nothing");
    EXPECT_EQ(time("0700045554"), "nothing");
}

/// What make_leaf() says of a class with these parts, behind one of another object.
std::string leaf(std::string_view name, std::vector<Part> parts) {
    parts.insert(parts.begin(), Part{"language", true, 7, "another object's"});
    return make_leaf(name, parts, 1).value_or("nothing");
}

TEST(Leaves, Uuids) {
    EXPECT_EQ(leaf("java.util.UUID",
                   {{"leastSigBits", false, 0x0fedcba987654321}, {"mostSigBits", false, 0x0123456789abcdef}}),
              R"("01234567-89ab-cdef-0fed-cba987654321")");
    EXPECT_EQ(leaf("java.util.UUID", {{"leastSigBits", false, -1}, {"mostSigBits", false, 0}}),
              R"("00000000-0000-0000-ffff-ffffffffffff")");
}

TEST(Leaves, Locales) {
    const auto locale = [](const char* language, const char* country, const char* variant, const char* script,
                           const char* extensions) {
        return leaf("java.util.Locale", {{"country", true, 0, country},
                                         {"extensions", true, 0, extensions},
                                         {"language", true, 0, language},
                                         {"script", true, 0, script},
                                         {"variant", true, 0, variant}});
    };
    EXPECT_EQ(locale("de", "DE", "", "", ""), R"("de_DE")");
    EXPECT_EQ(locale("", "", "", "", ""), R"("")");
    EXPECT_EQ(locale("en", "", "POSIX", "", ""), R"("en__POSIX")");
    EXPECT_EQ(locale("sr", "", "", "Latn", ""), R"("sr__#Latn")");
    EXPECT_EQ(locale("zh", "TW", "", "Hant", "u-ca-roc"), R"("zh_TW_#Hant_u-ca-roc")");
    EXPECT_EQ(locale("en", "", "", "", "u-ca-roc"), R"("en__#u-ca-roc")");
}

TEST(Leaves, NumbersFromTheirParts) {
    EXPECT_EQ(leaf("java.math.BigInteger", {{"signum", false, -1}, {"magnitude", true, 0, "\x01"}}), R"("-1")");
    EXPECT_EQ(leaf("java.math.BigDecimal", {{"scale", false, 1}, {"intVal", true, 0, R"("15")"}}), R"("1.5")");
    EXPECT_EQ(leaf("java.math.BigDecimal", {{"scale", false, 1}}), "nothing");
    EXPECT_EQ(leaf("java.util.BitSet", {{"bits", true, 0, bytes("00000000000000058000000000000000")}}), "[0,2,127]");
}

TEST(Leaves, TextsOnlyOfWholeCharacters) {
    EXPECT_EQ(
        leaf("java.lang.StringBuilder", {{"", true, 0, bytes("00000001")}, {"$item", true, 0, bytes("20ac0041")}}),
        "\"\xe2\x82\xac\"");
    EXPECT_EQ(
        leaf("java.lang.StringBuilder", {{"", true, 0, bytes("00000003")}, {"$item", true, 0, bytes("20ac0041")}}),
        "nothing");
    EXPECT_EQ(leaf("java.lang.StringBuffer", {{"count", false, 1}, {"value", true, 0, bytes("d83d")}}), "nothing");
    EXPECT_EQ(leaf("java.lang.StringBuffer", {{"count", false, -1}, {"value", true, 0, bytes("0041")}}), "nothing");
}

TEST(Leaves, Places) {
    EXPECT_EQ(leaf("java.net.URL",
                   {{"authority", true, 0, "h:8443"}, {"file", true, 0, "/a?b"}, {"protocol", true, 0, "https"}}),
              R"("https://h:8443/a?b")");
    EXPECT_EQ(leaf("java.net.InetAddress", {{"address", false, -16777215}, {"hostName", true, 0, "h"}}),
              R"("h/255.0.0.1")");
    EXPECT_EQ(leaf("java.net.Inet6Address", {{"ipaddress", true, 0, bytes("20010db8000000000000000000000001")}}),
              R"("/2001:db8:0:0:0:0:0:1")");
    const std::vector<Part> frame{{"declaringClass", true, 0, "C"},
                                  {"methodName", true, 0, "m"},
                                  {"fileName", true, 0, "F.java"},
                                  {"lineNumber", false, 3}};
    EXPECT_EQ(leaf("java.lang.StackTraceElement", frame), "\"at C.m(F.java:3)\"");
    EXPECT_EQ(leaf("java.lang.Other", {}), "nothing");
}

}  // namespace
}  // namespace bradawl::objects
