#include "finance/open_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/error.hpp"
#include "csv/fields.hpp"
#include "finance/long_names.hpp"
#include "finance/long_table.hpp"
#include "finance/ndjson_rows.hpp"
#include "finance/wide_csv.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::finance {

namespace {

bool is_one_of(const std::string& name, std::initializer_list<const char*> known) {
    std::string lower;
    for (const char c : name)
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return std::find(known.begin(), known.end(), lower) != known.end();
}

/// The separator that the first line has: a tab, else a semicolon where no comma can be one, else a comma.
char find_separator(std::string_view line, const InputOptions& options) {
    if (options.separator == "\\t" || options.format == Format::tsv) return '\t';
    if (!options.separator.empty()) return options.separator[0];
    if (options.format == Format::automatic && line.find('\t') != std::string_view::npos) return '\t';
    const bool has_comma = line.find(',') != std::string_view::npos && options.decimal != ",";
    if (line.find(';') != std::string_view::npos && !has_comma) return ';';
    return ',';
}

void demand_whole(const io::Line& line, const std::string& name) {
    if (line.too_long) throw Error(Fault::data, fmt::format("{}:{}: a line that is too long", name, line.number));
}

/// `P 2024-01-02 AAPL $185.64`, as ledger and hledger write prices.
void add_price_directive(std::string_view line, const NameFilter& filter, const csv::Dialect& dialect,
                         std::uint64_t number, LongTable& table) {
    const std::size_t comment = line.find(" ;");
    std::vector<std::string> words = csv::split(line.substr(0, comment), ' ');
    std::erase(words, "");
    if (words.empty() || words[0] != "P") return;  // other directives and comments
    if (words.size() > 3 && words[2].find(':') != std::string::npos &&
        words[2].find_first_not_of("0123456789:") == std::string::npos)
        words.erase(words.begin() + 2);
    if (words.size() < 4) throw Error(Fault::data, "not 'P DATE ASSET PRICE'");
    for (std::size_t at = 3; at < words.size(); ++at) {
        const std::size_t begin = words[at].find_first_of("0123456789-.");
        if (begin == std::string::npos) continue;
        const std::size_t end = words[at].find_last_of("0123456789.");
        const csv::Cell cell = csv::read_cell(std::string_view(words[at]).substr(begin, end + 1 - begin), dialect);
        if (cell.kind != csv::Cell::Kind::number) break;
        if (filter.matches(words[2])) table.add(words[1], words[2], cell.value, number);
        return;
    }
    throw Error(Fault::data, fmt::format("'{}' is not a number", text::printable(words[3], 40)));
}

void read_price_directives(io::LineReader& lines, const std::string& first, const std::string& name,
                           const InputOptions& options, const csv::Dialect& dialect, LongTable& table) {
    const NameFilter filter(options.columns);
    std::string line = first;
    for (std::uint64_t number = 1;;) {
        try {
            add_price_directive(line, filter, dialect, number, table);
        } catch (const Error& error) {
            throw error.at(fmt::format("{}:{}", name, number));
        }
        const auto next = lines.next();
        if (!next) return;
        demand_whole(*next, name);
        line = next->text;
        number = next->number;
    }
}

/// The three columns of the long form.
struct LongColumns {
    std::size_t label;
    std::size_t asset;
    std::size_t value;
};

template <class Is>
std::size_t column_of(const std::vector<std::string>& header, const std::string& option, const char* option_name,
                      Is is) {
    if (!option.empty()) return find_column(header, option, option_name);
    const auto found = std::find_if(header.begin(), header.end(), is);
    if (found == header.end())
        throw Error(Fault::usage, fmt::format("--shape=long: no column is known to be that of {}", option_name));
    return static_cast<std::size_t>(found - header.begin());
}

void read_long_csv(io::LineReader& lines, const std::string& first, const std::string& name,
                   const InputOptions& options, const csv::Dialect& dialect, LongTable& table) {
    const std::vector<std::string> header = csv::split(first, dialect.separator);
    const LongColumns columns{
        column_of(header, options.date, "--date", [](const std::string& field) { return names_dates(field); }),
        column_of(header, options.ticker, "--ticker",
                  [&](const std::string& field) { return is_asset_name(field, options); }),
        column_of(header, options.value, "--value",
                  [&](const std::string& field) { return is_value_name(field, options); })};
    const NameFilter filter(options.columns);
    const csv::NumberReader read_numbers = csv::best_number_reader();
    const bool plain = dialect.decimal == '.';
    std::string label_scratch;
    std::string asset_scratch;
    while (const auto line = lines.next()) {
        demand_whole(*line, name);
        if (line->text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        std::string_view label;
        std::string_view asset;
        csv::Cell cell{csv::Cell::Kind::missing, 0};
        std::size_t column = 0;
        const auto fail = [&](std::size_t at, const std::string& text, const std::string& hint = {}) {
            throw Error(Fault::data, fmt::format("{}:{}:{}: {}", name, line->number, at + 1, text), hint);
        };
        csv::Fields fields(line->text, dialect.separator, label_scratch);
        try {
            for (; fields.more(); ++column) {
                if (column == columns.value) {
                    if (plain && read_numbers(fields.at(), fields.end(), dialect.separator, &cell.value, 1) == 1) {
                        cell.kind = csv::Cell::Kind::number;
                        continue;
                    }
                    const std::string_view field = fields.next();
                    cell = csv::read_cell(field, dialect);
                    if (cell.kind == csv::Cell::Kind::text)
                        fail(column,
                             fmt::format("{}: '{}' is not a number", text::printable(header[column]),
                                         text::printable(field, 40)),
                             csv::spelling_hint(field, dialect));
                    continue;
                }
                const std::string_view field = fields.next();
                if (column == columns.label) {
                    label = field;
                    if (field.data() == label_scratch.data()) label = asset_scratch = label_scratch;
                } else if (column == columns.asset) {
                    asset = field;
                }
            }
            if (column != header.size())
                throw Error(Fault::data, fmt::format("{}:{}: {} fields, expected {} (as in the header at line 1)", name,
                                                     line->number, column, header.size()));
            if (filter.matches(std::string(asset))) table.add(label, asset, cell.value, line->number);
        } catch (const Error& error) {
            if (error.text().starts_with(name + ":")) throw;
            throw error.at(fmt::format("{}:{}", name, line->number));
        }
    }
}

bool has_long_columns(const std::vector<std::string>& header, const InputOptions& options) {
    const auto any = [&](auto is) { return std::any_of(header.begin(), header.end(), is); };
    return any([&](const std::string& field) { return is_asset_name(field, options); }) &&
           any([&](const std::string& field) { return is_value_name(field, options); });
}

std::string drop_byte_order_mark(std::string text) {
    return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

}  // namespace

bool is_asset_name(const std::string& name, const InputOptions& options) {
    if (!options.ticker.empty()) return name == options.ticker;
    return is_one_of(name, {"ticker", "symbol", "asset", "name", "instrument", "isin", "security"});
}

bool is_value_name(const std::string& name, const InputOptions& options) {
    if (!options.value.empty()) return name == options.value;
    return is_one_of(name, {"value", "price", "close", "adj close", "adj_close", "return", "ret", "adjusted"});
}

namespace {

std::unique_ptr<RowSource> rows_of(io::LineReader& lines, const std::string& name, const InputOptions& options) {
    const auto first_line = lines.next();
    if (!first_line) throw Error(Fault::data, name + ": empty");
    demand_whole(*first_line, name);
    const std::string first = drop_byte_order_mark(std::string(first_line->text));
    csv::Dialect dialect;
    if (!options.missing_words.empty()) dialect.missing = options.missing_words;
    dialect.decimal = options.decimal[0];
    const bool is_json =
        options.format == Format::ndjson || (options.format == Format::automatic && first.starts_with('{'));
    const bool is_pricedb =
        options.format == Format::pricedb || (options.format == Format::automatic && first.starts_with("P "));
    auto table = std::make_unique<LongTable>(options.duplicates, options.order);
    if (is_pricedb) {
        read_price_directives(lines, first, name, options, dialect, *table);
    } else if (is_json) {
        const bool is_long =
            options.shape == Shape::long_form || (options.shape == Shape::automatic && is_long_object(first, options));
        if (!is_long) return std::make_unique<NdjsonRows>(lines, first, name, options);
        read_long_ndjson(lines, first, name, options, *table);
    } else {
        dialect.separator = find_separator(first, options);
        const bool is_long =
            options.shape == Shape::long_form || (options.shape == Shape::automatic && options.header &&
                                                  has_long_columns(csv::split(first, dialect.separator), options));
        if (!is_long) return std::make_unique<WideCsv>(lines, std::vector{first}, name, dialect, options);
        read_long_csv(lines, first, name, options, dialect, *table);
    }
    if (options.shape == Shape::automatic) table->add_finding("long form, by the names of its columns");
    table->finish();
    return table;
}

}  // namespace

std::unique_ptr<RowSource> open_rows(io::Input& input, io::LineReader& lines, const InputOptions& options) {
    const std::string name = input.name() == "standard input" ? "stdin" : input.name();
    try {
        return rows_of(lines, name, options);
    } catch (const Error& error) {
        if (error.fault() != Fault::data || error.text().starts_with(name + ":")) throw;
        throw error.at(name + ":1");  // a header that is none
    }
}

}  // namespace bradawl::finance
