#include "objects/handles.hpp"

#include <algorithm>
#include <cstring>

namespace bradawl::objects {

bool Handles::add(const Handle& handle) {
    if (size_ == most || memory() + sizeof(Handle) > limit_) return false;
    if (size_ % per_block == 0 && blocks_.size() == size_ / per_block)
        blocks_.push_back(std::make_unique_for_overwrite<std::array<Handle, per_block>>());
    at(size_++) = handle;
    return true;
}

bool Handles::keep(std::string_view text, std::uint64_t& word) {
    if (memory() + text.size() > limit_) return false;
    const std::uint64_t used = texts_end_ % text_block;
    // A text lies in one block. One that does not fit the last begins the next, which may be as large as it needs; then
    // the block after that is begun next.
    if (texts_.empty() || used == 0 || used + text.size() > text_block) {
        const std::uint64_t number = (texts_end_ + text_block - 1) / text_block;
        texts_.resize(number);
        texts_.push_back(std::make_unique_for_overwrite<char[]>(std::max<std::size_t>(text.size(), text_block)));
        texts_end_ = number * text_block;
    }
    word = texts_end_;
    std::memcpy(texts_.back().get() + texts_end_ % text_block, text.data(), text.size());
    const std::uint64_t room = text_block - texts_end_ % text_block;
    texts_end_ += std::clamp<std::uint64_t>(text.size(), 1, room);
    kept_ += text.size();
    return true;
}

std::string_view Handles::text(std::uint64_t word, std::uint32_t length) const {
    return {texts_[word / text_block].get() + word % text_block, length};
}

void Handles::cut(std::uint32_t size, const Mark& texts) {
    size_ = std::min(size_, size);
    if (texts.end >= texts_end_) return;
    kept_ = texts.bytes;
    texts_end_ = texts.end;
    texts_.resize((texts.end + text_block - 1) / text_block);
}

}  // namespace bradawl::objects
