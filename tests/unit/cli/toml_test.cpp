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
    for (const char* text : {"0", "-17", "3.25", "1e6", "true", "false"})
        EXPECT_EQ(value(text), text);
    EXPECT_EQ(value("1_000"), "1000");
    EXPECT_EQ(value("+5"), "+5");
}

TEST(Toml, ReadsArrays) {
    EXPECT_EQ(read("a = []"), Items{"1 .a="});
    EXPECT_EQ(read("a = [1,'b',\"c, d\"]"), Items{"1 .a=1|b|c, d"});
    EXPECT_EQ(read("a = [ # first\n  'x',\n\n  'y', # last\n]\nb = 1"), (Items{"1 .a=x|y", "6 .b=1"}));
}

TEST(Toml, RefusesTheRestWithItsLine) {
    const auto refused = [](std::string_view text, const std::string& why) {
        SCOPED_TRACE(text);
        expect_error(Fault::config, "f:" + why, [&] { read_toml(text, "f"); });
    };
    refused("a = 30s", "1: '30s' needs quotes");
    refused("\na = never", "2: 'never' needs quotes");
    refused("a =", "1: no value");
    refused("a = # 1", "1: no value");
    refused("a == 1", "1: '=' needs quotes");
    refused("a", "1: a setting is KEY = VALUE");
    refused("= 1", "1: a setting is KEY = VALUE");
    refused("just words", "1: a setting is KEY = VALUE");
    refused("a.b = 1", "1: a setting is KEY = VALUE");
    refused("{\"a\": 1}", "1: a setting is KEY = VALUE");
    refused("a = 1 2", "1: '2' after the value");
    refused("a = 1\nb = 'x' y", "2: 'y' after the value");
    refused("a = \"x\nb = 1", "1: no closing \"");
    refused("a = 'x", "1: no closing '");
    refused("a = \"\"\"x\"\"\"", "1: '\"x\"\"\"' after the value");
    refused("a = \"\\x\"", "1: bad escape");
    refused("a = \"\\ud800\"", "1: bad escape");
    refused("a = \"\\U00110000\"", "1: bad escape");
    refused("a = \"\\u12g4\"", "1: bad digit after a backslash");
    refused("a = \"\\u12", "1: the file ends too early");
    refused("a = [1, 2", "1: values of an array need a comma between them");
    refused("a = [1 2]", "1: values of an array need a comma between them");
    refused("a = [,]", "1: no value");
    refused("a = [[1]]", "1: '[1' needs quotes");
    refused("[s", "1: a section is [NAME]");
    refused("[]", "1: a section is [NAME]");
    refused("[a.b]", "1: a section is [NAME]");
    refused("[[a]]", "1: a section is [NAME]");
    refused("[a] b = 1", "1: 'b = 1' after the value");
    refused("a = 1\n\na = 2", "3: 'a' is there twice");
    EXPECT_NO_THROW(read_toml("a = 1\n[s]\na = 2", "f")) << "once in each section";
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
