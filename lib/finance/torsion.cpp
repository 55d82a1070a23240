#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "finance/estimators.hpp"
#include "finance/risk.hpp"
#include "math/symmetric.hpp"

namespace bradawl::finance {
namespace {

using Dense = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Solver = Eigen::SelfAdjointEigenSolver<Dense>;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr int most_rounds = 500;
constexpr double settled = 1e-12;

Eigen::Index index(std::size_t size) {
    return static_cast<Eigen::Index>(size);
}

double entropy_number(const Vector& shares) {
    double entropy = 0;
    for (const double share : shares) {
        if (share > 0) entropy -= share * std::log(share);
    }
    return std::exp(entropy);
}

/// Of the matrices π with a diagonal π π' the nearest to `root`, that of the correlation: π = d q, where q is the
/// rotation (d C d)^-1/2 d root and d the diagonal of q root, found by going round (Meucci et al., appendix A.2).
Dense nearest_uncorrelated(const Eigen::Ref<const Dense>& correlation, const Dense& root) {
    Vector d = Vector::Ones(root.rows());
    Dense rotation;
    for (int round = 0; round < most_rounds; ++round) {
        const Solver solver(d.asDiagonal() * correlation * d.asDiagonal());
        const Dense& vectors = solver.eigenvectors();
        rotation.noalias() = vectors.transpose() * (d.asDiagonal() * root);
        rotation = solver.eigenvalues().cwiseSqrt().cwiseInverse().asDiagonal() * rotation;
        rotation = vectors * rotation;
        const Vector next = rotation.cwiseProduct(root).rowwise().sum();  // root is symmetric
        const double change = (next - d).cwiseAbs().maxCoeff();
        d = next;
        if (change <= settled) break;
    }
    return d.asDiagonal() * rotation;
}

}  // namespace

double effective_bets_pca(std::span<const double> weights, const math::Matrix& covariance) {
    const math::Eigenpairs pairs = math::eigenpairs(covariance);
    Vector shares(index(weights.size()));
    double variance = 0;
    for (std::size_t factor = 0; factor < weights.size(); ++factor) {
        double exposure = 0;
        for (std::size_t asset = 0; asset < weights.size(); ++asset) {
            exposure += pairs.vectors(asset, factor) * weights[asset];
        }
        shares[index(factor)] = exposure * exposure * std::max(pairs.values[factor], 0.0);
        variance += shares[index(factor)];
    }
    return variance > 0 ? entropy_number(shares / variance) : none;
}

double effective_bets_torsion(std::span<const double> weights, const math::Matrix& covariance) {
    const std::vector<double> deviations = deviations_of(covariance);
    for (const double deviation : deviations) {
        if (!(deviation > 0)) return none;
    }
    const math::Matrix correlation = correlation_of(covariance);
    if (!math::is_positive_definite(correlation)) return none;
    const auto size = index(weights.size());
    const Eigen::Map<const Dense> view(correlation.data.data(), size, size);
    const Solver solver(view);
    const Dense root = solver.operatorSqrt();
    const Dense torsion =
        nearest_uncorrelated(view, root) * solver.operatorInverseSqrt();  // of assets scaled to unit risk
    const Vector scaled =
        Eigen::Map<const Vector>(weights.data(), size).cwiseProduct(Eigen::Map<const Vector>(deviations.data(), size));
    const Vector exposures = torsion.transpose().partialPivLu().solve(scaled);
    const Vector covariances = torsion * (view * scaled);
    const double variance = scaled.dot(view * scaled);
    return variance > 0 ? entropy_number(exposures.cwiseProduct(covariances) / variance) : none;
}

}  // namespace bradawl::finance
