#include "json/document.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bradawl::json {
namespace {

// What goes wrong with `text`, as FAULT:MESSAGE; empty when nothing does.
template <class Reading>
std::string failure(Reading reading, std::string_view text) {
    try {
        reading(text, Fault::config);
    } catch (const Error& error) {
        return std::to_string(exit_code(error.fault())) + ":" + error.text();
    }
    return {};
}

TEST(Document, HoldsWhatWasWritten) {
    const std::string_view text =
        "{\n  \"rate\": 0.10,\n  \"on\": true, \"none\": null,\n  \"list\": [\"a\\u00e9\", {\"x\": []}]\n}\n";
    const Value document = read_document(text, Fault::config);
    ASSERT_NE(document.find("rate"), nullptr);
    EXPECT_EQ(std::get<Value::Number>(document.find("rate")->content).spelling, "0.10");
    EXPECT_TRUE(std::get<bool>(document.find("on")->content));
    EXPECT_TRUE(std::holds_alternative<Value::Null>(document.find("none")->content));
    EXPECT_EQ(document.find("missing"), nullptr);
    const Value& list = *document.find("list");
    EXPECT_EQ(list.find("rate"), nullptr);
    const auto& items = std::get<Value::Array>(list.content);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(std::get<std::string>(items[0].content), "a\xc3\xa9");
    EXPECT_TRUE(std::get<Value::Array>(items[1].find("x")->content).empty());
    EXPECT_EQ(text.substr(items[1].offset, 4), "{\"x\"");
    EXPECT_EQ(text.substr(document.find("none")->offset, 4), "null");
    EXPECT_TRUE(std::get<bool>(read_document("true", Fault::data).content));
}

TEST(Document, CountsPlacesAsPeopleDo) {
    const std::string_view text = "ab\ncd\n";
    const auto place = [text](std::size_t offset) {
        const Place found = place_of(text, offset);
        return std::to_string(found.line) + ":" + std::to_string(found.column);
    };
    EXPECT_EQ(place(0), "1:1");
    EXPECT_EQ(place(1), "1:2");
    EXPECT_EQ(place(2), "1:3");
    EXPECT_EQ(place(3), "2:1");
    EXPECT_EQ(place(4), "2:2");
    EXPECT_EQ(place(6), "3:1");
}

TEST(Document, SaysWhereItIsWrong) {
    const auto wrong = [](std::string_view text) { return failure(read_document, text); };
    EXPECT_EQ(wrong("{}"), "");
    EXPECT_EQ(wrong("{\n \"a\": 1,\n}"), "78:3:1: expected a key");
    EXPECT_EQ(wrong("{\"a\":1,\n \"\\u0061\":2}"), "78:2:2: the same name twice in one object");
    EXPECT_EQ(wrong("{\"a\":{\"a\":1}}"), "");
    EXPECT_EQ(wrong("[\"\\ud800\"]"), "78:1:2: surrogate escape without its other half");
    EXPECT_EQ(wrong("{\"\\ud800\":1}"), "78:1:2: surrogate escape without its other half");
    EXPECT_EQ(wrong(std::string(64, '[') + std::string(64, ']')), "");
    EXPECT_EQ(wrong(std::string(65, '[') + std::string(65, ']')), "78:1:65: nested too deep");
}

TEST(Document, ReadsAnObjectOfStrings) {
    const auto map = read_string_map(R"({"consumer_key": "k\n", "token": ""})", Fault::config);
    EXPECT_EQ(map, (std::map<std::string, std::string>{{"consumer_key", "k\n"}, {"token", ""}}));
    EXPECT_TRUE(read_string_map("{}", Fault::config).empty());

    const auto wrong = [](std::string_view text) { return failure(read_string_map, text); };
    EXPECT_EQ(wrong("[]"), "78:1:1: expected an object");
    EXPECT_EQ(wrong("{\"a\":\"x\",\n\"secret\": 12}"), "78:2:11: expected a string");
    EXPECT_EQ(wrong("{\"a\":\"x\""), "78:1:9: text ends too early");
}

}  // namespace
}  // namespace bradawl::json
