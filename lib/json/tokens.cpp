#include "json/tokens.hpp"

#include <algorithm>
#include <atomic>

#include "json/scan_problem.hpp"

namespace bradawl::json {
namespace {

bool choose_and_scan(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept;

constinit std::atomic<Scan> chosen{&choose_and_scan};

// The first call of the process; two threads may both choose, and choose the same.
bool choose_and_scan(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept {
    if (!use_scanner(Scanner::avx2) && !use_scanner(Scanner::sse2)) use_scanner(Scanner::portable);
    return chosen.load(std::memory_order_relaxed)(stretch, carry, tokens, escapes);
}

}  // namespace

bool use_scanner(Scanner scanner) noexcept {
    Scan scan = &scan_portable;
    if (scanner == Scanner::sse2) scan = scan_sse2();
    if (scanner == Scanner::avx2) scan = scan_avx2();
    if (scan == nullptr) return false;
    chosen.store(scan, std::memory_order_relaxed);
    return true;
}

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
    const bool wrong = chosen.load(std::memory_order_relaxed)(stretch, carry_, tokens_.data(), escapes_.data());
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
