#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "nn/network.hpp"
#include "nn/scores.hpp"
#include "table/features.hpp"

namespace bradawl::learn {

/// What training keeps: all that is needed to apply a network to rows, and where it comes from.
struct Model {
    bool classification = true;
    std::string target;
    std::vector<std::string> classes;  ///< of classification, in the order of the outputs
    double target_shift = 0;           ///< of regression: outputs are (value - shift) / scale
    double target_scale = 1;
    std::vector<table::Feature> features;
    std::variant<nn::Network<float>, nn::Network<double>> network;

    // Where it comes from
    std::vector<std::pair<std::string, std::string>> config;  ///< settings, all spelled out
    std::uint64_t train_rows = 0;
    std::uint64_t valid_rows = 0;
    std::uint64_t test_rows = 0;
    std::string data_sha256;
    std::uint64_t best_epoch = 0;
    std::string stopped;
    std::vector<std::pair<std::string, nn::Scores>> metrics;  ///< by set
    std::string history;                                      ///< JSON, if it was asked for

    bool edited = false;  ///< after loading: the weights are not those that were saved
};

/// As JSON: keys in a fixed order, the shortest spelling of each number, so that the same model has the same bytes.
std::string to_json(const Model& model);

/// Reads what to_json() wrote. Errors: Fault::data, with `name` in front, for what is no such file, has other
/// dimensions than it says, or a weight that is not finite.
Model read_model(std::string_view json, const std::string& name);

/// A SHA-256 of all weights and biases.
std::string weights_sha256(const Model& model);

/// The scores of a set as members of an open JSON object.
void write_scores(const nn::Scores& scores, bool classification, std::string& json);

}  // namespace bradawl::learn
