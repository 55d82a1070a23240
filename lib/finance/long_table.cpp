#include "finance/long_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "finance/dates.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

/// The number of a name. Names come in runs and in rounds, so the last one and the one behind it are tried first.
std::uint32_t LongTable::Index::find(std::string_view name) {
    if (!names.empty()) {
        if (names[last] == name) return last;
        const std::uint32_t after = last + 1 < names.size() ? last + 1 : 0;
        if (names[after] == name) return last = after;
    }
    const auto found = numbers.find(name);
    if (found != numbers.end()) return last = found->second;
    last = static_cast<std::uint32_t>(names.size());
    names.emplace_back(name);
    numbers.emplace(names.back(), last);
    return last;
}

void LongTable::add(std::string_view label, std::string_view asset, double value, std::uint64_t line) {
    const std::uint32_t row = labels_.find(label);
    const std::uint32_t column = assets_.find(asset);
    if (row == rows_.size()) {
        rows_.emplace_back().line = line;
        rows_.back().values.reserve(assets_.names.size());
    }
    std::vector<double>& values = rows_[row].values;
    if (column >= values.size()) values.resize(column + 1, nothing);
    double& cell = values[column];
    if (std::isnan(cell) || (duplicates_ == Duplicates::last && !std::isnan(value))) {
        cell = value;
    } else if (duplicates_ == Duplicates::fail) {
        throw Error(Fault::data, fmt::format("{} of {} again; use --duplicates last|mean", text::printable(asset),
                                             text::printable(label)));
    } else if (duplicates_ == Duplicates::mean && !std::isnan(value)) {
        const std::uint32_t n = ++repeats_[std::uint64_t{row} << 32 | column];
        cell += (value - cell) / (n + 1);
    }
}

void LongTable::finish() {
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::vector<double> days(rows_.size());
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        rows_[at].values.resize(assets_.names.size(), nothing);
        const auto day = iso_date(labels_.names[at]);
        if (!day) return;
        days[at] = *day;
    }
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return newest_first_ ? days[a] > days[b] : days[a] < days[b];
    };
    if (std::is_sorted(order_.begin(), order_.end(), before)) return;
    std::stable_sort(order_.begin(), order_.end(), before);
    findings_.emplace_back("rows sorted by date");
}

bool LongTable::next(Row& row) {
    if (at_ == order_.size()) return false;
    const std::uint32_t number = order_[at_++];
    rows_[number].values.resize(assets_.names.size(), nothing);
    row = {rows_[number].values, labels_.names[number], rows_[number].line};
    return true;
}

}  // namespace bradawl::finance
