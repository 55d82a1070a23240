// Header lines of any bytes: no crash, and what is understood stays within its bounds.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/head.hpp"

using bradawl::http::Head;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    Head head;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        const std::string line(rest.substr(0, end));  // a heap block of just its size
        rest.remove_prefix(end);
        head.take(line);
        if (head.status < 0 || head.status > 999) std::abort();
        if (head.retry_after && (head.retry_after->count() < 0 || head.retry_after->count() > 400'000'000))
            std::abort();
        for (const auto& text : {head.content_type, head.content_encoding}) {
            if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) std::abort();
        }
    }
    return 0;
}
