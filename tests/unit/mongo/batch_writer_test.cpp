#include "fake_server.hpp"

namespace bradawl::mongo {
namespace {

TEST_F(BatchWriterTest, WritesEachDocumentOnce) {
    options_.batch = 10;
    add_numbers(0, 25);
    EXPECT_EQ(server_.sizes_, (std::vector<std::size_t>{10, 10}));
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.stored_.size(), 25U);
    EXPECT_EQ(writer().tally().written, 25U);
    EXPECT_EQ(server_.finds_, 0);
}

TEST_F(BatchWriterTest, SendsABatchWhenItHasManyBytes) {
    options_.batch_bytes = 100;
    add("{\"_id\":1,\"a\":\"" + std::string(200, 'x') + "\"}");
    EXPECT_EQ(server_.stored_.size(), 1U);
}

TEST_F(BatchWriterTest, RefusedDocumentsDoNotStopOthers) {
    server_.refused_[id(4)] = {0, 121, "DocumentValidationFailure", "failed validation", {}, false};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.stored_.size(), 9U);
    ASSERT_EQ(listener_.dead_.size(), 1U);
    EXPECT_EQ(listener_.dead_[0].json,
              "{\"line\":5,\"offset\":64,\"op\":\"insert\",\"ns\":\"d.c\",\"code\":121,\"codeName\":"
              "\"DocumentValidationFailure\",\"errmsg\":\"failed validation\",\"labels\":[],\"attempts\":1,"
              "\"ambiguous\":false,\"doc\":{\"_id\":4,\"a\":4}}\n");
}

TEST_F(BatchWriterTest, ADocumentsErrorThatPassesIsTriedAgain) {
    server_.refused_[id(4)] = {0, 112, "WriteConflict", "conflict", {}, false};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.sizes_, (std::vector<std::size_t>{10, 1}));
    EXPECT_EQ(writer().tally().written, 10U);
}

TEST_F(BatchWriterTest, ACommandRefusedAsAWholeIsDivided) {
    server_.most_ = 3;
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.stored_.size(), 10U);
    EXPECT_TRUE(listener_.dead_.empty());
}

TEST_F(BatchWriterTest, ADocumentRefusedAloneIsADeadLetter) {
    server_.most_ = 0;
    add_numbers(0, 4);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(listener_.dead_.size(), 4U);
}

TEST_F(BatchWriterTest, TheLastOfOneIdWins) {
    options_.operation = WriteOperation::upsert;
    server_.faults_ = {FakeServer::Fault{2, lost}};
    add(R"({"_id":1,"a":1})");
    add(R"({"_id":2,"a":2})");
    add(R"({"_id":1.0,"a":3})");
    EXPECT_EQ(flush(), 0);
    EXPECT_TRUE(server_.ordered_.at(0)) << "a number is the same _id as int and as double";
    EXPECT_EQ(writer().tally().written, 3U);
}

TEST_F(BatchWriterTest, UpsertsOfDifferentIdsNeedNoOrder) {
    options_.operation = WriteOperation::upsert;
    add_numbers(0, 700);
    for (int i = 0; i < 100; ++i)
        add("{\"a\":1}");
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.ordered_, std::vector<bool>{false});
}

TEST_F(BatchWriterTest, InOrderWhatStandsBehindAnErrorIsSentAgain) {
    options_.operation = WriteOperation::upsert;
    server_.refused_[id(2)] = {0, 121, "DocumentValidationFailure", "failed", {}, false};
    add(R"({"_id":1,"a":1})");
    add(R"({"_id":2,"a":2})");
    add(R"({"_id":1,"a":3})");
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(to_json(server_.stored_[id(1)]), R"({"_id":{"$numberInt":"1"},"a":{"$numberInt":"3"}})");
    EXPECT_EQ(listener_.dead_.size(), 1U);
    EXPECT_EQ(writer().tally().written, 2U);
}

TEST_F(BatchWriterTest, LinesThatAreNoDocumentsDoNotStopOthers) {
    add(R"({"_id":1})");
    add(R"({"a":)");
    add("");
    add("[1]");
    add(R"({"a":{"$oid":"x"}})");
    add("\xff");
    add(R"({"_id":[1]})");
    add(R"({"_id":{"$a":1}})");
    EXPECT_EQ(flush(), 0);
    ASSERT_EQ(listener_.dead_.size(), 6U);
    EXPECT_EQ(listener_.dead_[0].json,
              "{\"line\":2,\"offset\":10,\"op\":\"insert\",\"ns\":\"d.c\",\"code\":0,\"codeName\":\"\",\"errmsg\":"
              "\"text ends too early\",\"labels\":[],\"attempts\":0,\"ambiguous\":false,\"doc\":\"{\\\"a\\\":\"}\n");
    EXPECT_NE(listener_.dead_[2].json.find(R"("doc":{"a":{"$oid":"x"}}})"), std::string::npos);
    EXPECT_NE(listener_.dead_[3].json.find("\"doc\":\"\xef\xbf\xbd\"}"), std::string::npos);
    EXPECT_EQ(writer().tally().lines, 7U);
    EXPECT_EQ(server_.stored_.size(), 1U);
}

TEST_F(BatchWriterTest, StrictStopsAtTheFirstLineThatIsNoDocument) {
    options_.strict = true;
    add(R"({"_id":1})");
    try {
        add(R"({"_id":2,"a":x})");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::data);
        EXPECT_EQ(error.text(), "in:2:14: expected a value");
    }
    EXPECT_EQ(server_.stored_.size(), 1U) << "what stands before it is written";
}

TEST_F(BatchWriterTest, ALineThatIsTooLongIsADeadLetter) {
    writer().add({"{\"a\":\"xxx", 1, 0, true, "in"});
    ASSERT_EQ(listener_.dead_.size(), 1U);
    EXPECT_NE(listener_.dead_[0].json.find("\"doc\":null"), std::string::npos);
}

TEST_F(BatchWriterTest, ABatchLingersOnlySoLong) {
    EXPECT_EQ(writer().linger_left(), Duration::zero());
    add_numbers(0, 1);
    EXPECT_EQ(writer().linger_left(), std::chrono::milliseconds(20));
    clock_.now_ += std::chrono::milliseconds(15);
    EXPECT_EQ(writer().linger_left(), std::chrono::milliseconds(5));
    clock_.now_ += std::chrono::milliseconds(15);
    EXPECT_EQ(writer().linger_left(), Duration::zero());
}

}  // namespace
}  // namespace bradawl::mongo
