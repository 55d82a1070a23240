#include "math/xoshiro.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using bradawl::math::Xoshiro;

// The first word of seed 0 is the one that others print who seed with splitmix64.
TEST(Xoshiro, Words) {
    EXPECT_EQ(Xoshiro(0).next(), 0x99ec5f36cb75f2b4U);
    Xoshiro words(42);
    EXPECT_EQ(words.next(), 0x15780b2e0c2ec716U);
    EXPECT_EQ(words.next(), 0x6104d9866d113a7eU);
    EXPECT_EQ(words.next(), 0xae17533239e499a1U);
    EXPECT_EQ(words.next(), 0xecb8ad4703b360a1U);
}

TEST(Xoshiro, Below) {
    Xoshiro words(42);
    for (const std::size_t wanted : {155U, 704U, 1264U, 1719U, 1843U, 1430U})
        EXPECT_EQ(words.below(1859), wanted);
    EXPECT_EQ(words.below(1), 0U);
}

}  // namespace
