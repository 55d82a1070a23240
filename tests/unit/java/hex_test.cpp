#include "java/hex.hpp"

#include <gtest/gtest.h>

#include "text/base64.hpp"

namespace bradawl::java {
namespace {

const std::uint8_t* bytes_of(const std::string& bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

std::string hex(const std::string& bytes) {
    std::string out(2 * bytes.size() + 1, '~');
    const char* const end = put_hex(out.data(), bytes_of(bytes), bytes.size());
    EXPECT_EQ(out.back(), '~') << "written beyond the room";
    EXPECT_EQ(static_cast<std::size_t>(end - out.data()), 2 * bytes.size());
    out.pop_back();
    return out;
}

std::string base64(const std::string& bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '~');
    const char* const end = put_base64(out.data(), bytes_of(bytes), bytes.size());
    EXPECT_EQ(end, out.data() + out.size() - 1);
    EXPECT_EQ(out.back(), '~') << "written beyond the room";
    out.pop_back();
    return out;
}

std::string read_hex(const std::string& digits) {
    std::string out = "front:";
    if (!from_hex(digits, out)) return out == "front:" ? "refused" : "refused, but changed";
    return out.substr(6);
}

std::string all_bytes() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

TEST(Hex, OfEveryByteAndBack) {
    EXPECT_EQ(hex(std::string("\x00\x0f\xf0\xff", 4)), "000ff0ff");
    EXPECT_EQ(hex(""), "");
    EXPECT_EQ(read_hex(hex(all_bytes())), all_bytes());
}

TEST(Hex, IsReadInEitherCase) {
    EXPECT_EQ(read_hex("aAfF09"), "\xaa\xff\x09");
    EXPECT_EQ(read_hex(""), "");
}

TEST(Hex, RefusesEverythingElse) {
    for (const char* const digits :
         {"0", "000", "0g", "g0", " 0", "0 ", "0x", "00:11", "\xc3\xa9", "@0", "`0", "/0", ":0"})
        EXPECT_EQ(read_hex(digits), "refused") << digits;
    EXPECT_EQ(read_hex(std::string("0\0", 2)), "refused");
}

TEST(Base64, OfTheVectorsOfTheRfc) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xfb\xff"), "+/8=");
}

TEST(Base64, ComesBack) {
    const std::string all = all_bytes();
    for (std::size_t n = 0; n <= all.size(); ++n)
        EXPECT_EQ(text::from_base64(base64(all.substr(0, n))), all.substr(0, n));
}

TEST(Base64, MayComeInPiecesOfThree) {
    const std::string all = all_bytes();
    EXPECT_EQ(base64(all.substr(0, 99)) + base64(all.substr(99)), base64(all));
}

}  // namespace
}  // namespace bradawl::java
