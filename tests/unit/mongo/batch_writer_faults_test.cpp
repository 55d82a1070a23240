#include "fake_server.hpp"

namespace bradawl::mongo {
namespace {

TEST_F(BatchWriterTest, ALostAnswerIsNoDuplicate) {
    server_.faults_ = {FakeServer::Fault{6, lost}};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.applied_, 10);
    EXPECT_EQ(writer().tally().written, 10U);
    EXPECT_TRUE(listener_.dead_.empty());
    EXPECT_EQ(server_.finds_, 1);
    EXPECT_EQ(listener_.resent_, 10U);
    EXPECT_EQ(listener_.retries_, std::vector<std::string>{"connection lost"});
}

TEST_F(BatchWriterTest, ADuplicateThatWasNeverInDoubtIsADeadLetter) {
    server_.stored_[id(3)] = test::to_bson(R"({"_id":3,"a":3})");
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    ASSERT_EQ(listener_.dead_.size(), 1U) << "although it is the same byte for byte: another wrote it";
    EXPECT_EQ(listener_.dead_[0].line, 4U);
    EXPECT_EQ(listener_.dead_[0].code, 11000);
    EXPECT_EQ(server_.finds_, 0);
    EXPECT_EQ(writer().tally().written, 9U);
}

TEST_F(BatchWriterTest, AFailureBeforeSendingLeavesNoDoubt) {
    server_.stored_[id(3)] = test::to_bson(R"({"_id":3,"a":3})");
    server_.faults_ = {FakeServer::Fault{0, away}};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(listener_.dead_.size(), 1U);
    EXPECT_EQ(server_.finds_, 0);
}

TEST_F(BatchWriterTest, ADuplicateInDoubtWithOtherBytesIsADeadLetter) {
    server_.stored_[id(3)] = test::to_bson(R"({"_id":3,"a":"another"})");
    server_.faults_ = {FakeServer::Fault{0, lost}};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    ASSERT_EQ(listener_.dead_.size(), 1U);
    EXPECT_EQ(listener_.dead_[0].line, 4U);
    EXPECT_FALSE(listener_.dead_[0].ambiguous);
    EXPECT_EQ(to_json(server_.stored_[id(3)]), R"({"_id":{"$numberInt":"3"},"a":"another"})");
}

TEST_F(BatchWriterTest, ADuplicateInDoubtOnAnotherIndexIsADeadLetter) {
    server_.faults_ = {FakeServer::Fault{10, lost}};
    server_.other_index_ = {id(3)};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    ASSERT_EQ(listener_.dead_.size(), 1U);
    EXPECT_EQ(listener_.dead_[0].line, 4U);
}

TEST_F(BatchWriterTest, ADuplicateInDoubtCountsOnlyOnAMajority) {
    server_.faults_ = {FakeServer::Fault{10, lost}};
    server_.hidden_ = {id(3)};
    retries_.retry_for = std::chrono::seconds(5);
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 76);
    EXPECT_EQ(writer().tally().written, 9U);
    ASSERT_EQ(listener_.unsettled_.size(), 1U);
    EXPECT_EQ(listener_.unsettled_[0].line, 4U);
    EXPECT_TRUE(listener_.unsettled_[0].ambiguous);
    EXPECT_GT(listener_.unsettled_[0].attempts, 3U);
}

TEST_F(BatchWriterTest, AFailedLookIsTriedAgain) {
    server_.faults_ = {FakeServer::Fault{10, lost}};
    server_.find_faults_ = {lost, away};
    add_numbers(0, 10);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.finds_, 3);
    EXPECT_EQ(writer().tally().written, 10U);
}

TEST_F(BatchWriterTest, WhatAMajorityHasNotConfirmedIsNotWritten) {
    server_.unconfirmed_ = {Failure{FailureKind::transient, 64, "WriteConcernFailed", "waiting", {}, true, false}};
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 0);
    EXPECT_EQ(server_.sizes_.size(), 2U);
    EXPECT_EQ(server_.finds_, 1);
    EXPECT_EQ(writer().tally().written, 3U);
}

