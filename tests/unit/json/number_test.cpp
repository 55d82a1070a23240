#include "json/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace bradawl::json {
namespace {

TEST(Number, GivesIntegersThatFit) {
    EXPECT_EQ(to_int64("0"), 0);
    EXPECT_EQ(to_int64("-0"), 0);
    EXPECT_EQ(to_int64("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(to_int64("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(to_int32("2147483647"), 2147483647);
    EXPECT_EQ(to_int32("-2147483648"), std::numeric_limits<std::int32_t>::min());
}

TEST(Number, GivesNoIntegerForTheRest) {
    for (const char* spelling :
         {"9223372036854775808", "-9223372036854775809", "123456789012345678901234", "1.0", "1e2", "-", ""}) {
        EXPECT_FALSE(to_int64(spelling)) << spelling;
    }
    EXPECT_FALSE(to_int32("2147483648"));
    EXPECT_FALSE(to_int32("-2147483649"));
    EXPECT_FALSE(to_int32("3.5"));
}

TEST(Number, GivesTheNearestDouble) {
    EXPECT_EQ(to_double("0.1").value, 0.1);
    EXPECT_EQ(to_double("-1.5e3").value, -1500.0);
    EXPECT_EQ(to_double("1E+2").value, 100.0);
    EXPECT_EQ(to_double("9007199254740993").value, 9007199254740992.0);
    EXPECT_EQ(to_double("1.7976931348623157e308").value, std::numeric_limits<double>::max());
    EXPECT_EQ(to_double("2.2250738585072011e-308").value, 2.2250738585072011e-308);
    EXPECT_EQ(to_double("4.9e-324").value, std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(to_double("0." + std::string(400, '0') + "1e401").value, 1.0);
    for (const char* zero : {"0", "0.0", "0e999999999999999999999", "0.000e-5"}) {
        EXPECT_EQ(to_double(zero).value, 0.0) << zero;
        EXPECT_TRUE(to_double(zero).in_range) << zero;
    }
    EXPECT_TRUE(std::signbit(to_double("-0").value));
    EXPECT_TRUE(std::signbit(to_double("-0.0").value));
}

TEST(Number, SaysWhenADoubleCannotHoldIt) {
    for (const std::string& spelling :
         {std::string("1e309"), std::string("1e99999999999999999999"), std::string("1.8e308"),
          "1" + std::string(400, '0'), "0." + std::string(400, '0') + "1e800",
          "1" + std::string(400, '0') + ".5e-10"}) {
        EXPECT_EQ(to_double(spelling).value, std::numeric_limits<double>::infinity()) << spelling;
        EXPECT_EQ(to_double('-' + spelling).value, -std::numeric_limits<double>::infinity()) << spelling;
        EXPECT_FALSE(to_double(spelling).in_range) << spelling;
    }
    for (const std::string& spelling :
         {std::string("1e-400"), std::string("1e-99999999999999999999"), std::string("2e-324"),
          "0." + std::string(400, '0') + "1", "1" + std::string(100, '0') + "e-500"}) {
        EXPECT_EQ(to_double(spelling).value, 0.0) << spelling;
        EXPECT_TRUE(std::signbit(to_double('-' + spelling).value)) << spelling;
        EXPECT_FALSE(to_double(spelling).in_range) << spelling;
    }
}

}  // namespace
}  // namespace bradawl::json
