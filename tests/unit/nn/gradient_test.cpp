// The gradients that training follows, against differences of the cost itself, in double (eps 1e-5, where the error of
// the difference and that of rounding are both small).
#include <gtest/gtest.h>

#include <cmath>

#include "nn/scores.hpp"
#include "nn/trainer.hpp"

namespace bradawl::nn {
namespace {

constexpr std::size_t rows = 9;
constexpr std::size_t inputs = 5;
constexpr double step = 1e-5;

struct Case {
    const char* name;
    Activation hidden;
    Activation output;
    std::size_t outputs;
    Cost cost;
    double l2 = 0;
    double l1 = 0;
    bool weighted = false;
};

std::vector<LayerOptions> layers_of(const Case& one) {
    std::vector<LayerOptions> layers(3);
    for (LayerOptions& layer : layers) {
        layer.units = 4;
        layer.activation = one.hidden;
        layer.slope = 0.1;
        layer.init = Init::normal;
        layer.init_size = 0.7;
        layer.init_bias = 0.1;
        layer.l2 = one.l2;
        layer.l1 = one.l1;
    }
    layers.back().units = one.outputs;
    layers.back().activation = one.output;
    return layers;
}

Examples<double> examples_of(const Case& one, Mersenne& random) {
    Examples<double> examples;
    examples.rows = rows;
    examples.columns = inputs;
    examples.inputs.resize(rows * padded(inputs));
    const bool classes = one.cost == Cost::nll || one.cost == Cost::cross_entropy;
    if (!classes) examples.targets.resize(rows * padded(one.outputs));
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t at = 0; at < inputs; ++at)
            examples.inputs[row * padded(inputs) + at] = random.normal();
        if (classes) examples.labels.push_back(random.below(std::max(2U, static_cast<unsigned>(one.outputs))));
        if (!classes)
            for (std::size_t at = 0; at < one.outputs; ++at)
                examples.targets[row * padded(one.outputs) + at] = 2 * random.normal();
        if (one.weighted) examples.weights.push_back(random.uniform(0.5, 2));
    }
    return examples;
}

class Gradient : public testing::TestWithParam<Case> {};

TEST_P(Gradient, IsThatOfTheCost) {
    const Case& one = GetParam();
    const std::uint32_t seed = 20261127;
    RecordProperty("seed", std::to_string(seed));
    Mersenne random(Seed{{seed}, false});
    Network<double> network = random_network<double>(inputs, layers_of(one), random);
    const Examples<double> examples = examples_of(one, random);
    const Kernels<double>& kernels = *nn::kernels<double>().front();
    Crew crew(1);
    TrainerOptions options;
    options.cost = one.cost;
    Trainer<double> trainer(network, options, kernels, crew, rows);
    std::vector<std::uint32_t> all(rows);
    for (std::size_t row = 0; row < rows; ++row)
        all[row] = static_cast<std::uint32_t>(row);
    const auto gradient = trainer.gradient(examples, all);
    const auto cost = [&] { return score(network, kernels, examples, one.cost, crew).cost + penalty(network); };

    double square = 0;
    double error = 0;
    for (std::size_t at = 0; at < network.layers.size(); ++at) {
        Layer<double>& layer = network.layers[at];
        for (std::size_t place = 0; place < (layer.in + 1) * layer.stride(); ++place) {
            if (place % layer.stride() >= layer.columns()) {
                EXPECT_EQ(gradient[at][place], 0) << "padding";
                continue;
            }
            const bool bias = place >= layer.in * layer.stride();
            double& value = bias ? layer.bias[place % layer.stride()] : layer.weights[place];
            const double kept = value;
            value = kept + step;
            const double above = cost();
            value = kept - step;
            const double below = cost();
            value = kept;
            const double measured = (above - below) / (2 * step);
            const double difference = gradient[at][place] - measured;
            if (std::fabs(measured) > 1e-4) {
                EXPECT_LT(std::fabs(difference / measured), 1e-5) << "layer " << at << ", place " << place;
            }
            square += measured * measured;
            error += difference * difference;
        }
    }
    EXPECT_GT(square, 1e-6);
    EXPECT_LT(std::sqrt(error / square), 1e-8);
}

constexpr Activation softmax = Activation::softmax;
constexpr Activation linear = Activation::linear;
INSTANTIATE_TEST_SUITE_P(Cases, Gradient,
                         testing::Values(Case{"sigmoid", Activation::sigmoid, softmax, 3, Cost::nll},
                                         Case{"tanh", Activation::tanh, softmax, 3, Cost::nll},
                                         Case{"relu", Activation::relu, softmax, 3, Cost::nll},
                                         Case{"softplus", Activation::softplus, softmax, 3, Cost::nll},
                                         Case{"linear", linear, softmax, 3, Cost::nll},
                                         Case{"maxout", Activation::maxout, softmax, 3, Cost::nll},
                                         Case{"many_classes", Activation::tanh, softmax, 19, Cost::nll, 0.01},
                                         Case{"weights", Activation::tanh, softmax, 2, Cost::nll, 0, 0, true},
                                         Case{"l2", Activation::tanh, softmax, 3, Cost::nll, 0.03},
                                         Case{"l1", Activation::tanh, softmax, 3, Cost::nll, 0, 0.02},
                                         Case{"one_unit", Activation::sigmoid, Activation::sigmoid, 1,
                                              Cost::cross_entropy, 0.01, 0.01, true},
                                         Case{"mse", Activation::tanh, linear, 2, Cost::mse, 0.01},
                                         Case{"mae", Activation::tanh, linear, 1, Cost::mae},
                                         Case{"huber", Activation::softplus, linear, 1, Cost::huber, 0, 0.01, true},
                                         Case{"maxout_mse", Activation::maxout, linear, 1, Cost::mse}),
                         [](const auto& given) { return std::string(given.param.name); });

}  // namespace
}  // namespace bradawl::nn
