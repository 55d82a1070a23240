#include "http/inflate.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "gzip_maker.hpp"

namespace bradawl::http {
namespace {

constexpr std::size_t sizes[] = {1, 2, 3, 5, 16, 65536};

/// What an Inflater makes of `bytes`.
struct Inflated {
    std::string text;
    bool complete = false;
    std::string error;
};

/// Feeds `bytes` in pieces of the sizes that `next` gives.
template <class Next>
Inflated inflated_by(std::string_view bytes, Next next) {
    Inflated result;
    Inflater inflater([&](std::string_view piece) {
        EXPECT_FALSE(piece.empty());
        EXPECT_LE(piece.size(), 65536U);
        result.text += piece;
    });
    try {
        while (!bytes.empty()) {
            const std::string piece(bytes.substr(0, next()));  // a heap block of just its size
            inflater.feed(piece);
            bytes.remove_prefix(piece.size());
        }
    } catch (const CorruptGzip& error) {
        EXPECT_EQ(error.fault(), Fault::data);
        result.error = error.text();
        return result;
    }
    result.complete = inflater.complete();
    return result;
}

Inflated inflated(std::string_view bytes, std::size_t size = 65536) {
    return inflated_by(bytes, [size] { return size; });
}

/// The bytes of a 64-bit generator in base 64: compress little, so that blocks are real ones.
std::string noise(std::size_t size, std::uint_fast32_t seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < size)
        text += "abcdefghijklmnopqrstuvwxyz0123456789\n{}[]:,\"\\\xe2\x82\xac"[random() % 48];
    return text;
}

TEST(Inflate, NothingIsComplete) {
    const auto result = inflated("");
    EXPECT_EQ(result.text, "");
    EXPECT_TRUE(result.complete);
}

TEST(Inflate, MembersFollowOneAnotherAndMayBeEmpty) {
    const std::string a = noise(3000, 1);
    const std::string b = noise(150'000, 2);
    const std::string body = gzip(a) + gzip("") + gzip(b, 9) + gzip("") + gzip("") + gzip(b, 0) + gzip("end");
    for (const std::size_t size : sizes) {
        const auto result = inflated(body, size);
        EXPECT_EQ(result.error, "");
        EXPECT_TRUE(result.complete);
        EXPECT_TRUE(result.text == a + b + b + "end") << "pieces of " << size;
    }
}

TEST(Inflate, AnEmptyMemberAlone) {
    for (const std::size_t size : sizes) {
        const auto result = inflated(gzip(""), size);
        EXPECT_EQ(result.text + result.error, "");
        EXPECT_TRUE(result.complete);
    }
}

TEST(Inflate, HeadersWithAllTheirFields) {
    // RFC 1952 section 2.3: FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT; here all but FHCRC, then the deflate data.
    const std::string plain = gzip("record\n");
    std::string head("\x1f\x8b\x08\x1c\x01\x02\x03\x04\x00\x03", 10);
    head += std::string("\x04\x00xtra", 6) + std::string("name\0", 5) + std::string("comment\0", 8);
    for (const std::size_t size : sizes) {
        const auto result = inflated(head + plain.substr(10), size);
        EXPECT_EQ(result.text, "record\n");
        EXPECT_TRUE(result.complete);
    }
}

TEST(Inflate, TheHeadersChecksumIsChecked) {
    const std::string plain = gzip("record\n");
    std::string head("\x1f\x8b\x08\x1e\x01\x02\x03\x04\x00\x03", 10);
    head += std::string("\x00\x00", 2) + std::string("name\0", 5) + std::string("comment\0", 8);  // FEXTRA is empty
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(head.data()), static_cast<uInt>(head.size()));
    head += {static_cast<char>(sum & 0xff), static_cast<char>(sum >> 8 & 0xff)};
    for (const std::size_t size : sizes)
        EXPECT_EQ(inflated(head + plain.substr(10), size).text, "record\n");
    head.back() = static_cast<char>(head.back() ^ 1);
    for (const std::size_t size : sizes)
        EXPECT_EQ(inflated(head + plain.substr(10), size).error, "corrupt gzip: header crc mismatch");
}

TEST(Inflate, OutputThatJustFillsTheBuffer) {
    for (const std::size_t size : {65535, 65536, 65537, 131072, 131073}) {
        const std::string text = noise(size, 5).substr(0, size);
        EXPECT_TRUE(inflated(gzip(text) + gzip(text)).text == text + text) << size;
    }
}

TEST(Inflate, ZeroPaddingAfterAndBetweenMembersIsIgnored) {
    const std::string zeros(700, '\0');
    for (const std::size_t size : sizes) {
        const auto result = inflated(gzip("a\n") + zeros + gzip("b\n") + zeros, size);
        EXPECT_EQ(result.text, "a\nb\n");
        EXPECT_EQ(result.error, "");
        EXPECT_TRUE(result.complete);
    }
    EXPECT_NE(inflated(zeros + gzip("a")).error, "");  // before the first it is no gzip
}

TEST(Inflate, OtherBytesAfterAMemberAreAnError) {
    for (const std::size_t size : sizes)
        EXPECT_NE(inflated(gzip("a\n") + "plain text\n", size).error, "");
}

TEST(Inflate, CutAnywhereItIsIncomplete) {
    const std::string text = noise(2000, 3);
    const std::string body = gzip(text.substr(0, 1000)) + gzip(text.substr(1000));
    const std::size_t first = gzip(text.substr(0, 1000)).size();
    for (std::size_t cut = 1; cut < body.size(); ++cut) {
        for (const std::size_t size : {std::size_t{1}, std::size_t{65536}}) {
            const auto result = inflated(std::string_view(body).substr(0, cut), size);
            EXPECT_EQ(result.error, "") << cut;
            EXPECT_EQ(result.complete, cut == first) << cut;
            EXPECT_TRUE(text.starts_with(result.text)) << cut;
        }
    }
}

TEST(Inflate, EveryWrongBitIsFoundOrHarmless) {
    // Harmless: in the header's time, flags of no effect and system, and what pads the last block to a byte.
    const std::string text = noise(300, 4);
    const std::string good = gzip(text);
    std::size_t found = 0;
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        std::string bad = good;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << (bit % 8)));
        const auto whole = inflated(bad);
        const auto bytewise = inflated(bad, 1);
        const bool wrong = !whole.error.empty() || !whole.complete;
        EXPECT_EQ(wrong, !bytewise.error.empty() || !bytewise.complete) << bit;
        EXPECT_TRUE(wrong || whole.text == text) << bit;
        found += wrong ? 1 : 0;
    }
    EXPECT_GT(found, (good.size() - 10) * 8 - 8);
}

