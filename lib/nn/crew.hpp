#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace bradawl::nn {

/// Threads that do the parts of one piece of work side by side. With one thread everything is done by the caller.
class Crew {
public:
    /// The caller and `threads` - 1 more.
    explicit Crew(std::size_t threads);
    ~Crew();
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

    std::size_t size() const { return workers_.size() + 1; }

    /// Calls work(part) for every part below size(), each on a thread of its own, and waits for all. `work` throws
    /// nothing.
    void run(const std::function<void(std::size_t)>& work);

private:
    void serve(std::size_t part);

    const std::function<void(std::size_t)>* work_ = nullptr;
    std::atomic<unsigned> round_{0};
    std::atomic<std::size_t> busy_{0};
    std::atomic<bool> over_{false};
    std::vector<std::thread> workers_;
};

/// Where a part of `count` things begins when `parts` share them in multiples of `grain`; part `parts` begins at the
/// end.
constexpr std::size_t part_begin(std::size_t count, std::size_t part, std::size_t parts, std::size_t grain) {
    const std::size_t grains = (count + grain - 1) / grain;
    const std::size_t begin = grains * part / parts * grain;
    return begin < count ? begin : count;
}

}  // namespace bradawl::nn
