#include "finance/ewma.hpp"

#include "finance/risk_sums.hpp"
#include "finance/saved_count.hpp"

namespace bradawl::finance {

namespace {

constexpr std::uint64_t backcast_rows = 75;
constexpr double backcast_decay = 0.94;

}  // namespace

EwmaRisk::EwmaRisk(std::size_t assets, double lambda, EwmaSeed seed)
    : lambda_(lambda), seed_(seed), squares_(assets), products_(assets) {}

void EwmaRisk::add(std::span<const double> returns, double portfolio) {
    if (n_ < backcast_rows) add_early(returns, portfolio);
    const double lambda = lambda_;
    const double part = 1 - lambda;
    const double* const r = returns.data();
    double* const squares = squares_.now.data();
    double* const products = products_.now.data();
    const std::size_t assets = products_.now.size();
    for (std::size_t at = 0; at < assets; ++at) {
        squares[at] = lambda * squares[at] + part * (r[at] * r[at]);
        products[at] = lambda * products[at] + part * (r[at] * portfolio);
    }
    portfolio_.now[0] = lambda_ * portfolio_.now[0] + part * (portfolio * portfolio);
    weight_ = lambda_ * weight_ + part;
    faded_ *= lambda_;
    ++n_;
}

void EwmaRisk::keep_early(Products& sums, std::size_t at, double product) const {
    if (n_ == 0) sums.first[at] = product;
    sums.back[at] += back_weight_ * product;
}

/// What the seeds need of the first rows.
void EwmaRisk::add_early(std::span<const double> returns, double portfolio) {
    keep_early(portfolio_, 0, portfolio * portfolio);
    for (std::size_t at = 0; at < products_.now.size(); ++at) {
        keep_early(squares_, at, returns[at] * returns[at]);
        keep_early(products_, at, returns[at] * portfolio);
    }
    back_weights_ += back_weight_;
    back_weight_ *= backcast_decay;
}

double EwmaRisk::value(const Products& sums, std::size_t at, double sample) const {
    switch (seed_) {
        case EwmaSeed::first:
            return sums.now[at] + faded_ * sums.first[at];
        case EwmaSeed::cov:
            return sums.now[at] + faded_ * sample;
        case EwmaSeed::normalised:
            return sums.now[at] / weight_;
        case EwmaSeed::backcast:
            return sums.now[at] + faded_ * (sums.back[at] / back_weights_);
        case EwmaSeed::zero:
            break;
    }
    return sums.now[at];
}

double EwmaRisk::variance(double sample) const {
    return value(portfolio_, 0, sample);
}

double EwmaRisk::asset_variance(std::size_t asset, double sample) const {
    return value(squares_, asset, sample);
}

double EwmaRisk::covariance(std::size_t asset, double sample) const {
    return value(products_, asset, sample);
}

void EwmaRisk::save(std::string& text) const {
    save_count(n_, text);
    for (const double value : {faded_, weight_, back_weight_, back_weights_})
        save_bits(value, text);
    for (const Products* sums : {&portfolio_, &squares_, &products_})
        for (const auto* all : {&sums->now, &sums->first, &sums->back})
            for (const double value : *all)
                save_bits(value, text);
}

bool EwmaRisk::load(std::string_view& text) {
    bool good = load_count(text, n_);
    for (double* value : {&faded_, &weight_, &back_weight_, &back_weights_})
        good = good && load_bits(text, *value);
    for (Products* sums : {&portfolio_, &squares_, &products_})
        for (auto* all : {&sums->now, &sums->first, &sums->back})
            for (double& value : *all)
                good = good && load_bits(text, value);
    return good;
}

}  // namespace bradawl::finance
