#include "json/unescape.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/random.hpp"
#include "reference.hpp"

namespace bradawl::json {
namespace {

std::string decoded(std::string_view raw, LoneSurrogate lone = LoneSurrogate::refuse) {
    const reference::Exact exact(raw);
    std::string out = "front:";
    const auto problem = unescape(exact.view(), out, lone);
    if (problem) return std::to_string(problem->offset) + (out == "front:" ? "" : " and changed");
    return out.substr(6);
}

TEST(Unescape, KnowsEveryEscape) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("plain \xc3\xa9 text"), "plain \xc3\xa9 text");
    EXPECT_EQ(decoded(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(decoded(R"(\u0041\u00e9\u00E9\u3042\uFFFF)"), "A\xc3\xa9\xc3\xa9\xe3\x81\x82\xef\xbf\xbf");
    EXPECT_EQ(decoded(R"(a\u0000b)"), std::string("a\0b", 3));
    EXPECT_EQ(decoded(R"(\ud800\udc00\uD83D\uDE00\udbff\udfff)"), "\xf0\x90\x80\x80\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
    EXPECT_EQ(decoded(R"(\\u0041)"), "\\u0041");
}

// Every code unit, against a plain reckoning of UTF-8.
TEST(Unescape, DecodesEveryUnit) {
    for (unsigned unit = 0; unit <= 0xffff; ++unit) {
        char raw[8];
        std::snprintf(raw, sizeof raw, unit % 2 == 0 ? "\\u%04x" : "\\u%04X", unit);
        std::string expected;
        if (unit < 0x80) {
            expected = {static_cast<char>(unit)};
        } else if (unit < 0x800) {
            expected = {static_cast<char>(0xc0 + unit / 64), static_cast<char>(0x80 + unit % 64)};
        } else {
            expected = {static_cast<char>(0xe0 + unit / 4096), static_cast<char>(0x80 + unit / 64 % 64),
                        static_cast<char>(0x80 + unit % 64)};
        }
        ASSERT_EQ(decoded(raw, LoneSurrogate::keep), expected) << raw;
        if (unit >= 0xd800 && unit <= 0xdfff) {
            ASSERT_EQ(decoded(raw), "0") << raw;
            ASSERT_EQ(decoded(raw, LoneSurrogate::replace), "\xef\xbf\xbd") << raw;
        } else {
            ASSERT_EQ(decoded(raw), expected) << raw;
        }
    }
}

TEST(Unescape, DoesAsToldWithHalfAPair) {
    EXPECT_EQ(decoded(R"(ab\ud83dcd)"), "2");
    EXPECT_EQ(decoded(R"(ab\ude00cd)"), "2");
    EXPECT_EQ(decoded(R"(ab\ud83d\ud83d\ude00)"), "2");
    EXPECT_EQ(decoded(R"(\ud83d\n)"), "0");
    EXPECT_EQ(decoded(R"(\ud83d\u0041)", LoneSurrogate::replace),
              "\xef\xbf\xbd"
              "A");
    EXPECT_EQ(decoded(R"(\ude00\ud83d)", LoneSurrogate::replace), "\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT_EQ(decoded(R"(\ud83d\ud83d\ude00)", LoneSurrogate::replace), "\xef\xbf\xbd\xf0\x9f\x98\x80");
    EXPECT_EQ(decoded(R"(x\ud83dy)", LoneSurrogate::keep), "x\xed\xa0\xbdy");
}

// No reader hands these out; they are refused all the same, and nothing behind the end is read.
TEST(Unescape, RefusesWhatIsNoEscape) {
    for (const char* raw : {"\\", "\\x", "\\u", "\\u1", "\\u12", "\\u123", "\\u123g", "\\u 123", "\\U0041", "\\'"}) {
        EXPECT_EQ(decoded(raw), "0") << raw;
        EXPECT_EQ(decoded("12345678" + std::string(raw)), "8") << raw;
    }
    EXPECT_EQ(decoded(R"(\ud83d\ude0)", LoneSurrogate::replace), "6");
}

// An escape at every place relative to the words of eight bytes that plain text is copied in.
TEST(Unescape, CopiesPlainTextOfAnyLength) {
    for (std::size_t before = 0; before < 40; ++before) {
        for (std::size_t behind = 0; behind < 20; ++behind) {
            const std::string front(before, '[');  // '[' and ']' are the neighbours of the backslash in ASCII
            const std::string back(behind, ']');
            ASSERT_EQ(decoded(front + "\\n" + back), front + "\n" + back);
            ASSERT_EQ(decoded(front + "\\u3042\\\\" + back), front + "\xe3\x81\x82\\" + back);
        }
    }
}

TEST(Unescape, WritesNoMoreThanItReads) {
    const std::string raw = R"(\u3042\ud83d\ude00\ud83d123456789\u07ff\n)";
    const reference::Exact room(raw);
    char* const begin = const_cast<char*>(room.view().data());
    char* out = begin;
    ASSERT_FALSE(unescape(raw, out, LoneSurrogate::keep));
    EXPECT_EQ(std::string_view(begin, static_cast<std::size_t>(out - begin)),
              "\xe3\x81\x82\xf0\x9f\x98\x80\xed\xa0\xbd"
              "123456789\xdf\xbf\n");
}

}  // namespace
}  // namespace bradawl::json
