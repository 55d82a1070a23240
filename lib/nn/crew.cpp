#include "nn/crew.hpp"

namespace bradawl::nn {

namespace {

// Looks for a few microseconds, which is as long as a small part takes; then sleeps, as others may need the processor.
template <class Value>
void wait_while(const std::atomic<Value>& atomic, Value value) {
    constexpr int looks = 2000;
    for (int look = 0; look < looks; ++look) {
        if (atomic.load(std::memory_order_acquire) != value) return;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }
    atomic.wait(value, std::memory_order_acquire);
}

}  // namespace

Crew::Crew(std::size_t threads) {
    for (std::size_t part = 1; part < threads; ++part)
        workers_.emplace_back([this, part] { serve(part); });
}

Crew::~Crew() {
    over_.store(true, std::memory_order_release);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    for (std::thread& worker : workers_)
        worker.join();
}

void Crew::run(const std::function<void(std::size_t)>& work) {
    if (!workers_.empty()) {
        work_ = &work;
        busy_.store(workers_.size(), std::memory_order_relaxed);
        round_.fetch_add(1, std::memory_order_release);
        round_.notify_all();
    }
    work(0);
    for (std::size_t left = busy_.load(std::memory_order_acquire); left > 0;
         left = busy_.load(std::memory_order_acquire))
        wait_while(busy_, left);
}

void Crew::serve(std::size_t part) {
    for (unsigned seen = 0;; ++seen) {
        wait_while(round_, seen);
        if (over_.load(std::memory_order_acquire)) return;
        (*work_)(part);
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_all();
    }
}

}  // namespace bradawl::nn
