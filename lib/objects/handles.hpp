#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace bradawl::objects {

/// What a handle stands for.
enum class Known : std::uint8_t { desc, string, object, array, class_object, constant, boxed, date, leaf };

/// An object that may be referred to later, in 16 bytes.
struct Handle {
    Known kind = Known::object;
    std::uint8_t type = 0;  ///< boxed: the primitive's letter
    std::uint16_t spare = 0;
    std::uint32_t desc = 0;  ///< desc: its index; string and leaf: the text's length; else the class's index
    std::uint64_t word =
        0;  ///< string, leaf: where the text is; constant: the handle of its name; boxed, date: the value
};
static_assert(sizeof(Handle) == 16);

/// The objects that a stream may refer to, in the order of their handles, and texts to print again. Grows in blocks, so
/// that nothing is ever moved; both can be cut back to an earlier size.
class Handles {
public:
    explicit Handles(std::uint64_t limit) : limit_(limit) {}

    std::uint32_t size() const { return size_; }
    Handle& at(std::uint32_t handle) { return (*blocks_[handle / per_block])[handle % per_block]; }

    /// False when the memory allowed is used up.
    bool add(const Handle& handle);

    /// Keeps a copy of `text`; its place goes to `word`. False when the memory allowed is used up.
    bool keep(std::string_view text, std::uint64_t& word);
    std::string_view text(std::uint64_t word, std::uint32_t length) const;

    /// How much text is kept.
    struct Mark {
        std::uint64_t end = 0;
        std::uint64_t bytes = 0;
    };
    Mark mark() const { return {texts_end_, kept_}; }

    /// Forgets the handles from `size` on and the texts kept since `texts` was the mark.
    void cut(std::uint32_t size, const Mark& texts);

    /// Bytes in use.
    std::uint64_t memory() const { return size_ * sizeof(Handle) + kept_; }

private:
    static constexpr std::uint32_t per_block = 4096;
    static constexpr std::uint32_t most = 16 << 20;
    static constexpr std::uint64_t text_block = 64 * 1024;

    std::uint64_t limit_;
    std::uint32_t size_ = 0;
    std::vector<std::unique_ptr<std::array<Handle, per_block>>> blocks_;
    std::vector<std::unique_ptr<char[]>> texts_;  // of text_block bytes, or larger for one long text
    std::uint64_t texts_end_ = 0;                 // block number * text_block + offset
    std::uint64_t kept_ = 0;
};

}  // namespace bradawl::objects
