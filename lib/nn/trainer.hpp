#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nn/crew.hpp"
#include "nn/examples.hpp"
#include "nn/kernels.hpp"
#include "nn/mersenne.hpp"
#include "nn/network.hpp"
#include "nn/pass.hpp"

namespace bradawl::nn {

/// How weights learn from a batch.
struct TrainerOptions {
    Cost cost = Cost::nll;
    Rule rule = Rule::adam;
    double epsilon = 1e-8;        ///< of adam and adadelta; adagrad and rmsprop: least root, 1e-5
    double weight_decay = 0;      ///< of adamw
    double clip = 0;              ///< the largest norm of a batch's gradient; 0: any
    bool mask_per_batch = false;  ///< dropout: one draw for all rows of a batch
};

/// How fast weights move now.
struct Pace {
    double rate = 0.001;
    double momentum = 0;
};

/// Moves the weights of a network against the gradient of its cost, a batch of rows at a time.
template <class Real>
class Trainer {
public:
    /// The network, the kernels and the crew must outlive it.
    Trainer(Network<Real>& network, const TrainerOptions& options, const Kernels<Real>& kernels, Crew& crew,
            std::size_t batch);

    /// Learns from these rows of `examples`, at most `batch` of them; `random` draws what dropout leaves out. Returns
    /// the cost, averaged over the rows by their weights; when that is not finite nothing has moved.
    double step(const Examples<Real>& examples, std::span<const std::uint32_t> rows, const Pace& pace,
                Mersenne& random);

    /// The gradient of the cost of these rows, without moving: of each layer the weights in rows of its stride, and
    /// behind them the biases. With what l2 and l1 add.
    std::vector<Buffer<Real>> gradient(const Examples<Real>& examples, std::span<const std::uint32_t> rows);

    /// The norm of the last batch's gradient, while options.clip is set.
    double gradient_norm() const { return gradient_norm_; }

    /// The state of the rule, bit by bit, for training to go on from; load() says false for a text that is not of
    /// this network and rule.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    struct Memory {  // of one layer
        Buffer<Real> first;
        Buffer<Real> second;
        Buffer<Real> bias_first;
        Buffer<Real> bias_second;
        Buffer<Real> gradient;  // where all of it must be known before anything moves
        std::size_t chunk;      // inputs whose weights move at a time
    };

    double judge(const Examples<Real>& examples, std::span<const std::uint32_t> rows);
    void gather(const Examples<Real>& examples, std::span<const std::uint32_t> rows, std::size_t begin,
                std::size_t end);
    void draw_masks(std::size_t rows, Mersenne& random);
    void collect(std::size_t part, std::size_t parts, std::size_t rows);
    void move(std::size_t part, std::size_t parts, std::size_t rows, const Update<Real>& rule);
    void move_bias(std::size_t layer, std::size_t rows, Update<Real> update);
    Update<Real> rule_now(const Pace& pace);
    template <class Part>
    void run(std::size_t work, const Part& part);

    Network<Real>& network_;
    TrainerOptions options_;
    const Kernels<Real>& kernels_;
    Crew& crew_;
    Pass<Real> pass_;
    std::vector<Memory> memory_;
    std::vector<Buffer<Real>> chunks_;  // one a thread
    std::vector<std::uint32_t> labels_;
    Buffer<Real> targets_;
    Buffer<Real> parts_;
    Buffer<Real> costs_;
    double gradient_norm_ = 0;
    double first_power_ = 1;   // 0.9^t
    double second_power_ = 1;  // 0.999^t
};

}  // namespace bradawl::nn
