#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include "objects/jdk_samples.hpp"

namespace bradawl::objects {
namespace {

using namespace std::string_literals;

constexpr Style styles[] = {Style::natural, Style::full, Style::flat};

/// All samples, those of JDK classes too.
std::vector<samples::Sample> all() {
    std::vector<samples::Sample> every = samples::all();
    for (const samples::JdkSample& one : samples::jdk_objects())
        every.push_back({"java.", {one.line, R"("after")"}});
    return every;
}

TEST(Jdk, ObjectsAreWhatTheyMean) {
    for (const samples::JdkSample& sample : samples::jdk_objects())
        EXPECT_EQ(natural({sample.line}), sample.natural + "\n") << sample.line;
}

TEST(RoundTrip, EveryKindOfContentComesBack) {
    for (const samples::Sample& sample : all()) {
        SCOPED_TRACE(sample.name);
        const std::string bytes = encoded(sample.lines).bytes;
        const Reading reading = read(bytes, in_style(Style::full));
        EXPECT_EQ(reading.error, "");
        EXPECT_EQ(reading.out, joined(sample.lines));
        EXPECT_EQ(hex(encoded(split(reading.out)).bytes), hex(bytes));
    }
}

TEST(RoundTrip, EveryStyleReadsEveryKindOfContent) {
    for (const samples::Sample& sample : all()) {
        SCOPED_TRACE(sample.name);
        for (const Style style : {Style::natural, Style::flat})
            EXPECT_EQ(read(encoded(sample.lines).bytes, in_style(style)).error, "");
    }
}

TEST(RoundTrip, StreamsWithoutAHeaderToo) {
    ObjectOptions options = in_style(Style::full);
    options.header = false;
    EXPECT_EQ(read("\x74\0\1a"s, options).out, "\"a\"\n");
}

/// Samples one after the other, with a reset in front of each, so that all ids stay right.
TEST(RoundTrip, ContentsFollowEachOther) {
    Lines lines;
    for (const samples::Sample& sample : all()) {
        lines.push_back(R"({"$reset":true})");
        lines.insert(lines.end(), sample.lines.begin(), sample.lines.end());
    }
    EXPECT_EQ(shown(lines, in_style(Style::full)), joined(lines));
}

/// Cut anywhere but between two contents, a stream is an error that tells where it ends.
TEST(Cuts, AreToldWithTheLengthOfWhatIsLeft) {
    for (const samples::Sample& sample : all()) {
        const Encoded whole = encoded(sample.lines);
        for (std::size_t cut = 0; cut < whole.bytes.size(); ++cut) {
            const bool between = std::find(whole.ends.begin(), whole.ends.end(), cut) != whole.ends.end();
            const std::string wanted = between ? "" : "in: byte " + std::to_string(cut) + " ";
            for (const Style style : styles) {
                const std::string error = read(whole.bytes.substr(0, cut), in_style(style)).error;
                EXPECT_EQ(error.substr(0, between ? std::string::npos : wanted.size()), wanted)
                    << sample.name << " in style " << static_cast<int>(style) << ": " << error;
            }
        }
    }
}

TEST(Cuts, LeaveTheWholeContentsInFront) {
    for (const samples::Sample& sample : all()) {
        Lines lines{"\"front\"", R"({"$reset":true})"};
        lines.insert(lines.end(), sample.lines.begin(), sample.lines.begin() + 1);
        const Encoded whole = encoded(lines);
        if (whole.ends[3] - whole.ends[2] < 2) continue;
        const Reading reading = read(whole.bytes.substr(0, whole.bytes.size() - 1), in_style(Style::full));
        EXPECT_EQ(reading.out, "\"front\"\n{\"$reset\":true}\n") << sample.name;
        EXPECT_NE(reading.error, "") << sample.name;
    }
}

/// What is read in the full style can be written again, whatever the bytes are.
void read_flipped(const samples::Sample& sample, const std::string& bytes) {
    for (const Style style : styles) {
        const Reading reading = read(bytes, in_style(style));
        if (style != Style::full || !reading.error.empty()) continue;
        EXPECT_EQ(hex(encoded(split(reading.out)).bytes), hex(bytes)) << sample.name << '\n' << reading.out;
    }
}

TEST(Flips, EndInAnErrorOrInTheSameBytes) {
    const char* const given = std::getenv("BRADAWL_TEST_SEED");
    const unsigned seed = given != nullptr ? static_cast<unsigned>(std::atoi(given)) : std::random_device{}();
    std::cout << "seed (BRADAWL_TEST_SEED): " << seed << '\n';
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    for (const samples::Sample& sample : all()) {
        const std::string whole = encoded(sample.lines).bytes;
        for (int round = 0; round < 400; ++round) {
            std::string bytes = whole;
            for (std::size_t flips = 1 + below(3); flips > 0; --flips) {
                // Tags more often than chance has them.
                const std::size_t at = below(bytes.size());
                bytes[at] = static_cast<char>(below(2) == 0 ? 0x70 + below(15) : below(256));
            }
            ASSERT_NO_THROW(read_flipped(sample, bytes)) << sample.name << ": " << hex(bytes);
        }
    }
}

}  // namespace
}  // namespace bradawl::objects
