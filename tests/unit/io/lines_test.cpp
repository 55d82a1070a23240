#include "io/lines.hpp"

#include <limits>
#include <random>
#include <thread>
#include <vector>

#include "core/random.hpp"
#include "io/descriptors.hpp"

namespace bradawl::io {
namespace {

struct Seen {
    std::string text;
    std::uint64_t number;
    std::uint64_t offset;
    bool too_long;
    bool operator==(const Seen&) const = default;
};

void PrintTo(const Seen& seen, std::ostream* out) {
    *out << seen.number << " at " << seen.offset << (seen.too_long ? " too long: " : ": ") << seen.text;
}

std::vector<Seen> all_lines(LineReader& reader) {
    std::vector<Seen> seen;
    while (const auto line = reader.next())
        seen.push_back({std::string(line->text), line->number, line->offset, line->too_long});
    return seen;
}

std::vector<Seen> lines_of(std::string_view bytes, std::size_t limit) {
    const Folder folder;
    const Stop stop;
    Input input(folder.put("lines", bytes), stop);
    LineReader reader(input, limit);
    auto seen = all_lines(reader);
    EXPECT_FALSE(reader.next()) << "after the end";
    EXPECT_FALSE(reader.idle()) << "at the end there is nothing to wait for";
    EXPECT_FALSE(input.stopped());
    return seen;
}

/// The rules again, over the whole text at once.
std::vector<Seen> expected(std::string_view bytes, std::size_t limit) {
    std::vector<Seen> seen;
    std::size_t begin = 0;
    while (begin < bytes.size()) {
        const std::size_t feed = bytes.find('\n', begin);
        auto text = bytes.substr(begin, feed - begin);
        if (feed != bytes.npos && !text.empty() && text.back() == '\r') text.remove_suffix(1);
        const bool too_long = text.size() > limit;
        seen.push_back({std::string(text.substr(0, limit)), seen.size() + 1, begin, too_long});
        if (feed == bytes.npos) break;
        begin = feed + 1;
    }
    return seen;
}

TEST(LineReader, SplitsAtLineFeeds) {
    const std::vector<Seen> wanted{{"a", 1, 0, false}, {"", 2, 2, false}, {"bc", 3, 3, false}, {"d", 4, 7, false}};
    EXPECT_EQ(lines_of("a\n\nbc\r\nd", 10), wanted);
    EXPECT_EQ(lines_of("a\n\nbc\r\nd\n", 10), wanted) << "a line end at the end begins no line";
    EXPECT_TRUE(lines_of("", 10).empty());
    EXPECT_EQ(lines_of("\n", 10), (std::vector<Seen>{{"", 1, 0, false}}));
    EXPECT_EQ(lines_of("\r\n", 10), (std::vector<Seen>{{"", 1, 0, false}}));
}

TEST(LineReader, DropsOnlyTheCarriageReturnOfALineEnd) {
    EXPECT_EQ(lines_of("a\rb\r\r\nc\r", 10), (std::vector<Seen>{{"a\rb\r", 1, 0, false}, {"c\r", 2, 6, false}}));
    EXPECT_EQ(lines_of(std::string("n\0l\n", 4), 10), (std::vector<Seen>{{std::string("n\0l", 3), 1, 0, false}}));
}

TEST(LineReader, TakesLinesUpToTheLimit) {
    EXPECT_EQ(lines_of("1234\n12345\n1234", 4),
              (std::vector<Seen>{{"1234", 1, 0, false}, {"1234", 2, 5, true}, {"1234", 3, 11, false}}));
    EXPECT_EQ(lines_of("1234\r\n12345\r\n", 4), (std::vector<Seen>{{"1234", 1, 0, false}, {"1234", 2, 6, true}}));
    EXPECT_EQ(lines_of("1234\r5\n6", 4), (std::vector<Seen>{{"1234", 1, 0, true}, {"6", 2, 7, false}}));
    EXPECT_EQ(lines_of("12345", 4), (std::vector<Seen>{{"1234", 1, 0, true}}));
    EXPECT_EQ(lines_of("x\n\ny\n", 0), (std::vector<Seen>{{"", 1, 0, true}, {"", 2, 2, false}, {"", 3, 3, true}}));
}

TEST(LineReader, PassesOverTheRestOfALineThatIsTooLong) {
    const std::string giant(1'000'000, 'x');
    EXPECT_EQ(lines_of("a\n" + giant + "\nb\n", 4),
              (std::vector<Seen>{{"a", 1, 0, false}, {"xxxx", 2, 2, true}, {"b", 3, 1'000'003, false}}));
    EXPECT_EQ(lines_of(giant, 4), (std::vector<Seen>{{"xxxx", 1, 0, true}}));
    EXPECT_EQ(lines_of(giant + "\n", 4), (std::vector<Seen>{{"xxxx", 1, 0, true}}));
}

TEST(LineReader, GrowsItsMemoryToTheLimit) {
    const std::string giant(3'000'000, 'x');
    const auto seen = lines_of(giant + "\n" + giant, giant.size());
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_TRUE(seen[0].text == giant && seen[1].text == giant);
    EXPECT_FALSE(seen[0].too_long || seen[1].too_long);
}

TEST(LineReader, NeedsNoLimit) {
    EXPECT_EQ(lines_of("alpha\nbeta\n", std::numeric_limits<std::size_t>::max()),
              (std::vector<Seen>{{"alpha", 1, 0, false}, {"beta", 2, 6, false}}));
}

std::string random_text(Random& random) {
    std::string text;
    const std::size_t size = random.next() % 3000;
    while (text.size() < size)
        text += random.next() % 8 == 0 ? "\n" : random.next() % 8 == 0 ? "\r\n" : std::string(random.next() % 9, 'a');
    return text;
}

TEST(LineReader, SplitsTheSameHoweverTheBytesArrive) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 200; ++round) {
        const std::string text = random_text(random);
        const std::size_t limit = random.next() % 12;
        Pipe pipe;
        const Stop stop;
        Input input(pipe.path(), stop);
        LineReader reader(input, limit);
        std::thread writer([&, own = Random(random.next())]() mutable {
            for (std::size_t begin = 0, size = 0; begin < text.size(); begin += size) {
                size = std::min<std::size_t>(1 + own.next() % 40, text.size() - begin);
                pipe.put(std::string_view(text).substr(begin, size));
            }
            pipe.write.reset();
        });
        const auto seen = all_lines(reader);
        writer.join();
        ASSERT_EQ(seen, expected(text, limit)) << "limit " << limit;
    }
}

