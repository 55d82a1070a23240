#include <fmt/format.h>

#include <cstdlib>

#include "java/source.hpp"
#include "objects/leaf.hpp"

namespace bradawl::objects {

namespace {

constexpr std::int64_t seconds_a_day = 86400;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// What floor_divide() leaves. Not found by multiplying, which overflows next to the least number.
std::int64_t floor_remainder(std::int64_t a, std::int64_t b) {
    const std::int64_t rest = a % b;
    return rest < 0 ? rest + b : rest;
}

/// A year as ISO-8601 has it: four digits, or more with a sign.
std::string year_text(std::int64_t year) {
    if (year > 9999) return fmt::format("+{}", year);
    return year < 0 ? fmt::format("-{:04}", -year) : fmt::format("{:04}", year);
}

struct Date {
    std::int64_t year;
    std::int64_t month;
    std::int64_t day;
};

/// Days since 1970-01-01 as a date of the proleptic Gregorian calendar, counted from 0000-03-01 in eras of 400 years.
Date civil(std::int64_t days) {
    days += 719468;
    const std::int64_t era = floor_divide(days, 146097);
    const std::int64_t of_era = days - era * 146097;
    const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * of_year + 2) / 153;
    const std::int64_t day = of_year - (153 * month_from_march + 2) / 5 + 1;
    const std::int64_t month = month_from_march + (month_from_march < 10 ? 3 : -9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::string date_of(std::int64_t days) {
    const auto [year, month, day] = civil(days);
    return fmt::format("{}-{:02}-{:02}", year_text(year), month, day);
}

/// Writes the last `n` decimal digits of `value` and then `next`.
char* put_digits(char* out, std::int64_t value, int n, char next) {
    for (int at = n; at > 0; value /= 10)
        out[--at] = static_cast<char>('0' + value % 10);
    out[n] = next;
    return out + n + 1;
}

/// A fraction of a second in groups of three digits, as many as it needs.
std::string fraction(std::int64_t nanos) {
    if (nanos == 0) return "";
    if (nanos % 1'000'000 == 0) return fmt::format(".{:03}", nanos / 1'000'000);
    if (nanos % 1000 == 0) return fmt::format(".{:06}", nanos / 1000);
    return fmt::format(".{:09}", nanos);
}

std::string instant(std::int64_t seconds, const std::string& part) {
    const std::int64_t days = floor_divide(seconds, seconds_a_day);
    const std::int64_t of_day = floor_remainder(seconds, seconds_a_day);
    return fmt::format("{}T{:02}:{:02}:{:02}{}Z", date_of(days), of_day / 3600, of_day / 60 % 60, of_day % 60, part);
}

/// What java.time.Ser wrote (JDK 17, java.time.Ser and the writeExternal methods of its classes).
class TimeReader {
public:
    explicit TimeReader(std::string_view bytes)
        : at_(reinterpret_cast<const std::uint8_t*>(bytes.data())), end_(at_ + bytes.size()) {}

    std::optional<std::string> value() {
        const std::string text = of_type(take(1));
        if (failed_ || at_ != end_) return std::nullopt;
        return text;
    }

private:
    std::int64_t take(std::size_t n) {
        if (static_cast<std::size_t>(end_ - at_) < n) {
            failed_ = true;
            at_ = end_;
            return 0;
        }
        std::int64_t value = static_cast<std::int8_t>(at_[0]);
        for (std::size_t at = 1; at < n; ++at)
            value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 | at_[at]);
        at_ += n;
        return value;
    }

    std::string of_type(std::int64_t type) {
        switch (type) {
            case 1: {
                const std::int64_t seconds = take(8);
                return duration(seconds, take(4));
            }
            case 2: {
                const std::int64_t seconds = take(8);
                return instant(seconds, fraction(take(4)));
            }
            case 3:
                return date();
            case 4:
                return time();
            case 5:
                return date_time();
            case 6: {
                const std::string local = date_time();
                const std::string shift = offset();
                const std::int64_t zone_type = take(1);
                if (zone_type == 8) {
                    offset();
                    return local + shift;
                }
                return local + shift + "[" + region() + "]";
            }
            case 7:
                return region();
            case 8:
                return offset();
            case 9: {
                const std::string local = time();
                return local + offset();
            }
            case 10: {
                const std::string local = date_time();
                return local + offset();
            }
            case 11:
                return std::to_string(take(4));
            case 12: {
                const std::int64_t year = take(4);
                return fmt::format("{}-{:02}", year_text(year), take(1));
            }
            case 13: {
                const std::int64_t month = take(1);
                return fmt::format("--{:02}-{:02}", month, take(1));
            }
            case 14:
                return period();
            default:
                failed_ = true;
                return "";
        }
    }

    std::string date() {
        const std::int64_t year = take(4);
        const std::int64_t month = take(1);
        return fmt::format("{}-{:02}-{:02}", year_text(year), month, take(1));
    }

    /// Hour, minute, second, nanoseconds; what is zero at the end is left away, the last one told by its complement.
    std::string time() {
        std::int64_t parts[3] = {0, 0, 0};
        std::int64_t nanos = 0;
        bool more = true;
        for (std::size_t at = 0; more && at < 3; ++at) {
            parts[at] = take(1);
            more = parts[at] >= 0;
            if (!more) parts[at] = ~parts[at];
        }
        if (more) nanos = take(4);
        std::string text = fmt::format("{:02}:{:02}", parts[0], parts[1]);
        if (parts[2] > 0 || nanos > 0) text += fmt::format(":{:02}{}", parts[2], fraction(nanos));
        return text;
    }

    std::string date_time() {
        const std::string day = date();
        return day + "T" + time();
    }

    std::string offset() {
        const std::int64_t quarters = take(1);
        const std::int64_t seconds = quarters == 127 ? take(4) : quarters * 900;
        if (seconds == 0) return "Z";
        const std::int64_t size = std::abs(seconds);
        std::string text = fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
        if (size % 60 != 0) text += fmt::format(":{:02}", size % 60);
        return text;
    }

    std::string region() {
        const auto n = static_cast<std::size_t>(take(2) & 0xffff);
        if (static_cast<std::size_t>(end_ - at_) < n) {
            failed_ = true;
            return "";
        }
        std::string text(reinterpret_cast<const char*>(at_), n);
        at_ += n;
        return text;
    }

    static std::string duration(std::int64_t seconds, std::int64_t nanos) {
        if (seconds == 0 && nanos == 0) return "PT0S";
        // Java counts the hours and minutes of a negative time towards zero.
        const std::int64_t effective = seconds < 0 && nanos > 0 ? seconds + 1 : seconds;
        std::string text = "PT";
        if (effective / 3600 != 0) text += fmt::format("{}H", effective / 3600);
        if (effective % 3600 / 60 != 0) text += fmt::format("{}M", effective % 3600 / 60);
        const std::int64_t rest = effective % 60;
        if (rest == 0 && nanos == 0 && text.size() > 2) return text;
        text += seconds < 0 && nanos > 0 && rest == 0 ? "-0" : std::to_string(rest);
        if (nanos > 0) {
            std::string digits = fmt::format("{:09}", seconds < 0 ? 1'000'000'000 - nanos : nanos);
            digits.resize(digits.find_last_not_of('0') + 1);
            text += "." + digits;
        }
        return text + "S";
    }

    std::string period() {
        const std::int64_t years = static_cast<std::int32_t>(take(4));
        const std::int64_t months = take(4);
        const std::int64_t days = take(4);
        std::string text = "P";
        if (years != 0) text += fmt::format("{}Y", years);
        if (months != 0) text += fmt::format("{}M", months);
        if (days != 0 || text.size() == 1) text += fmt::format("{}D", days);
        return text;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    bool failed_ = false;
};

}  // namespace

std::string iso_instant(std::int64_t millis, std::int64_t nanos) {
    const std::int64_t seconds = floor_divide(millis, 1000);
    const std::int64_t rest = floor_remainder(millis, 1000);
    const bool exact = nanos >= 0 && nanos % 1'000'000 != 0;
    return instant(seconds, exact ? fraction(nanos) : fmt::format(".{:03}", nanos >= 0 ? nanos / 1'000'000 : rest));
}

std::string_view quoted_instant(InstantRoom& room, std::int64_t millis) {
    const std::int64_t seconds = floor_divide(millis, 1000);
    const std::int64_t days = floor_divide(seconds, seconds_a_day);
    const auto [year, month, day] = civil(days);
    char* out = room.data();
    *out++ = '"';
    if (year < 0 || year > 9999) {
        const std::string text = iso_instant(millis);
        out = text.copy(out, text.size()) + out;
    } else {
        const std::int64_t of_day = floor_remainder(seconds, seconds_a_day);
        out = put_digits(out, year, 4, '-');
        out = put_digits(out, month, 2, '-');
        out = put_digits(out, day, 2, 'T');
        out = put_digits(out, of_day / 3600, 2, ':');
        out = put_digits(out, of_day / 60 % 60, 2, ':');
        out = put_digits(out, of_day % 60, 2, '.');
        out = put_digits(out, floor_remainder(millis, 1000), 3, 'Z');
    }
    *out++ = '"';
    return {room.data(), static_cast<std::size_t>(out - room.data())};
}

std::optional<std::string> java_time(std::string_view bytes) {
    return TimeReader(bytes).value();
}

}  // namespace bradawl::objects
