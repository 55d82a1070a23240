#include "json/check.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "reference.hpp"
#include "texts.hpp"

namespace bradawl::json {
namespace {

using namespace std::string_view_literals;

// Reads `text` from a heap block of just its size and holds verdict, place and events against the plain reader.
testing::AssertionResult agrees(std::string_view text) {
    const reference::Exact exact(text);
    reference::Reader plain(exact.view());
    const auto wrong = plain.wrong();
    reference::Log log;
    const auto problem = read(exact.view(), log);
    if (problem.has_value() != check(exact.view()).has_value()) return testing::AssertionFailure() << "check: " << text;
    // check() asks the reader when a kernel refuses, so a kernel that refuses too much shows only here.
    if (kernel().holds(exact.view().data(), text.size()) == problem.has_value()) {
        return testing::AssertionFailure() << "kernel: " << text;
    }
    if (problem.has_value() != wrong.has_value()) {
        return testing::AssertionFailure() << (problem ? problem->what : "taken, though wrong") << ": " << text;
    }
    if (problem && problem->offset != *wrong) {
        return testing::AssertionFailure()
               << problem->offset << ", not " << *wrong << ": " << problem->what << ": " << text;
    }
    if (!problem && log.text != plain.log.text) return testing::AssertionFailure() << log.text << ": " << text;
    return testing::AssertionSuccess();
}

class Check : public testing::TestWithParam<Scanner> {
protected:
    void SetUp() override {
        if (!use_scanner(GetParam())) GTEST_SKIP() << "this machine lacks the instructions";
    }
};

std::string scanner_name(const testing::TestParamInfo<Scanner>& info) {
    return info.param == Scanner::avx2 ? "avx2" : info.param == Scanner::sse2 ? "sse2" : "portable";
}

INSTANTIATE_TEST_SUITE_P(Scanners, Check, testing::Values(Scanner::portable, Scanner::sse2, Scanner::avx2),
                         scanner_name);

TEST_P(Check, TakesWhatRfc8259Allows) {
    for (const std::string_view text : reference::good) {
        const reference::Exact exact(text);
        const auto problem = check(exact.view());
        EXPECT_FALSE(problem) << text << ": " << problem->offset << ": " << problem->what;
    }
}

TEST_P(Check, RefusesTheRestAtTheRightByte) {
    for (const std::string_view text : reference::bad) {
        EXPECT_TRUE(check(text)) << text;
        EXPECT_TRUE(agrees(text));
    }
}

// The same at every place relative to the blocks of 64 bytes, with white space and with a string in front.
TEST_P(Check, JudgesTheSameAtEveryOffset) {
    for (std::size_t offset = 0; offset <= 70; ++offset) {
        const std::string spaces(offset, ' ');
        const std::string array = "[\"" + std::string(offset, 'x') + "\",";
        for (const auto* texts : {&reference::good, &reference::bad}) {
            for (const std::string_view text : *texts) {
                ASSERT_TRUE(agrees(spaces + std::string(text)));
                ASSERT_TRUE(agrees(array + std::string(text) + ']'));
                ASSERT_TRUE(agrees(array + std::string(text) + std::string(64, ' ') + ']'));
            }
        }
    }
}

// Each of a string's rules at each place of a long string, over the borders of blocks and of the scan's windows.
TEST_P(Check, KeepsTheRulesOfStringsOverBorders) {
    const std::vector<std::string_view> pieces = {
        "\x1f", "\\x",     "\\u00g0",  "\\u000",           "\xc3",         "\xe3\x81", "\xed\xa0\x80", "\\\\",
        "\\\"", "\\u00e9", "\xc3\xa9", "\xf0\x9f\x98\x80", "\\\\\\\\\\\\", "\\\\\\",   "\"",           "\0"sv};
    for (const std::size_t border : {64, 4096}) {
        for (std::size_t from = border - 8; from < border + 3; ++from) {
            for (const std::string_view piece : pieces) {
                for (const std::size_t behind : {0, 1, 64, 4200}) {
                    const std::string front = '"' + std::string(from, 'x');
                    ASSERT_TRUE(agrees(front + std::string(piece) + std::string(behind, 'y') + '"')) << from;
                    ASSERT_TRUE(agrees(front + std::string(piece))) << from;
                }
            }
        }
    }
}

// Bytes on both sides of every border in the table of RFC 3629, in all rows of up to four.
TEST_P(Check, KnowsAllOfUtf8) {
    const unsigned char borders[] = {'x',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                                     0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff};
    constexpr std::size_t count = sizeof borders;
    const std::size_t front = 61;  // over the border of two blocks
    std::string text(front, ' ');
    text.back() = '"';
    text += "....\"";
    const reference::Exact exact(text);
    char* const place = const_cast<char*>(exact.view().data()) + front;
    for (std::size_t row = 0; row < count * count * count * count; ++row) {
        place[0] = static_cast<char>(borders[row % count]);
        place[1] = static_cast<char>(borders[row / count % count]);
        place[2] = static_cast<char>(borders[row / count / count % count]);
        place[3] = static_cast<char>(borders[row / count / count / count]);
        const bool wrong = reference::Reader(exact.view()).wrong().has_value();
        ASSERT_EQ(check(exact.view()).has_value(), wrong) << exact.view();
        ASSERT_NE(kernel().holds(exact.view().data(), exact.view().size()), wrong) << exact.view();
    }
}

TEST_P(Check, TakesEveryCharacter) {
    std::string text;
    for (std::uint32_t code = 0x20; code <= 0x10ffff; ++code) {
        if (code == '"' || code == '\\' || (code >= 0xd800 && code <= 0xdfff)) continue;
        if (text.empty()) text = '"';
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else {
            const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
            text += static_cast<char>((more == 1 ? 0xc0u : more == 2 ? 0xe0u : 0xf0u) | code >> (6 * more));
            for (int i = more - 1; i >= 0; --i)
                text += static_cast<char>(0x80u | (code >> (6 * i) & 0x3fu));
        }
        if (text.size() > 5000 || code == 0x10ffff) {
            text += '"';
            ASSERT_TRUE(kernel().holds(text.data(), text.size())) << "up to " << code;
            text.clear();
        }
    }
}

TEST_P(Check, LimitsNesting) {
    for (const char bracket : {'[', '{'}) {
        const std::string_view open = bracket == '[' ? "[" : "{\"\":";
        const std::string_view close = bracket == '[' ? "]" : "}";
        for (const std::size_t depth :
             {std::size_t{1}, std::size_t{64}, std::size_t{65}, deepest, deepest + 1, std::size_t{100000}}) {
            std::string text;
            for (std::size_t i = 0; i < depth; ++i)
                text += open;
            const std::string unclosed = text;
            text += '0';
            for (std::size_t i = 0; i < depth; ++i)
                text += close;
            EXPECT_EQ(check(text).has_value(), depth > deepest);
            EXPECT_NE(kernel().holds(text.data(), text.size()), depth > deepest);
            const auto problem = check(unclosed);
            ASSERT_TRUE(problem);
            EXPECT_EQ(problem->offset, depth > deepest ? deepest * open.size() : unclosed.size());
        }
    }
    Ignore ignore;
    EXPECT_FALSE(read("1", ignore, 0));
    EXPECT_TRUE(read("[]", ignore, 0));
    EXPECT_FALSE(read("[[]]", ignore, 2));
    EXPECT_TRUE(read("[[[]]]", ignore, 2));
}

// Right documents, then the same with a few bytes changed, cut, doubled or put in.
TEST_P(Check, AgreesWithAPlainReaderOnRandomTexts) {
    const std::uint64_t seed = 20140129;
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    reference::Maker maker(random);
    const std::string_view bytes =
        "{}[]:,\"\\\\\"\"u0189aF-+.eEtrufalsn \t\n\r\f/\x01\x1f\x7f\x80\x9f\xbf\xc2\xe0\xed\xf0\xf4\xff"sv;
    for (int round = 0; round < 10000; ++round) {
        std::string text = maker.document();
        for (int change = 0; change < 6; ++change) {
            ASSERT_TRUE(agrees(text)) << "seed " << seed;
            if (text.empty()) break;
            const std::size_t at = static_cast<std::size_t>(random.next() % text.size());
            const char byte = bytes[static_cast<std::size_t>(random.next() % bytes.size())];
            switch (random.next() % 4) {
                case 0:
                    text[at] = byte;
                    break;
                case 1:
                    text.insert(at, 1, byte);
                    break;
                case 2:
                    text.erase(at, 1 + static_cast<std::size_t>(random.next() % 3));
                    break;
                default:
                    text.insert(at, text.substr(at, static_cast<std::size_t>(random.next() % 70)));
            }
        }
    }
}

}  // namespace
}  // namespace bradawl::json
