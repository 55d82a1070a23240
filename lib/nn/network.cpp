#include "nn/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"

namespace bradawl::nn {

namespace {

double uniform_range(const LayerOptions& options, std::size_t in) {
    const auto fan_in = static_cast<double>(in);
    const auto fan_both = static_cast<double>(in + options.units);
    switch (options.init) {
        case Init::glorot:
            return std::sqrt(6 / fan_both);
        case Init::he:
            return std::sqrt(6 / fan_in);
        case Init::lecun:
            return std::sqrt(3 / fan_in);
        default:
            return options.init_size;
    }
}

double deviation(const LayerOptions& options, std::size_t in) {
    switch (options.init) {
        case Init::glorot_normal:
            return std::sqrt(2 / static_cast<double>(in + options.units));
        case Init::he_normal:
            return std::sqrt(2 / static_cast<double>(in));
        default:
            return options.init_size;
    }
}

template <class Real>
void draw_dense(Layer<Real>& layer, Mersenne& random) {
    const Init init = layer.options.init;
    const bool normal = init == Init::normal || init == Init::glorot_normal || init == Init::he_normal;
    const double size = normal ? deviation(layer.options, layer.in) : uniform_range(layer.options, layer.in);
    for (std::size_t row = 0; row < layer.in; ++row)
        for (std::size_t column = 0; column < layer.columns(); ++column)
            layer.weights[row * layer.stride() + column] =
                static_cast<Real>(normal ? size * random.normal() : random.uniform(-size, size));
}

// Pylearn2's way: a unit after the other, rows drawn anew while they are taken.
template <class Real>
void draw_sparse(Layer<Real>& layer, Mersenne& random) {
    const auto count = static_cast<std::size_t>(layer.options.init_count);
    if (count > layer.in)
        throw Error(Fault::usage,
                    fmt::format("layer '{}': {} weights a unit, but {} inputs", layer.options.name, count, layer.in));
    for (std::size_t column = 0; column < layer.columns(); ++column)
        for (std::size_t drawn = 0; drawn < count; ++drawn) {
            std::size_t row = 0;
            do
                row = random.below(static_cast<std::uint32_t>(layer.in));
            while (layer.weights[row * layer.stride() + column] != 0);
            layer.weights[row * layer.stride() + column] = static_cast<Real>(random.normal() * layer.options.init_size);
        }
}

template <class Real>
void draw(Layer<Real>& layer, Mersenne& random) {
    if (layer.options.init == Init::sparse) {
        draw_sparse(layer, random);
    } else {
        draw_dense(layer, random);
    }
    if (layer.options.include_prob < 1 || layer.options.draw_include)
        for (std::size_t row = 0; row < layer.in; ++row)
            for (std::size_t column = 0; column < layer.columns(); ++column)
                if (random.unit() >= layer.options.include_prob) layer.weights[row * layer.stride() + column] = 0;
    std::fill_n(layer.bias.begin(), layer.columns(), static_cast<Real>(layer.options.init_bias));
}

/// What to multiply weights of this norm by.
double part(double norm, double least, double most) {
    const double wanted = std::max(most > 0 ? std::min(norm, most) : norm, least);
    return wanted / std::max(1e-7, norm);
}

}  // namespace

template <class Real>
Network<Real> empty_network(std::size_t inputs, std::span<const LayerOptions> layers) {
    Network<Real> network;
    for (const LayerOptions& options : layers) {
        Layer<Real> layer{options, inputs, {}, {}};
        layer.weights.resize(inputs * layer.stride());
        layer.bias.resize(layer.stride());
        inputs = options.units;
        network.layers.push_back(std::move(layer));
    }
    return network;
}

template <class Real>
Network<Real> random_network(std::size_t inputs, std::span<const LayerOptions> layers, Mersenne& random) {
    Network<Real> network = empty_network<Real>(inputs, layers);
    for (Layer<Real>& layer : network.layers)
        draw(layer, random);
    return network;
}

template <class Real>
void bound_norms(Layer<Real>& layer) {
    const LayerOptions& options = layer.options;
    const std::size_t stride = layer.stride();
    if (options.max_column_norm > 0 || options.min_column_norm > 0) {
        std::vector<double> squares(stride);
        for (std::size_t row = 0; row < layer.in; ++row)
            for (std::size_t column = 0; column < stride; ++column) {
                const double w = static_cast<double>(layer.weights[row * stride + column]);
                squares[column] += w * w;
            }
        for (double& value : squares)
            value = part(std::sqrt(value), options.min_column_norm, options.max_column_norm);
        for (std::size_t row = 0; row < layer.in; ++row)
            for (std::size_t column = 0; column < stride; ++column)
                layer.weights[row * stride + column] *= static_cast<Real>(squares[column]);
    }
    if (options.max_row_norm <= 0) return;
    for (std::size_t row = 0; row < layer.in; ++row) {
        Real* const weights = layer.weights.data() + row * stride;
        double square = 0;
        for (std::size_t column = 0; column < stride; ++column)
            square += static_cast<double>(weights[column]) * static_cast<double>(weights[column]);
        const auto factor = static_cast<Real>(part(std::sqrt(square), 0, options.max_row_norm));
        for (std::size_t column = 0; column < stride; ++column)
            weights[column] *= factor;
    }
}

template Network<float> empty_network<float>(std::size_t, std::span<const LayerOptions>);
template Network<double> empty_network<double>(std::size_t, std::span<const LayerOptions>);
template Network<float> random_network<float>(std::size_t, std::span<const LayerOptions>, Mersenne&);
template Network<double> random_network<double>(std::size_t, std::span<const LayerOptions>, Mersenne&);
template void bound_norms<float>(Layer<float>&);
template void bound_norms<double>(Layer<double>&);

}  // namespace bradawl::nn
