#include "mongo/batch_writer.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "core/error.hpp"
#include "mongo/bson.hpp"
#include "text/printable.hpp"
#include "text/quantity.hpp"

namespace bradawl::mongo {
namespace {

constexpr int duplicate_key = 11000;

// A document that another writer keeps inserting and deleting between our tries is not worth more of them.
constexpr unsigned most_clashes = 20;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == text.npos;
}

std::string count_of(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " document" : " documents");
}

}  // namespace

BatchWriter::BatchWriter(const WriteOptions& options, const RetryOptions& retries, WriteTransport& transport,
                         Clock& clock, const Stop& stop, Random& random, WriteListener& listener)
    : options_(options),
      transport_(transport),
      clock_(clock),
      stop_(stop),
      listener_(listener),
      ids_(clock, random),
      id_(options.id_from, ids_),
      outage_(retries, clock, stop, random, listener),
      most_(options.batch) {
    if (options.batch == 0) throw Error(Fault::usage, "--batch: must be at least 1");
}

void BatchWriter::add(const InputLine& line) {
    if (!line.too_long && is_blank(line.text)) return;
    ++tally_.lines;
    if (line.too_long) return reject(line, 0, "line longer than " + text::describe_size(options_.line_limit));
    MadeDocument made;
    const auto dialect = options_.legacy ? JsonDialect::legacy : JsonDialect::extended;
    if (const auto problem = json_to_bson(line.text, dialect, batch_.documents(), made)) {
        return reject(line, problem->offset + 1, problem->what);
    }
    if (const char* const why = id_.put(batch_.documents(), made)) return reject(line, 0, why);
    if (empty()) opened_ = clock_.now();
    batch_.add(line, made);
    if (batch_.size() >= options_.batch || batch_.bytes() >= options_.batch_bytes) flush();
}

Duration BatchWriter::linger_left() const {
    if (empty()) return Duration::zero();
    return std::max(Duration::zero(), options_.linger - (clock_.now() - opened_));
}

bool BatchWriter::flush() {
    if (empty()) return true;
    ++tally_.batches;
    settled_.assign(batch_.size(), false);
    pending_.resize(batch_.size());
    for (std::size_t i = 0; i < pending_.size(); ++i)
        pending_[i] = i;
    bool good = true;
    while (good && !pending_.empty()) {
        good = round();
        std::erase_if(pending_, [this](std::size_t index) { return settled_[index]; });
    }
    batch_.clear();
    listener_.wrote(tally_);
    return good;
}

// Sends as many pending documents as may go at once, and notes what became of them. False: the work is given up.
bool BatchWriter::round() {
    const std::size_t count = std::min(most_, pending_.size());
    sending_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        Batch::Entry& entry = batch_.entry(pending_[i]);
        if (entry.attempts++ > 0) {
            ++tally_.resent;
            ++resent_in_outage_;
        }
        sending_.push_back(batch_.document(pending_[i]));
    }
    doubtful_.clear();
    wait_for_.reset();
    const WriteAnswer answer = options_.operation == WriteOperation::insert
                                   ? transport_.insert(sending_)
                                   : transport_.upsert(sending_, batch_.has_repeated_id());
    if (answer.failure) return settle_failure(*answer.failure, answer, count);
    return settle(answer, count);
}

// The server answered for every document.
bool BatchWriter::settle(const WriteAnswer& answer, std::size_t count) {
    const bool ordered = options_.operation == WriteOperation::upsert && batch_.has_repeated_id();
    // In order, the first error ends the command: what stands behind it was not tried.
    std::size_t tried = count;
    std::vector<bool> has_error(count, false);
    for (const WriteError& error : answer.errors) {
        if (error.index >= count) continue;
        has_error[error.index] = true;
        if (ordered) tried = std::min(tried, error.index + 1);
    }
    for (std::size_t i = 0; i < tried; ++i) {
        if (has_error[i]) continue;
        if (answer.unconfirmed) {
            batch_.entry(pending_[i]).ambiguous = true;
        } else {
            written(pending_[i]);
        }
    }
    for (const WriteError& error : answer.errors) {
        if (error.index < count) judge(pending_[error.index], error);
    }
    most_ = std::min<std::size_t>(most_ * 2, options_.batch);
    if (!verify()) return false;
    if (answer.unconfirmed) return patient(*answer.unconfirmed);
    if (wait_for_) return patient(*wait_for_);
    outage_.over(resent_in_outage_);
    resent_in_outage_ = 0;
    return true;
}

// The command failed as a whole, or its answer was lost.
bool BatchWriter::settle_failure(const Failure& failure, const WriteAnswer& answer, std::size_t count) {
    if (failure.uncertain) {
        for (std::size_t i = 0; i < count; ++i)
            batch_.entry(pending_[i]).ambiguous = true;
    }
    for (const WriteError& error : answer.errors) {
        // A definite answer from the part of the command that did get one.
        if (error.index < count) judge(pending_[error.index], error);
    }
    if (failure.kind == FailureKind::data) {
        // One document may spoil the whole: fewer at a time, until it is alone.
        if (count == 1) {
            bury(pending_[0], failure.code, failure.code_name, failure.message, failure.labels);
        } else {
            most_ = std::max<std::size_t>(1, count / 2);
        }
        return true;
    }
    return patient(failure);
}

