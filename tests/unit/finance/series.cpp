#include "series.hpp"

#include "eustock.hpp"

namespace {

std::vector<double> made_returns() {
    std::vector<double> returns;
    for (std::size_t row = 0; row < eustock_returns().rows; ++row) {
        double sum = 0;
        for (const double one : eustock_returns().row(row))
            sum += 0.25 * one;
        returns.push_back(sum);
    }
    return returns;
}

std::vector<double> made_far_values() {
    std::vector<double> values;
    for (std::size_t at = 0; at < 1000; ++at) {
        const auto root = static_cast<double>(at * 7919 % 101);
        values.push_back(1e9 + root * root / 8192);
    }
    return values;
}

}  // namespace

const std::vector<double>& quarter_returns() {
    static const std::vector<double> returns = made_returns();
    return returns;
}

std::vector<double> index_returns(std::size_t index) {
    std::vector<double> returns;
    for (std::size_t row = 0; row < eustock_returns().rows; ++row)
        returns.push_back(eustock_returns()(row, index));
    return returns;
}

const std::vector<double>& far_values() {
    static const std::vector<double> values = made_far_values();
    return values;
}
