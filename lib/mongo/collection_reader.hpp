#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/random.hpp"
#include "core/stop.hpp"
#include "mongo/client.hpp"
#include "mongo/options.hpp"
#include "mongo/outage.hpp"

namespace bradawl::mongo {

/// Takes the documents that a reader finds.
struct DocumentSink {
    /// The next document, as BSON; valid during the call. It is never handed out again.
    std::function<void(std::string_view bson)> document;

    /// The next document may take a while: what is held back should be shown.
    std::function<void()> pause;
};

/// What stands in the way of going on after a lost cursor.
enum class Resume {
    by_id,  ///< nothing: the order is that of `_id`
    never,  ///< the order is another, or retries are off
};

/// Reads one collection.
class CollectionReader {
public:
    /// Errors: Fault::usage for options that are no documents or no DB.COLLECTION.
    CollectionReader(const FindOptions& options, const RetryOptions& retries, Client& client, Clock& clock,
                     const Stop& stop, Random& random, RetryWatcher& watcher);

    /// Hands every document that is found to `sink` and returns how many; ends early when a stop is asked for.
    ///
    /// While retries are on and no order is asked for, documents come by `_id`, and a lost cursor is opened again
    /// behind the last document: none is skipped and none comes twice. With another order this works until the first
    /// document has come. Errors: Fault::again when a cursor is lost that cannot be opened again; Fault::unavailable;
    /// Fault::permission.
    std::uint64_t read(const DocumentSink& sink);

    /// How many documents there are. Errors: Fault::unavailable, Fault::permission.
    std::uint64_t count();

    /// Whether the `_id` is read for the sake of going on, but was not asked for: it should not be printed.
    bool has_extra_id() const { return extra_id_; }

private:
    bool read_on(const DocumentSink& sink, Failure& failure);
    std::string filter_after_last() const;
    std::string read_options() const;
    [[noreturn]] void give_up(const Failure& failure) const;

    FindOptions options_;
    Client& client_;
    const Stop& stop_;
    Outage outage_;
    std::string filter_;
    std::string sort_;
    std::string projection_;
    Resume resume_ = Resume::never;
    bool extra_id_ = false;
    std::uint64_t delivered_ = 0;
    std::string last_id_;  // the `_id` element of the last document handed out
};

}  // namespace bradawl::mongo