// Decides on a document that the server has a definite error for.
void BatchWriter::judge(std::size_t index, const WriteError& error) {
    const Batch::Entry& entry = batch_.entry(index);
    const bool clash = error.code == duplicate_key && error.on_id;
    if (clash && options_.operation == WriteOperation::insert && entry.ambiguous) {
        doubtful_.push_back(index);
        return;
    }
    // Two upserts of a new `_id` at the same time: the one that comes second finds it there when it tries again.
    if (clash && options_.operation == WriteOperation::upsert && entry.attempts < most_clashes) return;
    if (kind_of(error.code, error.labels) == FailureKind::transient) {
        wait_for_ = Failure{FailureKind::transient,
                            error.code,
                            error.code_name,
                            text::printable(error.message, 300),
                            error.labels,
                            false,
                            false};
        return;
    }
    bury(index, error.code, error.code_name, error.message, error.labels);
}

// Looks whether the duplicates among the documents that were sent without an answer are our own.
bool BatchWriter::verify() {
    if (doubtful_.empty()) return true;
    std::vector<std::string> found;
    if (!look_up(doubtful_, found)) return false;
    const std::unordered_set<std::string_view> stored(found.begin(), found.end());
    for (const std::size_t index : doubtful_) {
        if (stored.contains(batch_.document(index))) {
            written(index);
            continue;
        }
        std::vector<std::string> other;
        if (!look_up({index}, other)) return false;
        if (!other.empty() && other.front() == batch_.document(index)) {
            written(index);
        } else if (!other.empty()) {
            bury(index, duplicate_key, name_of(duplicate_key), "duplicate: another document has this _id", {});
        } else {
            // Written on the primary, but not yet, or no more, on a majority. Only sending it again will tell.
            wait_for_ = Failure{
                FailureKind::transient, 0, {}, "a write is not yet on a majority of the members", {}, true, false};
        }
    }
    return true;
}

bool BatchWriter::look_up(const std::vector<std::size_t>& indexes, std::vector<std::string>& found) {
    sending_.clear();
    for (const std::size_t index : indexes)
        sending_.push_back(batch_.document(index));
    for (;;) {
        found.clear();
        const std::optional<Failure> failure = transport_.find(sending_, found);
        if (!failure) return true;
        if (!patient(*failure)) return false;
    }
}

// After a failure: true when the same may be tried again now. Otherwise the work is over.
bool BatchWriter::patient(const Failure& failure) {
    if (failure.kind == FailureKind::transient && outage_.again(failure)) return true;
    give_up(failure);
    return false;
}

void BatchWriter::give_up(const Failure& failure) {
    std::uint64_t unknown = 0;
    std::uint64_t left = 0;
    for (const std::size_t index : pending_) {
        if (settled_[index]) continue;
        DeadLetter one = letter(index);
        one.code = failure.code;
        one.code_name = failure.code_name;
        one.message = failure.message;
        one.labels = failure.labels;
        one.ambiguous = batch_.entry(index).ambiguous;
        listener_.unsettled(one);
        ++left;
        unknown += one.ambiguous ? 1 : 0;
    }
    tally_.unsettled += left;
    tally_.unknown += unknown;
    if (stop_.requested()) return;
    std::string more;
    if (failure.kind == FailureKind::transient && outage_.attempts() > 1) {
        more = "gave up after " + text::describe_duration(outage_.lasted()) + ": ";
    }
    if (left > unknown) more += count_of(left - unknown) + " not written";
    if (unknown > 0)
        more += std::string(left > unknown ? ", " : "") + "the fate of " + count_of(unknown) + " is unknown";
    const Error error = to_error(failure, "cannot write to " + options_.into, more);
    throw Error(unknown > 0 ? Fault::outcome_unknown : error.fault(), error.text(), error.hint());
}

void BatchWriter::written(std::size_t index) {
    settled_[index] = true;
    ++tally_.written;
}

DeadLetter BatchWriter::letter(std::size_t index) const {
    const Batch::Entry& entry = batch_.entry(index);
    DeadLetter one;
    one.line = entry.line;
    one.offset = entry.offset;
    one.source = entry.source;
    one.operation = options_.operation;
    one.name_space = options_.into;
    one.attempts = entry.attempts;
    one.text = batch_.text(index);
    return one;
}

void BatchWriter::bury(std::size_t index, int code, std::string_view code_name, std::string_view message,
                       const std::vector<std::string>& labels) {
    settled_[index] = true;
    ++tally_.dead;
    DeadLetter one = letter(index);
    one.code = code;
    one.code_name = code_name;
    one.message = message;
    one.labels = labels;
    listener_.dead(one);
}

void BatchWriter::reject(const InputLine& line, std::size_t column, const std::string& why) {
    DeadLetter one;
    one.line = line.number;
    one.offset = line.offset;
    one.column = column;
    one.source = line.source;
    one.operation = options_.operation;
    one.name_space = options_.into;
    one.message = why;
    one.text = line.text;
    one.cut = line.too_long;
    if (options_.strict) {
        // What stands before the line is good, and goes first.
        flush();
        throw Error(Fault::data, describe(one));
    }
    ++tally_.dead;
    listener_.dead(one);
}

std::string describe(const WriteTally& tally) {
    std::string text = count_of(tally.written) + " written";
    if (tally.dead > 0) text += ", " + std::to_string(tally.dead) + " refused";
    if (tally.unsettled > 0) text += ", " + std::to_string(tally.unsettled) + " left";
    if (tally.unknown > 0) text += " (" + std::to_string(tally.unknown) + " of unknown fate)";
    if (tally.resent > 0) text += ", " + std::to_string(tally.resent) + " sent again";
    return text;
}

}  // namespace bradawl::mongo
