#include "feed/verdict.hpp"

#include <algorithm>

namespace bradawl::feed {

namespace {

using Cause = http::Outcome::Cause;
using Kind = Verdict::Kind;

std::optional<Duration> wait_asked_for(const http::Head& head, WallTime now) {
    if (head.retry_after) return *head.retry_after;
    if (!head.retry_at) return std::nullopt;
    // In milliseconds, before it becomes nanoseconds, which end after 292 years.
    const std::chrono::milliseconds wait = *head.retry_at - now;
    return std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), std::chrono::years(10));
}

Verdict judge_status(const http::Outcome& outcome, const http::Head& head, WallTime now) {
    Verdict verdict;
    verdict.text = "HTTP status " + std::to_string(head.status);
    if (!outcome.text.empty()) verdict.text += ": " + outcome.text;
    verdict.server_wait = wait_asked_for(head, now);
    const int status = head.status;
    if (status == 401 || status == 403) {
        verdict.trouble = Trouble::auth;
        verdict.fault = Fault::permission;
    } else if (status == 420 || status == 429) {
        verdict.trouble = Trouble::limit;
    } else if (status == 408 || status == 425 || status >= 500) {
        verdict.trouble = Trouble::http;
    } else {
        verdict.kind = Kind::fatal;
        if (status >= 300 && status < 400)
            verdict.hint = "give the final URL: a signed request follows no redirect, any other at most 10";
        if (status == 406) verdict.hint = "the server may insist on gzip: leave --no-compressed away";
    }
    return verdict;
}

}  // namespace

Verdict judge(const http::Outcome& outcome, const http::Head& head, WallTime now, bool trusted_before) {
    Verdict verdict;
    verdict.text = outcome.text;
    switch (outcome.cause) {
        case Cause::complete:
            verdict.kind = Kind::ended;
            break;
        case Cause::refused:
            return judge_status(outcome, head, now);
        case Cause::untrusted:
            verdict.text = "the server's certificate cannot be trusted: " + outcome.text;
            verdict.hint = "--cacert FILE names the certificates to trust";
            verdict.kind = trusted_before ? Kind::retry : Kind::fatal;
            break;
        case Cause::bad_file:
            verdict.kind = Kind::fatal;
            verdict.fault = Fault::config;
            break;
        case Cause::unusable:
            verdict.kind = Kind::fatal;
            verdict.fault = Fault::usage;
            break;
        case Cause::network:
        case Cause::broken_body:
            break;
    }
    return verdict;
}

}  // namespace bradawl::feed
