#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "finance/audit.hpp"
#include "finance/dates.hpp"
#include "finance/options.hpp"
#include "finance/row_source.hpp"

namespace bradawl::finance {

/// Returns of the assets chosen from one date to the next; NaN where there is none.
struct ReturnRow {
    std::span<const double> values;  ///< valid until the next row
    std::string_view label;          ///< of the later date
    std::uint64_t line = 0;
};

/// Makes returns of a table's rows: puts them in order, merges dates that stand twice, cuts the range, fills gaps or
/// drops rows with them, and notes all it does.
class Returns {
public:
    /// `columns`: of the table, the assets chosen. All are used as long as this lives. Errors: Fault::usage.
    Returns(RowSource& source, std::vector<std::size_t> columns, const InputOptions& options, Audit& audit);

    /// The next row; false at the end. Errors: Fault::data, as `prices.csv:310: date 1998-02-03 again (…)`.
    bool next(ReturnRow& row);

    /// The prices that the last return led to; of returns, nothing of meaning.
    const std::vector<double>& prices() const { return prices_; }

    /// What a later run needs to go on behind the last row. load() says false for a text that is not so; rows that are
    /// not behind the last one of then are passed over.
    void save(std::string& text) const;
    bool load(std::string_view& text);

    /// How many rows the input has a year; 0 without dates.
    double rows_a_year() const { return dates_.rows_a_year(); }
    bool has_dates() const { return source_.labelled() && dates_.are_dates(); }
    bool ambiguous_dates() const { return dates_.ambiguous(); }

private:
    struct Held {
        std::vector<double> values;
        std::string label;
        std::uint64_t line = 0;
    };

    bool next_row();
    bool is_old(const Held& held) const;
    bool ordered_row(Held& held);
    bool take(Held& held);
    bool in_range(const Held& held) const;
    void check_order(const Held& held, DateColumn::Step step);
    void merge(const Held& more);
    void check_prices();
    bool prices_are_plain() const;
    bool make_returns();
    double simple_returns();
    bool settle_gaps();
    void note_jump(std::size_t asset, double change);
    void check_kind();
    [[noreturn]] void fail(std::uint64_t line, const std::string& text, const std::string& hint = {}) const;
    const std::string& name_of(std::size_t asset) const { return source_.names()[columns_[asset]]; }

    RowSource& source_;
    std::vector<std::size_t> columns_;
    const InputOptions& options_;
    Audit& audit_;
    DateColumn dates_;
    std::vector<Held> reversed_;  // descending: rows still to come, the next one last
    bool loaded_ = false;
    Held current_;
    Held following_;  // duplicates: the row read already that is of another date
    bool has_following_ = false;
    std::vector<std::uint64_t> merged_;  // by asset: values of one date in their mean
    bool begun_ = false;
    std::vector<double> prices_;
    std::vector<double> before_;
    bool all_priced_ = false;          // some row had a price of every asset
    bool adjacent_ = true;             // the assets' columns stand side by side
    std::vector<std::uint64_t> same_;  // by asset: rows with the price of now
    std::vector<double> values_;
    std::string resumed_behind_;  // label of the last row of the run before
    std::uint64_t large_ = 0;     // of returns: how many beyond 0.5
    std::uint64_t seen_ = 0;
};

}  // namespace bradawl::finance
