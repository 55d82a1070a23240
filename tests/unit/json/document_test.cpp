#include "json/document.hpp"

#include <gtest/gtest.h>

#include <string>

namespace bradawl::json {
namespace {

using Map = std::map<std::string, std::string>;

// What goes wrong with `text`, as FAULT:MESSAGE; empty when nothing does.
std::string wrong(std::string_view text) {
    try {
        read_string_map(text, "f");
    } catch (const Error& error) {
        return std::to_string(exit_code(error.fault())) + ":" + error.text();
    }
    return {};
}

TEST(Document, ReadsAnObjectOfStrings) {
    const std::string_view text = R"({"consumer_key": "k\n", "token": "", "é": "\u00e9"})";
    EXPECT_EQ(read_string_map(text, "f"), (Map{{"consumer_key", "k\n"}, {"token", ""}, {"é", "é"}}));
    EXPECT_TRUE(read_string_map(" {} \n", "f").empty());
}

TEST(Document, SaysWhereItIsNoJson) {
    EXPECT_EQ(wrong(""), "78:f:1:1: not JSON");
    EXPECT_EQ(wrong("{\n \"a\": \"1\",\n}"), "78:f:3:1: not JSON");
    EXPECT_EQ(wrong("{\"a\":\"x\""), "78:f:1:9: not JSON");
    EXPECT_EQ(wrong("{\"a\":\"x\"} 1"), "78:f:1:11: not JSON");
    EXPECT_EQ(wrong("{\"a\":\"\\ud800\"}").substr(0, 7), "78:f:1:");
    EXPECT_EQ(wrong("{\"a\":\"\xff\"}").substr(0, 7), "78:f:1:");
}

TEST(Document, NamesTheKeyButNeverAValue) {
    EXPECT_EQ(wrong("[]"), "78:f: not an object of strings");
    EXPECT_EQ(wrong("\"hush\""), "78:f: not an object of strings");
    for (const char* value : {"12", "-1", "1.5", "null", "true", "[\"hush\"]", "{\"b\":\"hush\"}"}) {
        EXPECT_EQ(wrong("{\"a\":\"x\",\n\"secret\": " + std::string(value) + "}"), "78:f: 'secret' is not a string")
            << value;
    }
    EXPECT_EQ(wrong("{\"a\":\"hush\",\n \"\\u0061\":\"hush\"}"), "78:f: 'a' is there twice");
}

}  // namespace
}  // namespace bradawl::json
