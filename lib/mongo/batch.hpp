#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mongo/byte_buffer.hpp"
#include "mongo/json_to_bson.hpp"

namespace bradawl::mongo {

/// A line of input.
struct InputLine {
    std::string_view text;     ///< without its line end
    std::uint64_t number = 0;  ///< from 1
    std::uint64_t offset = 0;  ///< of its first byte in its file
    bool too_long = false;     ///< `text` is only its beginning
    std::string_view source;   ///< its file, for messages; must outlive the batch
};

/// The documents that are sent together, with the lines that they were made of. Its memory is kept for the next batch.
class Batch {
public:
    struct Entry {
        std::uint64_t line = 0;
        std::uint64_t offset = 0;
        std::string_view source;
        std::size_t text_begin = 0;
        std::size_t text_size = 0;
        std::size_t begin = 0;
        std::size_t size = 0;
        unsigned attempts = 0;
        bool ambiguous = false;  ///< was sent at least once without an answer
    };

    /// Where the next document is made, before add().
    ByteBuffer& documents() { return documents_; }

    /// Adds the document that was made last, whose bytes begin with its `_id`.
    void add(const InputLine& line, const MadeDocument& made);
    void clear();

    std::size_t size() const { return entries_.size(); }
    std::size_t bytes() const { return documents_.size() > texts_.size() ? documents_.size() : texts_.size(); }
    Entry& entry(std::size_t index) { return entries_[index]; }
    const Entry& entry(std::size_t index) const { return entries_[index]; }
    std::string_view document(std::size_t index) const {
        return documents_.view(entries_[index].begin, entries_[index].size);
    }
    std::string_view text(std::size_t index) const {
        return std::string_view(texts_).substr(entries_[index].text_begin, entries_[index].text_size);
    }

    /// Whether two documents may have the same `_id`, so that their order matters.
    bool has_repeated_id() const { return repeated_id_; }

private:
    void note_id(std::string_view document);
    void grow_ids();

    ByteBuffer documents_;
    std::string texts_;
    std::vector<Entry> entries_;
    std::vector<std::uint64_t> ids_;  // hashes of the `_id`s, open addressing, 0: free; its size is a power of 2
    bool repeated_id_ = false;
};

}  // namespace bradawl::mongo
