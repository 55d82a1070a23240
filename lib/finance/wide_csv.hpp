#pragma once

#include <memory>
#include <string>
#include <vector>

#include "csv/fields.hpp"
#include "csv/numbers.hpp"
#include "finance/options.hpp"
#include "finance/row_source.hpp"
#include "io/lines.hpp"

namespace bradawl::finance {

/// What a name for a column in a message or an option may be: its name in the header, or its number from 1.
std::size_t find_column(const std::vector<std::string>& header, const std::string& wanted, const char* option);

/// Whether a name matches --cols. Errors: Fault::usage for an expression that is none.
class NameFilter {
public:
    explicit NameFilter(const std::string& expression);
    bool matches(const std::string& name) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

/// Whether a column with that name in the header holds dates or the numbers of rows.
bool names_dates(const std::string& header);

/// CSV with a column an asset.
class WideCsv : public RowSource {
public:
    /// `lines`: used as long as this lives; `first`: the lines read from it already. `name`: of the input in messages.
    /// Errors: Fault::data, Fault::usage for columns that are not there.
    WideCsv(io::LineReader& lines, std::vector<std::string> first, std::string name, csv::Dialect dialect,
            const InputOptions& options);

    const std::vector<std::string>& names() const override { return names_; }
    bool next(Row& row) override;
    bool idle() override { return waiting_.empty() && lines_.idle(); }
    bool labelled() const override { return label_ < kinds_.size(); }
    const std::vector<std::string>& findings() const override { return findings_; }

private:
    enum class Kind : unsigned char { value, label, passed_over };

    void demand_names() const;
    void decide_columns(const InputOptions& options);
    void decide_label(const InputOptions& options, const std::vector<std::string>& sample);
    bool next_line(std::string_view& line);
    void read_cells(std::string_view line);
    void read_slowly(csv::Fields& fields, std::size_t column);
    [[noreturn]] void fail_line(const std::string& text) const;
    [[noreturn]] void fail(std::size_t column, const std::string& text, const std::string& hint = {}) const;
    [[noreturn]] void fail_number(std::size_t column, std::string_view field) const;

    io::LineReader& lines_;
    std::vector<std::string> waiting_;  // lines read already, the last first, each with padding behind it
    std::string current_;
    std::string name_;
    csv::Dialect dialect_;
    csv::NumberReader read_numbers_;
    std::vector<std::string> header_;
    std::vector<Kind> kinds_;          // by column
    std::vector<std::size_t> runs_;    // by column: how many value columns stand together from it on
    std::vector<std::size_t> chosen_;  // columns of the assets
    std::size_t label_ = 0;            // column; behind the last: none
    std::vector<std::string> names_;
    std::vector<std::string> findings_;
    std::vector<double> cells_;
    std::vector<double> values_;
    std::string label_text_;
    std::string scratch_;
    std::uint64_t line_ = 0;
    std::uint64_t header_line_ = 1;
};

}  // namespace bradawl::finance