TEST(Inflate, ErrorsOfTheTrailerAreNamed) {
    std::string crc = gzip("record\n");
    crc[crc.size() - 8] = static_cast<char>(crc[crc.size() - 8] ^ 1);
    EXPECT_EQ(inflated(crc).error, "corrupt gzip: incorrect data check");
    std::string length = gzip("record\n");
    length.back() = static_cast<char>(length.back() ^ 1);
    EXPECT_EQ(inflated(length).error, "corrupt gzip: incorrect length check");
    EXPECT_EQ(inflated("{\"plain\":1}\n").error, "corrupt gzip: incorrect header check");
    // zlib's own format is no gzip (RFC 9110 section 8.4.1 keeps them apart).
    EXPECT_NE(inflated("\x78\x9c\x4b\x04\x00").error, "");
}

// A line is out as soon as the bytes that determine it are in: no byte of the next is needed.
TEST(Inflate, AFlushedLineIsOutAtOnce) {
    for (const std::size_t size : sizes) {
        Member member;
        std::string text;
        Inflater inflater([&](std::string_view piece) { text += piece; });
        std::string wanted;
        for (unsigned n = 0; n < 200; ++n) {
            const std::string line = noise(n % 40 == 0 ? 70'000 : 1 + n * 13 % 400, n) + "\n";
            wanted += line;
            const std::string bytes = member.flushed(line);
            for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(size, rest.size())))
                inflater.feed(rest.substr(0, size));
            ASSERT_TRUE(text == wanted) << "line " << n << ", pieces of " << size;
            ASSERT_FALSE(inflater.complete());
        }
        inflater.feed(member.finished(""));
        EXPECT_TRUE(inflater.complete());
    }
}

// The empty block that a sync flush ends with adds nothing to the line: all of it is out before these 5 bytes.
TEST(Inflate, TheFlushMarkerItselfIsNotWaitedFor) {
    Member member;
    std::string text;
    Inflater inflater([&](std::string_view piece) { text += piece; });
    const std::string line = noise(500, 9) + "\n";
    const std::string bytes = member.flushed(line);
    ASSERT_EQ(bytes.substr(bytes.size() - 4), std::string("\0\0\xff\xff", 4));
    inflater.feed(std::string_view(bytes).substr(0, bytes.size() - 4));
    EXPECT_EQ(text, line);
}

TEST(Inflate, RandomCuts) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        std::string text;
        std::string body;
        for (unsigned m = 0; m < 6; ++m) {
            Member member(static_cast<int>(random() % 10));
            for (auto k = random() % 5; k > 0; --k) {
                const std::string part = noise(random() % 20'000, random());
                body += member.flushed(part);
                text += part;
            }
            body += member.finished("") + std::string(random() % 2 * random() % 9, '\0');
        }
        const auto result = inflated_by(body, [&] { return 1 + random() % (random() % 8 == 0 ? 40'000 : 90); });
        EXPECT_EQ(result.error, "") << "seed " << seed;
        EXPECT_TRUE(result.complete && result.text == text) << "seed " << seed;
    }
}

// 32 MB of zeros in 32 KB: they go through a buffer of fixed size, and nothing of them is kept.
TEST(Inflate, ABombIsHandedOnInPieces) {
    const std::string body = gzip(std::string(32 << 20, '\0'), 9);
    std::uint64_t total = 0;
    Inflater inflater([&](std::string_view piece) {
        EXPECT_LE(piece.size(), 65536U);
        total += piece.size();
    });
    inflater.feed(body);
    EXPECT_EQ(total, std::uint64_t{32} << 20);
    EXPECT_TRUE(inflater.complete());
}

TEST(Inflate, WhatTheSinkThrowsComesOut) {
    Inflater inflater([](std::string_view) { throw Error(Fault::io, "full"); });
    EXPECT_THROW(inflater.feed(gzip("a")), Error);
}

}  // namespace
}  // namespace bradawl::http
