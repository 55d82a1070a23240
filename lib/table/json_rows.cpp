#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "json/check.hpp"
#include "json/cursor.hpp"
#include "json/number.hpp"
#include "json/unescape.hpp"
#include "table/missing.hpp"
#include "table/readers.hpp"
#include "text/printable.hpp"

namespace bradawl::table {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

class JsonRows : public RowReader {
public:
    JsonRows(io::LineReader& lines, const std::string& first, std::uint64_t number, const std::string& input,
             const RowsOptions& options)
        : lines_(lines), missing_(options), waiting_(first), line_(number) {
        input_ = input;
        for_members(first, [&](std::string_view key, std::string_view) {
            if (std::find(names_.begin(), names_.end(), key) == names_.end()) names_.emplace_back(key);
        });
        if (names_.empty()) fail("no members");
        choose(std::vector<Role>(names_.size(), Role::passed_over));
    }

    void choose(std::vector<Role> roles) override {
        roles_ = std::move(roles);
        missing_.choose(names_, roles_);
        numbers_.resize(names_.size());
        texts_.resize(names_.size());
    }

    bool next(Row& row) override {
        std::string_view line;
        if (!waiting_.empty()) {
            current_ = std::move(waiting_);
            waiting_.clear();
            line = current_;
        } else {
            do {
                const auto read = lines_.next();
                if (!read) return false;
                line = read->text;
                line_ = read->number;
                if (read->too_long) fail("a line that is too long");
            } while (line.find_first_not_of(" \t\r") == std::string_view::npos);
        }
        std::fill(numbers_.begin(), numbers_.end(), nothing);
        for (std::string& text : texts_)
            text.clear();
        std::size_t expected = 0;
        for_members(line, [&](std::string_view key, std::string_view value) {
            const std::size_t column = column_of(key, expected);
            if (column == names_.size()) return;
            expected = column + 1;
            take(column, value);
        });
        missing_.mark(numbers_);
        row = {numbers_, texts_, line_, line};
        return true;
    }

    bool idle() override { return waiting_.empty() && lines_.idle(); }
    char separator() const override { return 0; }

private:
    std::size_t column_of(std::string_view key, std::size_t expected) const {
        if (expected < names_.size() && names_[expected] == key) return expected;
        return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), key) - names_.begin());
    }

    /// Calls take(key, JSON of the value) for the members of an object.
    template <class Take>
    void for_members(std::string_view line, Take take) {
        if (const auto problem = json::check(line))
            throw Error(Fault::data, fmt::format("{}:{}:{}: {}", input_, line_, problem->offset + 1, problem->what));
        json::Cursor cursor(line);
        const auto take_member = [&](json::Cursor::Raw key) {
            if (key.escaped) {
                key_.clear();
                json::unescape(key.inside, key_, json::LoneSurrogate::replace);
                key.inside = key_;
            }
            take(key.inside, cursor.value());
        };
        if (!cursor.members(take_member)) fail("not a JSON object");
    }

    void take(std::size_t column, std::string_view value) {
        if (roles_[column] == Role::passed_over) return;
        const char first = value.front();
        if (first == '{' || first == '[') fail(column, value);
        const bool number = roles_[column] == Role::number;
        if (value == "null") return;
        if (first != '"') {
            if (!number) {
                texts_[column] = value;
            } else if (first == 't' || first == 'f') {
                numbers_[column] = first == 't' ? 1 : 0;
            } else {
                const json::Double read = json::to_double(value);
                if (!read.in_range && read.value != 0) fail(column, value);
                numbers_[column] = read.value;
            }
            return;
        }
        std::string& text = texts_[column];
        text.clear();
        json::unescape(value.substr(1, value.size() - 2), text, json::LoneSurrogate::replace);
        if (!number) {
            if (missing_.is_missing(column, text)) text.clear();
            return;
        }
        const csv::Cell cell = csv::read_cell(text, missing_.of(column));
        if (cell.kind == csv::Cell::Kind::text) fail(column, value);
        numbers_[column] = cell.value;
    }

    [[noreturn]] void fail(const std::string& text) const {
        throw Error(Fault::data, fmt::format("{}:{}: {}", input_, line_, text));
    }

    [[noreturn]] void fail(std::size_t column, std::string_view value) const {
        fail(fmt::format("{}: {} is not a {}", text::printable(names_[column]), text::printable(value, 40),
                         roles_[column] == Role::number ? "number" : "text"));
    }

    io::LineReader& lines_;
    MissingWords missing_;
    std::string waiting_;
    std::string current_;
    std::uint64_t line_;
    std::string key_;
    std::vector<Role> roles_;
    std::vector<double> numbers_;
    std::vector<std::string> texts_;
};

}  // namespace

std::unique_ptr<RowReader> make_json_rows(io::LineReader& lines, const std::string& first, std::uint64_t number,
                                          const std::string& input, const RowsOptions& options) {
    return std::make_unique<JsonRows>(lines, first, number, input, options);
}

}  // namespace bradawl::table
