#include "text/time.hpp"

#include <gtest/gtest.h>

#include "core/random.hpp"

namespace bradawl::text {
namespace {

UnixTime at(std::int64_t milliseconds) {
    return UnixTime(std::chrono::milliseconds(milliseconds));
}

// The numbers are those of GNU date: date -u -d '…' +%s.
TEST(Rfc3339, WritesUtc) {
    EXPECT_EQ(to_rfc3339(at(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(at(0), false), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339(at(1767323045678)), "2026-01-02T03:04:05.678Z");
    EXPECT_EQ(to_rfc3339(at(1767323045678), false), "2026-01-02T03:04:05Z") << "cut, not rounded: never in the future";
    EXPECT_EQ(to_rfc3339(at(1709164800000)), "2024-02-29T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(at(951782400000), false), "2000-02-29T00:00:00Z");
    EXPECT_EQ(to_rfc3339(at(253402300799999)), "9999-12-31T23:59:59.999Z");
}

TEST(Rfc3339, WritesTheTimeBefore1970) {
    EXPECT_EQ(to_rfc3339(at(-1)), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_rfc3339(at(-1), false), "1969-12-31T23:59:59Z");
    EXPECT_EQ(to_rfc3339(at(-2208988800000), false), "1900-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339(at(-62167219200000), false), "0000-01-01T00:00:00Z");
}

TEST(Rfc3339, ReadsZonesAndFractions) {
    EXPECT_EQ(from_rfc3339("1970-01-01T00:00:00Z"), at(0));
    EXPECT_EQ(from_rfc3339("2026-01-02T03:04:05.678Z"), at(1767323045678));
    EXPECT_EQ(from_rfc3339("2026-01-02t03:04:05.678z"), at(1767323045678));
    EXPECT_EQ(from_rfc3339("2026-01-02 03:04:05Z"), at(1767323045000));
    EXPECT_EQ(from_rfc3339("2026-01-02T03:04:05.6Z"), at(1767323045600));
    EXPECT_EQ(from_rfc3339("2026-01-02T03:04:05.07Z"), at(1767323045070));
    EXPECT_EQ(from_rfc3339("2026-01-02T03:04:05.678999999Z"), at(1767323045678)) << "cut, not rounded";
    EXPECT_EQ(from_rfc3339("2026-01-02T04:04:05+01:00"), at(1767323045000));
    EXPECT_EQ(from_rfc3339("2026-01-02T04:04:05+0100"), at(1767323045000));
    EXPECT_EQ(from_rfc3339("2026-01-01T21:34:05-05:30"), at(1767323045000));
    EXPECT_EQ(from_rfc3339("1969-12-31T23:59:59.999Z"), at(-1));
    EXPECT_EQ(from_rfc3339("0000-01-01T00:00:00Z"), at(-62167219200000));
    EXPECT_EQ(from_rfc3339("1996-12-19T16:39:57-08:00"), at(851042397000)) << "RFC 3339 section 5.8";
    EXPECT_EQ(from_rfc3339("1990-12-31T23:59:60Z"), at(662688000000)) << "a leap second is the next day's first";
}

TEST(Rfc3339, KnowsTheCalendar) {
    EXPECT_TRUE(from_rfc3339("2024-02-29T00:00:00Z"));
    EXPECT_TRUE(from_rfc3339("2000-02-29T00:00:00Z"));
    EXPECT_FALSE(from_rfc3339("2023-02-29T00:00:00Z"));
    EXPECT_FALSE(from_rfc3339("1900-02-29T00:00:00Z"));
    for (const char* date : {"2024-04-31", "2024-00-10", "2024-13-10", "2024-01-00", "2024-01-32", "2024-02-30"})
        EXPECT_FALSE(from_rfc3339(std::string(date) + "T00:00:00Z")) << date;
}

TEST(Rfc3339, RefusesTheRest) {
    for (const char* text : {"",
                             "2026-01-02",
                             "2026-01-02T03:04:05",
                             "2026-01-02T03:04Z",
                             "2026-01-02T24:00:00Z",
                             "2026-01-02T03:60:05Z",
                             "2026-01-02T03:04:61Z",
                             "2026-01-02T03:04:05.Z",
                             "2026-01-02T03:04:05.1234567890Z",
                             "2026-01-02T03:04:05Zx",
                             "2026-01-02T03:04:05+24:00",
                             "2026-01-02T03:04:05+01:60",
                             "2026-01-02T03:04:05+1:00",
                             "26-01-02T03:04:05Z",
                             "2026-1-02T03:04:05Z",
                             "2026-01-02X03:04:05Z",
                             "2026/01/02T03:04:05Z",
                             "-026-01-02T03:04:05Z",
                             " 2026-01-02T03:04:05Z",
                             "2026-01-02T03:04:05 Z",
                             "2026-01-02T+3:04:05Z",
                             "2026-01-02T03:04:05+"}) {
        EXPECT_FALSE(from_rfc3339(text)) << text;
    }
}

TEST(Rfc3339, ComesBack) {
    Random random(7);
    for (int i = 0; i < 10'000; ++i) {
        const UnixTime time = at(static_cast<std::int64_t>(random.next() % 315569520000000ULL) - 62167219200000);
        ASSERT_EQ(from_rfc3339(to_rfc3339(time)), time);
    }
}

TEST(HttpDate, ReadsThePreferredForm) {
    EXPECT_EQ(from_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(784111777000)) << "RFC 9110 section 5.6.7";
    EXPECT_EQ(from_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), at(0));
    EXPECT_EQ(from_http_date("Wed, 31 Dec 1969 23:59:59 GMT"), at(-1000));
    EXPECT_EQ(from_http_date("Thu, 29 Feb 2024 12:00:00 GMT"), at(1709208000000));
}

TEST(HttpDate, RefusesTheRest) {
    for (const char* text :
         {"", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT",
          "Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 06 Xyz 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Thu, 29 Feb 2023 12:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMTx",
          "Sun; 06 Nov 1994 08:49:37 GMT", "Sun, xx Nov 1994 08:49:37 GMT"}) {
        EXPECT_FALSE(from_http_date(text)) << text;
    }
}

}  // namespace
}  // namespace bradawl::text
