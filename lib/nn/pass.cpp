#include "nn/pass.hpp"

#include <algorithm>

namespace bradawl::nn {

template <class Real>
Pass<Real>::Pass(const Network<Real>& network, const Kernels<Real>& kernels, std::size_t rows, bool back)
    : network_(network), kernels_(kernels), rows_(padded(rows)), inputs_(rows_ * padded(network.inputs())) {
    for (std::size_t at = 0; at < network.layers.size(); ++at) {
        const Layer<Real>& layer = network.layers[at];
        Work work;
        const bool pooled = layer.options.activation == Activation::maxout;
        work.z.resize(rows_ * layer.stride());
        if (pooled) work.h.resize(rows_ * padded(layer.units()));
        if (back && layer.options.keep < 1) {
            work.mask.resize(rows_ * padded(layer.in));
            work.masked.resize(rows_ * padded(layer.in));
        }
        if (back && at + 1 < network.layers.size()) work.d.resize(rows_ * layer.stride());
        if (back && pooled) work.by_unit.resize(rows_ * padded(layer.units()));
        if (back && at > 0) work.turned.resize(layer.columns() * padded(layer.in));
        work_.push_back(std::move(work));
    }
}

template <class Real>
const Real* Pass<Real>::made_by(std::size_t layer) const {
    return work_[layer].h.empty() ? work_[layer].z.data() : work_[layer].h.data();
}

template <class Real>
const Real* Pass<Real>::read_by(std::size_t layer) const {
    if (!work_[layer].masked.empty()) return work_[layer].masked.data();
    return layer == 0 ? inputs_.data() : made_by(layer - 1);
}

template <class Real>
const Real* Pass<Real>::gradient_by_z(std::size_t layer) const {
    return layer + 1 == work_.size() ? work_[layer].z.data() : work_[layer].d.data();
}

// Each unit of maxout is the largest of its pieces.
template <class Real>
void Pass<Real>::pool(std::size_t at, std::size_t begin, std::size_t end) {
    const Layer<Real>& layer = network_.layers[at];
    const std::size_t pieces = layer.options.pieces;
    for (std::size_t row = begin; row < end; ++row) {
        const Real* const z = work_[at].z.data() + row * layer.stride();
        Real* const h = work_[at].h.data() + row * padded(layer.units());
        for (std::size_t unit = 0; unit < layer.units(); ++unit) {
            const Real most = *std::max_element(z + unit * pieces, z + (unit + 1) * pieces);
            h[unit] = layer.options.min_zero && most < 0 ? Real{} : most;
        }
    }
}

// The gradient by a unit goes to its largest piece, the first of equals.
template <class Real>
void Pass<Real>::spread(std::size_t at, std::size_t begin, std::size_t end) {
    const Layer<Real>& layer = network_.layers[at];
    const std::size_t pieces = layer.options.pieces;
    for (std::size_t row = begin; row < end; ++row) {
        const Real* const z = work_[at].z.data() + row * layer.stride();
        const Real* const by_unit = work_[at].by_unit.data() + row * padded(layer.units());
        Real* const d = work_[at].d.data() + row * layer.stride();
        std::fill_n(d, layer.stride(), Real{});
        for (std::size_t unit = 0; unit < layer.units(); ++unit) {
            const Real* const most = std::max_element(z + unit * pieces, z + (unit + 1) * pieces);
            if (!layer.options.min_zero || *most > 0) d[most - z] = by_unit[unit];
        }
    }
}

template <class Real>
void Pass<Real>::run(std::size_t begin, std::size_t end) {
    for (std::size_t at = 0; at < work_.size(); ++at) {
        const Layer<Real>& layer = network_.layers[at];
        const std::size_t width = padded(layer.in);
        Work& work = work_[at];
        if (!work.masked.empty()) {
            const Real* const from = (at == 0 ? inputs_.data() : made_by(at - 1));
            for (std::size_t place = begin * width; place < end * width; ++place)
                work.masked[place] = from[place] * work.mask[place];
        }
        kernels_.product({read_by(at) + begin * width, width, 1, layer.weights.data(), layer.stride(),
                          layer.bias.data(), work.z.data() + begin * layer.stride(), layer.stride(), end - begin,
                          layer.stride(), layer.in});
        if (at + 1 == work_.size()) break;
        if (!work.h.empty()) {
            pool(at, begin, end);
        } else {
            kernels_.activate(layer.options.activation, static_cast<Real>(layer.options.slope),
                              work.z.data() + begin * layer.stride(), (end - begin) * layer.stride());
        }
    }
}

template <class Real>
Real* Pass<Real>::finish(std::size_t begin, std::size_t end) {
    const Layer<Real>& last = network_.layers.back();
    Real* const z = work_.back().z.data() + begin * last.stride();
    if (last.options.activation == Activation::softmax) {
        kernels_.softmax({z, end - begin, last.stride(), last.units(), nullptr, nullptr, nullptr});
    } else {
        kernels_.activate(last.options.activation, static_cast<Real>(last.options.slope), z,
                          (end - begin) * last.stride());
    }
    return z;
}

template <class Real>
void Pass<Real>::turn_weights() {
    for (std::size_t at = 1; at < work_.size(); ++at) {
        const Layer<Real>& layer = network_.layers[at];
        const std::size_t width = padded(layer.in);
        const std::size_t columns = layer.columns();
        const Real* const weights = layer.weights.data();
        Real* const turned = work_[at].turned.data();
        constexpr std::size_t block = 16;
        for (std::size_t first = 0; first < layer.in; first += block)
            for (std::size_t column = 0; column < columns; ++column)
                for (std::size_t row = first; row < std::min(first + block, layer.in); ++row)
                    turned[column * width + row] = weights[row * layer.stride() + column];
    }
}

template <class Real>
void Pass<Real>::judge(Cost cost, const std::uint32_t* labels, const Real* targets, const Real* parts, Real* costs,
                       std::size_t begin, std::size_t end) {
    const Layer<Real>& last = network_.layers.back();
    if (cost == Cost::nll) {
        kernels_.softmax({work_.back().z.data() + begin * last.stride(), end - begin, last.stride(), last.units(),
                          labels + begin, parts + begin, costs + begin});
    } else if (cost == Cost::cross_entropy) {
        judge_sigmoid(labels, parts, costs, begin, end);
    } else {
        judge_values(cost, targets, parts, costs, begin, end);
    }
}

template <class Real>
void Pass<Real>::judge_sigmoid(const std::uint32_t* labels, const Real* parts, Real* costs, std::size_t begin,
                               std::size_t end) {
    const std::size_t stride = this->stride();
    Real* const z = work_.back().z.data();
    for (std::size_t row = begin; row < end; ++row)
        costs[row] = z[row * stride];
    kernels_.log1p_exp(costs + begin, padded(end - begin));
    for (std::size_t row = begin; row < end; ++row) {
        const Real z0 = z[row * stride];
        costs[row] += std::max(z0, Real{}) - (labels[row] != 0 ? z0 : Real{});
    }
    kernels_.activate(Activation::sigmoid, 0, z + begin * stride, (end - begin) * stride);
    for (std::size_t row = begin; row < end; ++row) {
        Real* const d = z + row * stride;
        d[0] = (d[0] - (labels[row] != 0 ? Real{1} : Real{})) * parts[row];
        std::fill(d + 1, d + stride, Real{});
    }
}

template <class Real>
void Pass<Real>::judge_values(Cost cost, const Real* targets, const Real* parts, Real* costs, std::size_t begin,
                              std::size_t end) {
    const std::size_t stride = this->stride();
    const std::size_t outputs = network_.outputs();
    for (std::size_t row = begin; row < end; ++row) {
        Real* const d = work_.back().z.data() + row * stride;
        Real sum{};
        for (std::size_t at = 0; at < outputs; ++at) {
            const Real error = d[at] - targets[row * stride + at];
            const Real size = error < 0 ? -error : error;
            const Real sign = error < 0 ? Real{-1} : error > 0 ? Real{1} : Real{};
            const bool square = cost == Cost::huber && size < 1;
            if (cost == Cost::mse) {
                sum += error * error;
                d[at] = 2 * error * parts[row];
            } else {
                sum += cost == Cost::mae ? size : square ? error * error / 2 : size - Real{0.5};
                d[at] = (square ? error : sign) * parts[row];
            }
        }
        costs[row] = sum;
    }
}

template <class Real>
void Pass<Real>::run_back(std::size_t begin, std::size_t end) {
    for (std::size_t at = work_.size() - 1; at > 0; --at) {
        const Layer<Real>& layer = network_.layers[at];
        const Layer<Real>& below = network_.layers[at - 1];
        const std::size_t width = padded(layer.in);
        Work& work = work_[at - 1];
        Real* const d = work.by_unit.empty() ? work.d.data() : work.by_unit.data();
        kernels_.product({gradient_by_z(at) + begin * layer.stride(), layer.stride(), 1, work_[at].turned.data(), width,
                          nullptr, d + begin * width, width, end - begin, width, layer.columns()});
        if (!work_[at].mask.empty())
            for (std::size_t place = begin * width; place < end * width; ++place)
                d[place] *= work_[at].mask[place];
        if (!work.by_unit.empty()) {
            spread(at - 1, begin, end);
        } else {
            kernels_.derive(below.options.activation, static_cast<Real>(below.options.slope),
                            work.z.data() + begin * width, d + begin * width, (end - begin) * width);
        }
    }
}

template <class Real>
void Pass<Real>::weight_gradient(std::size_t at, std::size_t rows, std::size_t begin, std::size_t end,
                                 Real* gradient) const {
    const Layer<Real>& layer = network_.layers[at];
    kernels_.product({read_by(at) + begin, 1, padded(layer.in), gradient_by_z(at), layer.stride(), nullptr, gradient,
                      layer.stride(), end - begin, layer.stride(), rows});
}

template <class Real>
void Pass<Real>::bias_gradient(std::size_t at, std::size_t rows, Real* gradient) const {
    static constexpr Real one = 1;
    const std::size_t stride = network_.layers[at].stride();
    kernels_.product({&one, 0, 0, gradient_by_z(at), stride, nullptr, gradient, stride, 1, stride, rows});
}

template class Pass<float>;
template class Pass<double>;

}  // namespace bradawl::nn