TEST_F(BatchWriterTest, AnUnmeetableConcernEndsWithTheFateUnknown) {
    server_.unconfirmed_ = {Failure{FailureKind::refused, 100, "UnsatisfiableWriteConcern", "never", {}, true, false}};
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 76);
    EXPECT_EQ(writer().tally().unknown, 3U);
}

TEST_F(BatchWriterTest, GivesUpWhenTheTimeIsOver) {
    retries_.retry_for = std::chrono::seconds(10);
    server_.faults_.assign(1000, FakeServer::Fault{0, lost});
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 76);
    EXPECT_GE(clock_.now_ - TimePoint(), std::chrono::seconds(10));
    EXPECT_LT(clock_.now_ - TimePoint(), std::chrono::seconds(11));
    EXPECT_EQ(listener_.unsettled_.size(), 3U);
    EXPECT_NE(listener_.unsettled_[2].json.find(R"("ambiguous":true,"doc":{"_id":2,"a":2})"), std::string::npos);
    EXPECT_NE(text_.find("the fate of 3 documents is unknown"), std::string::npos) << text_;
}

TEST_F(BatchWriterTest, NothingIsUnknownWhenNothingWasSent) {
    retries_.retry_for = std::chrono::seconds(10);
    server_.faults_.assign(1000, FakeServer::Fault{0, away});
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 69);
    EXPECT_EQ(writer().tally().unknown, 0U);
    EXPECT_EQ(writer().tally().unsettled, 3U);
    EXPECT_LT(server_.sizes_.size(), 1000U);
}

TEST_F(BatchWriterTest, RetriesCanBeOff) {
    retries_.retry_for = Duration::zero();
    server_.faults_ = {FakeServer::Fault{0, away}};
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 69);
    EXPECT_EQ(server_.sizes_.size(), 1U);
}

TEST_F(BatchWriterTest, PermissionIsNotTriedAgain) {
    server_.faults_ = {FakeServer::Fault{0, {FailureKind::permission, 13, "Unauthorized", "no", {}, false, false}}};
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 77);
    EXPECT_EQ(server_.sizes_.size(), 1U);
}

TEST_F(BatchWriterTest, RefusalForGoodIsNotTriedAgain) {
    server_.faults_ = {FakeServer::Fault{0, {FailureKind::refused, 73, "InvalidNamespace", "no", {}, false, false}}};
    add_numbers(0, 3);
    EXPECT_EQ(flush(), 69);
    EXPECT_EQ(server_.sizes_.size(), 1U);
}

TEST_F(BatchWriterTest, AStopEndsAnOutage) {
    server_.faults_.assign(1000, FakeServer::Fault{1, lost});
    add_numbers(0, 3);
    stop_.request(15);
    EXPECT_FALSE(writer().flush());
    EXPECT_EQ(listener_.unsettled_.size(), 3U);
    EXPECT_TRUE(writer().empty());
}

// Any row of faults, at any place, leaves each document exactly once. The seed is printed with a failure.
TEST(BatchWriterFaults, AnyRowOfFaultsLeavesEachDocumentOnce) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        FakeServer server;
        FakeClock clock;
        Stop stop;
        Listener listener;
        WriteOptions options;
        options.into = "d.c";
        options.batch = 1 + random.next() % 40;
        options.operation = seed % 2 != 0 ? WriteOperation::insert : WriteOperation::upsert;
        for (int i = 0; i < 60; ++i) {
            const std::uint64_t kind = random.next() % 4;
            if (kind == 0) {
                server.faults_.push_back(std::nullopt);
            } else {
                server.faults_.push_back(
                    FakeServer::Fault{kind == 1 ? 0 : random.next() % 41, kind == 1 ? away : lost});
            }
            if (random.next() % 3 == 0) server.find_faults_.push_back(lost);
        }
        BatchWriter writer(options, {std::chrono::hours(1)}, server, clock, stop, random, listener);
        for (std::uint64_t i = 0; i < 500; ++i) {
            writer.add({"{\"a\":" + std::to_string(i) + "}", i + 1, i, false, "in"});
        }
        ASSERT_TRUE(writer.flush());
        EXPECT_EQ(server.stored_.size(), 500U);
        EXPECT_EQ(writer.tally().written, 500U);
        EXPECT_TRUE(listener.dead_.empty());
    }
}

}  // namespace
}  // namespace bradawl::mongo
