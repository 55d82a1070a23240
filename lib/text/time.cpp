#include "text/time.hpp"

#include <fmt/format.h>

#include <array>

#include "text/number.hpp"

namespace bradawl::text {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Takes fields off the front of a text; `good` goes false at the first that does not fit.
struct Fields {
    std::string_view rest;
    bool good = true;

    int number(std::size_t digits) {
        if (rest.size() < digits || rest.substr(0, digits).find_first_not_of("0123456789") != rest.npos) {
            good = false;
            return 0;
        }
        const auto value = to_uint64(rest.substr(0, digits));
        rest.remove_prefix(digits);
        return static_cast<int>(value.value_or(0));
    }
    bool maybe(char wanted) {
        if (rest.empty() || rest.front() != wanted) return false;
        rest.remove_prefix(1);
        return true;
    }
    void need(std::string_view wanted) {
        if (rest.substr(0, wanted.size()) != wanted) {
            good = false;
            return;
        }
        rest.remove_prefix(wanted.size());
    }
};

std::optional<UnixTime> civil(int year, int month, int day, int hour, int minute, int second) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

milliseconds fraction(Fields& fields) {
    int thousandths = 0;
    int digits = 0;
    for (; !fields.rest.empty() && fields.rest[0] >= '0' && fields.rest[0] <= '9'; ++digits) {
        if (digits < 3) thousandths = thousandths * 10 + (fields.rest[0] - '0');
        fields.rest.remove_prefix(1);
    }
    if (digits < 1 || digits > 9) fields.good = false;
    for (; digits < 3; ++digits)
        thousandths *= 10;
    return milliseconds(thousandths);
}

minutes offset(Fields& fields) {
    if (fields.maybe('Z') || fields.maybe('z')) return minutes(0);
    const bool behind = fields.maybe('-');
    if (!behind) fields.need("+");
    const int hour = fields.number(2);
    fields.maybe(':');
    const int minute = fields.number(2);
    if (hour > 23 || minute > 59) fields.good = false;
    const minutes sum = hours(hour) + minutes(minute);
    return behind ? -sum : sum;
}

}  // namespace

std::string to_rfc3339(UnixTime time, bool with_milliseconds) {
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    auto out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                           clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (with_milliseconds) out += fmt::format(".{:03}", clock.subseconds().count());
    return out + "Z";
}

std::optional<UnixTime> from_rfc3339(std::string_view text) {
    Fields fields{text};
    const int year = fields.number(4);
    fields.need("-");
    const int month = fields.number(2);
    fields.need("-");
    const int day = fields.number(2);
    if (!fields.maybe('t') && !fields.maybe(' ')) fields.need("T");
    const int hour = fields.number(2);
    fields.need(":");
    const int minute = fields.number(2);
    fields.need(":");
    const int second = fields.number(2);
    const milliseconds part = fields.maybe('.') ? fraction(fields) : milliseconds(0);
    const minutes zone = offset(fields);
    const auto time = civil(year, month, day, hour, minute, second);
    if (!fields.good || !fields.rest.empty() || !time) return std::nullopt;
    return *time + part - zone;
}

std::optional<UnixTime> from_http_date(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != 29 || text.substr(3, 2) != ", ") return std::nullopt;
    Fields fields{text.substr(5)};
    const int day = fields.number(2);
    fields.need(" ");
    const auto name = fields.rest.substr(0, 3);
    int month = 0;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (months[i] == name) month = static_cast<int>(i) + 1;
    }
    fields.need(name);
    fields.need(" ");
    const int year = fields.number(4);
    fields.need(" ");
    const int hour = fields.number(2);
    fields.need(":");
    const int minute = fields.number(2);
    fields.need(":");
    const int second = fields.number(2);
    fields.need(" GMT");
    if (!fields.good || !fields.rest.empty()) return std::nullopt;
    return civil(year, month, day, hour, minute, second);
}

}  // namespace bradawl::text
