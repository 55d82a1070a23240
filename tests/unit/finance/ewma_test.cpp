#include "finance/ewma.hpp"

#include <cmath>

#include "eustock.hpp"
#include "finance/estimators.hpp"
#include "series.hpp"

namespace {

using namespace bradawl::finance;
using bradawl::math::Matrix;

constexpr EwmaSeed all_seeds[] = {EwmaSeed::first, EwmaSeed::cov, EwmaSeed::zero, EwmaSeed::normalised,
                                  EwmaSeed::backcast};

void add_rows(EwmaRisk& risk, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
        risk.add(eustock_returns().row(row), quarter_returns()[row]);
}

EwmaRisk of(std::size_t rows, double lambda, EwmaSeed seed) {
    EwmaRisk made(4, lambda, seed);
    add_rows(made, 0, rows);
    return made;
}

TEST(Ewma, OfTheIndicesWithAnySeed) {
    const double sample = 6.9e-5;  // of which nothing is left after 1,859 rows
    for (const EwmaSeed seed : all_seeds) {
        const EwmaRisk found = of(1859, 0.94, seed);
        expect_close(std::sqrt(found.variance(sample)), 0.013703387539068);
        expect_close(found.covariance(0, sample), 0.0002055620874354182);
        expect_close(std::sqrt(of(1859, 0.97, seed).variance(sample)), 0.01215697883134);
    }
}

// From numpy, by each seed's definition: the portfolio's volatility and DAX's covariance with it.
TEST(Ewma, Seeds) {
    struct Wanted {
        std::size_t rows;
        EwmaSeed seed;
        double volatility;
        double covariance;
    };
    for (const Wanted& wanted : {
             Wanted{20, EwmaSeed::first, 0.0037210648248402426, 1.7268478800408245e-05},
             Wanted{20, EwmaSeed::cov, 0.004362105205967997, 1.7498769750701602e-05},
             Wanted{20, EwmaSeed::zero, 0.003524106207100049, 1.1295544835825657e-05},
             Wanted{20, EwmaSeed::normalised, 0.004182657556631726, 1.591159901705435e-05},
             Wanted{20, EwmaSeed::backcast, 0.004495170579357101, 1.8142885498144587e-05},
             Wanted{100, EwmaSeed::first, 0.007531405127450739, 5.261576626773767e-05},
             Wanted{100, EwmaSeed::cov, 0.007542802953168098, 5.279563140360781e-05},
             Wanted{100, EwmaSeed::zero, 0.00753073406141123, 5.2573458900402324e-05},
             Wanted{100, EwmaSeed::normalised, 0.007538483364056459, 5.268171322377383e-05},
             Wanted{100, EwmaSeed::backcast, 0.007540277763568879, 5.274429420134786e-05},
         }) {
        Matrix both(wanted.rows, 2);
        for (std::size_t row = 0; row < wanted.rows; ++row) {
            both(row, 0) = eustock_returns()(row, 0);
            both(row, 1) = quarter_returns()[row];
        }
        const Matrix sample = covariance(both, 1);
        const EwmaRisk found = of(wanted.rows, 0.94, wanted.seed);
        EXPECT_EQ(found.count(), wanted.rows);
        expect_close(std::sqrt(found.variance(sample(1, 1))), wanted.volatility);
        expect_close(found.covariance(0, sample(1, 0)), wanted.covariance);
    }
    expect_close(std::sqrt(of(100, 0.94, EwmaSeed::first).variance(0)), 0.0075314051274507);
}

TEST(Ewma, WeightedCovariancesMakeTheVariance) {
    for (const EwmaSeed seed : all_seeds) {
        if (seed == EwmaSeed::cov) continue;
        for (const std::size_t rows : {1U, 50U, 300U}) {
            const EwmaRisk found = of(rows, 0.94, seed);
            double sum = 0;
            for (std::size_t asset = 0; asset < 4; ++asset)
                sum += 0.25 * found.covariance(asset, 0);
            expect_close(sum, found.variance(0), 1e-13);
        }
    }
}

TEST(Ewma, AssetAloneIsThePortfolio) {
    for (const EwmaSeed seed : all_seeds) {
        EwmaRisk found(1, 0.94, seed);
        for (std::size_t row = 0; row < 200; ++row)
            found.add(std::vector<double>{quarter_returns()[row]}, quarter_returns()[row]);
        EXPECT_EQ(found.asset_variance(0, 1e-4), found.variance(1e-4));
        EXPECT_EQ(found.covariance(0, 1e-4), found.variance(1e-4));
    }
}

TEST(Ewma, OneRowIsItsSeed) {
    const double square = quarter_returns()[0] * quarter_returns()[0];
    expect_close(of(1, 0.94, EwmaSeed::first).variance(0), square, 1e-15);
    expect_close(of(1, 0.94, EwmaSeed::normalised).variance(0), square, 1e-15);
    expect_close(of(1, 0.94, EwmaSeed::backcast).variance(0), square, 1e-15);
    expect_close(of(1, 0.94, EwmaSeed::zero).variance(0), 0.06 * square, 1e-15);
}

// With λ close to 1 all rows weigh the same, and 1 − λ^T has few digits as a difference.
TEST(Ewma, NormalisedNearOne) {
    double mean = 0;
    for (std::size_t row = 0; row < 100; ++row)
        mean += quarter_returns()[row] * quarter_returns()[row] / 100;
    expect_close(of(100, 1 - 0x1p-48, EwmaSeed::normalised).variance(0), mean, 1e-12);
}

TEST(Ewma, ResumesToTheSameBits) {
    for (const std::size_t rows : {0U, 1U, 40U, 700U}) {
        const auto go_on = [&](EwmaRisk& one) { add_rows(one, rows, 800); };
        const EwmaRisk fresh(4, 0.94, EwmaSeed::backcast);
        expect_resumes(of(rows, 0.94, EwmaSeed::backcast), fresh, go_on);
        expect_survives_any_number(saved(of(rows, 0.94, EwmaSeed::backcast)), fresh, go_on);
    }
}

}  // namespace
