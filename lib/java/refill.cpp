#include "java/refill.hpp"

#include <chrono>
#include <utility>

namespace bradawl::java {

namespace {

constexpr std::chrono::milliseconds pause(200);  // between two looks for more

}  // namespace

Source::Refill refill_from(io::Input& input, std::function<void()> before_wait, Clock* follow) {
    return [&input, before_wait = std::move(before_wait), follow](std::span<std::uint8_t> into) -> std::size_t {
        while (true) {
            if (input.idle()) before_wait();
            const std::size_t got = input.read({reinterpret_cast<char*>(into.data()), into.size()});
            if (got > 0 || follow == nullptr || input.stopped()) return got;
            before_wait();
            if (!follow->sleep(pause)) return 0;
        }
    };
}

}  // namespace bradawl::java
