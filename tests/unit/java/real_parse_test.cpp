#include "java/decimal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "core/random.hpp"
#include "java/real_formats.hpp"
#include "json/reference.hpp"

namespace bradawl::java {
namespace {

using namespace reference;
using json::reference::Exact;
using Result = RealBits::Result;

// Nothing of these is a number of JSON, nor one of the words in quotes.
constexpr const char* no_numbers[] = {"",
                                      "-",
                                      "+1",
                                      "01",
                                      "-01",
                                      "00",
                                      "1.",
                                      ".5",
                                      "-.5",
                                      "1e",
                                      "1e+",
                                      "1e-",
                                      "1.e5",
                                      "1 ",
                                      " 1",
                                      "1,",
                                      "0x10",
                                      "1e5.0",
                                      "1..2",
                                      "--1",
                                      "1_0",
                                      "nan",
                                      "inf",
                                      "NaN",
                                      "Infinity",
                                      "1f",
                                      "1\xb2",
                                      "\"",
                                      "\"\"",
                                      "\"NaN",
                                      "NaN\"",
                                      "\"nan\"",
                                      "\"infinity\"",
                                      "\"+Infinity\"",
                                      "\"-NaN\"",
                                      "\"1.0\"",
                                      "\"NaN:\"",
                                      "\"NaN:0x\"",
                                      "\"NaN:0x7f80000\"",
                                      "\"NaN:0x7fc00000\"",
                                      "\"NaN:0x7f800000\"",
                                      "\"NaN:0x7F800001\"",
                                      "\"NaN:0X7f800001\"",
                                      "\"NaN:0x3f800001\"",
                                      "\"NaN:0x7f80000g\"",
                                      "\"NaN:0x7f800001",
                                      "\"NaN:0x7f8000011\"",
                                      "\"NaN:0x7ff8000000000000\"",
                                      "\"NaN:0x7ff0000000000000\"",
                                      "\"NaN:0x7FF0000000000001\"",
                                      "\"NaN:0x7ff000000000000\"",
                                      "\"NaN:0xbff0000000000001\""};

template <class Format>
class RealParse : public testing::Test {};
using Formats = testing::Types<Float, Double>;
TYPED_TEST_SUITE(RealParse, Formats);

TYPED_TEST(RealParse, TakesNumbersOfJsonOnly) {
    for (const char* good :
         {"0", "-0", "0.0", "1", "10", "1.50", "1e5", "1E5", "1e+5", "1e-05", "1.5E+00", "0e0", "0.000"}) {
        const Exact exact(good);
        const RealBits bits = TypeParam::parse(exact.view());
        ASSERT_EQ(bits.result, Result::ok) << good;
        ASSERT_EQ(bits.bits, std::bit_cast<typename TypeParam::Bits>(TypeParam::nearest(good))) << good;
    }
    for (const char* bad : no_numbers) {
        const Exact exact(bad);
        EXPECT_EQ(TypeParam::parse(exact.view()).result, Result::malformed) << bad;
    }
}

TYPED_TEST(RealParse, SaysWhenANumberIsTooLarge) {
    using Bits = typename TypeParam::Bits;
    const std::string largest = repr(std::numeric_limits<typename TypeParam::Real>::max());
    EXPECT_EQ(TypeParam::parse(largest).result, Result::ok);
    for (const std::string& large :
         {std::string("1e309"), std::string("9e99999999999999999999"), '1' + std::string(400, '0'),
          "0." + std::string(400, '0') + "1e800", std::string(largest).insert(3, "9")}) {
        for (const bool negative : {false, true}) {
            const RealBits parsed = TypeParam::parse((negative ? "-" : "") + large);
            EXPECT_EQ(parsed.result, Result::out_of_range) << large;
            EXPECT_EQ(parsed.bits, TypeParam::exponent | (negative ? Bits{1} << (8 * sizeof(Bits) - 1) : 0)) << large;
        }
    }
    // What is too small is the nearest value there is.
    for (const std::string& small :
         {std::string("1e-400"), std::string("1e-99999999999999999999"), "0." + std::string(400, '0') + '1',
          '1' + std::string(100, '0') + "e-500", std::string("0e999999999999999999999")}) {
        EXPECT_EQ(TypeParam::parse(small).result, Result::ok) << small;
        EXPECT_EQ(TypeParam::parse(small).bits, 0U) << small;
        EXPECT_EQ(TypeParam::parse('-' + small).bits, Bits{1} << (8 * sizeof(Bits) - 1)) << small;
    }
}

TEST(FloatParse, KnowsTheEndsOfTheFloats) {
    // The middle between the largest and 2^128, and just below it.
    EXPECT_EQ(Float::parse("340282356779733661637539395458142568448").result, Result::out_of_range);
    EXPECT_EQ(Float::parse("340282356779733661637539395458142568447").bits, 0x7f7fffffU);
    EXPECT_EQ(Float::parse("3.4028235677973366e38").bits, 0x7f7fffffU);
    EXPECT_EQ(Float::parse("1e39").result, Result::out_of_range);
    EXPECT_EQ(Float::parse("1e-45").bits, 1U);
    EXPECT_EQ(Float::parse("1e-46").bits, 0U);
    EXPECT_EQ(Double::parse("1.7976931348623159e308").result, Result::out_of_range);
    EXPECT_EQ(Double::parse("1.7976931348623158e308").bits, 0x7fefffffffffffffU);
    EXPECT_EQ(Double::parse("2.5e-324").bits, 1U);
    EXPECT_EQ(Double::parse("2.4e-324").bits, 0U);
}

TYPED_TEST(RealParse, TakesTheNearest) {
    this->RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int i = 0; i < many / 32; ++i) {
        std::string text = std::to_string(random.next() >> random.next() % 64);
        if (random.next() % 2 == 0) text.insert(1 + random.next() % text.size(), random.next() % 2 == 0 ? "." : ".000");
        if (text.back() == '.') text += '5';
        if (random.next() % 2 == 0) text += 'e' + std::to_string(static_cast<int>(random.next() % 61) - 30);
        const RealBits parsed = TypeParam::parse(text);
        const auto nearest = TypeParam::nearest(text.c_str());
        ASSERT_EQ(parsed.result, std::isinf(nearest) ? Result::out_of_range : Result::ok) << text;
        ASSERT_EQ(parsed.bits, std::bit_cast<typename TypeParam::Bits>(nearest)) << text << ", seed " << seed;
    }
}

// Numbers in the middle of two floats, or so near to it that as doubles they are there: rounded twice, they go wrong.
TEST(FloatParse, RoundsFloatsOnce) {
    Random random(seed);
    for (int i = 0; i < many / 32; ++i) {
        const auto bits = static_cast<std::uint32_t>(0x3d800000 + random.next() % 0x0e000000);
        const double low = static_cast<double>(std::bit_cast<float>(bits));
        const double high = static_cast<double>(std::bit_cast<float>(bits + 1));
        char text[64];
        const int size =
            std::snprintf(text, sizeof text, "%.*f", static_cast<int>(random.next() % 20), (low + high) / 2);
        for (const char* more : {"", "1", "000000001"}) {
            const std::string number =
                std::string(text, static_cast<std::size_t>(size)) + (std::strchr(text, '.') != nullptr ? more : "");
            ASSERT_EQ(Float::parse(number).bits, std::bit_cast<std::uint32_t>(std::strtof(number.c_str(), nullptr)))
                << number;
        }
    }
    EXPECT_EQ(Float::parse("16777217").bits, std::bit_cast<std::uint32_t>(16777216.0F));
    EXPECT_EQ(Float::parse("16777217.000000001").bits, std::bit_cast<std::uint32_t>(16777218.0F));
    EXPECT_EQ(Float::parse("16777219").bits, std::bit_cast<std::uint32_t>(16777220.0F));
}

}  // namespace
}  // namespace bradawl::java
