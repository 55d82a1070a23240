#include "mongo/batch_writer.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "bytes.hpp"
#include "mongo/bson.hpp"

namespace bradawl::mongo {
namespace {

using test::to_json;

// Time that passes only when somebody sleeps.
class FakeClock : public Clock {
public:
    TimePoint now() const override { return now_; }
    WallTime wall() const override { return WallTime{std::chrono::milliseconds(1'700'000'000'000)}; }
    bool sleep(Duration time) override {
        now_ += time;
        return !stop_at_sleep_;
    }
    bool stop_at_sleep_ = false;
    TimePoint now_{};
};

// A server in memory that fails when it is told to.
class FakeServer : public WriteTransport {
public:
    // What happens to the next command: `applies` documents of it, then the failure.
    struct Fault {
        std::size_t applies = 0;
        Failure failure;
    };

    WriteAnswer insert(std::span<const std::string_view> documents) override {
        return run(documents, false, [this](std::string_view document) { return put(document, false); });
    }
    WriteAnswer upsert(std::span<const std::string_view> documents, bool ordered) override {
        ordered_.push_back(ordered);
        return run(documents, ordered, [this](std::string_view document) { return put(document, true); });
    }
    std::optional<Failure> find(std::span<const std::string_view> documents, std::vector<std::string>& found) override {
        ++finds_;
        if (!find_faults_.empty()) {
            const Failure failure = find_faults_.front();
            find_faults_.pop_front();
            return failure;
        }
        for (const std::string_view document : documents) {
            const auto at = stored_.find(id_of(document));
            if (at != stored_.end() && !hidden_.contains(at->first)) found.push_back(at->second);
        }
        return std::nullopt;
    }

    static std::string id_of(std::string_view document) { return std::string(find_element(document, "_id").bytes); }

    std::deque<std::optional<Fault>> faults_;  // for the commands to come; empty ones pass
    std::deque<Failure> find_faults_;
    std::deque<std::optional<Failure>> unconfirmed_;
    std::map<std::string, WriteError> refused_;  // by `_id` element
    std::set<std::string> hidden_;               // stored, but not on a majority
    std::set<std::string> other_index_;          // clash on another index than that of `_id`
    std::map<std::string, std::string> stored_;
    std::vector<std::size_t> sizes_;
    std::vector<bool> ordered_;
    std::size_t most_ = 100000;  // larger commands are refused as a whole
    int finds_ = 0;
    int applied_ = 0;

private:
    std::optional<WriteError> put(std::string_view document, bool replace) {
        const std::string id = id_of(document);
        if (const auto at = refused_.find(id); at != refused_.end()) {
            WriteError error = at->second;
            // One that passes is over the next time.
            if (kind_of(error.code) == FailureKind::transient) refused_.erase(at);
            return error;
        }
        if (!replace && stored_.contains(id)) {
            WriteError error;
            error.code = 11000;
            error.message = "E11000 duplicate key";
            error.on_id = !other_index_.contains(id);
            return error;
        }
        stored_[id] = document;
        ++applied_;
        return std::nullopt;
    }

    WriteAnswer run(std::span<const std::string_view> documents, bool ordered,
                    const std::function<std::optional<WriteError>(std::string_view)>& one) {
        sizes_.push_back(documents.size());
        WriteAnswer answer;
        if (documents.size() > most_) {
            answer.failure = Failure{FailureKind::data, 2, "BadValue", "too many", {}, false, false};
            return answer;
        }
        std::optional<Fault> fault;
        if (!faults_.empty()) {
            fault = faults_.front();
            faults_.pop_front();
        }
        const std::size_t reach = fault ? std::min(fault->applies, documents.size()) : documents.size();
        for (std::size_t i = 0; i < reach; ++i) {
            auto error = one(documents[i]);
            if (!error) continue;
            error->index = i;
            answer.errors.push_back(*error);
            if (ordered) break;
        }
        if (fault) {
            answer.errors.clear();
            answer.failure = fault->failure;
        } else if (!unconfirmed_.empty()) {
            answer.unconfirmed = unconfirmed_.front();
            unconfirmed_.pop_front();
        }
        return answer;
    }
};

class Listener : public WriteListener {
public:
    void dead(const DeadLetter& letter) override { dead_.push_back(copy(letter)); }
    void unsettled(const DeadLetter& letter) override { unsettled_.push_back(copy(letter)); }
    void wrote(const WriteTally&) override {}
    void retrying(const Failure& why, unsigned, Duration, Duration) override { retries_.push_back(why.message); }
    void recovered(Duration outage, std::uint64_t resent) override {
        outage_ = outage;
        resent_ = resent;
    }

    struct Copy {
        std::uint64_t line;
        int code;
        unsigned attempts;
        bool ambiguous;
        std::string json;
    };
    static Copy copy(const DeadLetter& letter) {
        std::string json;
        append_dead_letter(letter, json);
        return {letter.line, letter.code, letter.attempts, letter.ambiguous, json};
    }
    std::vector<Copy> dead_;
    std::vector<Copy> unsettled_;
    std::vector<std::string> retries_;
    Duration outage_{};
    std::uint64_t resent_ = 0;
};

const Failure lost{FailureKind::transient, 0, "", "connection lost", {}, true, false};
const Failure away{FailureKind::transient, 0, "", "no server", {}, false, true};

class BatchWriterTest : public testing::Test {
protected:
    BatchWriter& writer() {
        if (!writer_) {
            options_.into = "d.c";
            writer_.emplace(options_, retries_, server_, clock_, stop_, random_, listener_);
        }
        return *writer_;
    }
    void add(const std::string& text) {
        writer().add({text, ++lines_, offset_, false, "in"});
        offset_ += text.size() + 1;
    }
    void add_numbers(int from, int to) {
        for (int i = from; i < to; ++i)
            add("{\"_id\":" + std::to_string(i) + ",\"a\":" + std::to_string(i) + "}");
    }
    // How the work ends: 0, or the error's exit code.
    int flush() {
        try {
            writer().flush();
        } catch (const Error& error) {
            text_ = error.text();
            return exit_code(error.fault());
        }
        return 0;
    }
    static std::string id(int number) {
        return FakeServer::id_of(test::to_bson("{\"_id\":" + std::to_string(number) + "}"));
    }

    WriteOptions options_;
    RetryOptions retries_;
    FakeServer server_;
    FakeClock clock_;
    Stop stop_;
    Random random_{42};
    Listener listener_;
    std::optional<BatchWriter> writer_;
    std::uint64_t lines_ = 0;
    std::uint64_t offset_ = 0;
    std::string text_;
};

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
