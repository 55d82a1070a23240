#include "csv/fields.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <regex>

#include "core/error.hpp"
#include "text/number.hpp"

namespace bradawl::csv {

namespace {

constexpr std::size_t longest_number = 400;

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view Fields::next() {
    const char* begin = at_;
    if (separator_ != ' ')
        while (begin != end_ && *begin == ' ')
            ++begin;
    if (begin != end_ && *begin == '"') {
        at_ = begin;
        return quoted();
    }
    const void* const found = std::memchr(at_, separator_, static_cast<std::size_t>(end_ - at_));
    const char* const stop = found == nullptr ? end_ : static_cast<const char*>(found);
    const std::string_view field(at_, static_cast<std::size_t>(stop - at_));
    at_ = stop + 1;
    return without_blanks(field);
}

std::string_view Fields::quoted() {
    const char* const first = ++at_;
    bool twice = false;
    while (at_ != end_ && (*at_ != '"' || (at_ + 1 != end_ && at_[1] == '"'))) {
        if (*at_ == '"') {
            twice = true;
            ++at_;
        }
        ++at_;
    }
    if (at_ == end_) throw Error(Fault::data, "a quote that is not closed on its line");
    std::string_view field(first, static_cast<std::size_t>(at_ - first));
    ++at_;
    while (at_ != end_ && *at_ != separator_ && (*at_ == ' ' || *at_ == '\r'))
        ++at_;
    if (at_ != end_ && *at_ != separator_) throw Error(Fault::data, "text behind a closing quote");
    ++at_;
    if (!twice) return field;
    scratch_.clear();
    for (std::size_t at = 0; at < field.size(); ++at) {
        scratch_ += field[at];
        if (field[at] == '"') ++at;
    }
    return scratch_;
}

std::vector<std::string> split(std::string_view line, char separator) {
    std::string scratch;
    Fields fields(line, separator, scratch);
    std::vector<std::string> all;
    while (fields.more())
        all.emplace_back(fields.next());
    return all;
}

Cell read_cell(std::string_view field, const Dialect& dialect) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    field = without_blanks(field);
    if (field.empty() || std::find(dialect.missing.begin(), dialect.missing.end(), field) != dialect.missing.end())
        return {Cell::Kind::missing, nothing};
    if (field.size() > longest_number) return {Cell::Kind::text, nothing};
    char plain[longest_number];
    std::copy(field.begin(), field.end(), plain);
    if (dialect.decimal == ',') {
        for (std::size_t at = 0; at < field.size(); ++at) {
            if (plain[at] == '.') return {Cell::Kind::text, nothing};
            if (plain[at] == ',') plain[at] = '.';
        }
    }
    std::string_view spelling(plain, field.size());
    if (spelling.size() > 1 && spelling[0] == '+' && spelling[1] != '-') spelling.remove_prefix(1);
    const auto value = text::to_double(spelling);
    return value ? Cell{Cell::Kind::number, *value} : Cell{Cell::Kind::text, nothing};
}

std::string spelling_hint(std::string_view text, const Dialect& dialect) {
    text = without_blanks(text);
    if (text.size() > longest_number) return "";
    const std::string field(text);
    const auto is = [&](const char* pattern) { return std::regex_match(field, std::regex(pattern)); };
    if (dialect.decimal == '.' && is("[-+]?[0-9]*,[0-9]+") && !is("[-+]?[1-9][0-9]{0,2},[0-9]{3}"))
        return "If the comma is its decimal mark, say --decimal=, .";
    if (is("[-+]?[0-9]{1,3}([,. '_][0-9]{3})+([.,][0-9]*)?"))
        return "Write numbers without separators of thousands; --decimal says which mark is that of decimals.";
    const bool has_sign = field.find_first_of("$%(\xe2\xc2") != std::string::npos;
    if (has_sign && is("[-+(]*([$%]|€|£|¥)? ?[-+]?[0-9][0-9.,]* ?([$%)]|€|£|¥)*"))
        return "Write numbers without signs such as $ and %.";
    return "";
}

}  // namespace bradawl::csv
