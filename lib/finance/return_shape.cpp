#include "finance/return_shape.hpp"

#include <cmath>

#include "finance/twofold_mean.hpp"

namespace bradawl::finance {

Shape4 shape_of_returns(std::span<const double> returns) {
    const auto n = static_cast<double>(returns.size());
    TwofoldMean mean;
    double count = 0;
    for (const double value : returns)
        mean.move(mean.deviation(value) / ++count);
    double rest = 0;
    for (const double value : returns)
        rest += mean.deviation(value);
    mean.move(rest / n);
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (const double value : returns) {
        const double d = mean.deviation(value);
        const double square = d * d;
        second += square;
        third += square * d;
        fourth += square * square;
    }
    second /= n;
    return {mean.value(), second, third / n / (second * std::sqrt(second)), fourth / n / (second * second) - 3};
}

}  // namespace bradawl::finance
