#include "text/base64.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "core/random.hpp"

namespace bradawl::text {
namespace {

TEST(Base64, HoldsTheVectorsOfRfc4648) {
    const std::pair<std::string_view, std::string_view> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfb\xef\xbe", "//77774="},
    };
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, ComesBackFromAnyBytes) {
    Random random(42);
    std::string bytes;
    for (int size = 0; size < 300; ++size) {
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        bytes += static_cast<char>(random.next());
    }
}

TEST(Base64, RefusesWhatIsNone) {
    for (const char* text : {"A", "AA", "AAA", "Zg=", "Zg===", "=", "==", "====", "A===", "Zg==Zg==", "Z=g=", "Zm9v\n",
                             "Zm 9", "Zm-_", "Zm9v====", "\xc3\xa4\xc3\xa4", "=Zg="}) {
        EXPECT_FALSE(from_base64(text)) << text;
    }
    EXPECT_FALSE(from_base64(std::string_view("Zg=\0", 4)));
}

}  // namespace
}  // namespace bradawl::text
