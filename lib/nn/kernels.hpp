#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/layer_options.hpp"

namespace bradawl::nn {

/// How weights move against the gradient g (all states begin at 0).
enum class Rule { sgd, nesterov, adagrad, rmsprop, adadelta, adam, adamw };

/// c = start + ab: every element is one chain of fused multiply-adds over ascending `depth`, so that neither the width
/// of vectors nor the split of the work changes a bit.
template <class Real>
struct Product {
    const Real* a;  ///< element (i, k) at a[i * a_row + k * a_step]
    std::size_t a_row;
    std::size_t a_step;
    const Real* b;  ///< element (k, j) at b[k * b_row + j]
    std::size_t b_row;
    const Real* start;  ///< a row to begin each row of c with; null: zeros
    Real* c;
    std::size_t c_row;
    std::size_t rows;
    std::size_t columns;  ///< a multiple of `lanes`, as are b_row and c_row
    std::size_t depth;
};

/// One move of `count` weights (a multiple of `lanes`) by a rule.
template <class Real>
struct Update {
    Rule rule;
    Real rate;
    Real momentum;
    Real l2;     ///< added to the gradient: 2 l2 w …
    Real l1;     ///< … and l1 sign(w)
    Real decay;  ///< of adamw: taken from w, times rate and w
    Real part;   ///< the gradient is multiplied by this: 1, or what clips it
    Real epsilon;
    Real first_left;   ///< of adam: 1 - 0.9^t
    Real second_left;  ///< of adam: 1 - 0.999^t
    const Real* gradient;
    Real* weights;
    Real* first;
    Real* second;
    std::size_t count;
};

/// The classes of a block of rows by softmax, what they cost and which way down.
template <class Real>
struct SoftmaxLoss {
    Real* z;  ///< rows of `stride`; becomes probabilities, or the gradient of the cost by z
    std::size_t rows;
    std::size_t stride;
    std::size_t classes;
    const std::uint32_t* labels;  ///< null: probabilities are wanted, no cost
    const Real* row_weights;      ///< what the gradient of each row is multiplied by; null: probabilities are wanted
    Real* costs;                  ///< -log p of each row's label; padded(rows) of them are written
};

/// All arithmetic of training and applying, for one kind of processor. All kinds give the same bits: every operation
/// is one that IEEE 754 fixes, in an order that does not depend on the width of vectors; exp, log and tanh are our own.
template <class Real>
struct Kernels {
    std::string_view name;
    void (*product)(const Product<Real>&);
    /// z becomes f(z); not for softmax and maxout.
    void (*activate)(Activation, Real slope, Real* z, std::size_t count);
    /// d becomes d f'(z), from h = f(z).
    void (*derive)(Activation, Real slope, const Real* h, Real* d, std::size_t count);
    void (*softmax)(const SoftmaxLoss<Real>&);
    void (*update)(const Update<Real>&);
    /// values become exp, log, or log(1 + e^-|z|) of themselves.
    void (*exp)(Real* values, std::size_t count);
    void (*log)(Real* values, std::size_t count);
    void (*log1p_exp)(Real* values, std::size_t count);
};

/// Those that this machine can run, the fastest first. The last runs everywhere.
template <class Real>
std::span<const Kernels<Real>* const> kernels();

}  // namespace bradawl::nn
