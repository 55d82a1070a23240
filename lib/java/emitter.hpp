#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "io/output.hpp"

namespace bradawl::java {

/// Lines of output through a buffer that hot code writes to without a call. A record becomes visible as a whole: what
/// was put since the last end_record() is held back until the next one, and drop_record() takes it back. Only a record
/// longer than `held` bytes goes out in pieces.
class Emitter {
public:
    /// The most bytes that one reserve() can ask for.
    static constexpr std::size_t longest_piece = 4096;

    /// How much of an unfinished record is held back.
    static constexpr std::size_t held = 1 << 20;

    /// `limit`: the most bytes that may be written in all; beyond them Fault::data.
    explicit Emitter(io::Output& out, std::uint64_t limit = ~std::uint64_t{0}) : Emitter(&out, limit) {}

    /// Keeps everything in memory, for whole() to be taken.
    Emitter() : Emitter(nullptr, ~std::uint64_t{0}) {}

    Emitter(const Emitter&) = delete;
    Emitter& operator=(const Emitter&) = delete;

    /// Room for `n` bytes, at most longest_piece: write there, then commit() the end of what was written.
    /// Errors: those of io::Output, and Fault::data beyond the limit.
    char* reserve(std::size_t n) {
        if (static_cast<std::size_t>(end_ - at_) < n) [[unlikely]]
            make_room();
        return at_;
    }
    void commit(char* end) { at_ = end; }

    void put(char c) {
        *reserve(1) = c;
        ++at_;
    }

    /// Any length.
    void put(std::string_view text);

    /// Takes back the last byte of the record, such as a comma too many. At least one must have been put since the last
    /// end_record().
    void unput() { --at_; }

    /// What was put since the last end_record(), unless part of it is torn() off; valid until more is put.
    std::string_view unfinished() const { return {mark_, static_cast<std::size_t>(at_ - mark_)}; }

    /// Ends the record with a line feed.
    void end_record();

    /// Whole records that are spelled already.
    void put_records(std::string_view lines);

    /// Takes back what was put since the last end_record(). Of a record that went out in part, the rest; its line is
    /// then ended so that the next one begins on its own.
    void drop_record();

    /// Hands the whole records to the system. Called before any wait.
    void flush();

    /// Without an output: the whole records, until more is put or clear() is called.
    std::string_view whole() const { return {buffer_.get(), static_cast<std::size_t>(mark_ - buffer_.get())}; }
    void clear() { at_ = mark_ = buffer_.get(); }

    /// Whether part of the record in work went out already.
    bool torn() const { return torn_; }

    /// Bytes put so far, in all records.
    std::uint64_t size() const { return gone_ + static_cast<std::uint64_t>(at_ - buffer_.get()); }

    /// Flushes after every record from now on.
    void set_line_buffered(bool on) { line_buffered_ = on; }

private:
    Emitter(io::Output* out, std::uint64_t limit);
    void make_room();
    void write_out(std::size_t n);
    [[noreturn]] void refuse_beyond_limit(std::string_view text);

    io::Output* out_;  // null: everything stays
    std::uint64_t limit_;
    std::unique_ptr<char[]> buffer_;
    std::size_t capacity_;
    char* at_;
    char* end_;
    char* mark_;              // the end of the whole records
    std::uint64_t gone_ = 0;  // bytes that have left the buffer
    bool torn_ = false;
    bool line_buffered_ = false;
};

}  // namespace bradawl::java
