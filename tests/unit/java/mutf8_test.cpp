#include "java/mutf8.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.hpp"
#include "java/java_text.hpp"
#include "json/check.hpp"
#include "json/reference.hpp"
#include "json/unescape.hpp"

namespace bradawl::java {
namespace {

using namespace std::string_view_literals;
using json::reference::Exact;

// Where every access is checked, only each so-manieth string of three bytes is looked at.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint32_t stride = 97;
#else
constexpr std::uint32_t stride = 1;
#endif

constexpr std::uint64_t seed = 20140130;

const std::uint8_t* bytes_of(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

Mutf8 inspected(std::string_view bytes) {
    return inspect_mutf8(bytes_of(bytes), bytes.size());
}

std::string to_json(std::string_view bytes) {
    std::string out(6 * bytes.size() + 1, '~');
    const char* const end = mutf8_to_json(bytes_of(bytes), bytes.size(), out.data());
    EXPECT_EQ(out.back(), '~') << "written beyond the room";
    out.resize(static_cast<std::size_t>(end - out.data()));
    return out;
}

std::string lossy(std::string_view bytes) {
    std::string out = "<";
    mutf8_to_json_lossy(bytes_of(bytes), bytes.size(), out);
    return out.substr(1);
}

// The result of one of the functions that append, or that it refused and whether it left its output alone.
template <class Function, class... Arguments>
std::string appended(Function function, Arguments... arguments) {
    std::string out = "front:";
    if (!function(arguments..., out)) return out == "front:" ? "refused" : "refused, but changed";
    return out.substr(6);
}
std::string from_json(std::string_view raw) {
    const Exact exact(raw);
    return appended(json_to_mutf8, exact.view());
}

bool is_json_string(std::string_view raw) {
    std::string text = "\"";
    text += raw;
    text += '"';
    return !json::check(text);
}

std::string unescaped(std::string_view raw) {
    std::string out;
    EXPECT_FALSE(json::unescape(raw, out, json::LoneSurrogate::refuse)) << raw;
    return out;
}

// Calls each(bytes) for strings of `size` bytes, every `step`th.
template <class Each>
void for_all(std::size_t size, std::uint32_t step, Each each) {
    std::array<char, 3> bytes{};
    for (std::uint32_t value = 0; value >> 8 * size == 0; value += step) {
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<char>(value >> 8 * (size - 1 - i));
        each(std::string_view(bytes.data(), size));
    }
}

// Random units: much of what is special, and runs of what is not.
std::u16string random_units(Random& random, std::size_t most, bool pairs_only) {
    std::u16string units;
    for (auto left = random.next() % (most + 1); left > 0; --left) {
        const auto any = static_cast<char16_t>(random.next());
        switch (random.next() % 12) {
            case 0:
                units += any % 0x20;
                break;
            case 1:
                units += any % 2 != 0 ? u'"' : u'\\';
                break;
            case 2:
                units += any % 0x800;
                break;
            case 3:
                units += any < 0xd800 || any > 0xdfff ? any : u'\xffff';
                break;
            case 4:
                units += static_cast<char16_t>(0xd000 + any % 0x800);  // led by ED, as surrogates are
                break;
            case 5:
                if (!pairs_only) units += static_cast<char16_t>(0xd800 + any % 0x800);
                break;
            case 6:
                units += static_cast<char16_t>(0xd800 + any % 0x400);
                units += static_cast<char16_t>(0xdc00 + any / 0x40);
                break;
            default:
                units.append(random.next() % 24, static_cast<char16_t>(0x23 + any % 0x39));
        }
    }
    return units;
}

TEST(Mutf8, AcceptsJustWhatJavaAccepts) {
    std::size_t accepted[4] = {};
    std::size_t canonical[4] = {};
    for (std::size_t size = 1; size <= 3; ++size) {
        for_all(size, size == 3 ? stride : 1, [&](std::string_view bytes) {
            const Mutf8 found = inspected(bytes);
            const auto read = reference::read_utf(bytes);
            ASSERT_EQ(found.valid, read.valid);
            ASSERT_EQ(found.problem == nullptr, read.valid == size);
            ASSERT_EQ(found.canonical, reference::write_utf(read.units) == bytes.substr(0, read.valid));
            ASSERT_EQ(found.lone_surrogate, reference::has_lone_surrogate(read.units));
            accepted[size] += found.problem == nullptr;
            canonical[size] += found.problem == nullptr && found.canonical;
        });
    }
    EXPECT_EQ(accepted[1], 128U);
    EXPECT_EQ(canonical[1], 127U);
    EXPECT_EQ(accepted[2], 18'432U);
    EXPECT_EQ(canonical[2], 18'050U);
    if (stride != 1) return;
    EXPECT_EQ(accepted[3], 2'686'976U);
    EXPECT_EQ(canonical[3], 2'599'805U);
}

TEST(Mutf8, SaysWhereAndWhy) {
    struct Case {
        std::string_view bytes;
        std::size_t valid;
        std::string_view problem;
    };
    for (const Case& c : {Case{"ab\x80z", 2, "cannot start a character"},
                          {"\xf0\x9f\x98\x80", 0, "cannot start a character"},
                          {"0123456789abcdef0123\xff", 20, "cannot start a character"},
                          {"a\xc3", 1, "is cut off at the end"},
                          {"\xc3\xa9\xe3\x81", 2, "is cut off at the end"},
                          {"\xe3", 0, "is cut off at the end"},
                          {"\xc3z", 0, "lacks a continuation byte"},
                          {"\xe3z", 0, "lacks a continuation byte"},
                          {"\xe3\x81z", 0, "lacks a continuation byte"},
                          {"xyz\xe3\x81\xc3\xa9", 3, "lacks a continuation byte"}}) {
        const Exact exact(c.bytes);
        const Mutf8 found = inspected(exact.view());
        EXPECT_EQ(found.valid, c.valid);
        ASSERT_NE(found.problem, nullptr);
        EXPECT_EQ(found.problem, c.problem);
        EXPECT_TRUE(found.canonical);
    }
    EXPECT_FALSE(inspected("\xc1\x81\xff").canonical);
    EXPECT_TRUE(inspected("\xed\xa0\xbd\xff").lone_surrogate);
    const Mutf8 empty = inspected("");
    EXPECT_TRUE(empty.valid == 0 && empty.problem == nullptr && empty.canonical && !empty.lone_surrogate);
}

TEST(Mutf8, InspectsLongStrings) {
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = reference::write_utf(random_units(random, 20, round % 2 == 0));
        if (round % 3 != 0 && !bytes.empty()) bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
        const Exact exact(bytes);
        const Mutf8 found = inspected(exact.view());
        const auto read = reference::read_utf(bytes);
        ASSERT_EQ(found.valid, read.valid) << "seed " << seed;
        ASSERT_EQ(found.problem == nullptr, read.valid == bytes.size());
        ASSERT_EQ(found.canonical, reference::write_utf(read.units) == bytes.substr(0, read.valid));
        ASSERT_EQ(found.lone_surrogate, reference::has_lone_surrogate(read.units));
    }
}

// Every byte at every place of strings of every length that is handled in a way of its own.
TEST(Mutf8, FindsTheFirstByteThatIsNotPlain) {
    for (std::size_t size = 0; size <= 50; ++size) {
        for (std::size_t place = 0; place <= size; ++place) {
            for (unsigned byte = 0; byte < 256; byte += place == size ? 256 : 1) {
                std::string text(size, place % 2 != 0 ? ' ' : '\x7f');
                if (place != size) text[place] = static_cast<char>(byte);
                if (place + 3 < size) text[place + 3] = '"';
                const bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
                const std::size_t expected = !plain ? place : std::min(place + 3, size);
                const Exact exact(text);
                ASSERT_EQ(plain_prefix(bytes_of(exact.view()), size), place == size ? size : expected) << text;
                std::string copy(size + 1, '~');
                ASSERT_EQ(copy_plain(bytes_of(exact.view()), size, copy.data()), place == size ? size : expected);
                ASSERT_EQ(copy.substr(0, expected), text.substr(0, place == size ? size : expected));
                ASSERT_EQ(copy.back(), '~');
            }
        }
    }
}

TEST(Mutf8, ComesBackFromJson) {
    std::size_t lone = 0;
    std::string back;
    for_all(3, stride, [&](std::string_view bytes) {
        const Mutf8 found = inspected(bytes);
        if (found.problem != nullptr || !found.canonical) return;
        if (found.lone_surrogate) {
            ++lone;
            ASSERT_EQ(lossy(bytes), "\xef\xbf\xbd");
            return;
        }
        std::array<char, 18> json{};
        const char* const end = mutf8_to_json(bytes_of(bytes), bytes.size(), json.data());
        back.clear();
        ASSERT_TRUE(json_to_mutf8({json.data(), static_cast<std::size_t>(end - json.data())}, back));
        ASSERT_EQ(back, bytes);
    });
    EXPECT_EQ(lone, stride == 1 ? 2048U : lone);
}

TEST(Mutf8, EveryCharacterIsTheSameInJson) {
    for (std::uint32_t code = 0; code <= 0xffff; ++code) {
        if (code >= 0xd800 && code <= 0xdfff) continue;
        const std::u16string units(1, static_cast<char16_t>(code));
        const std::string raw = to_json(reference::write_utf(units));
        ASSERT_TRUE(is_json_string(raw)) << raw;
        ASSERT_EQ(unescaped(raw), reference::utf8(units)) << raw;
    }
    EXPECT_EQ(to_json("\xc0\x80\b\f\n\r\t\x01\x1f\"\\/\x7f"), R"(\u0000\b\f\n\r\t\u0001\u001f\"\\/)"
                                                              "\x7f");
    EXPECT_EQ(to_json("\xed\xa0\x80\xed\xb0\x80\xed\xaf\xbf\xed\xbf\xbf"), "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
}

TEST(Mutf8, LongStringsAreTheSameInJsonAndComeBack) {
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 20'000; ++round) {
        const std::u16string units = random_units(random, 30, true);
        const Exact bytes(reference::write_utf(units));
        const std::string raw = to_json(bytes.view());
        ASSERT_TRUE(is_json_string(raw)) << "seed " << seed << ": " << raw;
        ASSERT_EQ(unescaped(raw), reference::utf8(units)) << raw;
        ASSERT_EQ(from_json(raw), bytes.view()) << raw;
        ASSERT_EQ(lossy(bytes.view()), raw);
    }
}

TEST(Mutf8, IsCutBetweenCharacters) {
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 500; ++round) {
        const std::string bytes = reference::write_utf(random_units(random, 8, true));
        for (std::size_t size = 0; size <= bytes.size(); ++size) {
            const Exact front(std::string_view(bytes).substr(0, size));
            const std::size_t cut = mutf8_cut(bytes_of(front.view()), size);
            ASSERT_LE(cut, size);
            ASSERT_LE(size - cut, 5U) << "seed " << seed;
            const Mutf8 found = inspected(front.view());
            const Mutf8 kept = inspected(front.view().substr(0, cut));
            ASSERT_TRUE(kept.problem == nullptr && !kept.lone_surrogate) << "seed " << seed;
            ASSERT_EQ(cut == size, found.problem == nullptr && !found.lone_surrogate);
            ASSERT_EQ(to_json(front.view().substr(0, cut)) + to_json(std::string_view(bytes).substr(cut)),
                      to_json(bytes));
        }
    }
}

TEST(Mutf8, LosesWhatCannotBeSaid) {
    const std::string mark = "\xef\xbf\xbd";
    EXPECT_EQ(lossy("a\x80z"), "a" + mark + "z");
    EXPECT_EQ(lossy("\xf0\x9f\x98\x80"), mark + mark + mark + mark);
    EXPECT_EQ(lossy("\xe3\x81z\xe3z\xc3"), mark + "z" + mark + "z" + mark);
    EXPECT_EQ(lossy("\xed\xa0\xbdz\xed\xb8\x80"), mark + "z" + mark);
    EXPECT_EQ(lossy("\xed\xa0\xbd\xed\xa0\xbd\xed\xb8\x80"), mark + "\xf0\x9f\x98\x80");
    EXPECT_EQ(lossy("\xed\xa0\xbd\xed\xb8"), mark + mark);
    EXPECT_EQ(lossy("\0\xc1\x81\xc0\xa2\xe0\x81\x9c\xe0\x80\x80\xe0\x83\xa9"sv), R"(\u0000A\"\\\u0000)"
                                                                                 "\xc3\xa9");
    Random random(seed);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = reference::write_utf(random_units(random, 10, false));
        const auto units = reference::read_utf(bytes).units;
        ASSERT_EQ(unescaped(lossy(bytes)), reference::utf8(units)) << "seed " << seed;
        if (!bytes.empty()) bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
        const Exact exact(bytes);
        ASSERT_TRUE(is_json_string(lossy(exact.view()))) << "seed " << seed;
    }
}

TEST(Mutf8, TakesEveryEscape) {
    EXPECT_EQ(from_json(""), "");
    EXPECT_EQ(from_json(R"(\"\\\/\b\f\n\r\t\u0041\u00e9\u00E9\u3042)"), "\"\\/\b\f\n\r\tA\xc3\xa9\xc3\xa9\xe3\x81\x82");
    EXPECT_EQ(from_json(R"(\u0000a\u0000)"),
              "\xc0\x80"
              "a\xc0\x80");
    EXPECT_EQ(from_json(R"(\ud83d\ude00)"), "\xed\xa0\xbd\xed\xb8\x80");
    EXPECT_EQ(from_json("\xf0\x9f\x98\x80"), "\xed\xa0\xbd\xed\xb8\x80");
    EXPECT_EQ(from_json(R"(\ude00\ud83d)"), "\xed\xb8\x80\xed\xa0\xbd");
    for (const std::string_view bad : {"\"", "\\", "\\x", "\\u", "\\u12", "\\u123g", "\n", "\x01", "\x80", "\xc0\x80",
                                       "\xc3", "\xed\xa0\xbd", "\xf4\x90\x80\x80", "\xf0\x9f\x98"}) {
        EXPECT_EQ(from_json(bad), "refused");
        EXPECT_EQ(from_json("plain text of more than a block \xc3\xa9\\n" + std::string(bad)), "refused");
        EXPECT_EQ(appended(json_to_utf16, bad), "refused");
    }
}

TEST(Mutf8, RefusesWhatIsNoJson) {
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    std::size_t refused = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string raw = to_json(reference::write_utf(random_units(random, 6, true)));
        if (!raw.empty()) raw[random.next() % raw.size()] = "\"\\u0dD8\n\x80\xc0\xed\xa0\xf0"[random.next() % 12];
        const std::string bytes = from_json(raw);
        ASSERT_EQ(bytes == "refused", !is_json_string(raw)) << "seed " << seed << ": " << raw;
        refused += bytes == "refused";
        if (bytes == "refused") continue;
        std::string wide;
        ASSERT_FALSE(json::unescape(raw, wide, json::LoneSurrogate::keep));
        ASSERT_EQ(bytes, reference::write_utf(reference::units_of(wide))) << "seed " << seed << ": " << raw;
    }
    EXPECT_GT(refused, 10'000U);
    EXPECT_LT(refused, 49'000U);
}

TEST(Utf16, GoesToJsonAndBack) {
    RecordProperty("seed", std::to_string(seed));
    Random random(seed);
    for (int round = 0; round < 5'000; ++round) {
        const std::u16string units = random_units(random, round % 10 == 0 ? 100 : 10, round % 2 == 0);
        const Exact bytes(reference::utf16_big_endian(units));
        const std::string raw = appended(utf16_to_json, bytes_of(bytes.view()), units.size());
        if (reference::has_lone_surrogate(units)) {
            ASSERT_EQ(raw, "refused") << "seed " << seed;
            continue;
        }
        ASSERT_EQ(raw, to_json(reference::write_utf(units))) << "seed " << seed;
        ASSERT_EQ(appended(json_to_utf16, std::string_view(raw)), bytes.view());
    }
    EXPECT_EQ(appended(json_to_utf16, R"(\ude00a)"sv), "\xde\x00\0a"sv);
}

// Long strings are done in pieces: a pair at every place, and half a pair.
TEST(Utf16, KeepsPairsTogether) {
    for (std::size_t before = 0; before < 600; ++before) {
        const std::u16string front(before, u'x');
        const std::string whole = reference::utf16_big_endian(front + u"\xd83d\xde00y");
        ASSERT_EQ(appended(utf16_to_json, bytes_of(whole), before + 3), std::string(before, 'x') + "\xf0\x9f\x98\x80y");
        ASSERT_EQ(appended(utf16_to_json, bytes_of(whole), before + 1), "refused") << before;
    }
}

}  // namespace
}  // namespace bradawl::java
