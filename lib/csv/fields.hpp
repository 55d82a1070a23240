#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::csv {

/// How a file spells its cells.
struct Dialect {
    char separator = ',';
    char decimal = '.';  ///< `,` as well, where the separator is another
    /// What a missing value looks like, beside nothing at all.
    std::vector<std::string> missing = {"NA", "N/A", "#N/A", "NaN", "nan", "null", "NULL", "None"};
};

/// Goes through the fields of one line (RFC 4180): quotes around a field may hold separators, and quotes written twice.
class Fields {
public:
    /// `scratch` holds a field whose quotes had to be undone.
    Fields(std::string_view line, char separator, std::string& scratch)
        : at_(line.data()), end_(at_ + line.size()), separator_(separator), scratch_(scratch) {}

    /// Whether another field stands on the line. An empty line has one, which is empty.
    bool more() const { return at_ <= end_; }

    /// The next field without its quotes; blanks around one without quotes are left out. Valid until the next call.
    /// Errors: Fault::data for a quote that is not closed, or with text behind it.
    std::string_view next();

    const char*& at() { return at_; }
    const char* end() const { return end_; }

private:
    std::string_view quoted();

    const char* at_;
    const char* end_;
    char separator_;
    std::string& scratch_;
};

/// All fields of a line, as strings of their own. Errors: as for Fields.
std::vector<std::string> split(std::string_view line, char separator);

/// What a cell holds.
struct Cell {
    enum class Kind { number, missing, text } kind;
    double value;  ///< of a number: finite
};

/// Errors: none; what is no number and not missing is text.
Cell read_cell(std::string_view field, const Dialect& dialect);

/// What to do about text that is a number in another spelling, such as `1,5`, `1,234.5` or `$2`; empty for other text.
std::string spelling_hint(std::string_view text, const Dialect& dialect);

}  // namespace bradawl::csv
