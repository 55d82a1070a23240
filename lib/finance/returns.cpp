#include "finance/returns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "finance/gap.hpp"
#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double large_return = 0.5;
constexpr std::uint64_t enough_to_judge = 1000;

/// How a label stands to a limit of a range: by date, or by number where both are numbers.
int compare_labels(std::string_view label, const std::string& limit) {
    const auto sign = [](double a, double b) { return a < b ? -1 : a > b ? 1 : 0; };
    const auto day = iso_date(label);
    const auto limit_day = iso_date(limit);
    if (day && limit_day) return sign(*day, *limit_day);
    const auto number = text::to_double(label);
    const auto limit_number = text::to_double(limit);
    if (number && limit_number) return sign(*number, *limit_number);
    throw Error(Fault::usage, "--from and --to need dates such as 1999-05-03, or numbers of rows, as the input has");
}

}  // namespace

Returns::Returns(RowSource& source, std::vector<std::size_t> columns, const InputOptions& options, Audit& audit)
    : source_(source), columns_(std::move(columns)), options_(options), audit_(audit) {
    const std::size_t n = columns_.size();
    values_.resize(n);
    same_.resize(n, 1);
    for (std::size_t at = 1; at < n; ++at)
        adjacent_ = adjacent_ && columns_[at] == columns_[0] + at;
    audit_.gaps.assign(n, 0);
    audit_.stale.assign(n, 0);
    if (!options.are_prices && options.missing == Missing::ffill)
        throw Error(Fault::usage, "--missing=ffill repeats prices, and these are returns");
    if ((!options.from.empty() || !options.to.empty()) && !source.labelled())
        throw Error(Fault::usage, "--from and --to need a column with dates; --date names it");
}

void Returns::fail(std::uint64_t line, const std::string& text, const std::string& hint) const {
    throw Error(Fault::data, fmt::format("{}:{}: {}", audit_.input, line, text), hint);
}

/// Copies the next row of the input, with only the assets chosen.
bool Returns::take(Held& held) {
    Row row;
    if (!source_.next(row)) return false;
    held.values.resize(columns_.size());
    if (adjacent_) {
        std::copy_n(row.values.data() + columns_[0], columns_.size(), held.values.data());
    } else {
        for (std::size_t at = 0; at < columns_.size(); ++at)
            held.values[at] = row.values[columns_[at]];
    }
    held.label.assign(row.label);
    held.line = row.line;
    return true;
}

bool Returns::in_range(const Held& held) const {
    if (!options_.from.empty() && compare_labels(held.label, options_.from) < 0) return false;
    return options_.to.empty() || compare_labels(held.label, options_.to) <= 0;
}

/// The next row by time.
bool Returns::ordered_row(Held& held) {
    if (options_.order == Order::ascending) {
        while (take(held))
            if (in_range(held) && !is_old(held)) return true;
        return false;
    }
    if (!loaded_) {
        loaded_ = true;
        for (Held row; take(row);)
            if (in_range(row)) reversed_.push_back(row);
    }
    if (reversed_.empty()) return false;
    held = std::move(reversed_.back());
    reversed_.pop_back();
    return true;
}

/// Whether the run before has had this row: it has a date not behind the last one.
bool Returns::is_old(const Held& held) const {
    if (resumed_behind_.empty()) return false;
    const auto day = iso_date(held.label);
    const auto last = iso_date(resumed_behind_);
    return day && last && *day <= *last;
}

void Returns::check_order(const Held& held, DateColumn::Step step) {
    if (step == DateColumn::Step::earlier)
        fail(held.line,
             fmt::format("date {} is before {}, that of the row in front", text::printable(held.label),
                         text::printable(current_.label)),
             options_.order == Order::ascending ? "Use --order=desc where the newest rows come first."
                                                : "Leave out --order=desc where the oldest rows come first.");
    if (step == DateColumn::Step::same && options_.duplicates == Duplicates::fail)
        fail(held.line, fmt::format("date {} again (first at line {}); use --duplicates last|mean",
                                    text::printable(held.label), current_.line));
}

