#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "finance/options.hpp"
#include "finance/row_source.hpp"

namespace bradawl::finance {

/// A table made of one value at a time, in any order: everything is held.
class LongTable : public RowSource {
public:
    LongTable(Duplicates duplicates, Order order)
        : duplicates_(duplicates), newest_first_(order == Order::descending) {}

    /// Adds the value of an asset at a date; NaN is a missing one. Errors: Fault::data when there is one already.
    void add(std::string_view label, std::string_view asset, double value, std::uint64_t line);

    /// Puts the rows in the order that their dates should have, once all is added.
    void finish();

    const std::vector<std::string>& names() const override { return assets_.names; }
    bool next(Row& row) override;
    bool labelled() const override { return true; }
    const std::vector<std::string>& findings() const override { return findings_; }
    void add_finding(std::string text) { findings_.push_back(std::move(text)); }

private:
    /// Names and their numbers, in the order of their first appearance.
    struct Index {
        struct Hash {
            using is_transparent = void;
            std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
        };
        std::vector<std::string> names;
        std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers;
        std::uint32_t last = 0;

        std::uint32_t find(std::string_view name);
    };
    struct TableRow {
        std::vector<double> values;
        std::uint64_t line = 0;
    };

    Duplicates duplicates_;
    bool newest_first_;
    Index labels_;
    Index assets_;
    std::vector<TableRow> rows_;
    std::unordered_map<std::uint64_t, std::uint32_t> repeats_;  // mean: how many values a cell has, beyond one
    std::vector<std::uint32_t> order_;
    std::size_t at_ = 0;
    std::vector<std::string> findings_;
};

}  // namespace bradawl::finance
