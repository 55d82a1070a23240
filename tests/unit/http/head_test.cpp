#include "http/head.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace bradawl::http {
namespace {

using std::chrono::seconds;

Head head_of(std::initializer_list<std::string_view> lines) {
    Head head;
    for (const auto line : lines)
        head.take(line);
    return head;
}

std::optional<std::int64_t> unix_time(const std::optional<WallTime>& time) {
    if (!time) return std::nullopt;
    return std::chrono::floor<seconds>(*time).time_since_epoch().count();
}

TEST(Head, StatusLines) {
    EXPECT_EQ(head_of({"HTTP/1.1 200 OK\r\n"}).status, 200);
    EXPECT_EQ(head_of({"HTTP/1.0 420 Enhance Your Calm\r\n"}).status, 420);
    EXPECT_EQ(head_of({"HTTP/1.1 503\r\n"}).status, 503);  // the reason may be missing
    EXPECT_EQ(head_of({"HTTP/2 204 \r\n"}).status, 204);
    EXPECT_EQ(head_of({"HTTP/1.1 abc"}).status, 0);
    EXPECT_EQ(head_of({"HTTP/1.1"}).status, 0);
    EXPECT_EQ(head_of({}).status, 0);
}

TEST(Head, TheFieldsOfAStream) {
    const Head head = head_of({"HTTP/1.1 200 OK\r\n", "content-TYPE:  Application/JSON ; charset=UTF-8\r\n",
                               "Content-Encoding: GZip\r\n", "Transfer-Encoding: gzip, Chunked\r\n", "\r\n"});
    EXPECT_EQ(head.content_type, "application/json");
    EXPECT_EQ(head.content_encoding, "gzip");
    EXPECT_TRUE(head.chunked);
    EXPECT_FALSE(head.retry_after);
    EXPECT_FALSE(head.retry_at);
}

TEST(Head, AStatusLineBeginsANewHead) {
    const Head head = head_of({"HTTP/1.1 302 Found\r\n", "Content-Type: text/html\r\n", "Retry-After: 9\r\n",
                               "Content-Encoding: gzip\r\n", "HTTP/1.1 200 OK\r\n"});
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.content_type, "");
    EXPECT_EQ(head.content_encoding, "");
    EXPECT_FALSE(head.retry_after);
}

TEST(Head, RetryAfterAsADelta) {
    EXPECT_EQ(head_of({"Retry-After: 120\r\n"}).retry_after, seconds(120));
    EXPECT_EQ(head_of({"retry-after:0"}).retry_after, seconds(0));
    EXPECT_EQ(head_of({"Retry-After: \t7 \r\n"}).retry_after, seconds(7));
    // More than anyone waits, and no overflow when it becomes nanoseconds.
    EXPECT_EQ(head_of({"Retry-After: 18446744073709551615"}).retry_after, seconds(10LL * 366 * 86400));
}

TEST(Head, RetryAfterAsADate) {
    const Head head = head_of({"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n"});
    EXPECT_FALSE(head.retry_after);
    EXPECT_EQ(unix_time(head.retry_at), 946684799);
    EXPECT_EQ(unix_time(head_of({"Retry-After: Fri, 31 Dec 3999 23:59:59 GMT"}).retry_at), 64060588799);
}

TEST(Head, RetryAfterThatIsNeither) {
    for (const auto* value :
         {"Retry-After:", "Retry-After: soon", "Retry-After: -1", "Retry-After: 1.5", "Retry-After: +3",
          "Retry-After: 99999999999999999999", "Retry-After: 3 s", "Retry-After: Fri, 31 Foo 1999 23:59:59 GMT"}) {
        const Head head = head_of({value});
        EXPECT_FALSE(head.retry_after) << value;
        EXPECT_FALSE(head.retry_at) << value;
    }
}

TEST(Head, RateLimitReset) {
    EXPECT_EQ(unix_time(head_of({"x-rate-limit-reset: 1700000000\r\n"}).retry_at), 1700000000);
    EXPECT_EQ(unix_time(head_of({"X-Rate-Limit-Reset: 0"}).retry_at), 0);
    for (const auto* value : {"x-rate-limit-reset: ", "x-rate-limit-reset: -5", "x-rate-limit-reset: 17000000000",
                              "x-rate-limit-reset: 1e9", "x-rate-limit-remaining: 0"}) {
        EXPECT_FALSE(head_of({value}).retry_at) << value;
    }
}

TEST(Head, RetryAfterIsBelievedBeforeTheRateLimit) {
    EXPECT_EQ(head_of({"Retry-After: 5", "x-rate-limit-reset: 1700000000"}).retry_after, seconds(5));
    EXPECT_FALSE(head_of({"Retry-After: 5", "x-rate-limit-reset: 1700000000"}).retry_at);
    EXPECT_EQ(unix_time(head_of({"Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", "x-rate-limit-reset: 1"}).retry_at),
              946684799);
    // In the other order of the lines too.
    EXPECT_EQ(unix_time(head_of({"x-rate-limit-reset: 1", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"}).retry_at),
              946684799);
}

TEST(Head, JunkIsPassedOver) {
    Head head = head_of({"HTTP/1.1 200 OK", "Content-Type: application/json"});
    using namespace std::string_view_literals;
    for (const auto line : {""sv, "\r\n"sv, ":"sv, ": value"sv, "no colon here"sv, "Content-Type\r\n"sv, "\0\0\0"sv,
                            "\xff\xfe: \xff"sv, " Content-Type: text/html"sv, "Content-Type : text/html"sv}) {
        head.take(line);
    }
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.content_type, "application/json");
}

}  // namespace
}  // namespace bradawl::http
