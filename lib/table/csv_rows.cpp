#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/error.hpp"
#include "csv/numbers.hpp"
#include "table/missing.hpp"
#include "table/readers.hpp"
#include "text/printable.hpp"

namespace bradawl::table {

namespace {

class CsvRows : public RowReader {
public:
    CsvRows(io::LineReader& lines, const std::string& first, std::uint64_t number, const std::string& input,
            char separator, const RowsOptions& options)
        : lines_(lines),
          separator_(separator),
          read_numbers_(csv::best_number_reader()),
          missing_(options),
          header_line_(number) {
        input_ = input;
        line_ = number;
        try {
            names_ = csv::split(first, separator);
        } catch (const Error& error) {
            throw error.at(fmt::format("{}:{}", input, number));
        }
        if (options.header) {
            demand_names();
        } else {
            waiting_ = first;
            waiting_.append(io::line_padding, '\0');
            for (std::size_t at = 0; at < names_.size(); ++at)
                names_[at] = at < options.names.size() ? options.names[at] : "c" + std::to_string(at + 1);
        }
        choose(std::vector<Role>(names_.size(), Role::passed_over));
    }

    void choose(std::vector<Role> roles) override {
        roles_ = std::move(roles);
        missing_.choose(names_, roles_);
        numbers_.resize(names_.size());
        texts_.resize(names_.size());
        runs_.assign(names_.size(), 0);
        for (std::size_t column = names_.size(); column-- > 0;)
            if (roles_[column] == Role::number)
                runs_[column] = 1 + (column + 1 < names_.size() ? runs_[column + 1] : 0);
    }

    bool next(Row& row) override {
        std::string_view line;
        if (!next_line(line)) return false;
        read_fields(line);
        row = {numbers_, texts_, line_, line};
        return true;
    }

    bool idle() override { return waiting_.empty() && lines_.idle(); }
    char separator() const override { return separator_; }

private:
    void demand_names() const {
        std::set<std::string> seen;
        for (std::size_t column = 0; column < names_.size(); ++column)
            if (!seen.insert(names_[column]).second)
                fail(column, "the name '" + text::printable(names_[column]) + "' stands twice in the header");
        const auto is_number = [&](const std::string& field) {
            return csv::read_cell(field, {}).kind == csv::Cell::Kind::number;
        };
        if (std::all_of(names_.begin(), names_.end(), is_number))
            throw Error(Fault::data, fmt::format("{}:{}: the header holds numbers only", input_, line_),
                        "Use --no-header where the first line is data.");
    }

    bool next_line(std::string_view& line) {
        if (!waiting_.empty()) {
            current_ = std::move(waiting_);
            waiting_.clear();
            line = std::string_view(current_).substr(0, current_.size() - io::line_padding);
            return true;
        }
        do {
            const auto read = lines_.next();
            if (!read) return false;
            line = read->text;
            line_ = read->number;
            if (read->too_long) fail_line("a line that is too long");
        } while (line.find_first_not_of(" \t\r") == std::string_view::npos && !(names_.size() == 1 && line.empty()));
        return true;
    }

    void read_fields(std::string_view line) {
        csv::Fields fields(line, separator_, scratch_);
        std::size_t column = 0;
        while (fields.more()) {
            if (column == names_.size()) fail_count(line);
            if (runs_[column] > 0) {
                column += read_numbers_(fields.at(), fields.end(), separator_, numbers_.data() + column, runs_[column]);
                if (!fields.more()) break;
                if (column == names_.size() || runs_[column] == 0) continue;
            }
            read_slowly(fields, column++);
        }
        if (column < names_.size()) fail_count(line);
        missing_.mark(numbers_);
    }

    void read_slowly(csv::Fields& fields, std::size_t column) {
        std::string_view field;
        try {
            field = fields.next();
        } catch (const Error& error) {
            fail(column, error.text());
        }
        if (roles_[column] == Role::passed_over) return;
        if (roles_[column] == Role::text) {
            texts_[column] = missing_.is_missing(column, field) ? std::string_view() : field;
            return;
        }
        const csv::Cell cell = csv::read_cell(field, missing_.of(column));
        if (cell.kind == csv::Cell::Kind::text) {
            const std::string name = text::printable(names_[column]);
            const std::string shown = text::printable(field, 40);
            throw Error(
                Fault::data,
                fmt::format("{}:{}:{}: column '{}': '{}' is not a number", input_, line_, column + 1, name, shown),
                fmt::format("Perhaps --categorical={}, or --missing={},mean?", name, shown));
        }
        numbers_[column] = cell.value;
    }

    [[noreturn]] void fail_count(std::string_view line) const {
        std::size_t found = 0;
        try {
            found = csv::split(line, separator_).size();
        } catch (const Error& error) {
            fail_line(error.text());
        }
        fail_line(fmt::format("{} field{}, expected {} (as in line {})", found, found == 1 ? "" : "s", names_.size(),
                              header_line_));
    }

    [[noreturn]] void fail_line(const std::string& text) const {
        throw Error(Fault::data, fmt::format("{}:{}: {}", input_, line_, text));
    }

    [[noreturn]] void fail(std::size_t column, const std::string& text) const {
        throw Error(Fault::data, fmt::format("{}:{}:{}: {}", input_, line_, column + 1, text));
    }

    io::LineReader& lines_;
    char separator_;
    csv::NumberReader read_numbers_;
    MissingWords missing_;
    std::uint64_t header_line_;
    std::uint64_t line_ = 0;
    std::string waiting_;  // the first line where it is data
    std::string current_;
    std::vector<Role> roles_;
    std::vector<std::size_t> runs_;  // by column: how many number columns stand together from it on
    std::vector<double> numbers_;
    std::vector<std::string> texts_;
    std::string scratch_;
};

}  // namespace

std::unique_ptr<RowReader> make_csv_rows(io::LineReader& lines, const std::string& first, std::uint64_t number,
                                         const std::string& input, char separator, const RowsOptions& options) {
    return std::make_unique<CsvRows>(lines, first, number, input, separator, options);
}

}  // namespace bradawl::table
