#include "cli/toml.hpp"

#include <gtest/gtest.h>

#include "core/random.hpp"
#include "expect_error.hpp"

namespace bradawl::cli {
namespace {

/// Each item as `LINE section.key=value|value`.
std::vector<std::string> read(std::string_view text) {
    std::vector<std::string> items;
    for (const TomlItem& item : read_toml(text, "f")) {
        std::string line = std::to_string(item.line) + " " + item.section + "." + item.key + "=";
        for (const auto& value : item.values)
            line += (&value == &item.values.front() ? "" : "|") + value;
        items.push_back(line);
    }
    return items;
}

using Items = std::vector<std::string>;

/// The value of `a` in `a = …`.
std::string value(const std::string& text) {
    return read_toml("a = " + text, "f").at(0).values.at(0);
}

TEST(Toml, ReadsItemsWithTheirLines) {
    EXPECT_EQ(read(""), Items{});
    EXPECT_EQ(read("\n # only a comment"), Items{});
    EXPECT_EQ(read("a=1\n\n  b-c_2\t=\t'x' # why\r\n\"quoted\" = true"),
              (Items{"1 .a=1", "3 .b-c_2=x", "4 .quoted=true"}));
    EXPECT_EQ(read("a=1\n[s] # one\na=2\n[ t ]\n"), (Items{"1 .a=1", "2 s.=", "3 s.a=2", "4 t.="}));
}

TEST(Toml, ReadsTexts) {
    EXPECT_EQ(value("\"a # b\""), "a # b") << "no comment";
    EXPECT_EQ(value("'a \" \\n #'"), "a \" \\n #") << "no escapes in single quotes";
    EXPECT_EQ(value(R"("\b\t\n\f\r\"\\")"), "\b\t\n\f\r\"\\");
    EXPECT_EQ(value(R"("\u0041\u00e4\u20AC\U0001F600\U0010ffff")"),
              "A\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf");
    EXPECT_EQ(value("\"\""), "");
    EXPECT_EQ(value("'= [x], y'"), "= [x], y");
}

TEST(Toml, ReadsNumbersAndTruth) {
    for (const char* text : {"0", "-17", "3.25", "true", "false"})
        EXPECT_EQ(value(text), text);
    EXPECT_EQ(value("1_000"), "1000");
    EXPECT_EQ(value("+5"), "5");
}

TEST(Toml, ReadsArrays) {
    EXPECT_EQ(read("a = []"), Items{"1 .a="});
    EXPECT_EQ(read("a = [1,'b',\"c, d\"]"), Items{"1 .a=1|b|c, d"});
    EXPECT_EQ(read("a = [ # first\n  'x',\n\n  'y', # last\n]\nb = 1"), (Items{"1 .a=x|y", "6 .b=1"}));
}

/// The fault's text, or what was read.
std::string refusal(std::string_view text) {
    try {
        const auto items = read(text);
        return items.empty() ? "nothing" : items.front();
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::config);
        return error.text();
    }
}

TEST(Toml, RefusesWhatIsNoTomlWithItsPlace) {
    for (const char* line :
         {"a = 30s", "a = never", "a =", "a = # 1", "a == 1", "a", "= 1", "just words", "{\"a\": 1}", "a = 1 2",
          "a = \"x", "a = 'x", "a = \"\\x\"", "a = \"\\ud800\"", "a = [1 2]", "a = [,]", "[s", "[]", "[a] b = 1"}) {
        EXPECT_TRUE(refusal(line).starts_with("f:1:")) << line << ": " << refusal(line);
        EXPECT_TRUE(refusal("\n\n" + std::string(line)).starts_with("f:3:")) << line;
    }
    EXPECT_TRUE(refusal("a = 1\n\na = 2").starts_with("f:3:"));
    EXPECT_NO_THROW(read_toml("a = 1\n[s]\na = 2", "f")) << "once in each section";
}

TEST(Toml, RefusesValuesThatNoOptionHas) {
    const std::string wanted = " is no text, number, true, false or list of these";
    EXPECT_EQ(refusal("b = 1\na = [[1]]"), "f:2: 'a'" + wanted);
    EXPECT_EQ(refusal("a = 2026-01-02"), "f:1: 'a'" + wanted);
    EXPECT_EQ(refusal("[s]\n\na = {b = 1}"), "f:3: 'a'" + wanted);
    EXPECT_EQ(refusal("[s.t]\na = 1"), "f:1: 't'" + wanted);
    EXPECT_EQ(refusal("[[a]]"), "f:1: 'a'" + wanted);
}

TEST(Toml, TakesAnyBytesWithoutHarm) {
    constexpr std::string_view pieces[] = {"a", "=", " ", "\n", "[",   "]",    "\"",   "'",
                                           ",", "#", "1", "\\", "\\u", "\xff", "\r\n", "true"};
    Random random(1);
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t i = random.next() % 12; i > 0; --i)
            text += pieces[random.next() % std::size(pieces)];
        try {
            read_toml(text, "f");
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::config);
        }
    }
}

}  // namespace
}  // namespace bradawl::cli
