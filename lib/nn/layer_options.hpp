#pragma once

#include <cstddef>
#include <string>

namespace bradawl::nn {

/// What a layer makes of z = xW + b.
enum class Activation { linear, sigmoid, tanh, relu, softplus, softmax, maxout };

/// How the weights of a layer begin. Glorot, He and LeCun take their size from the layer's (a = √(6/(in+out)) and so
/// on); the others from `size`.
enum class Init { uniform, normal, sparse, glorot, glorot_normal, he, he_normal, lecun };

/// One layer: what it computes, how it begins, and what holds its weights down while it learns.
struct LayerOptions {
    std::string name;
    Activation activation = Activation::tanh;
    std::size_t units = 0;
    std::size_t pieces = 2;  ///< of maxout: each unit is the largest of so many
    bool min_zero = false;   ///< of maxout: and of zero
    double slope = 0;        ///< of relu, for z < 0

    Init init = Init::glorot;
    double init_size = 0;   ///< uniform: half the range; normal, sparse: standard deviation
    double init_count = 0;  ///< sparse: weights a unit that are not zero
    double init_bias = 0;
    double include_prob = 1;    ///< the part of the weights that does not begin as zero
    bool draw_include = false;  ///< draw for it although it is 1, as Pylearn2 does

    double keep = 1;             ///< dropout: the part of the layer's inputs that is kept while it learns
    double scale = 0;            ///< dropout: what is kept is multiplied by this; 0: by 1/keep
    double l2 = 0;               ///< cost l2 ∑W²
    double l1 = 0;               ///< cost l1 ∑|W|
    double max_column_norm = 0;  ///< of the weights into a unit; 0: any
    double min_column_norm = 0;
    double max_row_norm = 0;  ///< of the weights out of an input; 0: any
    double weight_rate = 1;   ///< the learning rate times this, for weights
    double bias_rate = 1;     ///< and for biases
};

}  // namespace bradawl::nn
