#include "json/reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "reference.hpp"

namespace bradawl::json {
namespace {

TEST(Reader, TellsWhatItReads) {
    reference::Log log;
    EXPECT_FALSE(read(R"( {"a\n":[1,-2.5e3,"x","\"",true,false,null,{}],"b":[]} )", log));
    EXPECT_EQ(
        log.text,
        "{ escaped key<a\\n> [ integral:1 real:-2.5e3 plain<x> escaped<\\\"> true false null { } ] key<b> [ ] } ");
}

TEST(Reader, PointsIntoTheText) {
    struct Views : Ignore {
        std::vector<std::string_view> views;
        void number(std::string_view spelling, bool) { views.push_back(spelling); }
        void string(std::string_view raw, bool) { views.push_back(raw); }
        void key(std::string_view raw, bool) { views.push_back(raw); }
    } handler;
    const std::string text = R"({"k":["s",12]})";
    ASSERT_FALSE(read(text, handler));
    ASSERT_EQ(handler.views.size(), 3U);
    EXPECT_EQ(handler.views[0].data(), text.data() + 2);
    EXPECT_EQ(handler.views[1].data(), text.data() + 7);
    EXPECT_EQ(handler.views[2].data(), text.data() + 10);
}

TEST(Reader, TellsOffsetsToWhoAsks) {
    struct Offsets : Ignore {
        std::vector<std::size_t> offsets;
        void at(std::size_t offset) { offsets.push_back(offset); }
    } handler;
    ASSERT_FALSE(read(R"( {"k":[ "s",12,true ]})", handler));
    EXPECT_EQ(handler.offsets, (std::vector<std::size_t>{1, 2, 6, 8, 12, 15, 20, 21}));
}

// Whatever it is told of, a handler can stop there.
TEST(Reader, StopsWhenTheHandlerSaysSo) {
    struct Stopper {
        std::size_t calls_left = 0;
        const char* call() { return calls_left-- == 0 ? "enough" : nullptr; }
        const char* null() { return call(); }
        const char* boolean(bool) { return call(); }
        const char* number(std::string_view, bool) { return call(); }
        const char* string(std::string_view, bool) { return call(); }
        const char* key(std::string_view, bool) { return call(); }
        const char* begin_object() { return call(); }
        const char* end_object() { return call(); }
        const char* begin_array() { return call(); }
        const char* end_array() { return call(); }
    };
    const std::string_view text = R"({"k":["s",12,true,false,null,[],{}]})";
    const std::vector<std::size_t> offsets = {0, 1, 5, 6, 10, 13, 18, 24, 29, 30, 32, 33, 34, 35};
    for (std::size_t i = 0; i <= offsets.size(); ++i) {
        Stopper handler{i};
        const auto problem = read(text, handler);
        ASSERT_EQ(problem.has_value(), i < offsets.size());
        if (!problem) continue;
        EXPECT_EQ(problem->offset, offsets[i]);
        EXPECT_STREQ(problem->what, "enough");
    }
}

// Strings, keys and numbers that lie over the borders of the scan's blocks and windows.
TEST(Reader, SeesThroughBorders) {
    for (const Scanner scanner : {Scanner::portable, Scanner::sse2, Scanner::avx2}) {
        if (!use_scanner(scanner)) continue;
        for (std::size_t size = 4000; size < 4200; ++size) {
            const std::string plain(size, 'x');
            for (const std::string& raw :
                 {plain, "\\n" + plain, plain + "\\n", plain + "\\u0041", "\\\\" + plain + "\\\\"}) {
                const std::string text = "[\"" + raw + "\",\"y\",12345678901234567890,{\"" + raw + "\":\"z\"}]";
                const reference::Exact exact(text);
                reference::Log log;
                ASSERT_FALSE(read(exact.view(), log));
                reference::Reader plainly(text);
                ASSERT_FALSE(plainly.wrong());
                ASSERT_EQ(log.text, plainly.log.text) << size;
            }
        }
    }
}

TEST(Reader, SaysWhatIsWrong) {
    const auto what = [](std::string_view text) {
        Ignore ignore;
        const auto problem = read(text, ignore);
        return std::to_string(problem->offset) + ": " + problem->what;
    };
    EXPECT_EQ(what(""), "0: text ends too early");
    EXPECT_EQ(what("[1,"), "3: text ends too early");
    EXPECT_EQ(what("[1 2]"), "3: expected ',' or ']'");
    EXPECT_EQ(what("{\"a\":1 2}"), "7: expected ',' or '}'");
    EXPECT_EQ(what("{\"a\",2}"), "4: expected ':'");
    EXPECT_EQ(what("{1:2}"), "1: expected a key");
    EXPECT_EQ(what("[1,]"), "3: expected a value");
    EXPECT_EQ(what("[tru]"), "1: unknown word");
    EXPECT_EQ(what("01"), "1: digit after a leading zero");
    EXPECT_EQ(what("1.x"), "2: expected a digit");
    EXPECT_EQ(what("12x"), "2: unexpected character after a number");
    EXPECT_EQ(what("{} {}"), "3: text after the value");
    EXPECT_EQ(what("[\"a]"), "1: string without an end");
    EXPECT_EQ(what("[\"a\\"), "1: string without an end");
    EXPECT_EQ(what("\"\n\""), "1: unescaped control character in a string");
    EXPECT_EQ(what("\"\\x\""), "2: unknown escape in a string");
    EXPECT_EQ(what("\"\\u12x\""), "5: expected four hex digits after \\u");
    EXPECT_EQ(what("\"\xff\""), "1: malformed UTF-8");
    EXPECT_EQ(what("\\n"), "0: backslash outside a string");
    EXPECT_EQ(what("\xef\xbb\xbf{}"), "0: byte order mark in front of the value");
    EXPECT_EQ(what(std::string(deepest + 1, '[')), "1024: nested too deep");
}

// The machine that runs the tests of a release has AVX2: the build must not lose that scanner.
TEST(Reader, HasTheScannersOfThisMachine) {
    EXPECT_TRUE(use_scanner(Scanner::portable));
#if defined(__x86_64__)
    EXPECT_TRUE(use_scanner(Scanner::sse2));
    EXPECT_EQ(use_scanner(Scanner::avx2), __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul"));
#endif
}

}  // namespace
}  // namespace bradawl::json
