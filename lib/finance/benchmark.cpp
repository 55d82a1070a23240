#include "finance/benchmark.hpp"

#include <algorithm>
#include <cmath>

#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"

namespace bradawl::finance {

void BenchmarkSums::add(double portfolio, double benchmark) {
    const auto n = static_cast<double>(++n_);
    const double active = portfolio - benchmark;
    const double p = portfolio_mean_.deviation(portfolio);
    const double b = benchmark_mean_.deviation(benchmark);
    const double a = active_mean_.deviation(active);
    portfolio_mean_.move(p / n);
    benchmark_mean_.move(b / n);
    active_mean_.move(a / n);
    portfolio_square_ += p * portfolio_mean_.deviation(portfolio);
    benchmark_square_ += b * benchmark_mean_.deviation(benchmark);
    product_ += p * benchmark_mean_.deviation(benchmark);
    active_square_ += a * active_mean_.deviation(active);
}

double BenchmarkSums::correlation() const {
    const double found = product_ / std::sqrt(portfolio_square_ * benchmark_square_);
    return std::isnan(found) ? found : std::clamp(found, -1.0, 1.0);
}

double BenchmarkSums::tracking_error(int ddof) const {
    return std::sqrt(active_square_ / (static_cast<double>(n_) - ddof));
}

void BenchmarkSums::save(std::string& text) const {
    save_count(n_, text);
    for (const TwofoldMean* mean : {&portfolio_mean_, &benchmark_mean_, &active_mean_}) {
        save_bits(mean->near, text);
        save_bits(mean->rest, text);
    }
    for (const double value : {portfolio_square_, benchmark_square_, product_, active_square_})
        save_bits(value, text);
}

bool BenchmarkSums::load(std::string_view& text) {
    bool good = load_count(text, n_);
    for (TwofoldMean* mean : {&portfolio_mean_, &benchmark_mean_, &active_mean_})
        good = good && load_bits(text, mean->near) && load_bits(text, mean->rest);
    for (double* value : {&portfolio_square_, &benchmark_square_, &product_, &active_square_})
        good = good && load_bits(text, *value);
    return good;
}

}  // namespace bradawl::finance
