#include <gtest/gtest.h>

#include <array>

#include "core/random.hpp"
#include "text/nearest.hpp"
#include "text/percent.hpp"
#include "text/printable.hpp"

namespace bradawl::text {
namespace {

using namespace std::string_literals;

const std::array<std::string, 6> options{"verbose", "version", "stall", "retry", "retry-max-time", "go"};

TEST(Nearest, FindsSlips) {
    EXPECT_EQ(nearest("verbsoe", options), "verbose") << "a swap is one step";
    EXPECT_EQ(nearest("evrbsoe", options), "verbose");
    EXPECT_EQ(nearest("versin", options), "version");
    EXPECT_EQ(nearest("stal", options), "stall");
    EXPECT_EQ(nearest("stalll", options), "stall");
    EXPECT_EQ(nearest("stale", options), "stall");
    EXPECT_EQ(nearest("retry-max-tmie", options), "retry-max-time");
    EXPECT_EQ(nearest("retry", options), "retry");
    EXPECT_EQ(nearest("retr-mx-tim", options), "retry-max-time") << "a third of its length";
}

TEST(Nearest, IsEmptyWhenNoneIsNear) {
    EXPECT_EQ(nearest("zzzzzzz", options), "");
    EXPECT_EQ(nearest("", options), "") << "as many steps as the word has letters";
    EXPECT_EQ(nearest("xy", options), "");
    EXPECT_EQ(nearest("stxyz", options), "") << "three steps of five letters";
    EXPECT_EQ(nearest("verbose", {}), "");
}

TEST(Percent, EncodesAllButTheUnreserved) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode(" +&=/?#%\"'\\<>[]{}|^`@!$()*,;:"),
              "%20%2B%26%3D%2F%3F%23%25%22%27%5C%3C%3E%5B%5D%7B%7D%7C%5E%60%40%21%24%28%29%2A%2C%3B%3A");
    EXPECT_EQ(percent_encode("\xe2\x98\x83"), "%E2%98%83");
    EXPECT_EQ(percent_encode("\0\x7f\xff"s), "%00%7F%FF");
}

TEST(Percent, DecodesEscapesInEitherCase) {
    EXPECT_EQ(percent_decode("%E2%98%83%2b+x", false), "\xe2\x98\x83++x");
    EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
    EXPECT_EQ(percent_decode("%00", false), "\0"s);
}

TEST(Percent, KeepsAPercentThatBeginsNoEscape) {
    for (const char* text : {"%", "%4", "%G1", "%1G", "100%", "%%", "% 41", "%-1"})
        EXPECT_EQ(percent_decode(text, false), text);
    EXPECT_EQ(percent_decode("%%41", false), "%A");
    EXPECT_EQ(percent_decode("%2541", false), "%41") << "once only";
}

TEST(Percent, ComesBackFromAnyBytes) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    EXPECT_EQ(percent_decode(percent_encode(bytes), false), bytes);
    EXPECT_EQ(percent_decode(percent_encode(bytes), true), bytes);
}

TEST(Printable, KeepsText) {
    EXPECT_EQ(printable("plain ~!\"' text"), "plain ~!\"' text");
    EXPECT_EQ(printable("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf \xc2\xa0"),
              "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf \xc2\xa0");
    EXPECT_EQ(printable(""), "");
}

TEST(Printable, EscapesControlsAndBackslashes) {
    EXPECT_EQ(printable("a\nb\rc\td\\e"), "a\\nb\\rc\\td\\\\e");
    EXPECT_EQ(printable("\0\x1b[31m\x7f\a"s), "\\x00\\x1b[31m\\x7f\\x07");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "\\xc2\\x9b31m")
        << "C1 controls steer some terminals";
    EXPECT_EQ(printable("\xc2\x80\xc2\x9f"), "\\xc2\\x80\\xc2\\x9f");
}

TEST(Printable, EscapesWhatIsNoUtf8) {
    EXPECT_EQ(printable("\x80 \xff \xc0\xaf"), "\\x80 \\xff \\xc0\\xaf");
    EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82") << "cut short";
    EXPECT_EQ(printable("\xe2\x82!"), "\\xe2\\x82!");
    EXPECT_EQ(printable("\xe0\x80\x80"), "\\xe0\\x80\\x80") << "longer than need be";
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
    EXPECT_EQ(printable("\xf0\x8f\xbf\xbf"), "\\xf0\\x8f\\xbf\\xbf");
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "past the last character";
    EXPECT_EQ(printable("\xf5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80");
}

TEST(Printable, CutsBetweenCharacters) {
    EXPECT_EQ(printable(std::string(80, 'x')), std::string(80, 'x'));
    EXPECT_EQ(printable(std::string(81, 'x')), std::string(80, 'x') + "...");
    EXPECT_EQ(printable("ab\xe2\x82\xac", 5), "ab\xe2\x82\xac");
    EXPECT_EQ(printable("ab\xe2\x82\xac", 4), "ab...");
    EXPECT_EQ(printable("\n\n\n", 2), "\\n\\n...") << "bytes count, not escapes";
    EXPECT_EQ(printable("x", 0), "...");
}

}  // namespace
}  // namespace bradawl::text
