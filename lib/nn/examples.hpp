#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "nn/buffer.hpp"

namespace bradawl::nn {

/// Rows to learn from or to be judged by.
template <class Real>
struct Examples {
    std::size_t rows = 0;
    std::size_t columns = 0;            ///< numbers a row
    Buffer<Real> inputs;                ///< [rows x padded(columns)]
    std::vector<std::uint32_t> labels;  ///< classification: the class of each row
    Buffer<Real> targets;               ///< regression: [rows x padded(outputs)]
    std::vector<Real> weights;          ///< how much each row counts; empty: all the same
};

/// What a network is to make small, a row, averaged over rows by their weights.
enum class Cost {
    nll,            ///< -log p of the row's class
    cross_entropy,  ///< of one sigmoid unit for two classes: y softplus(-z) + (1 - y) softplus(z)
    mse,            ///< sum of the outputs' squared errors, not halved
    mae,            ///< sum of their sizes
    huber           ///< half their squares up to 1, their sizes less a half from there on
};

}  // namespace bradawl::nn
