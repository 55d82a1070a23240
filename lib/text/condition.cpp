#include "text/condition.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "text/number.hpp"

namespace bradawl::text {

Condition::Condition(std::string option, const std::string& expression, const std::string& example)
    : option_(std::move(option)), text_(expression) {
    std::string plain = expression;
    std::erase(plain, ' ');
    const std::size_t at = plain.find_first_of("<>=!");
    const std::size_t end = at == std::string::npos ? at : plain.find_first_not_of("<>=!", at);
    const bool whole = at != std::string::npos && at > 0 && end != std::string::npos;
    if (whole) {
        name_ = plain.substr(0, at);
        relation_ = plain.substr(at, end - at);
        const auto limit = to_double(plain.substr(end));
        constexpr const char* known[] = {"<", "<=", ">", ">=", "==", "!="};
        if (limit && std::find(std::begin(known), std::end(known), relation_) != std::end(known)) {
            limit_ = *limit;
            return;
        }
    }
    throw Error(Fault::usage, option_ + ": '" + expression + "' is not NAME>NUMBER",
                "Such as " + option_ + " '" + example + "'.");
}

double Condition::value_of(const Figures& figures, const std::string& hint) const {
    const auto value = figures(name_);
    if (!value) throw Error(Fault::usage, option_ + ": no figure '" + name_ + "'", hint);
    return *value;
}

bool Condition::holds(const Figures& figures, const std::string& hint) const {
    const double x = value_of(figures, hint);
    if (x != x) return false;
    if (relation_ == "<") return x < limit_;
    if (relation_ == "<=") return x <= limit_;
    if (relation_ == ">") return x > limit_;
    if (relation_ == ">=") return x >= limit_;
    return (x == limit_) == (relation_ == "==");
}

}  // namespace bradawl::text
