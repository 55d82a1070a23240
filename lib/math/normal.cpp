#include "math/normal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

namespace bradawl::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double half_log_two_pi = 0.91893853320467274178;

double polynomial(std::span<const double> coefficients, double x) {
    double sum = 0;
    for (std::size_t power = coefficients.size(); power-- > 0;)
        sum = sum * x + coefficients[power];
    return sum;
}

// Coefficients of AS241 (PPND16), from the constant term up.
constexpr double central_above[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                    1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                    3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr double central_below[] = {1.0,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
constexpr double middle_above[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                   3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr double middle_below[] = {1.0,
                                   2.05319162663775882187e0,
                                   1.67638483018380384940e0,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
constexpr double far_above[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr double far_below[] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};

// The quantile of a probability of at most a half.
double lower_quantile(double probability) {
    const double away = probability - 0.5;
    if (away >= -0.425) {
        const double r = 0.180625 - away * away;
        return away * polynomial(central_above, r) / polynomial(central_below, r);
    }
    const double r = std::sqrt(-std::log(probability));
    const double x = r <= 5 ? -polynomial(middle_above, r - 1.6) / polynomial(middle_below, r - 1.6)
                            : -polynomial(far_above, r - 5) / polynomial(far_below, r - 5);
    const double density = normal_density(x);
    if (density < std::numeric_limits<double>::min()) return x;
    const double step = (normal_distribution(x) - probability) / density;
    return x - step / (1 + x * step / 2);
}

// ln Γ(a + 1) less Stirling's (a + 1/2) ln a - a + ln √(2π).
double stirling_error(double a) {
    if (a <= 15) return std::lgamma(a + 1) - (a + 0.5) * std::log(a) + a - half_log_two_pi;
    constexpr double terms[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156};
    return polynomial(terms, 1 / (a * a)) / a;
}

// a ln(a/x) + x - a without cancellation near x = a (Loader 2000).
double deviance(double a, double x) {
    if (std::abs(a - x) >= 0.1 * (a + x)) return a * std::log(a / x) + x - a;
    const double v = (a - x) / (a + x);
    double sum = (a - x) * v;
    double term = 2 * a * v;
    for (int odd = 3; odd < 1000; odd += 2) {
        term *= v * v;
        const double next = sum + term / odd;
        if (next == sum) break;
        sum = next;
    }
    return sum;
}

// x^a e^-x / Γ(a + 1)
double gamma_term(double a, double x) {
    if (a <= 15) return std::pow(x, a) * std::exp(-x) / std::tgamma(a + 1);
    return std::exp(-stirling_error(a) - deviance(a, x)) / std::sqrt(2 * std::numbers::pi * a);
}

struct Tails {
    double lower;
    double upper;
};

// P(a, x) and 1 - P(a, x): the lesser by a series or by Lentz's continued fraction, the other as what it leaves.
Tails incomplete_gamma(double a, double x) {
    if (x <= 0) return {0, 1};
    const double front = gamma_term(a, x);
    constexpr int most = 10'000'000;
    if (x < a + 1) {
        double sum = 1;
        double term = 1;
        for (int step = 1; step < most && term > sum * epsilon / 4; ++step) {
            term *= x / (a + step);
            sum += term;
        }
        const double lower = std::min(front * sum, 1.0);
        return {lower, 1 - lower};
    }
    constexpr double tiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double fraction = d;
    for (int step = 1; step < most; ++step) {
        const double numerator = -step * (step - a);
        b += 2;
        d = numerator * d + b;
        d = 1 / (std::abs(d) < tiny ? tiny : d);
        c = b + numerator / c;
        if (std::abs(c) < tiny) c = tiny;
        fraction *= d * c;
        if (std::abs(d * c - 1) <= epsilon) break;
    }
    const double upper = std::min(front * a * fraction, 1.0);
    return {1 - upper, upper};
}

// Where to begin: Wilson and Hilferty, and near 0 the first term of the series.
double first_guess(double probability, double a) {
    const double ninth = 1 / (9 * a);
    const double cubed = 1 - ninth + normal_quantile(probability) * std::sqrt(ninth);
    const double guess = a * cubed * cubed * cubed;
    if (cubed > 0.3) return guess;
    return std::exp((std::log(probability) + std::lgamma(a + 1)) / a);
}

}  // namespace

double normal_density(double x) {
    return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
}

double normal_distribution(double x) {
    // x/√2 in two parts, the second small: its rounding would cost x² ulps in the tail.
    constexpr double root_high = 0.70710678118654752440;
    constexpr double root_low = -4.8336466567264567e-17;
    const double y = -x * root_high;
    const double rest = std::fma(-x, root_high, -y) - x * root_low;
    const double value = std::erfc(y) / 2;
    return std::isfinite(y) ? value - rest * std::numbers::inv_sqrtpi * std::exp(-y * y) : value;
}

double normal_quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) return std::numeric_limits<double>::quiet_NaN();
    if (probability == 0) return -infinity;
    if (probability == 1) return infinity;
    return probability <= 0.5 ? lower_quantile(probability) : -lower_quantile(1 - probability);
}

double chi_square_distribution(double x, double freedom) {
    return incomplete_gamma(freedom / 2, x / 2).lower;
}

double chi_square_quantile(double probability, double freedom) {
    if (!(probability >= 0 && probability <= 1 && freedom > 0)) return std::numeric_limits<double>::quiet_NaN();
    if (probability == 0) return 0;
    if (probability == 1) return infinity;
    const double a = freedom / 2;
    double low = 0;
    double high = infinity;
    double x = first_guess(probability, a);
    for (int step = 0; step < 200; ++step) {
        const Tails tails = incomplete_gamma(a, x);
        const double excess = probability <= 0.5 ? tails.lower - probability : (1 - probability) - tails.upper;
        (excess > 0 ? high : low) = x;
        const double slope = gamma_term(a, x) * a / x;
        double next = x - excess / slope;
        if (!(next > low && next < high)) next = std::isfinite(high) ? (low + high) / 2 : 2 * x;
        const double change = std::abs(next - x);
        x = next;
        if (change <= 4 * epsilon * x) break;
    }
    return 2 * x;
}

}  // namespace bradawl::math
