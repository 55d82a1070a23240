#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "nn/examples.hpp"
#include "nn/kernels.hpp"
#include "nn/network.hpp"

namespace bradawl::nn {

/// The way of a block of rows through a network, forth and back. Rows do not see each other: different threads may take
/// different rows, in multiples of `lanes`.
template <class Real>
class Pass {
public:
    /// Room for `rows` rows. `back`: for run_back() too.
    Pass(const Network<Real>& network, const Kernels<Real>& kernels, std::size_t rows, bool back);

    std::size_t capacity() const { return rows_; }

    /// What the first layer reads, [rows x padded(inputs)].
    Real* inputs() { return inputs_.data(); }

    /// What rows `begin` to `end` become; the last layer's z stays z.
    void run(std::size_t begin, std::size_t end);

    /// z of the last layer becomes its outputs: rows of stride().
    Real* finish(std::size_t begin, std::size_t end);
    std::size_t stride() const { return network_.layers.back().stride(); }

    /// z of the last layer, before finish() or judge().
    const Real* outputs() const { return work_.back().z.data(); }

    /// What multiplies the inputs of a layer, [rows x padded(in)], with dropout: to be drawn before run(). Null
    /// without.
    Real* mask(std::size_t layer) { return work_[layer].mask.empty() ? nullptr : work_[layer].mask.data(); }

    /// Takes the weights as they are now, for run_back().
    void turn_weights();

    /// z of the last layer becomes the gradient of the cost by it, and `costs` the cost of each row. `labels`,
    /// `targets` (of stride()) and `parts`, what each row's gradient is multiplied by, count from row 0.
    void judge(Cost cost, const std::uint32_t* labels, const Real* targets, const Real* parts, Real* costs,
               std::size_t begin, std::size_t end);

    /// The gradient by z of all other layers.
    void run_back(std::size_t begin, std::size_t end);

    /// The gradient by the weights that read inputs `begin` to `end` of a layer, from all of `rows` rows, in rows of
    /// the layer's stride; by the biases.
    void weight_gradient(std::size_t layer, std::size_t rows, std::size_t begin, std::size_t end, Real* gradient) const;
    void bias_gradient(std::size_t layer, std::size_t rows, Real* gradient) const;

private:
    struct Work {
        Buffer<Real> masked;  // inputs, where dropout leaves some out
        Buffer<Real> mask;
        Buffer<Real> z;        // becomes f(z) in place but for maxout
        Buffer<Real> h;        // of maxout
        Buffer<Real> d;        // gradient by z; the last layer keeps it in z
        Buffer<Real> by_unit;  // of maxout: gradient by h
        Buffer<Real> turned;   // weights, [columns x padded(in)]
    };

    const Real* read_by(std::size_t layer) const;
    const Real* made_by(std::size_t layer) const;
    const Real* gradient_by_z(std::size_t layer) const;
    void pool(std::size_t layer, std::size_t begin, std::size_t end);
    void spread(std::size_t layer, std::size_t begin, std::size_t end);
    void judge_values(Cost cost, const Real* targets, const Real* parts, Real* costs, std::size_t begin,
                      std::size_t end);
    void judge_sigmoid(const std::uint32_t* labels, const Real* parts, Real* costs, std::size_t begin, std::size_t end);

    const Network<Real>& network_;
    const Kernels<Real>& kernels_;
    std::size_t rows_;
    Buffer<Real> inputs_;
    std::vector<Work> work_;
};

}  // namespace bradawl::nn
