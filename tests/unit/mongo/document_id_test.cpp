#include "mongo/document_id.hpp"

#include <gtest/gtest.h>

#include <set>

#include "bytes.hpp"
#include "mongo/bson.hpp"

namespace bradawl::mongo {
namespace {

class FixedClock : public Clock {
public:
    TimePoint now() const override { return {}; }
    WallTime wall() const override { return WallTime{std::chrono::milliseconds(0x12345678LL * 1000 + 999)}; }
    bool sleep(Duration) override { return true; }
};

class DocumentIdTest : public testing::Test {
protected:
    // The document with its `_id`, as JSON, or why it has none.
    std::string with_id(const std::string& from, const std::string& json) {
        DocumentId id(from, ids_);
        ByteBuffer buffer;
        MadeDocument made;
        if (const auto problem = json_to_bson(json, JsonDialect::extended, buffer, made)) return problem->what;
        if (const char* const why = id.put(buffer, made)) return why;
        EXPECT_EQ(made.id_begin, made.begin + 4);
        std::string out;
        bson_to_json(buffer.view(made.begin, made.size), JsonForm::relaxed, PrintId::yes, out);
        return out;
    }

    FixedClock clock_;
    Random random_{1};
    ObjectIds ids_{clock_, random_};
};

TEST_F(DocumentIdTest, ObjectIdsAreSecondsThenADrawnPartThenACounter) {
    const auto first = ids_.next();
    const auto second = ids_.next();
    EXPECT_EQ(test::to_hex({first.data(), 4}), "12345678");
    EXPECT_TRUE(std::equal(first.begin(), first.begin() + 9, second.begin()));
    const auto count = [](const std::array<char, 12>& id) {
        unsigned value = 0;
        for (int i = 9; i < 12; ++i)
            value = value << 8 | static_cast<unsigned char>(id[static_cast<std::size_t>(i)]);
        return value;
    };
    EXPECT_EQ((count(first) + 1) & 0xffffff, count(second));
}

TEST_F(DocumentIdTest, ObjectIdsOfOtherSeedsDiffer) {
    std::set<std::string> parts;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        Random random(seed);
        parts.insert(test::to_hex({ObjectIds(clock_, random).next().data() + 4, 5}));
    }
    EXPECT_EQ(parts.size(), 1000U);
}

TEST_F(DocumentIdTest, AMissingIdIsMade) {
    const std::string made = with_id("", R"({"a":1})");
    EXPECT_TRUE(made.starts_with(R"({"_id":{"$oid":"12345678)")) << made;
    EXPECT_TRUE(made.ends_with(R"("},"a":1})")) << made;
    EXPECT_TRUE(with_id("", "{}").starts_with(R"({"_id":{"$oid":"12345678)"));
}

TEST_F(DocumentIdTest, APresentIdComesFirst) {
    EXPECT_EQ(with_id("", R"({"_id":7,"a":1})"), R"({"_id":7,"a":1})");
    EXPECT_EQ(with_id("", R"({"a":1,"b":[1,2],"_id":"x","c":2})"), R"({"_id":"x","a":1,"b":[1,2],"c":2})");
    EXPECT_EQ(with_id("", R"({"a":{"_id":1},"_id":{"b":2}})"), R"({"_id":{"b":2},"a":{"_id":1}})");
    EXPECT_EQ(with_id("", R"({"a":1,"_id":null})"), R"({"_id":null,"a":1})");
}

TEST_F(DocumentIdTest, AFieldBecomesTheId) {
    EXPECT_EQ(with_id("k", R"({"a":1,"k":"x"})"), R"({"_id":"x","a":1,"k":"x"})");
    EXPECT_EQ(with_id("a.b.c", R"({"a":{"b":{"c":{"d":1}}}})"), R"({"_id":{"d":1},"a":{"b":{"c":{"d":1}}}})");
    EXPECT_EQ(with_id("k", R"({"k":5,"_id":5})"), R"({"_id":5,"k":5})");
    EXPECT_EQ(with_id("_id", R"({"a":1,"_id":5})"), R"({"_id":5,"a":1})");
}

TEST_F(DocumentIdTest, WhatCannotBeAnIdIsRefused) {
    EXPECT_EQ(with_id("k", R"({"a":1})"), "the field that --id-from names is missing");
    EXPECT_EQ(with_id("a.b", R"({"a":1})"), "the field that --id-from names is missing");
    EXPECT_EQ(with_id("a.0", R"({"a":[1]})"), "the field that --id-from names is missing");
    EXPECT_EQ(with_id("k", R"({"k":5,"_id":6})"), "the document has an _id that is not the field's value");
    EXPECT_EQ(with_id("k", R"({"k":5,"_id":5.0})"), "the document has an _id that is not the field's value");
    EXPECT_EQ(with_id("k", R"({"k":[1]})"), "_id must not be an array");
    EXPECT_EQ(with_id("", R"({"_id":[1]})"), "_id must not be an array");
    EXPECT_EQ(with_id("", R"({"_id":{"$undefined":true}})"), "_id must not be undefined");
    EXPECT_EQ(with_id("", R"({"_id":{"$regularExpression":{"pattern":"a","options":""}}})"),
              "_id must not be a regular expression");
    EXPECT_EQ(with_id("", R"({"_id":{"$gt":1}})"), "_id must not hold a key that begins with $");
}

TEST_F(DocumentIdTest, DocumentsBeforeItStayAsTheyAre) {
    ByteBuffer buffer;
    MadeDocument first;
    MadeDocument second;
    ASSERT_FALSE(json_to_bson(R"({"a":1})", JsonDialect::extended, buffer, first));
    DocumentId id("", ids_);
    ASSERT_EQ(id.put(buffer, first), nullptr);
    const std::string before(buffer.view(first.begin, first.size));
    ASSERT_FALSE(json_to_bson(R"({"b":2})", JsonDialect::extended, buffer, second));
    ASSERT_EQ(id.put(buffer, second), nullptr);
    EXPECT_EQ(std::string(buffer.view(first.begin, first.size)), before);
    EXPECT_GE(second.begin, first.begin + first.size);
}

}  // namespace
}  // namespace bradawl::mongo
