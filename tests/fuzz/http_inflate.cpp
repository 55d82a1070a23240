// The inflater with a body cut at random against zlib over the whole body: they call the same bodies complete and make
// the same bytes of them. Of others one may tell the fault sooner than the other, and has then made less.

#include <zlib.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "http/inflate.hpp"

namespace {

constexpr std::size_t most = 1 << 17;  // of output: a fuzzer that finds bombs finds nothing else

struct Inflated {
    std::string text;
    enum class End { complete, unfinished, corrupt, large } end = End::complete;
};

/// Member after member by one call of zlib each.
Inflated plainly(std::string_view body) {
    Inflated result;
    bool had_member = false;
    while (!body.empty()) {
        if (had_member && body.front() == '\0') {
            body.remove_prefix(1);
            continue;
        }
        z_stream stream{};
        if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) std::abort();
        std::string text(most + 1, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
        stream.avail_in = static_cast<uInt>(body.size());
        stream.next_out = reinterpret_cast<Bytef*>(text.data());
        stream.avail_out = static_cast<uInt>(text.size());
        const int code = inflate(&stream, Z_SYNC_FLUSH);
        body.remove_prefix(body.size() - stream.avail_in);
        result.text.append(text, 0, text.size() - stream.avail_out);
        inflateEnd(&stream);
        if (result.text.size() > most) return {{}, Inflated::End::large};
        if (code == Z_DATA_ERROR || code == Z_NEED_DICT) return {std::move(result.text), Inflated::End::corrupt};
        if (code != Z_STREAM_END) return {std::move(result.text), Inflated::End::unfinished};
        had_member = true;
    }
    return result;
}

/// Until a block is flushed, the inflater may owe the last two literals of what zlib makes.
bool agree(const Inflated& ours, const Inflated& zlib) {
    using End = Inflated::End;
    const bool whole = ours.end == End::complete || ours.end == End::large;
    if (whole || zlib.end == End::complete || zlib.end == End::large) {
        return ours.end == zlib.end && ours.text == zlib.text;
    }
    if (ours.end == End::unfinished && zlib.end == End::unfinished && ours.text.size() + 2 < zlib.text.size()) {
        return false;
    }
    return ours.text.starts_with(zlib.text) || zlib.text.starts_with(ours.text);
}

struct TooLarge {};

template <class Next>
Inflated in_pieces(std::string_view body, Next next) {
    Inflated result;
    bradawl::http::Inflater inflater([&](std::string_view piece) {
        if (piece.empty() || piece.size() > 65536) std::abort();
        result.text += piece;
        if (result.text.size() > most) throw TooLarge();
    });
    try {
        while (!body.empty()) {
            const std::string piece(body.substr(0, next()));
            inflater.feed(piece);
            body.remove_prefix(piece.size());
        }
        result.end = inflater.complete() ? Inflated::End::complete : Inflated::End::unfinished;
    } catch (const bradawl::http::CorruptGzip&) {
        result.end = Inflated::End::corrupt;
    } catch (const TooLarge&) {
        return {{}, Inflated::End::large};
    }
    return result;
}

}  // namespace

// The input: a byte that seeds the cuts, the body.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 1) return 0;
    std::uint64_t random = data[0];
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto next = [&random] {
        random = random * 6364136223846793005U + 1442695040888963407U;
        return std::size_t{1} + (random >> 33) % ((random >> 61) == 0 ? 500 : 7);
    };
    if (!agree(in_pieces(body, next), plainly(body))) std::abort();
    return 0;
}
