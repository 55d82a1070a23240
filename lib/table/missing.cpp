#include "table/missing.hpp"

#include <algorithm>
#include <limits>

#include "text/number.hpp"

namespace bradawl::table {

const double MissingWords::nothing = std::numeric_limits<double>::quiet_NaN();

MissingWords::MissingWords(const RowsOptions& options) : missing_in_(options.missing_in) {
    for (const std::string& word : options.missing_words) {
        more_.missing.push_back(word);
        if (const auto value = text::to_double(word)) values_.push_back(*value);
    }
}

void MissingWords::choose(const std::vector<std::string>& names, const std::vector<Role>& roles) {
    meant_.clear();
    numbers_.clear();
    for (std::size_t column = 0; column < names.size(); ++column) {
        meant_.push_back(missing_in_.empty() ||
                         std::find(missing_in_.begin(), missing_in_.end(), names[column]) != missing_in_.end());
        if (!meant_.back() || roles[column] != Role::number) continue;
        for (const double value : values_)
            numbers_.emplace_back(column, value);
    }
}

bool MissingWords::is_missing(std::size_t column, std::string_view text) const {
    const std::vector<std::string>& words = of(column).missing;
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace bradawl::table
