#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "core/unique_fd.hpp"
#include "io/input.hpp"
#include "io/lines.hpp"
#include "io/output.hpp"
#include "java/emitter.hpp"
#include "java/hex.hpp"
#include "java/source.hpp"
#include "record/decoder.hpp"
#include "record/encoder.hpp"
#include "record/line_encoder.hpp"
#include "record/parallel.hpp"
#include "schema/schema.hpp"

/// What the tool does with a schema, bytes and lines, in a call.
namespace bradawl::record::codec {

struct Setup {
    java::Limits limits{};
    java::Spelling spelling{};
    DecodeOptions options{};
    bool wrap = false;
    std::size_t piece = 0;  ///< bytes that a source is filled with at a time; 0: it has all in memory
    schema::ObjectCodec* objects = nullptr;
};

/// What came out, and what was wrong in the end (empty: nothing).
struct Outcome {
    std::string out;
    std::string error;
    bool operator==(const Outcome&) const = default;
};

/// The bytes in a heap block of their own, so that AddressSanitizer sees a read one byte outside.
class Block {
public:
    explicit Block(std::string_view bytes) : bytes_(new std::uint8_t[bytes.size()]), size_(bytes.size()) {
        if (size_ != 0) std::memcpy(bytes_.get(), bytes.data(), size_);
    }
    std::span<const std::uint8_t> span() const { return {bytes_.get(), size_}; }

private:
    std::unique_ptr<std::uint8_t[]> bytes_;
    std::size_t size_;
};

/// A source of bytes as the setup wants it.
class Bytes {
public:
    Bytes(std::string_view bytes, std::size_t piece) : block_(bytes) {
        if (piece == 0) {
            source_ = std::make_unique<java::Source>(block_.span());
            return;
        }
        source_ = std::make_unique<java::Source>([this, piece](std::span<std::uint8_t> into) {
            const std::size_t n = std::min({piece, into.size(), block_.span().size() - at_});
            std::copy_n(block_.span().begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
            at_ += n;
            return n;
        });
    }
    java::Source& operator*() { return *source_; }

private:
    Block block_;
    std::size_t at_ = 0;
    std::unique_ptr<java::Source> source_;
};

/// Runs `action`, which may end in an Error of Fault::data only.
template <class Action>
std::string error_of(Action action) {
    try {
        action();
    } catch (const Error& error) {
        if (error.fault() != Fault::data) throw;
        return error.text().empty() ? "an error without a text" : error.text();
    }
    return "";
}

inline Outcome decode(const schema::Schema& schema, std::string_view bytes, const Setup& setup = {}) {
    Bytes source(bytes, setup.piece);
    java::Emitter emitter;
    Decoder decoder(schema, *source, "in", setup.limits, setup.options, setup.objects);
    Outcome outcome;
    outcome.error = error_of([&] { decoder.decode(emitter, setup.spelling); });
    outcome.out = emitter.whole();
    return outcome;
}

inline Outcome decode(const std::string& schema, std::string_view bytes, const Setup& setup = {}) {
    return decode(*schema::parse(schema, "schema", {setup.options.strict, {}, {}}), bytes, setup);
}

/// What is wrong with bytes that are looked at only.
inline std::string check(const schema::Schema& schema, std::string_view bytes, const Setup& setup = {}) {
    Bytes source(bytes, setup.piece);
    Decoder decoder(schema, *source, "in", setup.limits, setup.options, setup.objects);
    return error_of([&] { decoder.check(); });
}

inline Outcome decode_in_threads(const schema::Schema& schema, std::string_view bytes, const Setup& setup = {}) {
    Bytes source(bytes, setup.piece);
    java::Emitter emitter;
    Outcome outcome;
    outcome.error = error_of([&] {
        decode_parallel({schema, *source, "in", setup.limits, setup.options, setup.spelling, {}}, 2, emitter);
    });
    outcome.out = emitter.whole();
    return outcome;
}

/// A file without a name.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view text = {}) : fd_(::memfd_create("test", MFD_CLOEXEC)) {
        if (fd_.get() < 0) std::abort();
        io::write_all(fd_.get(), text, "memory");
    }
    std::string path() const { return "/proc/self/fd/" + std::to_string(fd_.get()); }
    int fd() const { return fd_.get(); }
    std::string contents() const {
        std::string text(static_cast<std::size_t>(::lseek(fd_.get(), 0, SEEK_END)), '\0');
        if (::pread(fd_.get(), text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) std::abort();
        return text;
    }

private:
    UniqueFd fd_;
};

inline Outcome encode(const schema::Schema& schema, std::string_view lines, const Setup& setup = {}) {
    const MemoryFile from(lines);
    const MemoryFile to;
    const Stop stop;
    io::Input input(from.path(), stop);
    io::LineReader reader(input, setup.limits.bytes);
    io::Output output(to.fd(), "memory");
    Encoder encoder(schema, setup.spelling, setup.limits, setup.wrap, setup.objects);
    Outcome outcome;
    outcome.error = error_of([&] {
        LineWriter writer{input, reader, "in", output, setup.limits.output};
        LineEncoder(schema, encoder, setup.options.header).run(writer);
    });
    output.flush();
    outcome.out = to.contents();
    return outcome;
}

inline Outcome encode(const std::string& schema, std::string_view lines, const Setup& setup = {}) {
    return encode(*schema::parse(schema, "schema"), lines, setup);
}

/// Bytes as pairs of hex digits, which may have blanks between them, and back.
inline std::string hex(std::string_view bytes) {
    std::string digits(2 * bytes.size(), '\0');
    java::put_hex(digits.data(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    return digits;
}
inline std::string from_hex(std::string digits) {
    digits.erase(std::remove(digits.begin(), digits.end(), ' '), digits.end());
    std::string bytes;
    if (!java::from_hex(digits, bytes)) std::abort();
    return bytes;
}

}  // namespace bradawl::record::codec
