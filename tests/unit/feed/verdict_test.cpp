#include "feed/verdict.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <set>

namespace bradawl::feed {
namespace {

using namespace std::chrono_literals;
using Cause = http::Outcome::Cause;
using Kind = Verdict::Kind;

const WallTime now{std::chrono::milliseconds(1'700'000'000'000)};

Verdict judged(Cause cause, bool trusted_before = false) {
    return judge({cause, "why", false}, {}, now, trusted_before);
}

Verdict judged(int status, std::string body = {}) {
    http::Head head;
    head.status = status;
    return judge({Cause::refused, std::move(body), false}, head, now, false);
}

TEST(Verdict, EveryStatus) {
    const std::set<int> http{408, 425};
    const std::set<int> limit{420, 429};
    const std::set<int> auth{401, 403};
    for (int status = 300; status < 600; ++status) {
        const Verdict verdict = judged(status);
        EXPECT_EQ(verdict.text, "HTTP status " + std::to_string(status));
        const bool retried = status >= 500 || http.contains(status) || limit.contains(status) || auth.contains(status);
        EXPECT_EQ(verdict.kind, retried ? Kind::retry : Kind::fatal) << status;
        EXPECT_EQ(verdict.fault, auth.contains(status) ? Fault::permission : Fault::unavailable) << status;
        if (!retried) continue;
        const auto trouble = limit.contains(status)  ? Trouble::limit
                             : auth.contains(status) ? Trouble::auth
                                                     : Trouble::http;
        EXPECT_EQ(verdict.trouble, trouble) << status;
    }
}

TEST(Verdict, TheServersOwnWordsAreTold) {
    EXPECT_EQ(judged(429, "too many").text, "HTTP status 429: too many");
}

TEST(Verdict, HintsForWhatPeopleMeet) {
    EXPECT_NE(judged(406).hint, "");
    EXPECT_NE(judged(302).hint, "");
    EXPECT_EQ(judged(404).hint, "");
}

TEST(Verdict, FaultsOfTheNetworkAreRetried) {
    for (const Cause cause : {Cause::network, Cause::broken_body}) {
        EXPECT_EQ(judged(cause).kind, Kind::retry);
        EXPECT_EQ(judged(cause).trouble, Trouble::network);
        EXPECT_EQ(judged(cause).text, "why");
    }
}

TEST(Verdict, AnEndInGoodOrder) {
    EXPECT_EQ(judged(Cause::complete).kind, Kind::ended);
}

TEST(Verdict, ACertificateThatNeverVerifiedIsFatal) {
    EXPECT_EQ(judged(Cause::untrusted).kind, Kind::fatal);
    EXPECT_EQ(judged(Cause::untrusted).fault, Fault::unavailable);
    EXPECT_NE(judged(Cause::untrusted).text.find("why"), std::string::npos);
    EXPECT_EQ(judged(Cause::untrusted, true).kind, Kind::retry);
}

TEST(Verdict, ARequestThatCannotBeMadeIsWrongUse) {
    EXPECT_EQ(judged(Cause::unusable).kind, Kind::fatal);
    EXPECT_EQ(judged(Cause::unusable).fault, Fault::usage);
}

TEST(Verdict, TheWaitThatTheServerAskedFor) {
    http::Head head;
    head.status = 429;
    const auto wait = [&] { return judge({Cause::refused, {}, false}, head, now, false).server_wait; };
    EXPECT_EQ(wait(), std::nullopt);
    head.retry_at = now + 90s;
    EXPECT_EQ(wait(), 90s);
    head.retry_at = now - 90s;  // passed already, or this clock is wrong
    EXPECT_EQ(wait(), 0s);
    head.retry_at = now + std::chrono::years(3000);
    EXPECT_EQ(wait(), std::chrono::years(10));
    head.retry_at = WallTime{};
    EXPECT_EQ(wait(), 0s);
    head.retry_after = 7s;  // the delta needs no clock
    EXPECT_EQ(wait(), 7s);
    EXPECT_EQ(judged(Cause::complete).server_wait, std::nullopt);
}

}  // namespace
}  // namespace bradawl::feed
