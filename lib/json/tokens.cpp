#include "json/tokens.hpp"

#include <algorithm>

#include "json/scan_problem.hpp"

namespace bradawl::json {
bool Tokens::refill() noexcept {
    if (ended_) return false;
    base_ = next_;
    const std::size_t left = text_.size() - base_;
    const std::size_t blocks = std::min(left / 64, window_blocks);
    const bool last = left / 64 <= window_blocks;
    const Stretch stretch{text_.data() + base_, base_, blocks, last, last ? left % 64 : 0};
    next_ = base_ + blocks * 64;
    words_ = blocks + (last ? 1 : 0);
    ended_ = last;
    const bool wrong = kernel().scan(stretch, carry_, tokens_.data(), escapes_.data());
    return wrong ? end_at(find_scan_problem(text_)) : true;
}

// The scanner said that a problem exists. It may lie in the window before, when a UTF-8 sequence stayed open there.
bool Tokens::end_at(const Problem& problem) noexcept {
    problem_ = problem;
    ended_ = true;
    words_ = 0;
    if (problem.offset < base_) return false;
    const std::size_t at = problem.offset - base_;
    tokens_[at / 64] &= (std::uint64_t{1} << (at % 64)) - 1;
    words_ = at / 64 + 1;
    return true;
}

}  // namespace bradawl::json
