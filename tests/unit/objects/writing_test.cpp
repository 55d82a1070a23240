#include <gtest/gtest.h>

#include "objects/handles.hpp"
#include "objects/samples.hpp"

// What a class writes in a writeObject of its own, and how objects are counted.

namespace bradawl::objects {
namespace {

using samples::array;
using samples::desc;
using samples::object;
using samples::primitive;
using samples::ref;
using samples::reference_field;

const std::string both = primitive("I", "x") + "," + reference_field("s");

TEST(Writing, FieldsComeFirst) {
    const Lines lines{
        object(desc("C", 0, 3, primitive("I", "x")), 1,
               R"({"fields":{"x":5},"annotation":[{"$block":"01"},{"$longblock":"02"},"a",{"$block":"03"}]})")};
    EXPECT_EQ(natural(lines), R"({"x":5,"$data":[{"$block":"0102"},"a",{"$block":"03"}]})"
                              "\n")
        << "where a block ends means nothing";
}

TEST(Writing, WithoutFields) {
    EXPECT_EQ(natural({object(desc("C", 0, 3, primitive("I", "x")), 1, R"({"annotation":[{"$block":"00000001"}]})")}),
              "{\"$data\":[{\"$block\":\"00000001\"}]}\n");
    EXPECT_EQ(natural({object(desc("C", 0, 3, both), 2, R"({"annotation":["only"]})")}), "{\"$data\":[\"only\"]}\n");
    EXPECT_EQ(natural({object(desc("C", 0, 3, both), 2, R"({"annotation":[]})"), R"("after")"}), "{}\n\"after\"\n");
}

TEST(Writing, DataThenFields) {
    EXPECT_EQ(
        natural({object(desc("C", 0, 3, both), 2,
                        R"({"before":[{"$block":"07"}],"fields":{"x":1,"s":"a"},"annotation":[{"$block":"09"}]})")}),
        R"({"$data":[{"$block":"07"}],"x":1,"s":"a","$data:C":[{"$block":"09"}]})"
        "\n");
}

TEST(Writing, IsFoundOutForEachClassOfAHierarchy) {
    const std::string base = desc("Base", 1, 3, primitive("J", "b"));
    const std::string sub = desc("Sub", 0, 3, primitive("J", "s"), base);
    EXPECT_EQ(natural({object(sub, 2, R"({"annotation":["of base"]},{"annotation":["sub"]})")}),
              R"({"$data":["of base"],"$data:Sub":["sub"]})"
              "\n");
    EXPECT_EQ(natural({object(sub, 2, R"({"fields":{"b":1},"annotation":["base"]},{"annotation":["sub"]})")}),
              R"({"b":1,"$data":["base"],"$data:Sub":["sub"]})"
              "\n");
}

/// Objects of a class that was found out are read so at once, also where nothing else tells.
TEST(Writing, IsRememberedForAClass) {
    const std::string data = R"({"annotation":[{"$block":"01"}]})";
    Lines lines{object(desc("C", 0, 3, primitive("I", "x")), 1, data)};
    for (int id = 2; id < 200; ++id)
        lines.push_back(object(ref(0), id, data));
    lines.push_back(R"({"$reset":true})");
    lines.push_back(object(desc("C", 0, 3, primitive("I", "x")), 1, data));
    EXPECT_EQ(shown(lines, in_style(Style::full)), joined(lines));
}

TEST(Writing, WhatNoWayReadsIsToldOfAsItWasReadFirst) {
    std::string bytes = encoded({object(desc("C", 0, 3, primitive("I", "x")), 1, R"({"fields":{"x":1}})")}).bytes;
    bytes.back() = '\x7f';
    const Reading reading = read(bytes);
    EXPECT_EQ(reading.error,
              "in: byte 30 (0x1e): object 0x7e0001 C: 0x7f is no type code (writeObject without "
              "defaultWriteObject? try --class)");
    EXPECT_EQ(reading.out, "");
}

TEST(Writing, OfSchemasThatClassesHave) {
    ObjectOptions options;
    options.classes = {"C = v:int o:object"};
    const Lines own{object(desc("C", 0, 3, primitive("I", "x")), 1,
                           R"({"fields":{"x":1},"annotation":[{"$block":"0000"},{"$longblock":"0007"},"a"]})")};
    EXPECT_EQ(shown(own, options), "{\"x\":1,\"$data\":{\"v\":7,\"o\":\"a\"}}\n");
    const Lines external{object(desc("C", 0, 12, ""), 1, R"({"annotation":[{"$block":"00000007"},"a"]})")};
    EXPECT_EQ(shown(external, options), "{\"v\":7,\"o\":\"a\"}\n");
    const Lines old{object(desc("C", 0, 4, ""), 1, R"({"external":[{"$raw":"00000007"},"a"]})"), R"("after")"};
    EXPECT_EQ(shown(old, options), "{\"v\":7,\"o\":\"a\"}\n\"after\"\n");
    options.style = Style::full;
    EXPECT_EQ(shown(old, options), joined(old));
    options.style = Style::flat;
    EXPECT_EQ(shown(old, options),
              "{\"$id\":1,\"$class\":\"C\",\"v\":7,\"o\":\"a\"}\n{\"$root\":{\"$ref\":1}}\n"
              "{\"$root\":\"after\"}\n");
}

TEST(Writing, OfSchemasThatTakeAllBytesUpToAnObject) {
    ObjectOptions options;
    options.classes = {"C = a:bytes<*> o:object b:bytes<*> p:object c:byte[*]"};
    const Lines lines{object(desc("C", 0, 12, ""), 1,
                             R"({"annotation":[{"$block":"01"},{"$block":"02"},"x",null,{"$block":"0304"}]})"),
                      R"("after")"};
    EXPECT_EQ(shown(lines, options), R"({"a":"0102","o":"x","b":"","p":null,"c":[3,4]})"
                                     "\n\"after\"\n");
}

TEST(Writing, OfSchemasThatDoNotFit) {
    ObjectOptions options;
    options.classes = {"C = v:int"};
    const auto error = [&](const std::string& annotation) {
        const Lines lines{object(desc("C", 0, 12, ""), 1, R"({"annotation":[)" + annotation + "]}")};
        return read(encoded(lines).bytes, options).error;
    };
    EXPECT_EQ(error(R"({"$block":"00000001"})"), "");
    EXPECT_EQ(error(R"({"$block":"000000"})"),
              "in: byte 27 (0x1b): object 0x7e0001 C: v: truncated int: 4 bytes needed, 3 left");
    EXPECT_EQ(error(R"({"$block":"0000000102"})"),
              "in: byte 28 (0x1c): object 0x7e0001 C: the class wrote more than its schema tells of");
    EXPECT_EQ(error(R"("a")"), "in: byte 22 (0x16): object 0x7e0001 C: v: truncated int: 4 bytes needed, 0 left");
}

TEST(Counting, OfAnExceptionInsideOfOneIsNone) {
    const std::string bytes = encoded({R"("a")"}).bytes + "\x7b\x73\x7b\x70";
    EXPECT_EQ(read(bytes).error, "in: byte 10 (0xa): an exception inside of an exception");
}

TEST(Counting, BeginsAnewBehindAReset) {
    const Lines lines{R"("a")", R"("b")", R"({"$reset":true})", R"("c")", ref(0)};
    EXPECT_EQ(natural(lines), "\"a\"\n\"b\"\n\"c\"\n\"c\"\n");
    EXPECT_EQ(refusal(ref(1), {R"("a")", R"("b")", R"({"$reset":true})", R"("c")"}),
              ".$ref: refers to what does not stand in front of it");
}

/// A failure forgets what was counted before it, and what its exception was made of behind it.
TEST(Counting, BeginsAnewAroundAnException) {
    const std::string thrown =
        object(desc("T", 0, 2, reference_field("why")), 2, R"({"fields":{"why":)" + ref(1) + "}}");
    const Lines lines{R"("before")", R"({"$exception":)" + thrown + R"(,"lengths":[]})", R"("c")", ref(0)};
    EXPECT_EQ(shown(lines, in_style(Style::full)), joined(lines));
    EXPECT_EQ(natural(lines), "\"before\"\n{\"$exception\":{\"why\":\"Ljava/lang/Object;\"}}\n\"c\"\n\"c\"\n");
    EXPECT_EQ(refusal(ref(1), {lines[0], lines[1], lines[2]}), ".$ref: refers to what does not stand in front of it");
    std::string bytes = encoded({lines[0], lines[1], lines[2]}).bytes;
    const std::string end = std::to_string(bytes.size());
    bytes += std::string("\x71\0\x7e\0\1", 5);
    EXPECT_EQ(read(bytes).error.substr(0, 9 + end.size()), "in: byte " + end);
}

TEST(Counting, DescriptionsStringsArraysAndObjectsAll) {
    const Reading reading =
        read(encoded({array(desc("[LC;", 0, 2, ""), 1, "[" + object(desc("C", 2, 2, ""), 3, R"({"fields":{}})") + "]"),
                      R"("text")", ref(4), ref(3)})
                 .bytes);
    EXPECT_EQ(reading.out, "[{}]\n\"text\"\n\"text\"\n{\"$ref\":3}\n");
    EXPECT_EQ(reading.objects, 2U);
    EXPECT_EQ(reading.contents, 4U);
}

TEST(Handles, KeepTextsAndForgetThem) {
    Handles handles(1 << 20);
    std::uint64_t first = 0;
    std::uint64_t empty = 0;
    std::uint64_t large = 0;
    ASSERT_TRUE(handles.keep("first", first));
    ASSERT_TRUE(handles.keep("", empty));
    const Handles::Mark mark = handles.mark();
    const std::string text(200'000, 'x');
    ASSERT_TRUE(handles.keep(text, large));
    EXPECT_EQ(handles.text(large, 200'000), text);
    ASSERT_TRUE(handles.add({Known::string, 0, 0, 5, first}));
    handles.cut(0, mark);
    EXPECT_EQ(handles.size(), 0U);
    ASSERT_TRUE(handles.keep("second", large));
    EXPECT_EQ(handles.text(first, 5), "first");
    EXPECT_EQ(handles.text(empty, 0), "");
    EXPECT_EQ(handles.text(large, 6), "second");
}

TEST(Handles, HoldNoMoreThanTheyMay) {
    Handles handles(1000);
    std::uint64_t word = 0;
    EXPECT_FALSE(handles.keep(std::string(1001, 'x'), word));
    EXPECT_TRUE(handles.keep(std::string(990, 'x'), word));
    EXPECT_FALSE(handles.add({}));
    handles.cut(0, {});
    EXPECT_EQ(handles.memory(), 0U);
    EXPECT_TRUE(handles.add({}));
}

/// What is forgotten counts no more, and what stays goes on to count.
TEST(Handles, CountWhatIsKeptAcrossACut) {
    Handles handles(std::uint64_t{1} << 30);
    std::uint64_t word = 0;
    ASSERT_TRUE(handles.keep(std::string(300'000, 'x'), word));
    const Handles::Mark mark = handles.mark();
    const std::uint64_t before = handles.memory();
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(handles.keep("short", word));
        handles.cut(0, mark);
        EXPECT_EQ(handles.memory(), before);
    }
}

}  // namespace
}  // namespace bradawl::objects
