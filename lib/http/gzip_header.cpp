#include "http/gzip_header.hpp"

#include <isa-l/crc.h>

#include <string>

namespace bradawl::http {

namespace {

constexpr std::uint8_t has_checksum = 2;
constexpr std::uint8_t has_extra = 4;
constexpr std::uint8_t has_name = 8;
constexpr std::uint8_t has_comment = 16;
constexpr std::uint8_t reserved = 0xe0;  // "must be zero": what they announce would be taken for data

void want(bool right, const char* otherwise) {
    if (!right) throw CorruptGzip(Fault::data, std::string("corrupt gzip: ") + otherwise);
}

}  // namespace

void GzipHeader::take(std::string_view& rest) {
    while (!rest.empty() && !complete()) {
        const auto value = static_cast<std::uint8_t>(rest.front());
        rest.remove_prefix(1);
        if (part_ != Part::checksum) checksum_ = crc32_gzip_refl(checksum_, &value, 1);
        byte(value);
    }
}

void GzipHeader::byte(std::uint8_t value) {
    number_ |= at_ < 2 ? static_cast<std::uint32_t>(value) << (8 * at_) : 0;
    ++at_;
    switch (part_) {
        case Part::fixed:
            return fixed(value);
        case Part::extra_length:
            extra_ = number_;
            if (at_ == 2) next();
            return;
        case Part::extra:
            if (at_ == extra_) next();
            return;
        case Part::name:
        case Part::comment:
            if (value == 0) next();
            return;
        case Part::checksum:
            if (at_ < 2) return;
            want(number_ == (checksum_ & 0xffff), "header crc mismatch");
            return next();
        case Part::end:
            return;
    }
}

/// The ten bytes that every header has; time, level and system may be anything.
void GzipHeader::fixed(std::uint8_t value) {
    if (at_ == 1) want(value == 0x1f, "incorrect header check");
    if (at_ == 2) want(value == 0x8b, "incorrect header check");
    if (at_ == 3) want(value == 8, "unknown compression method");
    if (at_ == 4) {
        want((value & reserved) == 0, "unknown header flags set");
        flags_ = value;
    }
    if (at_ == 10) next();
}

/// On to the next part that this header has.
void GzipHeader::next() {
    at_ = number_ = 0;
    do {
        part_ = static_cast<Part>(static_cast<int>(part_) + 1);
    } while (!has(part_));
}

bool GzipHeader::has(Part part) const {
    switch (part) {
        case Part::extra_length:
            return (flags_ & has_extra) != 0;
        case Part::extra:
            return extra_ > 0;
        case Part::name:
            return (flags_ & has_name) != 0;
        case Part::comment:
            return (flags_ & has_comment) != 0;
        case Part::checksum:
            return (flags_ & has_checksum) != 0;
        default:
            return true;
    }
}

}  // namespace bradawl::http
