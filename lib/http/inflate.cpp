#include "http/inflate.hpp"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>
#include <string>

namespace bradawl::http {

namespace {

constexpr std::size_t piece = 64 * 1024;  // stays in the cache until the sink has read it

[[noreturn]] void corrupt(const char* what) {
    throw CorruptGzip(Fault::data, std::string("corrupt gzip: ") + what);
}

const char* fault_of(int result) {
    switch (result) {
        case ISAL_INVALID_BLOCK:
            return "invalid block";
        case ISAL_INVALID_SYMBOL:
            return "invalid code";
        case ISAL_INVALID_LOOKBACK:
            return "invalid distance too far back";
        default:
            return "bad data";
    }
}

std::uint32_t little_endian(const std::uint8_t* bytes) {
    std::uint32_t number = 0;
    for (int n = 3; n >= 0; --n)
        number = number << 8 | bytes[n];
    return number;
}

}  // namespace

// Header and trailer are read here: isal_inflate() forgets which fields a header has when it comes in several pieces,
// and does not say which of the trailer's numbers is wrong.
Inflater::Inflater(std::function<void(std::string_view)> sink)
    : sink_(std::move(sink)), state_(std::make_unique<inflate_state>()), out_(piece) {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP_NO_HDR;
}

Inflater::~Inflater() = default;

void Inflater::feed(std::string_view compressed) {
    while (!compressed.empty()) {
        switch (part_) {
            case Part::none:
                begin(compressed);
                break;
            case Part::header:
                header(compressed);
                break;
            case Part::data:
                data(compressed);
                break;
            case Part::trailer:
                trailer(compressed);
                break;
        }
    }
}

void Inflater::begin(std::string_view& rest) {
    if (had_member_) {  // padding between or after members
        rest.remove_prefix(std::min(rest.find_first_not_of('\0'), rest.size()));
        if (rest.empty()) return;
    }
    header_ = {};
    part_ = Part::header;
}

void Inflater::header(std::string_view& rest) {
    header_.take(rest);
    if (!header_.complete()) return;
    isal_inflate_reset(state_.get());
    part_ = Part::data;
}

/// Takes deflated data off `rest`, hands its output on.
void Inflater::data(std::string_view& rest) {
    const auto most = static_cast<std::size_t>(std::numeric_limits<std::uint32_t>::max());
    const std::size_t given = std::min(rest.size(), most);
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(rest.data()));  // only read
    state_->avail_in = static_cast<std::uint32_t>(given);
    do {
        state_->next_out = reinterpret_cast<std::uint8_t*>(out_.data());
        state_->avail_out = static_cast<std::uint32_t>(out_.size());
        const int result = isal_inflate(state_.get());
        hand_out(out_.data(), out_.size() - state_->avail_out);
        if (result != ISAL_DECOMP_OK) {
            // What it had decoded before the fault and found no room for.
            hand_out(state_->tmp_out_buffer + state_->tmp_out_processed,
                     static_cast<std::size_t>(state_->tmp_out_valid - state_->tmp_out_processed));
            corrupt(fault_of(result));
        }
        // A full output buffer may mean that more waits inside though the input is used up.
    } while (state_->avail_out == 0 && state_->block_state != ISAL_BLOCK_FINISH);
    rest.remove_prefix(given - state_->avail_in);
    if (state_->block_state == ISAL_BLOCK_FINISH) {
        part_ = Part::trailer;
        // Up to 8 bytes of the trailer have been read together with the last bits; it begins at a byte.
        const auto bits = static_cast<unsigned>(state_->read_in_length);
        trailer_size_ = bits / 8;
        for (std::size_t n = 0; n < trailer_size_; ++n)
            trailer_[n] = static_cast<std::uint8_t>(state_->read_in >> (bits % 8 + 8 * n));
        trailer(rest);
    } else if (state_->avail_in > 0) {
        corrupt("bad data");  // it would have nothing to do, forever
    }
}

void Inflater::trailer(std::string_view& rest) {
    const std::size_t taken = std::min(trailer_.size() - trailer_size_, rest.size());
    std::copy_n(rest.begin(), taken, trailer_.begin() + trailer_size_);
    rest.remove_prefix(taken);
    trailer_size_ += taken;
    if (trailer_size_ < trailer_.size()) return;
    if (little_endian(trailer_.data()) != state_->crc) corrupt("incorrect data check");
    if (little_endian(trailer_.data() + 4) != state_->total_out) corrupt("incorrect length check");
    part_ = Part::none;
    had_member_ = true;
}

void Inflater::hand_out(const void* bytes, std::size_t size) {
    if (size > 0) sink_({static_cast<const char*>(bytes), size});
}

}  // namespace bradawl::http
