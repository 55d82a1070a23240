#pragma once

// A server that does what a test tells it, and a writer in front of it.

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "bytes.hpp"
#include "mongo/batch_writer.hpp"
#include "mongo/bson.hpp"

namespace bradawl::mongo {

using test::to_json;

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

inline const Failure lost{FailureKind::transient, 0, "", "connection lost", {}, true, false};
inline const Failure away{FailureKind::transient, 0, "", "no server", {}, false, true};

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

}  // namespace bradawl::mongo
