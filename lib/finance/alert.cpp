#include "finance/alert.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "text/number.hpp"

namespace bradawl::finance {

Alert::Alert(const std::string& expression) : text_(expression) {
    std::string plain = expression;
    std::erase(plain, ' ');
    const std::size_t at = plain.find_first_of("<>=!");
    const std::size_t end = at == std::string::npos ? at : plain.find_first_not_of("<>=!", at);
    const bool whole = at != std::string::npos && at > 0 && end != std::string::npos;
    if (whole) {
        name_ = plain.substr(0, at);
        relation_ = plain.substr(at, end - at);
        const auto limit = text::to_double(plain.substr(end));
        constexpr const char* known[] = {"<", "<=", ">", ">=", "==", "!="};
        if (limit && std::find(std::begin(known), std::end(known), relation_) != std::end(known)) {
            limit_ = *limit;
            return;
        }
    }
    throw Error(Fault::usage, "--alert: '" + expression + "' is not NAME>NUMBER", "Such as --alert 'ewma>0.25'.");
}

bool Alert::holds(const Figures& figures) const {
    const auto value = figures(name_);
    if (!value)
        throw Error(Fault::usage, "--alert: no figure '" + name_ + "'",
                    "There are vol, ewma, ret, dd, n, var_breach, and for each asset pcr:NAME.");
    const double x = *value;
    if (x != x) return false;
    if (relation_ == "<") return x < limit_;
    if (relation_ == "<=") return x <= limit_;
    if (relation_ == ">") return x > limit_;
    if (relation_ == ">=") return x >= limit_;
    return (x == limit_) == (relation_ == "==");
}

}  // namespace bradawl::finance
