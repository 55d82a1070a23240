#include "feed/framer.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "lines_log.hpp"

namespace bradawl::feed {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sizes[] = {1, 2, 3, 5, 16, 65536};

/// Holds what a Framer makes of `body` in pieces of each size against `wanted`.
void expect_lines(std::string_view body, const std::string& wanted, std::size_t limit = 1 << 20) {
    EXPECT_EQ(framed_plainly(body, limit), wanted);
    for (const std::size_t size : sizes)
        EXPECT_EQ(framed(body, limit, [size] { return size; }), wanted) << "pieces of " << size;
}

TEST(Framer, LinesEndAtLf) {
    expect_lines("", "rest:\n");
    expect_lines("{\"a\":1}\n[2]\n", "0:{\"a\":1}\n8:[2]\nrest:\n");
    expect_lines("one\ntwo", "0:one\nrest:two\n");
}

TEST(Framer, ACrBeforeTheLfBelongsToTheLineEnd) {
    expect_lines("a\r\nb\nc\r\n", "0:a\n3:b\n5:c\nrest:\n");
    expect_lines("a\r\r\n", "0:a\r\nrest:\n");              // one only
    expect_lines("a\rb\n\rc\n", "0:a\rb\n4:\rc\nrest:\n");  // a CR alone ends nothing
    expect_lines("a\r", "rest:a\r\n");
}

TEST(Framer, EmptyLinesAreKeepAlives) {
    expect_lines("\n", "keep-alive\nrest:\n");
    expect_lines("\r\n", "keep-alive\nrest:\n");
    expect_lines("\r\n\n\r\na\n\r\n", "keep-alive\nkeep-alive\nkeep-alive\n5:a\nkeep-alive\nrest:\n");
    expect_lines(" \n", "0: \nrest:\n");  // a blank is no keep-alive
}

TEST(Framer, NothingElseEndsALine) {
    // U+2028, U+2029, U+0085, form feed, vertical tab, file separator, NUL: line ends to others, text here.
    for (const auto separator : {"\xe2\x80\xa8"sv, "\xe2\x80\xa9"sv, "\xc2\x85"sv, "\f"sv, "\v"sv, "\x1c"sv, "\0"sv}) {
        const std::string line = "{\"t\":\"a" + std::string(separator) + "b\"}";
        expect_lines(line + "\n", "0:" + line + "\nrest:\n");
    }
}

TEST(Framer, ACharacterCutByAPieceIsWholeAgain) {
    const std::string line = "\"\xf0\x9f\x98\x80\xe6\x9d\xb1\xe4\xba\xac\"";
    expect_lines(line + "\r\n" + line + "\n", "0:" + line + "\n14:" + line + "\nrest:\n");
}

TEST(Framer, ALineAsLongAsTheLimitIsTaken) {
    expect_lines("12345\n", "0:12345\nrest:\n", 5);
    expect_lines("12345\r\n", "0:12345\nrest:\n", 5);
    expect_lines("a\n12345\r\nb\n", "0:a\n2:12345\n9:b\nrest:\n", 5);
}

TEST(Framer, ALongerLineIsPassedOverAndTold) {
    expect_lines("123456\nb\n", "0:too long\n7:b\nrest:\n", 5);
    expect_lines("a\n123456\r\nb\n", "0:a\n2:too long\n10:b\nrest:\n", 5);
    expect_lines("1234567890123456789\n1234567\n\nb\n", "0:too long\n20:too long\nkeep-alive\n29:b\nrest:\n", 5);
}

TEST(Framer, NothingIsLeftOfALongLineThatDoesNotEnd) {
    const std::string log = framed("a\n1234567890", 5, [] { return 3; });
    EXPECT_EQ(log, "0:a\n2:too long\nrest:\n");
}

TEST(Framer, WithoutLookAheadALineIsOutWithItsLf) {
    LinesLog log;
    Framer framer(log, 100);
    framer.feed("abc");
    EXPECT_EQ(log.text, "");
    framer.feed("\r");
    EXPECT_EQ(log.text, "");
    framer.feed("\n");
    EXPECT_EQ(log.text, "0:abc\n");
    framer.feed("d\ne");
    EXPECT_EQ(log.text, "0:abc\n5:d\n");
    EXPECT_EQ(framer.unfinished(), "e");
    framer.feed("");
    EXPECT_EQ(framer.unfinished(), "e");
}

// The bytes of a long line go before its end comes: memory is the limit's, whatever the server sends.
TEST(Framer, ALineOfAHundredMegabytesIsToldOnceAndEarly) {
    LinesLog log;
    Framer framer(log, 1000);
    const std::string piece(1 << 20, 'x');
    for (int i = 0; i < 100; ++i) {
        framer.feed(piece);
        EXPECT_EQ(log.text, "0:too long\n");
        EXPECT_TRUE(framer.unfinished().empty());
    }
    framer.feed("\nb\n");
    EXPECT_EQ(log.text, "0:too long\n104857601:b\n");
}

TEST(Framer, RandomCutsOfRandomLines) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random(seed);
        std::string body;
        for (auto n = random() % 60; n > 0; --n) {
            const auto length = random() % 4 == 0 ? random() % 60 : random() % 6;
            for (auto i = length; i > 0; --i)
                body += "ab{}\r\xe2\x80\xa8\n"[random() % 9];
            if (random() % 3 != 0) body += random() % 2 == 0 ? "\n" : "\r\n";
        }
        for (const std::size_t limit : {4U, 20U, 1000U}) {
            const std::string log = framed(body, limit, [&] { return 1 + random() % (random() % 5 == 0 ? 200 : 5); });
            ASSERT_EQ(log, framed_plainly(body, limit)) << "seed " << seed << ", limit " << limit;
        }
    }
}

}  // namespace
}  // namespace bradawl::feed
