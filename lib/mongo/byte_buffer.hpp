#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>

namespace bradawl::mongo {

/// Bytes in one piece of memory that grows and is kept for the next use. Room that is asked for is not filled, so a
/// generous reservation costs address space only.
class ByteBuffer {
public:
    char* data() noexcept { return bytes_.get(); }
    const char* data() const noexcept { return bytes_.get(); }
    std::size_t size() const noexcept { return size_; }
    std::string_view view(std::size_t begin, std::size_t size) const noexcept { return {bytes_.get() + begin, size}; }

    /// The first `size` bytes count; they must have been written.
    void set_size(std::size_t size) noexcept { size_ = size; }
    void clear() noexcept { size_ = 0; }

    /// Makes room for `count` bytes behind the end and returns where they begin. Earlier pointers no longer hold.
    char* reserve(std::size_t count) {
        if (capacity_ - size_ < count) grow(size_ + count);
        return bytes_.get() + size_;
    }

    void append(std::string_view bytes) {
        char* const at = reserve(bytes.size());
        bytes.copy(at, bytes.size());
        size_ += bytes.size();
    }

private:
    struct Free {
        void operator()(char* bytes) const noexcept { std::free(bytes); }
    };

    void grow(std::size_t least) {
        const std::size_t wanted = least > capacity_ * 2 ? least : capacity_ * 2;
        void* const moved = std::realloc(bytes_.get(), wanted);
        if (moved == nullptr) throw std::bad_alloc();
        static_cast<void>(bytes_.release());
        bytes_.reset(static_cast<char*>(moved));
        capacity_ = wanted;
    }

    std::unique_ptr<char, Free> bytes_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace bradawl::mongo