void Returns::merge(const Held& more) {
    ++audit_.merged;
    for (std::size_t at = 0; at < more.values.size(); ++at) {
        double& value = current_.values[at];
        const double other = more.values[at];
        if (std::isnan(other)) continue;
        if (options_.duplicates == Duplicates::last || std::isnan(value)) {
            value = other;
        } else {
            value += (other - value) / static_cast<double>(++merged_[at]);
        }
    }
    current_.line = more.line;
}

/// The next row, those of the same date in one; false at the end.
bool Returns::next_row() {
    if (std::exchange(has_following_, false)) {
        std::swap(current_, following_);
    } else {
        Held row;
        std::swap(row.values, following_.values);  // for its memory
        if (!ordered_row(row)) return false;
        if (source_.labelled()) check_order(row, dates_.add(row.label));
        std::swap(current_, row);
        std::swap(row.values, following_.values);
    }
    if (options_.duplicates != Duplicates::fail && source_.labelled()) {
        merged_.assign(columns_.size(), 1);
        while (ordered_row(following_)) {
            const auto step = dates_.add(following_.label);
            check_order(following_, step);
            has_following_ = step != DateColumn::Step::same;
            if (has_following_) break;
            merge(following_);
        }
    }
    if (audit_.rows++ == 0) audit_.first = current_.label;
    audit_.last = current_.label;
    return true;
}

void Returns::check_prices() {
    if (begun_ && prices_are_plain() && std::exchange(all_priced_, true)) {
        std::fill(same_.begin(), same_.end(), 1);
        return;
    }
    const bool fill = options_.missing == Missing::ffill;
    for (std::size_t at = 0; at < current_.values.size(); ++at) {
        double& price = current_.values[at];
        if (std::isnan(price)) {
            ++audit_.gaps[at];
            if (options_.missing == Missing::fail)
                fail(current_.line, fmt::format("{}: no price", text::printable(name_of(at))),
                     "--missing drop|ffill|zero|pairwise goes on without it.");
            if (fill && begun_ && !std::isnan(prices_[at])) {
                price = prices_[at];
                ++audit_.filled;
            }
            continue;
        }
        if (price <= 0)
            fail(current_.line, fmt::format("{}: the price {} is not positive", text::printable(name_of(at)), price),
                 "Use --kind=returns where these are returns.");
        same_[at] = begun_ && price == prices_[at] ? same_[at] + 1 : 1;
        audit_.stale[at] = std::max(audit_.stale[at], same_[at]);
    }
}

/// Whether all prices are positive and none is that of the row before, as in most rows: there is nothing to note then.
bool Returns::prices_are_plain() const {
    const double* const now = current_.values.data();
    const double* const before = prices_.data();
    double odd = 0;  // as in has_gap()
    for (std::size_t at = 0, n = current_.values.size(); at < n; ++at)
        odd = ((now[at] > 0) & (now[at] != before[at])) ? odd : 1.0;
    return odd == 0;
}

void Returns::note_jump(std::size_t asset, double change) {
    if (++audit_.jump_count <= Audit::most_jumps)
        audit_.jumps.push_back({current_.label, name_of(asset), change, current_.line});
}

/// Fills values_; false for the first row of prices, which leads to no return.
bool Returns::make_returns() {
    if (!options_.are_prices) {
        values_ = current_.values;
        for (std::size_t at = 0; at < values_.size(); ++at) {
            if (std::isnan(values_[at])) {
                ++audit_.gaps[at];
                continue;
            }
            ++seen_;
            large_ += std::fabs(values_[at]) > large_return ? 1 : 0;
            if (!options_.log_returns && values_[at] < -1)
                fail(current_.line,
                     fmt::format("{}: the return {} is below -1", text::printable(name_of(at)), values_[at]),
                     "Leave out --kind=returns where these are prices.");
        }
        if (seen_ >= enough_to_judge) check_kind();
        return true;
    }
    check_prices();
    std::swap(before_, prices_);
    prices_ = current_.values;
    if (!std::exchange(begun_, true)) return false;
    const double far = 4 * std::log1p(options_.jump);
    if (!options_.log_returns && simple_returns() <= std::min(options_.jump, far)) return true;
    for (std::size_t at = 0; at < values_.size(); ++at) {
        const double ratio = prices_[at] / before_[at];
        if (options_.log_returns) values_[at] = std::log(ratio);
        if (std::fabs(ratio - 1) > options_.jump || std::fabs(values_[at]) > far) note_jump(at, ratio - 1);
    }
    return true;
}

