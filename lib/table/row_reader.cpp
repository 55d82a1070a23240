#include "table/row_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "table/readers.hpp"
#include "text/nearest.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::table {

namespace {

char separator_of(std::string_view line, const RowsOptions& options) {
    if (options.separator != 0) return options.separator;
    if (options.format == Format::tsv) return '\t';
    if (options.format == Format::automatic && line.find('\t') != std::string_view::npos) return '\t';
    const bool has_comma = line.find(',') != std::string_view::npos;
    return !has_comma && line.find(';') != std::string_view::npos ? ';' : ',';
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::unique_ptr<RowReader> open_rows(io::LineReader& lines, const std::string& input, const RowsOptions& options) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    auto line = lines.next();
    std::string first;
    while (line) {
        first = line->text;
        if (line->number == 1 && first.starts_with(mark)) first.erase(0, mark.size());
        if (line->too_long)
            throw Error(Fault::data, fmt::format("{}:{}: a line that is too long", input, line->number));
        if (!is_blank(first)) break;
        line = lines.next();
    }
    if (!line) throw Error(Fault::data, input + ": empty");
    const bool json = options.format == Format::ndjson ||
                      (options.format == Format::automatic && first[first.find_first_not_of(" \t")] == '{');
    if (json) return make_json_rows(lines, first, line->number, input, options);
    return make_csv_rows(lines, first, line->number, input, separator_of(first, options), options);
}

std::size_t find_column(const std::vector<std::string>& names, const std::string& wanted) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    const auto number = text::to_uint64(wanted);
    return number && *number >= 1 && *number <= names.size() ? static_cast<std::size_t>(*number - 1) : names.size();
}

std::size_t demand_column(const std::vector<std::string>& names, const std::string& wanted, std::string_view option) {
    const std::size_t column = find_column(names, wanted);
    if (column < names.size()) return column;
    const std::string near = text::nearest(wanted, names);
    throw Error(Fault::usage,
                fmt::format("{}: no column '{}' (there are: {})", option, text::printable(wanted),
                            text::printable(fmt::format("{}", fmt::join(names, ",")), 200)),
                near.empty() ? "" : "Did you mean '" + near + "'?");
}

}  // namespace bradawl::table
