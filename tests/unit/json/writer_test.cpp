#include "json/writer.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "core/random.hpp"
#include "json/check.hpp"
#include "json/number.hpp"
#include "json/reader.hpp"
#include "json/unescape.hpp"

namespace bradawl::json {
namespace {

template <class Write>
std::string written(Write write) {
    std::string out;
    Writer writer(out);
    write(writer);
    return out;
}

std::string as_string(std::string_view text) {
    return written([text](Writer& writer) { writer.string(text); });
}

TEST(Writer, PutsCommasAndColons) {
    const std::string out = written([](Writer& w) {
        w.begin_object();
        w.key("a"), w.begin_array();
        w.integer(1), w.integer(-2), w.string("x"), w.null(), w.boolean(true), w.boolean(false);
        w.begin_array(), w.end_array();
        w.begin_object(), w.end_object();
        w.raw("[ 0.10 ]");
        w.end_array();
        w.key("b"), w.begin_object();
        w.key("c"), w.number(0.5);
        w.key("d"), w.integer(2);
        w.end_object();
        w.key("e"), w.string("");
        w.end_object();
    });
    EXPECT_EQ(out, R"({"a":[1,-2,"x",null,true,false,[],{},[ 0.10 ]],"b":{"c":0.5,"d":2},"e":""})");
}

TEST(Writer, WritesManyTextsIntoOneString) {
    std::string out;
    Writer writer(out);
    for (int i = 0; i < 3; ++i) {
        writer.begin_object();
        writer.key("i");
        writer.integer(i);
        writer.end_object();
        out += '\n';
    }
    writer.integer(7);
    EXPECT_EQ(out, "{\"i\":0}\n{\"i\":1}\n{\"i\":2}\n7");
}

TEST(Writer, EscapesOnlyWhatItMust) {
    EXPECT_EQ(as_string("\"\\\b\f\n\r\t"), R"("\"\\\b\f\n\r\t")");
    EXPECT_EQ(as_string(std::string_view("\0\x01\x1f", 3)), R"("\u0000\u0001\u001f")");
    EXPECT_EQ(as_string("/ \x7f \xc3\xa9 \xe2\x80\xa8 <&'>"), "\"/ \x7f \xc3\xa9 \xe2\x80\xa8 <&'>\"");
    EXPECT_EQ(written([](Writer& w) { w.begin_object(), w.key("\n"), w.null(), w.end_object(); }), R"({"\n":null})");
}

// Every ASCII byte at every place relative to the words of eight bytes that are looked through, read back.
TEST(Writer, EscapesAtEveryPlace) {
    for (std::size_t before = 0; before < 24; ++before) {
        for (int byte = 0; byte < 0x80; ++byte) {
            for (const char filler : {'!', '#', '[', ' '}) {
                const std::string text =
                    std::string(before, filler) + static_cast<char>(byte) + std::string(11, filler);
                const std::string out = as_string(text);
                ASSERT_FALSE(check(out)) << out;
                std::string back;
                ASSERT_FALSE(unescape(std::string_view(out).substr(1, out.size() - 2), back, LoneSurrogate::refuse));
                ASSERT_EQ(back, text);
            }
        }
    }
}

TEST(Writer, MakesForeignBytesUtf8) {
    const auto foreign = [](std::string_view bytes) {
        return written([bytes](Writer& w) { w.foreign_string(bytes); });
    };
    EXPECT_EQ(foreign("plain\n"), "\"plain\\n\"");
    EXPECT_EQ(foreign("\xc3\xa9"), "\"\xc3\xa9\"");
    EXPECT_EQ(foreign("a\xff"
                      "b"),
              "\"a\xef\xbf\xbd"
              "b\"");
    // Unicode 15, section 3.9, tables 3-8 to 3-11.
    const std::string one = "\xef\xbf\xbd";
    const auto times = [&one](int n) {
        std::string text;
        for (int i = 0; i < n; ++i)
            text += one;
        return text;
    };
    EXPECT_EQ(foreign("\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41"), '"' + times(8) + "A\"");
    EXPECT_EQ(foreign("\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41"), '"' + times(8) + "A\"");
    EXPECT_EQ(foreign("\xf4\x91\x92\x93\xff\x41\x80\xbf\x42"), '"' + times(5) + "A" + times(2) + "B\"");
    EXPECT_EQ(foreign("\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41"), '"' + times(4) + "A\"");
    EXPECT_EQ(foreign("\xf0\x9f\x98"), '"' + times(1) + '"');
    Random random(3);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        for (std::uint64_t left = random.next() % 40; left > 0; --left)
            bytes += static_cast<char>(random.next());
        ASSERT_FALSE(check(foreign(bytes)));
    }
}

TEST(Writer, WritesIntegersWhole) {
    const auto integer = [](auto value) { return written([value](Writer& w) { w.integer(value); }); };
    EXPECT_EQ(integer(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(integer(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(integer(std::int8_t{-5}), "-5");
    EXPECT_EQ(integer(std::size_t{5}), "5");
}

TEST(Writer, WritesDoublesThatReadBack) {
    const auto number = [](double value) { return written([value](Writer& w) { w.number(value); }); };
    const auto real = [](double value) { return written([value](Writer& w) { w.real_number(value); }); };
    EXPECT_EQ(number(0.1), "0.1");
    EXPECT_EQ(number(3.0), "3");
    EXPECT_EQ(real(3.0), "3.0");
    EXPECT_EQ(real(-0.0), "-0.0");
    EXPECT_EQ(number(-0.0), "-0");
    EXPECT_EQ(real(1e22), "1e+22");
    EXPECT_EQ(real(0.5), "0.5");
    EXPECT_EQ(number(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(real(std::numeric_limits<double>::quiet_NaN()), "null");
    Random random(11);
    for (int round = 0; round < 100000; ++round) {
        const double value = round % 2 == 0 ? std::bit_cast<double>(random.next())
                                            : static_cast<double>(random.next() >> (random.next() % 64));
        if (!std::isfinite(value)) continue;
        const std::string spelling = real(value);
        ASSERT_FALSE(check(spelling)) << spelling;
        ASSERT_EQ(to_double(spelling).value, value) << spelling;
        ASSERT_FALSE(to_int64(spelling)) << spelling;
        ASSERT_EQ(to_double(number(value)).value, value) << number(value);
    }
}

}  // namespace
}  // namespace bradawl::json