/// Fills values_; the largest size of one.
double Returns::simple_returns() {
    const double* const now = prices_.data();
    const double* const before = before_.data();
    double* const values = values_.data();
    double largest = 0;
    for (std::size_t at = 0, n = values_.size(); at < n; ++at) {
        values[at] = now[at] / before[at] - 1;
        const double size = std::fabs(values[at]);
        largest = size > largest ? size : largest;
    }
    return largest;
}

/// What is to be done with gaps; false when the row is dropped.
bool Returns::settle_gaps() {
    if (options_.missing == Missing::pairwise || !has_gap(values_)) return true;
    for (std::size_t at = 0; at < values_.size(); ++at) {
        if (!std::isnan(values_[at])) continue;
        if (options_.missing == Missing::zero) {
            values_[at] = 0;
            ++audit_.filled;
            continue;
        }
        if (options_.missing == Missing::fail)
            fail(current_.line, fmt::format("{}: no return", text::printable(name_of(at))),
                 "--missing drop|zero|pairwise goes on without it.");
        ++audit_.dropped;
        return false;
    }
    return true;
}

/// Errors: Fault::data when what is called returns must be prices: half of them are beyond 0.5.
void Returns::check_kind() {
    if (options_.are_prices || seen_ == 0 || 2 * large_ <= seen_) return;
    throw Error(Fault::data, audit_.input + ": half of the returns are beyond 0.5",
                "Are these prices? Then leave out --kind=returns. Are they percent? Then divide by 100.");
}

bool Returns::next(ReturnRow& row) {
    while (next_row()) {
        if (!make_returns() || !settle_gaps()) continue;
        ++audit_.returns;
        row = {values_, current_.label, current_.line};
        return true;
    }
    check_kind();
    return false;
}

void Returns::save(std::string& text) const {
    save_bits(begun_ ? 1.0 : 0.0, text);
    for (const std::uint64_t count : {audit_.rows, audit_.returns, audit_.dropped, audit_.filled, audit_.merged})
        save_count(count, text);
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        save_bits(begun_ ? prices_[at] : nothing, text);
        for (const std::uint64_t count : {audit_.gaps[at], same_[at], audit_.stale[at]})
            save_count(count, text);
    }
    dates_.save(text);
    text += "\n" + audit_.first + "\n" + audit_.last + "\n";
}

bool Returns::load(std::string_view& text) {
    double begun = 0;
    bool good = load_bits(text, begun);
    for (std::uint64_t* count : {&audit_.rows, &audit_.returns, &audit_.dropped, &audit_.filled, &audit_.merged})
        good = good && load_count(text, *count);
    prices_.resize(columns_.size());
    for (std::size_t at = 0; good && at < columns_.size(); ++at) {
        good = load_bits(text, prices_[at]);
        for (std::uint64_t* count : {&audit_.gaps[at], &same_[at], &audit_.stale[at]})
            good = good && load_count(text, *count);
    }
    good = good && dates_.load(text) && text.starts_with("\n");
    if (!good) return false;
    begun_ = begun != 0;
    for (std::string* label : {&audit_.first, &audit_.last}) {
        const std::size_t end = text.find('\n', 1);
        if (end == std::string_view::npos) return false;
        *label = text.substr(1, end - 1);
        text.remove_prefix(end);
    }
    text.remove_prefix(1);
    resumed_behind_ = current_.label = audit_.last;
    return true;
}

}  // namespace bradawl::finance
