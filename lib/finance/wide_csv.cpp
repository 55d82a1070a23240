#include "finance/wide_csv.hpp"

#include <fmt/format.h>
#include <regex.h>

#include <algorithm>
#include <cctype>

#include "core/error.hpp"
#include "finance/dates.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

struct NameFilter::Compiled {
    regex_t expression{};
    ~Compiled() { ::regfree(&expression); }
};

NameFilter::NameFilter(const std::string& expression) {
    if (expression.empty()) return;
    auto compiled = std::make_shared<Compiled>();
    if (::regcomp(&compiled->expression, expression.c_str(), REG_EXTENDED | REG_NOSUB) != 0)
        throw Error(Fault::usage, "--cols: '" + expression + "' is no regular expression");
    compiled_ = std::move(compiled);
}

bool NameFilter::matches(const std::string& name) const {
    return compiled_ == nullptr || ::regexec(&compiled_->expression, name.c_str(), 0, nullptr, 0) == 0;
}

std::size_t find_column(const std::vector<std::string>& header, const std::string& wanted, const char* option) {
    const auto found = std::find(header.begin(), header.end(), wanted);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    if (const auto number = text::to_uint64(wanted); number && *number >= 1 && *number <= header.size())
        return static_cast<std::size_t>(*number - 1);
    const std::string near = text::nearest(wanted, header);
    throw Error(Fault::usage, fmt::format("{}: no column '{}'{}", option, wanted,
                                          near.empty() ? "" : " (did you mean '" + near + "'?)"));
}

bool names_dates(const std::string& header) {
    std::string lower;
    for (const char c : header)
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    constexpr const char* known[] = {"", "date", "time", "datetime", "timestamp", "day", "month", "index", "datum"};
    return std::find(std::begin(known), std::end(known), lower) != std::end(known);
}

namespace {

/// A copy with room behind it for readers of whole words.
std::string padded(std::string_view line) {
    std::string copy(line);
    copy.append(io::line_padding, '\0');
    return copy;
}

}  // namespace

WideCsv::WideCsv(io::LineReader& lines, std::vector<std::string> first, std::string name, csv::Dialect dialect,
                 const InputOptions& options)
    : lines_(lines), name_(std::move(name)), dialect_(std::move(dialect)), read_numbers_(csv::best_number_reader()) {
    for (auto line = first.rbegin(); line != first.rend(); ++line)
        waiting_.push_back(padded(*line));
    std::string_view line;
    if (!next_line(line)) throw Error(Fault::data, name_ + ": empty");
    header_line_ = line_;
    try {
        header_ = csv::split(line, dialect_.separator);
    } catch (const Error& error) {
        throw error.at(fmt::format("{}:{}", name_, line_));
    }
    if (!options.header) {
        waiting_.push_back(padded(line));
        --line_;
        for (std::size_t at = 0; at < header_.size(); ++at)
            header_[at] = "c" + std::to_string(at + 1);
    } else {
        demand_names();
    }
    decide_columns(options);
}

/// Errors: Fault::data for a header that is a row of data: of numbers only, or of a date and numbers.
void WideCsv::demand_names() const {
    DateColumn dates;
    dates.add(header_.front());
    const auto first = header_.begin() + (dates.are_dates() && header_.size() > 1 ? 1 : 0);
    const auto is_number = [&](const std::string& field) {
        return csv::read_cell(field, dialect_).kind == csv::Cell::Kind::number;
    };
    if (std::all_of(first, header_.end(), is_number))
        throw Error(Fault::data, fmt::format("{}:{}: the header holds numbers only", name_, line_),
                    "Use --no-header where the first line is data.");
}

/// Looks at the first row of data to tell labels, values and text apart.
void WideCsv::decide_columns(const InputOptions& options) {
    std::string_view line;
    std::vector<std::string> sample(header_.size());
    if (next_line(line)) {
        try {
            sample = csv::split(line, dialect_.separator);
        } catch (const Error& error) {
            fail_line(error.text());
        }
        waiting_.push_back(padded(line));
        --line_;
    }
    sample.resize(header_.size());
    kinds_.assign(header_.size(), Kind::value);
    decide_label(options, sample);
    const NameFilter filter(options.columns);
    for (std::size_t column = 0; column < header_.size(); ++column) {
        if (column == label_) continue;
        if (!filter.matches(header_[column])) {
            kinds_[column] = Kind::passed_over;
        } else if (options.columns.empty() && csv::read_cell(sample[column], dialect_).kind == csv::Cell::Kind::text) {
            if (!csv::spelling_hint(sample[column], dialect_).empty()) {
                ++line_;  // that of the sample
                fail_number(column, sample[column]);
            }
            kinds_[column] = Kind::passed_over;
            findings_.push_back("column '" + text::printable(header_[column]) + "' left out: it holds text");
        } else {
            if (std::find(names_.begin(), names_.end(), header_[column]) != names_.end())
                fail(column, "the name '" + text::printable(header_[column]) + "' stands twice in the header");
            names_.push_back(header_[column]);
            chosen_.push_back(column);
        }
    }
    if (names_.empty()) throw Error(Fault::data, name_ + ": no column of values");
    runs_.assign(header_.size(), 0);
    for (std::size_t column = header_.size(); column-- > 0;)
        if (kinds_[column] == Kind::value) runs_[column] = 1 + (column + 1 < header_.size() ? runs_[column + 1] : 0);
    cells_.resize(header_.size());
    values_.resize(names_.size());
}

