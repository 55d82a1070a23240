#include "finance/dates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"
#include "text/number.hpp"

namespace bradawl::finance {

namespace {

constexpr double days_a_year = 365.2425;
constexpr double no_day = std::numeric_limits<double>::quiet_NaN();

/// Days since 1970-01-01 in the proleptic Gregorian calendar; nothing for a day that does not exist.
std::optional<double> day_number(std::int64_t year, std::int64_t month, std::int64_t day) {
    constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return std::nullopt;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > lengths[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0)) return std::nullopt;
    const std::int64_t from_march = year - (month <= 2 ? 1 : 0);
    const std::int64_t era = (from_march >= 0 ? from_march : from_march - 399) / 400;
    const std::int64_t of_era = from_march - era * 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return static_cast<double>(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

/// Takes up to `most` digits from the front.
std::optional<std::int64_t> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    std::int64_t value = 0;
    for (; n < most && n < text.size() && text[n] >= '0' && text[n] <= '9'; ++n)
        value = value * 10 + (text[n] - '0');
    if (n < least) return std::nullopt;
    text.remove_prefix(n);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

/// A time of day behind a date, with or without an offset from UTC, as a fraction of a day.
std::optional<double> time_of_day(std::string_view text) {
    if (text.empty()) return 0.0;
    if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
    const auto hour = take_digits(text, 1, 2);
    if (!hour || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2, 2);
    if (!minute) return std::nullopt;
    double seconds = 0;
    if (take(text, ':')) {
        std::size_t n = 0;
        while (n < text.size() && ((text[n] >= '0' && text[n] <= '9') || text[n] == '.'))
            ++n;
        const auto value = text::to_double(text.substr(0, n));
        if (!value) return std::nullopt;
        seconds = *value;
        text.remove_prefix(n);
    }
    double offset = 0;
    if (take(text, 'Z')) {
        if (!text.empty()) return std::nullopt;
    } else if (!text.empty()) {
        const bool west = text.front() == '-';
        if (!west && text.front() != '+') return std::nullopt;
        text.remove_prefix(1);
        const auto hours = take_digits(text, 2, 2);
        take(text, ':');
        const auto minutes = take_digits(text, 0, 2);
        if (!hours || !minutes || !text.empty()) return std::nullopt;
        offset = static_cast<double>(*hours * 60 + *minutes) * (west ? -1 : 1);
    }
    return (static_cast<double>(*hour * 60 + *minute) - offset + seconds / 60) / 1440;
}

}  // namespace

std::optional<double> iso_date(std::string_view text) {
    std::string_view rest = text;
    const auto year = take_digits(rest, 4, 4);
    if (!year || rest.empty()) return std::nullopt;
    const char mark = rest.front();
    const bool marked = mark == '-' || mark == '/';
    if (marked) rest.remove_prefix(1);
    const auto month = take_digits(rest, marked ? 1 : 2, 2);
    if (!month || (marked && !take(rest, mark))) return std::nullopt;
    const auto day = take_digits(rest, marked ? 1 : 2, 2);
    if (!day) return std::nullopt;
    const auto number = day_number(*year, *month, *day);
    const auto time = time_of_day(rest);
    if (!number || !time) return std::nullopt;
    return *number + *time;
}

/// `3.5.1999` or `5/3/1999 …`: the day that each of the two readings gives, NaN where it gives none.
bool DateColumn::read_local(std::string_view label, double& month_first, double& day_first) const {
    const auto one = take_digits(label, 1, 2);
    if (!one || label.empty() || (label.front() != '/' && label.front() != '.' && label.front() != '-')) return false;
    const char mark = label.front();
    label.remove_prefix(1);
    const auto two = take_digits(label, 1, 2);
    if (!two || !finance::take(label, mark)) return false;
    const auto year = take_digits(label, 4, 4);
    const auto time = time_of_day(label);
    if (!year || !time) return false;
    month_first = mark == '.' ? no_day : day_number(*year, *one, *two).value_or(no_day) + *time;
    day_first = day_number(*year, *two, *one).value_or(no_day) + *time;
    return !std::isnan(month_first) || !std::isnan(day_first);
}

void DateColumn::take(Reading& reading, double day, bool is_first) {
    if (std::isnan(day)) reading.good = false;
    if (is_first) reading.first = day;
    reading.last = day;
}

DateColumn::Step DateColumn::add(std::string_view label) {
    const bool is_first = rows_++ == 0;
    const bool same = !is_first && label == last_;
    last_ = label;
    if (kind_ == Kind::none) return is_first ? Step::first : Step::unknown;
    double month_first = no_day;
    double day_first = no_day;
    if (const auto iso = iso_date(label); iso && (is_first || kind_ == Kind::iso)) {
        month_first = *iso;
    } else if ((is_first || kind_ == Kind::local) && read_local(label, month_first, day_first)) {
        kind_ = Kind::local;
        ever_differ_ = ever_differ_ || month_first != day_first;
    } else {
        kind_ = Kind::none;
        return is_first ? Step::first : Step::unknown;
    }
    const Reading before_month = month_first_;
    const Reading before_day = day_first_;
    take(month_first_, month_first, is_first);
    if (kind_ == Kind::local) take(day_first_, day_first, is_first);
    if (is_first) return Step::first;
    if (same) {
        --rows_;
        return Step::same;
    }
    if (kind_ == Kind::local) {  // a reading in which dates go back is not the right one, if the other goes forward
        const bool month_back = month_first_.good && month_first < before_month.last;
        const bool day_back = day_first_.good && day_first < before_day.last;
        if (month_back && day_first_.good && !day_back) month_first_.good = false;
        if (day_back && month_first_.good && !month_back) day_first_.good = false;
    }
    const bool by_day = kind_ == Kind::local && !month_first_.good;
    const double now = by_day ? day_first : month_first;
    const double before = by_day ? before_day.last : before_month.last;
    if (now == before) --rows_;
    return now > before ? Step::later : now == before ? Step::same : Step::earlier;
}

double DateColumn::rows_a_year() const {
    if (kind_ == Kind::none || rows_ < 2) return 0;
    const double days = std::fabs(reading().last - reading().first);
    return days > 0 ? static_cast<double>(rows_ - 1) * days_a_year / days : 0;
}

void DateColumn::save(std::string& text) const {
    for (const double value :
         {static_cast<double>(kind_), static_cast<double>(rows_), month_first_.good ? 1.0 : 0.0, month_first_.first,
          month_first_.last, day_first_.good ? 1.0 : 0.0, day_first_.first, day_first_.last, ever_differ_ ? 1.0 : 0.0})
        save_bits(value, text);
    text += last_ + "\n";
}

bool DateColumn::load(std::string_view& text) {
    std::uint64_t kind = 0;
    double month_good = 0;
    double day_good = 0;
    double differ = 0;
    const bool good = load_count(text, kind, 0, 2) && load_count(text, rows_) && load_bits(text, month_good) &&
                      load_bits(text, month_first_.first) && load_bits(text, month_first_.last) &&
                      load_bits(text, day_good) && load_bits(text, day_first_.first) &&
                      load_bits(text, day_first_.last) && load_bits(text, differ);
    const std::size_t end = text.find('\n');
    if (!good || end == std::string_view::npos) return false;
    kind_ = static_cast<Kind>(kind);
    month_first_.good = month_good != 0;
    day_first_.good = day_good != 0;
    ever_differ_ = differ != 0;
    last_ = text.substr(0, end);
    if (!last_.empty()) last_.erase(0, last_.front() == ' ' ? 1 : 0);
    text.remove_prefix(end + 1);
    return true;
}

}  // namespace bradawl::finance
