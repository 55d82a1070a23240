#include "text/quantity.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

#include "text/number.hpp"

namespace bradawl::text {
namespace {

using namespace std::chrono_literals;

TEST(ToDuration, ReadsNumbersWithUnits) {
    EXPECT_EQ(to_duration("90"), 90s);
    EXPECT_EQ(to_duration("1.5"), 1500ms);
    EXPECT_EQ(to_duration("0"), 0s);
    EXPECT_EQ(to_duration("250ms"), 250ms);
    EXPECT_EQ(to_duration("7us"), 7us);
    EXPECT_EQ(to_duration("10s"), 10s);
    EXPECT_EQ(to_duration("5m"), 5min);
    EXPECT_EQ(to_duration("5min"), 5min);
    EXPECT_EQ(to_duration("2h"), 2h);
    EXPECT_EQ(to_duration("1d"), 24h);
    EXPECT_EQ(to_duration("1h30m"), 90min);
    EXPECT_EQ(to_duration("1m1.5s"), 61500ms);
    EXPECT_EQ(to_duration(".5s"), 500ms);
    EXPECT_EQ(to_duration("0.1s"), 100ms) << "rounded, not cut";
    EXPECT_EQ(to_duration("36600d"), 36600 * 24h) << "100 years";
}

TEST(ToDuration, RefusesTheRest) {
    for (const char* text :
         {"",       " ",       "s",     ".",   "-1s",  "+1s", "1 s", " 1",  "1s ",  "1x",     "1S",
          "1h30",   "30 1h",   "1.2.3", "1e3", "0x10", "inf", "nan", "1,5", "1ms2", "36601d", "99999999999999999999d",
          "1h-30m", "\xd9\xa1"}) {
        EXPECT_FALSE(to_duration(text)) << text;
    }
}

TEST(ToSize, ReadsPowersOf1024) {
    EXPECT_EQ(to_size("0"), 0U);
    EXPECT_EQ(to_size("4096"), 4096U);
    EXPECT_EQ(to_size("4096B"), 4096U);
    EXPECT_EQ(to_size("64K"), 65536U);
    EXPECT_EQ(to_size("64k"), 65536U);
    EXPECT_EQ(to_size("1KiB"), 1024U);
    EXPECT_EQ(to_size("16M"), 16777216U);
    EXPECT_EQ(to_size("16MiB"), 16777216U);
    EXPECT_EQ(to_size("2G"), 2147483648U);
    EXPECT_EQ(to_size("2GiB"), 2147483648U);
    EXPECT_EQ(to_size("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(to_size("17179869183G"), 17179869183U * (std::uint64_t{1} << 30));
}

TEST(ToSize, RefusesTheRest) {
    for (const char* text : {"", "K", "-1", "+1", " 1", "1 K", "1.5K", "1KB", "1T", "1m", "18446744073709551616",
                             "17179869184G", "0x10", "1K1"}) {
        EXPECT_FALSE(to_size(text)) << text;
    }
}

TEST(DescribeDuration, ChoosesItsUnit) {
    EXPECT_EQ(describe_duration(0s), "0.00 s");
    EXPECT_EQ(describe_duration(250ms), "0.25 s");
    EXPECT_EQ(describe_duration(9990ms), "9.99 s");
    EXPECT_EQ(describe_duration(9999ms), "10.0 s");
    EXPECT_EQ(describe_duration(12340ms), "12.3 s");
    EXPECT_EQ(describe_duration(59900ms), "59.9 s");
    EXPECT_EQ(describe_duration(59960ms), "1 min 00 s");
    EXPECT_EQ(describe_duration(247s), "4 min 07 s");
    EXPECT_EQ(describe_duration(3599s), "59 min 59 s");
    EXPECT_EQ(describe_duration(3600s), "1 h 00 min");
    EXPECT_EQ(describe_duration(2h + 5min + 59s), "2 h 05 min");
    EXPECT_EQ(describe_duration(100h), "100 h 00 min");
}

TEST(DescribeSize, ChoosesItsUnit) {
    EXPECT_EQ(describe_size(0), "0 B");
    EXPECT_EQ(describe_size(812), "812 B");
    EXPECT_EQ(describe_size(1023), "1023 B");
    EXPECT_EQ(describe_size(1024), "1 KiB");
    EXPECT_EQ(describe_size(1536), "1.5 KiB");
    EXPECT_EQ(describe_size(102'000), "99.6 KiB");
    EXPECT_EQ(describe_size(1023 * 1024), "1023 KiB");
    EXPECT_EQ(describe_size(1'047'000), "1022 KiB");
    EXPECT_EQ(describe_size(16 << 20), "16 MiB");
    EXPECT_EQ(describe_size(std::uint64_t{5} << 40), "5 TiB");
    EXPECT_EQ(describe_size(std::numeric_limits<std::uint64_t>::max()), "16777216 TiB");
}

TEST(Number, ReadsWholeNumbers) {
    EXPECT_EQ(to_uint64("0"), 0U);
    EXPECT_EQ(to_uint64("007"), 7U);
    EXPECT_EQ(to_uint64("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
    for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1e3", "18446744073709551616", "one"})
        EXPECT_FALSE(to_uint64(text)) << text;
}

TEST(Number, ReadsDecimalNumbers) {
    EXPECT_EQ(to_double("-1.5e-3"), -1.5e-3);
    EXPECT_EQ(to_double("0.1"), 0.1);
    EXPECT_EQ(to_double("1e308"), 1e308);
    EXPECT_EQ(to_double("5e-324"), 5e-324);
    EXPECT_EQ(to_double("-0"), 0.0);
    for (const char* text : {"", "+1", " 1", "1 ", "1,5", "inf", "-inf", "nan", "NaN", "infinity", "1e999", "1e",
                             "0x1p3", ".", "-", "1.2.3", "one"}) {
        EXPECT_FALSE(to_double(text)) << text;
    }
}

TEST(Number, DoesNotHeedTheLocale) {
    // A locale with a decimal comma, where this machine has one; the C library's own functions would follow it.
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    EXPECT_EQ(to_double("1.5"), 1.5);
    EXPECT_FALSE(to_double("1,5"));
    EXPECT_EQ(describe_duration(1500ms), "1.50 s");
    EXPECT_EQ(describe_size(1536), "1.5 KiB");
    std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
}  // namespace bradawl::text