TEST(LineReader, LeavesAnUnfinishedLineAtAStop) {
    const Pipe pipe;
    Stop stop;
    Input input(pipe.path(), stop);
    LineReader reader(input, 100);
    pipe.put("whole\nalso whole\nhalf");
    EXPECT_EQ(reader.next()->text, "whole");
    stop.request(0);
    EXPECT_EQ(reader.next()->text, "also whole") << "what is at hand is handed out";
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(input.stopped());
}

TEST(LineReader, AStopEndsAWait) {
    const Pipe pipe;
    Stop stop;
    Input input(pipe.path(), stop);
    LineReader reader(input, 2);
    pipe.put("too long");
    ASSERT_TRUE(reader.next()->too_long);
    std::thread signal([&] { stop.request(0); });
    EXPECT_FALSE(reader.next()) << "in the middle of passing over";
    signal.join();
}

TEST(LineReader, IsIdleWhenTheNextLineIsNotThere) {
    const Pipe pipe;
    const Stop stop;
    Input input(pipe.path(), stop);
    LineReader reader(input, 100);
    EXPECT_TRUE(reader.idle());
    pipe.put("a\nb\nhalf");
    EXPECT_FALSE(reader.idle());
    EXPECT_EQ(reader.next()->text, "a");
    EXPECT_FALSE(reader.idle()) << "b is in the buffer";
    EXPECT_EQ(reader.next()->text, "b");
    EXPECT_TRUE(reader.idle()) << "half a line is no line";
    pipe.put(" a line");
    EXPECT_TRUE(reader.idle()) << "nor is half a line that nobody has read yet";
    pipe.put("\n");
    EXPECT_FALSE(reader.idle());
    EXPECT_EQ(reader.next()->text, "half a line");
}

TEST(LineReader, IsNotIdleAtTheEndOrWhenALineIsTooLong) {
    Pipe pipe;
    const Stop stop;
    Input input(pipe.path(), stop);
    LineReader reader(input, 3);
    pipe.put("12345");
    EXPECT_FALSE(reader.idle()) << "too long already";
    EXPECT_EQ(reader.next()->text, "123");
    EXPECT_TRUE(reader.idle());
    pipe.put("6\nx");
    EXPECT_FALSE(reader.idle());
    pipe.write.reset();
    EXPECT_EQ(reader.next()->text, "x");
    EXPECT_FALSE(reader.idle());
}

}  // namespace
}  // namespace bradawl::io
