#include "http/head.hpp"

#include <algorithm>
#include <limits>

#include "text/number.hpp"
#include "text/time.hpp"

namespace bradawl::http {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// A wait told by a server, bounded so that no arithmetic overflows: ten years will do.
std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
    const auto value = text::to_uint64(text);
    if (!value) return std::nullopt;
    return std::chrono::seconds(std::min<std::uint64_t>(*value, 10ULL * 366 * 86400));
}

}  // namespace

void Head::take(std::string_view line) {
    if (line.starts_with("HTTP/")) {
        *this = {};
        const auto space = line.find(' ');
        if (space != line.npos) status = static_cast<int>(text::to_uint64(line.substr(space + 1, 3)).value_or(0));
        return;
    }
    const auto colon = line.find(':');
    if (colon == line.npos) return;
    const std::string name = lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-type") {
        content_type = lower(trimmed(value.substr(0, value.find(';'))));
    } else if (name == "content-encoding") {
        content_encoding = lower(value);
    } else if (name == "transfer-encoding") {
        chunked = lower(value).find("chunked") != std::string::npos;
    } else if (name == "retry-after") {
        retry_after = seconds_of(value);
        if (!retry_after) retry_at = text::from_http_date(value);
    } else if (name == "x-rate-limit-reset" && !retry_at && !retry_after) {
        // Unix seconds. Ten digits at most: what is more is no time of this age.
        const auto at = value.size() <= 10 ? text::to_uint64(value) : std::nullopt;
        if (at) retry_at = WallTime(std::chrono::seconds(*at));
    }
}

}  // namespace bradawl::http
