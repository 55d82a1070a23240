#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "nn/buffer.hpp"
#include "nn/layer_options.hpp"
#include "nn/mersenne.hpp"

namespace bradawl::nn {

/// z = xW + b, and what the options make of z.
template <class Real>
struct Layer {
    LayerOptions options;
    std::size_t in = 0;
    Buffer<Real> weights;  ///< W [in x columns], each row of `stride` numbers
    Buffer<Real> bias;     ///< b [columns], `stride` numbers

    std::size_t units() const { return options.units; }
    std::size_t columns() const {
        return options.activation == Activation::maxout ? options.units * options.pieces : options.units;
    }
    std::size_t stride() const { return padded(columns()); }
};

/// Layers, each reading what the one before it makes.
template <class Real>
struct Network {
    std::vector<Layer<Real>> layers;

    std::size_t inputs() const { return layers.front().in; }
    std::size_t outputs() const { return layers.back().units(); }
};

/// Layers of zeros for rows of `inputs` numbers.
template <class Real>
Network<Real> empty_network(std::size_t inputs, std::span<const LayerOptions> layers);

/// Layers whose weights begin as their options say, drawn from `random` row by row, one layer after the other.
/// Errors: Fault::usage for a sparse layer that wants more weights a unit than there are inputs.
template <class Real>
Network<Real> random_network(std::size_t inputs, std::span<const LayerOptions> layers, Mersenne& random);

/// Holds the norms of a layer's weights inside the bounds of its options.
template <class Real>
void bound_norms(Layer<Real>& layer);

}  // namespace bradawl::nn
