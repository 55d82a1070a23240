// The framer with a body cut at random against the rule applied to the whole body, and no byte held beyond the limit.

#include <cstdlib>
#include <string_view>

#include "../unit/feed/lines_log.hpp"

using namespace bradawl::feed;

// The input: a byte that says the limit, a byte that seeds the cuts, the body.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size < 2) return 0;
    const std::size_t limit = std::size_t{1} << (data[0] % 12);
    std::uint64_t random = data[1];
    const std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto next = [&random] {
        random = random * 6364136223846793005U + 1442695040888963407U;
        return std::size_t{1} + (random >> 33) % ((random >> 61) == 0 ? 500 : 7);
    };
    if (framed(body, limit, next) != framed_plainly(body, limit)) std::abort();
    return 0;
}
