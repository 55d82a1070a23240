#include "java/decimal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "java/real_formats.hpp"

namespace bradawl::java {
namespace {

using namespace reference;
using Result = RealBits::Result;

template <class Format>
class Real : public testing::Test {};
using Formats = testing::Types<Float, Double>;
TYPED_TEST_SUITE(Real, Formats);

template <class Value, class Put>
void expect_integers(Put function) {
    std::vector<std::uint64_t> values;
    for (int shift = 0; shift < 64; ++shift)
        values.push_back(std::uint64_t{1} << shift);
    for (std::uint64_t power = 1; power <= 1'000'000'000'000'000'000; power *= 10) {
        for (const std::uint64_t times : {1, 2, 9, 10})
            values.push_back(power * times);
    }
    for (const std::uint64_t value : std::vector(values)) {
        for (const std::uint64_t near : {value - 1, value + 1, 0 - value, 1 - value, 0 - value - 1})
            values.push_back(near);
    }
    for (std::uint64_t value = 0; value < 70'000; ++value)
        values.push_back(value);
    Random random(seed);
    for (int i = 0; i < 100'000; ++i)
        values.push_back(random.next() >> random.next() % 64);
    for (const std::uint64_t bits : values) {
        const auto value = static_cast<Value>(bits);
        ASSERT_EQ(put(function, value), std::to_string(value));
        ASSERT_EQ(put(function, static_cast<Value>(0 - bits)), std::to_string(static_cast<Value>(0 - bits)));
    }
}

TEST(Decimal, PutsIntegers) {
    expect_integers<std::int32_t>(put_int);
    expect_integers<std::uint32_t>(put_uint);
    expect_integers<std::int64_t>(put_long);
    expect_integers<std::uint64_t>(put_ulong);
}

TEST(Decimal, PutsDoublesAsPythonDoes) {
    for (const auto& [value, text] :
         std::vector<std::pair<double, std::string>>{{0.0, "0.0"},
                                                     {-0.0, "-0.0"},
                                                     {3, "3.0"},
                                                     {-1.5, "-1.5"},
                                                     {0.1, "0.1"},
                                                     {100, "100.0"},
                                                     {0.0001, "0.0001"},
                                                     {0.00012, "0.00012"},
                                                     {1e-05, "1e-05"},
                                                     {1.5e-05, "1.5e-05"},
                                                     {9.999e-05, "9.999e-05"},
                                                     {1e23, "1e+23"},
                                                     {2e23, "2e+23"},
                                                     {1e15, "1000000000000000.0"},
                                                     {1e16, "1e+16"},
                                                     {9007199254740993.0, "9007199254740992.0"},
                                                     {9999999999999998.0, "9999999999999998.0"},
                                                     {12345678901234567.0, "1.2345678901234568e+16"},
                                                     {123456.789, "123456.789"},
                                                     {52.520008, "52.520008"},
                                                     {1700000000.123456, "1700000000.123456"},
                                                     {0.30000000000000004, "0.30000000000000004"},
                                                     {5e-324, "5e-324"},
                                                     {1.7976931348623157e308, "1.7976931348623157e+308"},
                                                     {2.2250738585072014e-308, "2.2250738585072014e-308"},
                                                     {-1.2345e-100, "-1.2345e-100"}}) {
        EXPECT_EQ(Double::put(std::bit_cast<std::uint64_t>(value)), text);
        EXPECT_TRUE(is_put_and_parsed<Double>(std::bit_cast<std::uint64_t>(value)));
    }
}

TEST(Decimal, PutsFloatsAsFloats) {
    for (const auto& [value, text] : std::vector<std::pair<float, std::string>>{{0.0F, "0.0"},
                                                                                {-0.0F, "-0.0"},
                                                                                {0.1F, "0.1"},
                                                                                {74.72F, "74.72"},
                                                                                {1234.56F, "1234.56"},
                                                                                {100000.01F, "100000.01"},
                                                                                {131071.99F, "131071.99"},
                                                                                {8388607.5F, "8388607.5"},
                                                                                {16777216.0F, "16777216.0"},
                                                                                {16777218.0F, "16777218.0"},
                                                                                {1e10F, "10000000000.0"},
                                                                                {1e16F, "1e+16"},
                                                                                {0.0001F, "0.0001"},
                                                                                {1e-05F, "1e-05"},
                                                                                {1e-45F, "1e-45"},
                                                                                {3.4028235e38F, "3.4028235e+38"},
                                                                                {1.17549435e-38F, "1.1754944e-38"}}) {
        EXPECT_EQ(Float::put(std::bit_cast<std::uint32_t>(value)), text);
        EXPECT_TRUE(is_put_and_parsed<Float>(std::bit_cast<std::uint32_t>(value)));
    }
}

TYPED_TEST(Real, RandomBitsComeBack) {
    using Bits = typename TypeParam::Bits;
    this->RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int i = 0; i < many; ++i) {
        const auto bits = static_cast<Bits>(random.next());
        if ((bits & TypeParam::exponent) == TypeParam::exponent) continue;  // not finite
        ASSERT_TRUE(is_put_and_parsed<TypeParam>(bits)) << "seed " << seed;
    }
}

// Decimals of few digits, which have ways of their own, and their neighbours, which have not.
TYPED_TEST(Real, ShortDecimalsComeBack) {
    using Bits = typename TypeParam::Bits;
    Random random(seed);
    for (int i = 0; i < many / 16; ++i) {
        const double digits = static_cast<double>(random.next() >> (11 + random.next() % 53));
        const double scale = std::pow(10.0, static_cast<double>(random.next() % 12));
        const auto bits = std::bit_cast<Bits>(static_cast<typename TypeParam::Real>(digits / scale));
        ASSERT_TRUE(is_put_and_parsed<TypeParam>(bits)) << "seed " << seed;
        ASSERT_TRUE(is_put_and_parsed<TypeParam>(bits + 1)) << "seed " << seed;
        ASSERT_TRUE(bits == 0 || is_put_and_parsed<TypeParam>(bits - 1)) << "seed " << seed;
    }
}

// Powers of two, where the distance to the next value changes, and of ten, where the number of digits does.
TYPED_TEST(Real, BoundariesComeBack) {
    using Bits = typename TypeParam::Bits;
    using Value = typename TypeParam::Real;
    std::vector<Value> values = {std::numeric_limits<Value>::max(), std::numeric_limits<Value>::min(),
                                 std::numeric_limits<Value>::denorm_min()};
    for (int exponent = -1074; exponent < 1024; ++exponent)
        values.push_back(std::ldexp(Value{1}, exponent));
    for (int exponent = -323; exponent <= 308; ++exponent) {
        for (const char first : {'1', '2', '5', '9'})
            values.push_back(TypeParam::nearest((first + ("e" + std::to_string(exponent))).c_str()));
    }
    for (const Value value : values) {
        const Bits bits = std::bit_cast<Bits>(value);
        for (const Bits near : {bits - 2, bits - 1, bits, bits + 1, bits + 2}) {
            if ((near & TypeParam::exponent) == TypeParam::exponent) continue;
            ASSERT_TRUE(is_put_and_parsed<TypeParam>(near));
            ASSERT_TRUE(is_put_and_parsed<TypeParam>(near ^ Bits{1} << (8 * sizeof near - 1)));
        }
    }
}

TYPED_TEST(Real, EveryClassOfNanComesBack) {
    using Bits = typename TypeParam::Bits;
    constexpr Bits sign = Bits{1} << (8 * sizeof(Bits) - 1);
    const auto comes_back = [](Bits bits) {
        const RealBits back = TypeParam::parse(TypeParam::put(bits));
        return back.result == Result::ok && back.bits == bits;
    };
    Random random(seed);
    std::vector<Bits> fractions = {1, 2, ~TypeParam::exponent & ~sign};
    for (Bits bit = 1; (bit & TypeParam::exponent) == 0; bit <<= 1)
        fractions.push_back(bit);
    for (int i = 0; i < 10'000; ++i)
        fractions.push_back((static_cast<Bits>(random.next()) & ~TypeParam::exponent & ~sign) | 1);
    for (const Bits fraction : fractions) {
        const Bits bits = TypeParam::exponent | fraction;
        ASSERT_EQ(TypeParam::put(bits).substr(0, 7) == "\"NaN:0x", bits != TypeParam::java_nan);
        ASSERT_TRUE(comes_back(bits)) << std::hex << bits;
        ASSERT_TRUE(comes_back(bits | sign)) << std::hex << bits;
    }
    EXPECT_EQ(TypeParam::put(TypeParam::java_nan), "\"NaN\"");
    EXPECT_EQ(TypeParam::put(TypeParam::exponent), "\"Infinity\"");
    EXPECT_EQ(TypeParam::put(TypeParam::exponent | sign), "\"-Infinity\"");
    EXPECT_TRUE(comes_back(TypeParam::exponent));
    EXPECT_TRUE(comes_back(TypeParam::exponent | sign));
}

TEST(Decimal, NamesOtherNansByTheirBits) {
    EXPECT_EQ(Float::put(0x7f800001), "\"NaN:0x7f800001\"");
    EXPECT_EQ(Float::put(0xffc00000), "\"NaN:0xffc00000\"");
    EXPECT_EQ(Double::put(0xfff8000000000abc), "\"NaN:0xfff8000000000abc\"");
}

}  // namespace
}  // namespace bradawl::java
