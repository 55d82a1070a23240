#include "http/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace bradawl::http {

namespace {

constexpr std::size_t piece = 64 * 1024;  // stays in the cache until the sink has read it
constexpr int gzip_only = 16 + MAX_WBITS;

}  // namespace

Inflater::Inflater(std::function<void(std::string_view)> sink)
    : sink_(std::move(sink)), stream_(std::make_unique<z_stream_s>()), out_(piece) {
    if (inflateInit2(stream_.get(), gzip_only) != Z_OK) throw Error(Fault::internal, "zlib: cannot start");
}

Inflater::~Inflater() {
    inflateEnd(stream_.get());
}

void Inflater::feed(std::string_view compressed) {
    while (!compressed.empty()) {
        if (!inside_member_) {
            if (had_member_) {  // padding between or after members
                compressed.remove_prefix(std::min(compressed.find_first_not_of('\0'), compressed.size()));
                if (compressed.empty()) return;
            }
            inside_member_ = true;
        }
        step(compressed);
    }
}

/// One call of inflate: takes input off `rest`, hands its output on.
void Inflater::step(std::string_view& rest) {
    const auto most = static_cast<std::size_t>(std::numeric_limits<uInt>::max());
    const std::size_t given = std::min(rest.size(), most);
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));  // zlib only reads
    stream_->avail_in = static_cast<uInt>(given);
    int result = Z_OK;
    do {
        stream_->next_out = reinterpret_cast<Bytef*>(out_.data());
        stream_->avail_out = static_cast<uInt>(out_.size());
        result = ::inflate(stream_.get(), Z_SYNC_FLUSH);
        const std::size_t made = out_.size() - stream_->avail_out;
        if (made > 0) sink_({out_.data(), made});
        // A full output buffer may mean that more waits inside zlib though the input is used up.
    } while (result == Z_OK && stream_->avail_out == 0);
    if (result == Z_MEM_ERROR) throw Error(Fault::internal, "zlib: out of memory");
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
        throw CorruptGzip(Fault::data,
                          std::string("corrupt gzip: ") + (stream_->msg != nullptr ? stream_->msg : "bad data"));
    }
    rest.remove_prefix(given - stream_->avail_in);
    if (result == Z_STREAM_END) {
        inside_member_ = false;
        had_member_ = true;
        inflateReset(stream_.get());
    }
}

}  // namespace bradawl::http
