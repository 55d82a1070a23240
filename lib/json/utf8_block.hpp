#pragma once

// Private to the scanners that have no vector code for UTF-8.

#include "json/block.hpp"
#include "json/utf8.hpp"

namespace bradawl::json {
namespace {

// UTF-8 byte by byte, over the blocks that hold bytes over 0x7f.
class Utf8ByBytes {
public:
    explicit Utf8ByBytes(const Stretch& stretch) noexcept : stretch_(stretch) {}

    // `last`: nothing follows the `size` bytes at `offset`, so no sequence may stay open.
    template <class Block>
    bool wrong(const Block&, std::size_t offset, std::size_t size, bool last) const noexcept {
        const auto* at = reinterpret_cast<const unsigned char*>(stretch_.begin) + offset;
        const unsigned char* const end = at + size;
        at -= open_before(at, stretch_.before + offset);
        while (at != end) {
            const int length = utf8_sequence(at, static_cast<std::size_t>(end - at));
            if (length < 0) return last;
            if (length == 0) return true;
            at += length;
        }
        return false;
    }

    template <class Block>
    void skip(const Block&) const noexcept {}

private:
    // How many of the bytes in front of `at` belong to a sequence that is still open there.
    static std::size_t open_before(const unsigned char* at, std::size_t before) noexcept {
        for (std::size_t back = 1; back <= 3 && back <= before; ++back) {
            const unsigned byte = at[-static_cast<std::ptrdiff_t>(back)];
            if (byte < 0x80) return 0;
            if (byte >= 0xc0) return utf8_sequence(at - back, back) < 0 ? back : 0;
        }
        return 0;
    }

    const Stretch& stretch_;
};

}  // namespace
}  // namespace bradawl::json
