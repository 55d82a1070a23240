#include "json/kernel.hpp"

#include <atomic>

namespace bradawl::json {
namespace {

constinit std::atomic<const Kernel*> chosen{nullptr};

// Two threads may both choose, and choose the same.
const Kernel& choose() noexcept {
    const Kernel* best = avx2_kernel();
    if (best == nullptr) best = sse2_kernel();
    if (best == nullptr) best = portable_kernel();
    chosen.store(best, std::memory_order_relaxed);
    return *best;
}

}  // namespace

const Kernel& kernel() noexcept {
    const Kernel* const now = chosen.load(std::memory_order_relaxed);
    return now != nullptr ? *now : choose();
}

bool use_scanner(Scanner scanner) noexcept {
    const Kernel* const wanted = scanner == Scanner::avx2   ? avx2_kernel()
                                 : scanner == Scanner::sse2 ? sse2_kernel()
                                                            : portable_kernel();
    if (wanted == nullptr) return false;
    chosen.store(wanted, std::memory_order_relaxed);
    return true;
}

}  // namespace bradawl::json
