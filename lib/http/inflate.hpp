#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "http/gzip_header.hpp"

struct inflate_state;

namespace bradawl::http {

/// Turns a gzip body (RFC 1952) into its bytes as they arrive: everything that the sender flushed so far is handed
/// out at once, so a line is not held back. Members may follow one another and may be empty; zero bytes after a member
/// are ignored.
class Inflater {
public:
    /// `sink` gets pieces of at most 64 KiB.
    explicit Inflater(std::function<void(std::string_view)> sink);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Errors: CorruptGzip, when what came before the fault has been handed out.
    void feed(std::string_view compressed);

    /// Whether the body may end here: no member is unfinished. Nothing fed yet counts as complete.
    bool complete() const { return part_ == Part::none; }

private:
    enum class Part { none, header, data, trailer };

    void begin(std::string_view& rest);
    void header(std::string_view& rest);
    void data(std::string_view& rest);
    void trailer(std::string_view& rest);
    void hand_out(const void* bytes, std::size_t size);

    std::function<void(std::string_view)> sink_;
    std::unique_ptr<inflate_state> state_;
    std::vector<char> out_;
    GzipHeader header_;
    std::array<std::uint8_t, 8> trailer_{};
    std::size_t trailer_size_ = 0;
    Part part_ = Part::none;
    bool had_member_ = false;
};

}  // namespace bradawl::http
