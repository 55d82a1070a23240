#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/crew.hpp"
#include "nn/examples.hpp"
#include "nn/kernels.hpp"
#include "nn/network.hpp"

namespace bradawl::nn {

/// How well a network does on rows, over all of them exactly.
struct Scores {
    std::size_t rows = 0;
    double weight = 0;  ///< sum of the rows' weights
    double cost = 0;    ///< average cost, without what l2 and l1 add
    double nll = 0;     ///< classification: average -log p of the class
    std::uint64_t wrong = 0;
    double misclass = 0;  ///< weighted part of the rows that are wrong
    double rmse = 0;      ///< regression, in the units of the targets as given
    double mae = 0;
    double r2 = 0;
};

/// What l2 and l1 add to the cost.
template <class Real>
double penalty(const Network<Real>& network);

/// The root of the sum of all squared weights, without biases.
template <class Real>
double weight_norm(const Network<Real>& network);

template <class Real>
Scores score(const Network<Real>& network, const Kernels<Real>& kernels, const Examples<Real>& examples, Cost cost,
             Crew& crew);

}  // namespace bradawl::nn