void WideCsv::decide_label(const InputOptions& options, const std::vector<std::string>& sample) {
    label_ = header_.size();
    if (!options.date.empty()) {
        label_ = find_column(header_, options.date, "--date");
    } else if ((options.header && names_dates(header_[0])) || iso_date(sample[0]) ||
               csv::read_cell(sample[0], dialect_).kind == csv::Cell::Kind::text) {
        label_ = 0;
        const bool sure = options.header && names_dates(header_[0]) && !header_[0].empty();
        if (!sure) findings_.push_back("the first column taken for dates or row numbers");
    }
    if (label_ < header_.size()) kinds_[label_] = Kind::label;
}

/// The next line that is not blank.
bool WideCsv::next_line(std::string_view& line) {
    while (true) {
        if (!waiting_.empty()) {
            current_ = std::move(waiting_.back());
            waiting_.pop_back();
            line = std::string_view(current_).substr(0, current_.size() - io::line_padding);
            ++line_;
        } else {
            const auto read = lines_.next();
            if (!read) return false;
            line = read->text;
            line_ = read->number;
            if (read->too_long) fail_line("a line that is too long");
        }
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
    }
}

bool WideCsv::next(Row& row) {
    std::string_view line;
    if (!next_line(line)) return false;
    read_cells(line);
    row.line = line_;
    row.label = label_text_;
    if (chosen_.size() == runs_[chosen_.front()]) {
        row.values = {cells_.data() + chosen_.front(), chosen_.size()};
        return true;
    }
    for (std::size_t at = 0; at < chosen_.size(); ++at)
        values_[at] = cells_[chosen_[at]];
    row.values = values_;
    return true;
}

void WideCsv::read_cells(std::string_view line) {
    csv::Fields fields(line, dialect_.separator, scratch_);
    std::size_t column = 0;
    const bool fast = dialect_.decimal == '.';
    while (fields.more()) {
        if (column == header_.size()) {
            const std::size_t found = csv::split(line, dialect_.separator).size();
            fail_line(fmt::format("{} fields, expected {} (as in the header at line {})", found, header_.size(),
                                  header_line_));
        }
        if (fast && runs_[column] > 0) {
            column +=
                read_numbers_(fields.at(), fields.end(), dialect_.separator, cells_.data() + column, runs_[column]);
            if (!fields.more()) break;
            if (column == header_.size() || runs_[column] == 0) continue;
        }
        read_slowly(fields, column++);
    }
    if (column < header_.size())
        fail_line(fmt::format("{} field{}, expected {} (as in the header at line {})", column, column == 1 ? "" : "s",
                              header_.size(), header_line_));
}

/// A field that is no plain number.
void WideCsv::read_slowly(csv::Fields& fields, std::size_t column) {
    std::string_view field;
    try {
        field = fields.next();
    } catch (const Error& error) {
        fail(column, error.text());
    }
    if (kinds_[column] == Kind::label) label_text_ = field;
    if (kinds_[column] != Kind::value) return;
    const csv::Cell cell = csv::read_cell(field, dialect_);
    if (cell.kind == csv::Cell::Kind::text) fail_number(column, field);
    cells_[column] = cell.value;
}

void WideCsv::fail_line(const std::string& text) const {
    throw Error(Fault::data, fmt::format("{}:{}: {}", name_, line_, text));
}

void WideCsv::fail(std::size_t column, const std::string& text, const std::string& hint) const {
    throw Error(Fault::data, fmt::format("{}:{}:{}: {}", name_, line_, column + 1, text), hint);
}

void WideCsv::fail_number(std::size_t column, std::string_view field) const {
    fail(column, fmt::format("{}: '{}' is not a number", text::printable(header_[column]), text::printable(field, 40)),
         csv::spelling_hint(field, dialect_));
}

}  // namespace bradawl::finance
