#include "java/source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace bradawl::java {
namespace {

std::vector<std::uint8_t> counted(std::size_t n) {
    std::vector<std::uint8_t> bytes(n);
    for (std::size_t at = 0; at < n; ++at)
        bytes[at] = static_cast<std::uint8_t>(at * 7 + at / 251);
    return bytes;
}

/// An input that gives out `piece` bytes at a time.
class Pieces {
public:
    Pieces(std::vector<std::uint8_t> bytes, std::size_t piece) : bytes_(std::move(bytes)), piece_(piece) {}
    Source::Refill refill() {
        return [this](std::span<std::uint8_t> into) {
            EXPECT_FALSE(into.empty()) << "asked to fill nothing";
            const std::size_t n = std::min({piece_, into.size(), bytes_.size() - at_});
            std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
            at_ += n;
            return n;
        };
    }

private:
    std::vector<std::uint8_t> bytes_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

/// Takes `n` bytes, which must be those of counted() from `offset` on.
void expect_bytes(Source& source, std::size_t n, const std::vector<std::uint8_t>& all) {
    ASSERT_TRUE(source.ensure(n));
    const auto* const wanted = all.data() + source.offset();
    EXPECT_TRUE(std::equal(wanted, wanted + n, source.at())) << "at " << source.offset();
    source.advance(n);
}

TEST(Source, SaysWhetherBytesAreThere) {
    const std::vector<std::uint8_t> bytes = counted(10);
    Source source(bytes, 1000);
    EXPECT_EQ(source.offset(), 1000U);
    EXPECT_TRUE(source.ensure(10));
    EXPECT_FALSE(source.ensure(11));
    EXPECT_TRUE(source.input_ended());
    source.advance(10);
    EXPECT_EQ(source.offset(), 1010U);
    EXPECT_TRUE(source.at_end());
    EXPECT_EQ(source.at_hand(), 0U);
    EXPECT_EQ(source.left(), Source::unknown);
}

TEST(Source, ReadsPiecesOfEverySize) {
    const std::vector<std::uint8_t> bytes = counted(600'000);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, std::size_t{300'000}}) {
        Pieces pieces(piece == 1 ? counted(3000) : bytes, piece);
        Source source(pieces.refill());
        const std::size_t size = piece == 1 ? 3000 : bytes.size();
        for (std::size_t step = 1; source.offset() + step <= size; step = step * 3 % 70'001 + 1)
            expect_bytes(source, step, bytes);
        const std::uint64_t left = size - source.offset();
        EXPECT_EQ(source.skip(Source::unknown - 1), left);
        EXPECT_TRUE(source.at_end());
    }
}

TEST(Source, HoldsTheLongestPiece) {
    const std::vector<std::uint8_t> bytes = counted(Source::longest_piece + 5);
    Pieces pieces(bytes, 4096);
    Source source(pieces.refill());
    expect_bytes(source, 5, bytes);
    expect_bytes(source, Source::longest_piece, bytes);
    EXPECT_FALSE(source.ensure(1));
}

TEST(Regions, EndLikeTheInput) {
    const std::vector<std::uint8_t> bytes = counted(100);
    Source source(bytes);
    source.advance(10);
    const std::uint64_t outer = source.enter(20);
    EXPECT_EQ(source.left(), 20U);
    const std::uint64_t inner = source.enter(5);
    EXPECT_TRUE(source.ensure(5));
    EXPECT_FALSE(source.ensure(6));
    EXPECT_FALSE(source.input_ended()) << "only the region has";
    source.advance(2);
    EXPECT_EQ(source.left(), 3U);
    source.leave(inner);
    EXPECT_EQ(source.left(), 18U) << "leaving moves nowhere";
    EXPECT_EQ(source.skip(50), 18U);
    EXPECT_TRUE(source.at_end());
    source.leave(outer);
    EXPECT_EQ(source.left(), Source::unknown);
    EXPECT_EQ(source.offset(), 30U);
    EXPECT_EQ(source.skip(1000), 70U);
}

TEST(Regions, MayBePromisedLongerThanTheInput) {
    const std::vector<std::uint8_t> bytes = counted(10);
    Pieces pieces(bytes, 3);
    Source source(pieces.refill());
    const std::uint64_t outer = source.enter(std::uint64_t{1} << 40);
    EXPECT_FALSE(source.ensure(11));
    EXPECT_TRUE(source.input_ended());
    EXPECT_EQ(source.skip(source.left()), 10U);
    EXPECT_EQ(source.left(), (std::uint64_t{1} << 40) - 10);
    source.leave(outer);
}

TEST(Regions, ReachAcrossTheBuffer) {
    const std::vector<std::uint8_t> bytes = counted(1'000'000);
    Pieces pieces(bytes, 5000);
    Source source(pieces.refill());
    source.skip(7);
    const std::uint64_t outer = source.enter(900'000);
    while (source.ensure(1)) {
        const std::size_t n = std::min<std::size_t>(source.at_hand(), 1234);
        expect_bytes(source, n, bytes);
    }
    EXPECT_EQ(source.offset(), 900'007U);
    EXPECT_FALSE(source.input_ended());
    source.leave(outer);
    expect_bytes(source, 1000, bytes);
}

TEST(Held, IsReadAgain) {
    const std::vector<std::uint8_t> bytes = counted(3'000'000);
    Pieces pieces(bytes, 10'000);
    Source source(pieces.refill());
    expect_bytes(source, 123, bytes);
    source.hold();
    for (const std::uint64_t far : {1000U, 500'000U, 2'000'000U, 5U}) {
        EXPECT_EQ(source.skip(far), far);
        const std::uint8_t* const behind = source.behind(source.offset() - 4);
        ASSERT_NE(behind, nullptr);
        EXPECT_TRUE(std::equal(behind, behind + 4, bytes.data() + source.offset() - 4));
        source.enter(7);
        ASSERT_TRUE(source.rewind()) << far;
        EXPECT_EQ(source.offset(), 123U);
        EXPECT_EQ(source.left(), Source::unknown) << "outside of any region";
    }
    while (source.ensure(1000))
        expect_bytes(source, 1000, bytes);
}

TEST(Held, NoMoreThanItMay) {
    const std::vector<std::uint8_t> bytes = counted(3 * Source::most_held);
    Pieces pieces(bytes, 100'000);
    Source source(pieces.refill());
    source.hold();
    source.skip(2 * Source::most_held);
    EXPECT_FALSE(source.rewind());
    EXPECT_EQ(source.behind(0), nullptr);
    expect_bytes(source, 1000, bytes);
    source.hold();
    expect_bytes(source, 1000, bytes);
    EXPECT_TRUE(source.rewind());
    source.release();
    EXPECT_FALSE(source.rewind()) << "nothing is held any more";
}

TEST(Held, OfMemoryIsAll) {
    const std::vector<std::uint8_t> bytes = counted(100);
    Source source(bytes, 50);
    EXPECT_FALSE(source.rewind());
    source.advance(30);
    source.hold();
    source.skip(1000);
    EXPECT_TRUE(source.rewind());
    EXPECT_EQ(source.offset(), 80U);
    EXPECT_EQ(*source.at(), bytes[30]);
}

TEST(Source, LetsErrorsThrough) {
    Source source([](std::span<std::uint8_t>) -> std::size_t { throw Error(Fault::io, "broken"); });
    EXPECT_THROW(source.ensure(1), Error);
}

TEST(Source, GoesOnBehindAnEndThatWasNone) {
    std::size_t asked = 0;
    Source source([&](std::span<std::uint8_t> into) -> std::size_t {
        if (asked++ % 2 == 1) return 0;
        into[0] = static_cast<std::uint8_t>(asked);
        return 1;
    });
    EXPECT_FALSE(source.ensure(2));
    EXPECT_TRUE(source.input_ended());
    EXPECT_FALSE(source.ensure(2)) << "an end stays one";
    EXPECT_EQ(asked, 2U);
    source.go_on();
    ASSERT_TRUE(source.ensure(2));
    EXPECT_EQ(source.at()[1], 3U);
}

TEST(Loading, IsBigEndian) {
    const std::uint8_t bytes[] = {0x81, 2, 3, 4, 5, 6, 7, 8};
    EXPECT_EQ(load16(bytes), 0x8102U);
    EXPECT_EQ(load32(bytes), 0x81020304U);
    EXPECT_EQ(load64(bytes), 0x8102030405060708U);
}

}  // namespace
}  // namespace bradawl::java
