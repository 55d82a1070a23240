#pragma once

#include <string>
#include <vector>

#include "learn/dataset.hpp"
#include "learn/options.hpp"
#include "learn/split.hpp"
#include "nn/examples.hpp"
#include "table/features.hpp"

namespace bradawl::learn {

/// What the rows to learn from say of how columns and the target become numbers.
struct Preparation {
    std::vector<table::Feature> features;
    std::vector<table::Finding> findings;
    double target_shift = 0;
    double target_scale = 1;
    std::vector<double> class_weights;  ///< by class; empty: all 1
};

/// Errors: Fault::usage for a class weight of no class.
Preparation prepare(const Dataset& data, const Sets& sets, const Options& options);

/// These rows as numbers. `weigh_classes`: the class weights count. Errors: Fault::data with the row's line.
template <class Real>
nn::Examples<Real> make_examples(const Dataset& data, const Preparation& preparation,
                                 const std::vector<std::uint32_t>& rows, bool weigh_classes);

}  // namespace bradawl::learn
