#include "finance/ndjson_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "finance/long_names.hpp"
#include "finance/wide_csv.hpp"
#include "json/check.hpp"
#include "json/cursor.hpp"
#include "json/number.hpp"
#include "json/unescape.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

struct Member {
    std::string key;
    std::string_view value;  // its JSON
};

std::string decoded(json::Cursor::Raw raw) {
    if (!raw.escaped) return std::string(raw.inside);
    std::string text;
    json::unescape(raw.inside, text, json::LoneSurrogate::replace);
    return text;
}

/// Goes through the members of an object. Errors: Fault::data when the line is none.
template <class Take>
void for_members(std::string_view line, Take take) {
    if (const auto problem = json::check(line))
        throw Error(Fault::data, fmt::format("column {}: {}", problem->offset + 1, problem->what));
    json::Cursor cursor(line);
    if (!cursor.members([&](json::Cursor::Raw key) { take(key, cursor.value()); }))
        throw Error(Fault::data, "not a JSON object");
}

/// A value's text, without quotes where it is a string.
std::string text_of(std::string_view json) {
    if (json.front() != '"') return std::string(json);
    json::Cursor cursor(json);
    return decoded(cursor.string());
}

/// A number, or NaN for null and words for missing values. Errors: Fault::data for all else.
double number_of(std::string_view json, std::string_view key, const std::vector<std::string>& missing_words) {
    const bool is_number = json.front() == '-' || (json.front() >= '0' && json.front() <= '9');
    if (is_number) {
        const json::Double value = json::to_double(json);
        if (value.in_range || value.value == 0) return value.value;
    }
    csv::Dialect dialect;
    if (!missing_words.empty()) dialect.missing = missing_words;
    if (json == "null") return nothing;
    if (json.front() == '"') {
        const csv::Cell cell = csv::read_cell(text_of(json), dialect);
        if (cell.kind != csv::Cell::Kind::text) return cell.value;
    }
    throw Error(Fault::data, fmt::format("{}: {} is not a number", text::printable(key), text::printable(json, 40)));
}

}  // namespace

NdjsonRows::NdjsonRows(io::LineReader& lines, std::string first, std::string name, const InputOptions& options)
    : lines_(lines), first_(std::move(first)), name_(std::move(name)), missing_words_(options.missing_words) {
    line_ = 1;
    decide_members(options);
    line_ = 0;
    values_.resize(names_.size());
}

void NdjsonRows::decide_members(const InputOptions& options) {
    const NameFilter filter(options.columns);
    try {
        for_members(first_, [&](json::Cursor::Raw raw, std::string_view value) {
            std::string key = decoded(raw);
            const bool is_date = options.date.empty() ? names_dates(key) || key == "t" : key == options.date;
            if (is_date && label_key_.empty()) {
                label_key_ = key;
            } else if (!filter.matches(key)) {
                passed_over_.push_back(std::move(key));
            } else {
                number_of(value, key, missing_words_);
                if (std::find(names_.begin(), names_.end(), key) != names_.end())
                    throw Error(Fault::data, "the member '" + text::printable(key) + "' stands twice");
                names_.push_back(std::move(key));
            }
        });
    } catch (const Error& error) {
        fail(error.text());
    }
    if (!options.date.empty() && label_key_.empty())
        throw Error(Fault::usage, "--date: no member '" + options.date + "'");
    if (names_.empty()) fail("no members with values");
}

bool NdjsonRows::next(Row& row) {
    std::string line = std::move(first_);
    first_.clear();
    ++line_;
    while (line.find_first_not_of(" \t\r") == std::string::npos) {
        const auto read_line = lines_.next();
        if (!read_line) return false;
        line_ = read_line->number;
        if (read_line->too_long) fail("a line that is too long");
        line = read_line->text;
    }
    read(line);
    row = {values_, label_, line_};
    return true;
}

void NdjsonRows::read(std::string_view line) {
    std::fill(values_.begin(), values_.end(), nothing);
    std::size_t expected = 0;
    try {
        for_members(line, [&](json::Cursor::Raw raw, std::string_view value) {
            const std::string key = decoded(raw);
            if (expected >= names_.size() || names_[expected] != key) {
                if (key == label_key_) {
                    label_ = text_of(value);
                    return;
                }
                const auto found = std::find(names_.begin(), names_.end(), key);
                if (found == names_.end()) {
                    if (std::find(passed_over_.begin(), passed_over_.end(), key) != passed_over_.end()) return;
                    throw Error(Fault::data, "the member '" + text::printable(key) + "' is not in the first line");
                }
                expected = static_cast<std::size_t>(found - names_.begin());
            }
            values_[expected] = number_of(value, key, missing_words_);
            ++expected;
        });
    } catch (const Error& error) {
        fail(error.text());
    }
}

void NdjsonRows::fail(const std::string& text) const {
    throw Error(Fault::data, fmt::format("{}:{}: {}", name_, line_, text));
}

bool is_long_object(std::string_view line, const InputOptions& options) {
    bool has_asset = false;
    bool has_value = false;
    try {
        for_members(line, [&](json::Cursor::Raw raw, std::string_view value) {
            const std::string key = decoded(raw);
            has_asset = has_asset || (is_asset_name(key, options) && value.front() == '"');
            has_value = has_value || is_value_name(key, options);
        });
    } catch (const Error&) {
        return false;
    }
    return has_asset && has_value;
}

void read_long_ndjson(io::LineReader& lines, std::string_view first, const std::string& name,
                      const InputOptions& options, LongTable& table) {
    const NameFilter filter(options.columns);
    std::string line(first);
    for (std::uint64_t number = 1;;) {
        std::string label;
        std::string asset;
        double value = nothing;
        bool has_value = false;
        try {
            if (line.find_first_not_of(" \t\r") != std::string::npos) {
                for_members(line, [&](json::Cursor::Raw raw, std::string_view json) {
                    const std::string key = decoded(raw);
                    if (is_asset_name(key, options)) {
                        asset = text_of(json);
                    } else if (is_value_name(key, options)) {
                        value = number_of(json, key, options.missing_words);
                        has_value = true;
                    } else if (options.date.empty() ? names_dates(key) || key == "t" : key == options.date) {
                        label = text_of(json);
                    }
                });
                if (asset.empty() || !has_value || label.empty())
                    throw Error(Fault::data, "needs members for the date, the asset and the value");
                if (filter.matches(asset)) table.add(label, asset, value, number);
            }
        } catch (const Error& error) {
            throw error.at(fmt::format("{}:{}", name, number));
        }
        const auto next = lines.next();
        if (!next) return;
        if (next->too_long) throw Error(Fault::data, fmt::format("{}:{}: a line that is too long", name, next->number));
        line = next->text;
        number = next->number;
    }
}

}  // namespace bradawl::finance
