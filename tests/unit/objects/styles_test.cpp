#include <gtest/gtest.h>

#include "objects/samples.hpp"
#include "schema/schema.hpp"

// What lines look like in the natural and flat styles, and what options and limits change.

namespace bradawl::objects {
namespace {

using samples::array;
using samples::desc;
using samples::object;
using samples::primitive;
using samples::ref;
using samples::reference_field;

/// A java.util.HashMap that wrote these contents.
std::string map(const std::string& pairs) {
    return object(
        desc("java.util.HashMap", 0, 3, primitive("F", "loadFactor") + "," + primitive("I", "threshold")), 1,
        R"({"fields":{"loadFactor":0.75,"threshold":12},"annotation":[{"$block":"0000001000000002"},)" + pairs + "]}");
}

std::string boxed(const std::string& name, int id, const std::string& type, const std::string& value) {
    return object(desc("java.lang." + name, id, 2, primitive(type, "value"), "null", "7"), id + 1,
                  R"({"fields":{"value":)" + value + "}}");
}

TEST(Natural, MapsAreObjectsWhereTheirKeysAreStrings) {
    EXPECT_EQ(natural({map(R"("a",null,"b","x")")}), "{\"a\":null,\"b\":\"x\"}\n");
    EXPECT_EQ(natural({map("null,null")}), "[[null,null]]\n");
}

TEST(Natural, MapsWithOtherKeysArePairs) {
    EXPECT_EQ(natural({map(R"("a",null,null,"x")")}), "[[\"a\",null],[null,\"x\"]]\n") << "found out at the second key";
    EXPECT_EQ(natural({map(boxed("Integer", 2, "I", "7") + R"(,"seven",)" + array(desc("[I", 5, 2, ""), 6, "[1]") +
                           ",null,null," + ref(3) + "," + ref(6) + R"(,"s")")}),
              R"([[7,"seven"],[[1],null],[null,7],[{"$ref":6},"s"]])"
              "\n");
}

TEST(Natural, BoxedValuesAreWhatTheyHold) {
    EXPECT_EQ(natural({boxed("Integer", 0, "I", "-7"), ref(1)}), "-7\n-7\n");
    EXPECT_EQ(natural({boxed("Double", 0, "D", "-0.0")}), "-0.0\n");
    EXPECT_EQ(natural({boxed("Character", 0, "C", "55357")}), "55357\n");
    EXPECT_EQ(natural({boxed("Boolean", 0, "Z", "true")}), "true\n");
}

TEST(Natural, ObjectsShowTheirNumberWhenAsked) {
    ObjectOptions options;
    options.ids = true;
    const Lines lines{object(desc("C", 0, 2, reference_field("me")), 2, R"({"fields":{"me":)" + ref(2) + "}}")};
    EXPECT_EQ(shown(lines, options), "{\"$id\":2,\"me\":{\"$ref\":2}}\n");
    EXPECT_EQ(natural(lines), "{\"me\":{\"$ref\":2}}\n");
}

TEST(Natural, FieldsThatAClassBelowHasTooAreCalledByTheirClass) {
    const std::string its = desc("Sub", 0, 2, primitive("I", "x"), desc("pkg.Base", 1, 2, primitive("I", "x")));
    EXPECT_EQ(natural({object(its, 2, R"({"fields":{"x":1}},{"fields":{"x":2}})")}), "{\"pkg.Base.x\":1,\"x\":2}\n");
}

TEST(Natural, ClassesEnumsAndBlocks) {
    EXPECT_EQ(natural({R"({"$class":)" + desc("pkg.C", 0, 2, "") + R"(,"id":1})"}), "{\"$class\":\"pkg.C\"}\n");
    EXPECT_EQ(natural({R"({"$class":{"$proxydesc":["A","B"],"id":0,"annotation":[],"super":null},"id":1})"}),
              "{\"$class\":[\"A\",\"B\"]}\n");
    EXPECT_EQ(natural({R"({"$enum":)" + desc("E", 0, 18, "", "null", "0") + R"(,"id":1,"name":"ONE"})", ref(1)}),
              "\"ONE\"\n\"ONE\"\n");
    EXPECT_EQ(natural({R"({"$block":"01"})", R"({"$longblock":"02"})", R"("a")", R"({"$block":"03"})"}),
              "{\"$block\":\"0102\"}\n\"a\"\n{\"$block\":\"03\"}\n");
}

TEST(Natural, SpellingOfLongsAndBytes) {
    java::Spelling spelling;
    spelling.longs = java::LongForm::safe;
    spelling.bytes = java::BytesForm::base64;
    EXPECT_EQ(shown({array(desc("[J", 0, 2, ""), 1, "[9007199254740993,1]")}, {}, spelling),
              "[\"9007199254740993\",1]\n");
    EXPECT_EQ(shown({array(desc("[B", 0, 2, ""), 1, R"("00ff7f")")}, {}, spelling), "\"AP9/\"\n");
    EXPECT_EQ(shown({boxed("Long", 0, "J", "9007199254740993")}, {}, spelling), "\"9007199254740993\"\n");
}

TEST(Flat, ALineAnObjectThoseInsideFirst) {
    const Lines lines{
        array(desc("[LC;", 0, 2, ""), 1,
              "[" + object(desc("C", 2, 2, reference_field("up")), 4, R"({"fields":{"up":)" + ref(1) + "}}") +
                  R"(,"text",)" + boxed("Integer", 6, "I", "5") + "]")};
    EXPECT_EQ(shown(lines, in_style(Style::flat)),
              "{\"$id\":4,\"$class\":\"C\",\"up\":{\"$ref\":1}}\n"
              "{\"$id\":1,\"$class\":\"[LC;\",\"$array\":[{\"$ref\":4},\"text\",5]}\n"
              "{\"$root\":{\"$ref\":1}}\n");
}

TEST(Flat, KnowsNoDepth) {
    std::string bytes = encoded({array(desc("[LC;", 0, 2, ""), 1, "[null]")}).bytes;
    bytes.pop_back();
    for (int level = 1; level < 3000; ++level)
        bytes += std::string_view("\x75\x71\0\x7e\0\0\0\0\0\1", 10);
    bytes += '\x70';
    const Reading flat = read(bytes, in_style(Style::flat));
    EXPECT_EQ(flat.error, "");
    EXPECT_EQ(split(flat.out).size(), 3001U);
    const std::string error = read(bytes).error;
    EXPECT_NE(error.find("nested deeper than 200 (--max-depth)"), std::string::npos) << error;
}

TEST(Records, AreMadeOfBlocksAndContents) {
    ObjectOptions options;
    options.records = schema::parse("v:int o:object", "schema");
    const Lines lines{R"({"$block":"000000010000"})", R"({"$block":"0002"})", R"("b")"};
    EXPECT_EQ(read(encoded(lines).bytes, options).error,
              "in: byte 10 (0xa): o: block data where the schema has an object");
    const Lines good{R"({"$block":"0000"})", R"({"$longblock":"0001"})", "null", R"({"$block":"00000002"})", R"("b")"};
    EXPECT_EQ(shown(good, options), "{\"v\":1,\"o\":null}\n{\"v\":2,\"o\":\"b\"}\n");
    options.records = schema::parse("v:short", "schema");
    EXPECT_EQ(shown({R"({"$block":"000100020003"})", R"({"$reset":true})", R"({"$block":"0004"})"}, options),
              "{\"v\":1}\n{\"v\":2}\n{\"v\":3}\n{\"v\":4}\n");
}

TEST(Strict, RefusesWhatJavaWouldNotWrite) {
    ObjectOptions options;
    options.strict = true;
    const Lines lines{R"("good")", R"({"$mutf8":"c181"})"};
    EXPECT_EQ(read(encoded(lines).bytes, options).error,
              "in: byte 14 (0xe): modified UTF-8 as Java would not write it (--strict)");
    EXPECT_EQ(read(encoded(lines).bytes, options).out, "\"good\"\n");
    EXPECT_EQ(natural(lines), "\"good\"\n{\"$mutf8\":\"c181\"}\n");
}

TEST(Limits, OfMemoryAndOfOneValue) {
    java::Limits limits;
    limits.bytes = 100'000;
    const std::string text = R"({"$longstring":")" + std::string(100'001, 'x') + "\"}";
    EXPECT_EQ(read(encoded({text}).bytes, {}, limits).error,
              "in: byte 5 (0x5): a string of 100001 bytes (--max-bytes)");
    limits = {};
    limits.memory = 1000;
    Lines many;
    for (int at = 0; at < 100; ++at)
        many.push_back("\"abcdefgh\"");
    const Reading reading = read(encoded(many).bytes, {}, limits);
    EXPECT_NE(reading.error.find("(--max-memory)"), std::string::npos) << reading.error;
    EXPECT_EQ(split(reading.out).size(), 1000U / (8 + 16));
}

TEST(Headers, ThatAreNone) {
    EXPECT_EQ(read("").error, "in: byte 0 (0x0): truncated stream header: 4 bytes needed, 0 left");
    EXPECT_EQ(read("\xac\xed").error, "in: byte 2 (0x2): truncated stream header: 4 bytes needed, 2 left");
    EXPECT_EQ(read("rO0ABXA=").error,
              "in: byte 0 (0x0): expected the magic 0xACED, found 0x724F (no object stream, or --no-header)");
    EXPECT_EQ(read(std::string_view("\xac\xed\0\4p", 5)).error, "in: byte 2 (0x2): stream version 4, not 5");
}

}  // namespace
}  // namespace bradawl::objects
