#include "csv/numbers.hpp"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/random.hpp"

namespace bradawl::csv {
namespace {

constexpr std::size_t behind = 16;  // bytes that may be read behind the end

struct Found {
    std::vector<double> values;
    std::size_t stopped;  // where `at` stands
};

/// Reads `line`, which ends with as many bytes behind it as are promised and no more; they are `filler`.
Found read(NumberReader reader, const std::string& line, char separator, std::size_t most, char filler) {
    const std::unique_ptr<char[]> exact(new char[line.size() + behind]);
    std::memcpy(exact.get(), line.data(), line.size());
    std::memset(exact.get() + line.size(), filler, behind);
    const std::unique_ptr<double[]> out(new double[most]);
    const char* at = exact.get();
    const std::size_t count = reader(at, at + line.size(), separator, out.get(), most);
    return {{out.get(), out.get() + count}, static_cast<std::size_t>(at - exact.get())};
}

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Both readers, with whatever behind the line.
template <class Check>
void with_all(const std::string& line, char separator, std::size_t most, Check check) {
    for (const NumberReader reader : {read_numbers_portable, best_number_reader()}) {
        for (const char filler : {'\0', '7', '-', '.', separator}) {
            SCOPED_TRACE("line '" + line + "', " + (reader == read_numbers_portable ? "portable" : "best") +
                         ", behind it " + std::to_string(static_cast<int>(filler)));
            check(read(reader, line, separator, most, filler));
        }
    }
}

/// `text` is read as the one field of a line, and as one of three, to the double that strtod says.
void expect_read(const std::string& text) {
    const double wanted = std::strtod(text.c_str(), nullptr);
    with_all(text, ',', 5, [&](const Found& found) {
        ASSERT_EQ(found.values.size(), 1U);
        EXPECT_PRED2(same_bits, found.values[0], wanted);
        EXPECT_EQ(found.stopped, text.size() + 1);
    });
    with_all("1;" + text + ";2.5", ';', 5, [&](const Found& found) {
        ASSERT_EQ(found.values.size(), 3U);
        EXPECT_PRED2(same_bits, found.values[1], wanted);
        EXPECT_EQ(found.values[2], 2.5);
    });
}

/// `text` is left where it stands, behind the field before it.
void expect_refused(const std::string& text) {
    with_all("1," + text + ",2", ',', 5, [&](const Found& found) {
        EXPECT_EQ(found.values.size(), 1U);
        EXPECT_EQ(found.stopped, 2U);
    });
    with_all(text, ',', 5, [&](const Found& found) {
        EXPECT_EQ(found.values.size(), 0U);
        EXPECT_EQ(found.stopped, 0U);
    });
}

std::string random_field(Random& random) {
    const auto below = [&](std::uint64_t most) { return random.next() % most; };
    std::string text = below(3) == 0 ? "-" : "";
    const std::uint64_t digits = 1 + below(below(4) == 0 ? 22 : 9);
    const std::uint64_t point = below(2) == 0 ? digits : below(digits + 1);
    for (std::uint64_t at = 0; at < digits; ++at) {
        if (at == point) text += '.';
        text += static_cast<char>('0' + (below(5) == 0 ? 0 : below(10)));
    }
    if (below(12) == 0)
        text.insert(text.begin() + static_cast<std::ptrdiff_t>(below(text.size() + 1)), "e+- .,\"x\xff/:"[below(11)]);
    return text;
}

/// Whether a field is what a reader takes: a digit, then digits and at most one point, 15 bytes at most.
bool is_plain(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 15 && text.find_first_not_of("0123456789.") == std::string_view::npos &&
           text.front() != '.' && text.find('.') == text.rfind('.');
}

TEST(Numbers, AsStrtodReadsThem) {
    const std::uint64_t seed = std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    Random random(seed);
    std::size_t read_count = 0;
    for (std::size_t at = 0; at < 200'000; ++at) {
        const std::string text = random_field(random);
        const char filler =
            "\0"
            "7-.,"[random.next() % 5];
        const Found portable = read(read_numbers_portable, text, ';', 3, filler);
        const Found best = read(best_number_reader(), text, ';', 3, filler);
        ASSERT_EQ(portable.values.size(), is_plain(text) ? 1U : 0U) << text;
        ASSERT_EQ(best.values.size(), portable.values.size()) << text;
        ASSERT_EQ(best.stopped, portable.stopped) << text;
        if (portable.values.empty()) continue;
        const double wanted = std::strtod(text.c_str(), nullptr);
        ASSERT_PRED2(same_bits, portable.values[0], wanted) << text;
        ASSERT_PRED2(same_bits, best.values[0], wanted) << text;
        ++read_count;
    }
    EXPECT_GT(read_count, 100'000U);
}

TEST(Numbers, ALineOfThemStopsAtTheFirstThatIsNone) {
    const std::uint64_t seed = std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    Random random(seed);
    for (std::size_t round = 0; round < 5'000; ++round) {
        std::string line;
        std::vector<double> wanted;
        std::size_t stopped = 0;
        bool going = true;
        const std::size_t fields = 1 + random.next() % 20;
        const std::size_t most = 1 + random.next() % 20;
        for (std::size_t at = 0; at < fields; ++at) {
            const std::string text = random_field(random);
            if (text.find('\t') != std::string::npos) continue;
            going = going && is_plain(text) && wanted.size() < most;
            if (going) wanted.push_back(std::strtod(text.c_str(), nullptr));
            line += text + (at + 1 < fields ? "\t" : "");
            if (going) stopped = line.size() + (at + 1 < fields ? 0 : 1);
        }
        for (const NumberReader reader : {read_numbers_portable, best_number_reader()}) {
            const Found found = read(reader, line, '\t', most, '1');
            ASSERT_EQ(found.values, wanted) << line;
            ASSERT_EQ(found.stopped, stopped) << line;
        }
    }
}

TEST(Numbers, Spellings) {
    for (const char* text : {"0",
                             "-0",
                             "0.0",
                             "-0.0",
                             "1",
                             "-1",
                             "000000000000001",
                             "1.",
                             "-7.",
                             "123456789012345",
                             "-123456789012345",
                             "999999999999999",
                             "0.3",
                             "12345678.901234",
                             "0.0000000000001",
                             "99999999999999.",
                             "1628.75",
                             "8.5",
                             "-12.5",
                             "100000000",
                             "99999999",
                             "12345678.9"})
        expect_read(text);
}

TEST(Numbers, WhatIsLeftToOthers) {
    for (const char* text : {"",
                             "-",
                             ".",
                             "-.",
                             ".5",
                             "-.5",
                             "+1",
                             "--1",
                             "1-",
                             "1.2.3",
                             "1..",
                             "1e5",
                             "1E5",
                             "0x1",
                             "nan",
                             "inf",
                             "NA",
                             " 1",
                             "1 ",
                             "1\r",
                             "\"1\"",
                             "1:",
                             "1/",
                             "\xb1",
                             "1\xff",
                             "1234567890123456",
                             "0.12345678901234",
                             "123456789012345.",
                             "1234567890123456789012345678901234567890"})
        expect_refused(text);
    expect_refused(std::string("1\0", 2));
}

TEST(Numbers, NoMoreThanAskedFor) {
    with_all("1,2,3,4", ',', 2, [](const Found& found) {
        EXPECT_EQ(found.values, (std::vector<double>{1, 2}));
        EXPECT_EQ(found.stopped, 4U);
    });
}

TEST(Numbers, AnEmptyLastFieldIsLeft) {
    with_all("1,", ',', 5, [](const Found& found) {
        EXPECT_EQ(found.values, (std::vector<double>{1}));
        EXPECT_EQ(found.stopped, 2U);
    });
}

}  // namespace
}  // namespace bradawl::csv
