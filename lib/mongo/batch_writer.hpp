#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "mongo/batch.hpp"
#include "mongo/dead_letter.hpp"
#include "mongo/document_id.hpp"
#include "mongo/options.hpp"
#include "mongo/outage.hpp"
#include "mongo/write_transport.hpp"

namespace bradawl::mongo {

/// What was done.
struct WriteTally {
    std::uint64_t lines = 0;  ///< blank ones not counted
    std::uint64_t written = 0;
    std::uint64_t dead = 0;
    std::uint64_t unsettled = 0;  ///< not written, or perhaps: the work ended before
    std::uint64_t unknown = 0;    ///< of these, sent without an answer
    std::uint64_t resent = 0;     ///< times that a document was sent again
    std::uint64_t batches = 0;
};

/// The tally in words.
std::string describe(const WriteTally& tally);

/// Hears of what is not written, and of retries.
class WriteListener : public RetryWatcher {
public:
    /// The document was refused, for good. Called once for each, before the batch's end.
    virtual void dead(const DeadLetter& letter) = 0;

    /// The work ends while this document is not known to be written.
    virtual void unsettled(const DeadLetter& letter) = 0;

    /// A batch is done.
    virtual void wrote(const WriteTally& tally) = 0;
};

/// Writes documents, each exactly once, through faults of the server and of the way to it.
///
/// A document that was sent without an answer is sent again. For an insert the server may then call it a duplicate:
/// that counts as written only if (1) it was sent without an answer before, by this writer, (2) the duplicate is of its
/// `_id`, and (3) a majority of the members has, under that `_id`, this document byte for byte. Documents with the same
/// `_id` are written in the order of their lines.
class BatchWriter {
public:
    BatchWriter(const WriteOptions& options, const RetryOptions& retries, WriteTransport& transport, Clock& clock,
                const Stop& stop, Random& random, WriteListener& listener);

    /// Takes a line; sends the batch when it is full. Blank lines are passed over. A line that is no document, or whose
    /// document can have no `_id`, is a dead letter; with `strict` Fault::data. Errors: as for flush().
    void add(const InputLine& line);

    /// Sends what was taken, and returns when each document has its fate; false when a stop was asked for while the
    /// server was away: what is left was given to WriteListener::unsettled.
    /// Errors, after the same: Fault::outcome_unknown when the fate of a document is unknown; Fault::unavailable when
    /// the server was away too long or refuses for good; Fault::permission.
    bool flush();

    bool empty() const { return batch_.size() == 0; }

    /// How long the open batch may still wait for more lines; zero when it is empty or has waited enough.
    Duration linger_left() const;

    const WriteTally& tally() const { return tally_; }

private:
    bool round();
    bool settle(const WriteAnswer& answer, std::size_t count);
    bool settle_failure(const Failure& failure, const WriteAnswer& answer, std::size_t count);
    void judge(std::size_t index, const WriteError& error);
    bool verify();
    bool look_up(const std::vector<std::size_t>& indexes, std::vector<std::string>& found);
    bool patient(const Failure& failure);
    void give_up(const Failure& failure);
    void written(std::size_t index);
    void bury(std::size_t index, int code, std::string_view code_name, std::string_view message,
              const std::vector<std::string>& labels);
    void reject(const InputLine& line, std::size_t column, const std::string& why);
    DeadLetter letter(std::size_t index) const;

    WriteOptions options_;
    WriteTransport& transport_;
    Clock& clock_;
    const Stop& stop_;
    WriteListener& listener_;
    ObjectIds ids_;
    DocumentId id_;
    Outage outage_;
    WriteTally tally_;
    Batch batch_;
    TimePoint opened_{};
    std::size_t most_ = 0;  // documents to send at once: less after a command was refused as a whole
    std::uint64_t resent_in_outage_ = 0;
    std::vector<std::size_t> pending_;   // indexes of the batch, in order
    std::vector<bool> settled_;          // by index of the batch
    std::vector<std::size_t> doubtful_;  // duplicates that may be our own
    std::vector<std::string_view> sending_;
    std::optional<Failure> wait_for_;  // a document's error that will pass
};

}  // namespace bradawl::mongo
