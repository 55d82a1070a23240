#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mongo/client.hpp"
#include "mongo/failure.hpp"
#include "mongo/options.hpp"

namespace bradawl::mongo {

/// What a server says of one document that it did not write.
struct WriteError {
    std::size_t index = 0;  ///< of the document in what was sent
    int code = 0;
    std::string code_name;
    std::string message;
    std::vector<std::string> labels;
    bool on_id = false;  ///< of a duplicate key: the key is `_id`
};

/// What became of the documents of one command. Those without an entry in `errors` are written when there is no
/// `failure`; with one, nothing is known of them, or, when it is not uncertain, they are not written.
struct WriteAnswer {
    std::vector<WriteError> errors;
    std::optional<Failure> failure;
    std::optional<Failure> unconfirmed;  ///< written, but not yet on as many members as asked for
};

/// The server as a writer of batches sees it; a test puts another in its place. Documents are BSON with `_id` first.
class WriteTransport {
public:
    virtual ~WriteTransport() = default;

    /// Inserts in no order: an error of one document does not keep the others from being written.
    virtual WriteAnswer insert(std::span<const std::string_view> documents) = 0;

    /// Puts each document in the place of the one with its `_id`, or inserts it. `ordered`: one after the other, up to
    /// the first error.
    virtual WriteAnswer upsert(std::span<const std::string_view> documents, bool ordered) = 0;

    /// Appends to `found` those stored documents that have the `_id` of one of `documents`, as a majority has them.
    virtual std::optional<Failure> find(std::span<const std::string_view> documents,
                                        std::vector<std::string>& found) = 0;
};

/// The real one: writes to `into` with write concern majority unless the connection string says another.
/// Errors: Fault::usage when `into` is not DB.COLLECTION.
std::unique_ptr<WriteTransport> write_transport(Client& client, const WriteOptions& options);

}  // namespace bradawl::mongo
