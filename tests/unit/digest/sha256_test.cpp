#include "digest/sha256.hpp"

#include <gtest/gtest.h>

namespace bradawl::digest {
namespace {

std::string hex_of(std::initializer_list<std::string_view> pieces) {
    Sha256 digest;
    for (const std::string_view piece : pieces)
        digest.add(piece);
    return digest.hex();
}

// The examples of FIPS 180-4.
TEST(Sha256, OfKnownTexts) {
    EXPECT_EQ(hex_of({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex_of({"abc"}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex_of({"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"}),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex_of({std::string(1000000, 'a')}), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnPieces) {
    EXPECT_EQ(hex_of({"a", "", "bc"}), hex_of({"abc"}));
    Sha256 one;
    one.add("ab");
    Sha256 moved(std::move(one));
    moved.add("c");
    EXPECT_EQ(moved.hex(), hex_of({"abc"}));
}

}  // namespace
}  // namespace bradawl::digest
