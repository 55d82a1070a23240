#include "nn/scores.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "nn/pass.hpp"

namespace bradawl::nn {

namespace {

constexpr std::size_t block = 256;  // rows that a thread looks at together

/// What is known of each row.
struct Row {
    double cost;
    double error;  // regression: sum of squares
    double size;   // regression: sum of sizes
    bool wrong;
};

template <class Real>
class Judge {
public:
    Judge(const Network<Real>& network, const Kernels<Real>& kernels, const Examples<Real>& examples, Cost cost)
        : pass_(network, kernels, std::min(block, examples.rows), false),
          outputs_(network.outputs()),
          examples_(examples),
          cost_(cost),
          ones_(block, Real{1}),
          costs_(block) {}

    void look(std::size_t begin, std::size_t end, std::vector<Row>& rows) {
        const std::size_t width = padded(examples_.columns);
        std::copy(examples_.inputs.data() + begin * width, examples_.inputs.data() + end * width, pass_.inputs());
        const std::size_t count = end - begin;
        pass_.run(0, count);
        const bool classes = !examples_.labels.empty();
        const Real* const targets = classes ? nullptr : examples_.targets.data() + begin * pass_.stride();
        const std::uint32_t* const labels = classes ? examples_.labels.data() + begin : nullptr;
        const Real* const z = pass_.outputs();
        for (std::size_t at = 0; at < count; ++at)
            rows[begin + at] = classes ? by_class(z + at * pass_.stride(), labels[at])
                                       : by_value(z + at * pass_.stride(), targets + at * pass_.stride());
        pass_.judge(cost_, labels, targets, ones_.data(), costs_.data(), 0, count);
        for (std::size_t at = 0; at < count; ++at)
            rows[begin + at].cost = static_cast<double>(costs_[at]);
    }

private:
    Row by_class(const Real* z, std::uint32_t label) const {
        const auto chosen = outputs_ == 1 ? static_cast<std::uint32_t>(z[0] > 0)
                                          : static_cast<std::uint32_t>(std::max_element(z, z + outputs_) - z);
        return {0, 0, 0, chosen != label};
    }

    Row by_value(const Real* z, const Real* targets) const {
        Row row{};
        for (std::size_t at = 0; at < outputs_; ++at) {
            const double error = static_cast<double>(z[at]) - static_cast<double>(targets[at]);
            row.error += error * error;
            row.size += std::abs(error);
        }
        return row;
    }

    Pass<Real> pass_;
    std::size_t outputs_;
    const Examples<Real>& examples_;
    Cost cost_;
    Buffer<Real> ones_;
    Buffer<Real> costs_;
};

/// The weighted sum of the targets' squared distances from their means.
template <class Real>
double spread(const Examples<Real>& examples, std::size_t outputs) {
    double sum = 0;
    for (std::size_t at = 0; at < outputs; ++at) {
        double mean = 0;
        double weight = 0;
        double square = 0;
        for (std::size_t row = 0; row < examples.rows; ++row) {
            const double w = examples.weights.empty() ? 1 : static_cast<double>(examples.weights[row]);
            const double value = static_cast<double>(examples.targets[row * padded(outputs) + at]);
            weight += w;
            const double step = value - mean;
            if (weight > 0) mean += step * w / weight;
            square += w * step * (value - mean);
        }
        sum += square;
    }
    return sum;
}

}  // namespace

template <class Real>
double penalty(const Network<Real>& network) {
    double sum = 0;
    for (const Layer<Real>& layer : network.layers) {
        if (layer.options.l2 == 0 && layer.options.l1 == 0) continue;
        double squares = 0;
        double sizes = 0;
        for (const Real w : layer.weights) {
            squares += static_cast<double>(w) * static_cast<double>(w);
            sizes += std::abs(static_cast<double>(w));
        }
        sum += layer.options.l2 * squares + layer.options.l1 * sizes;
    }
    return sum;
}

template <class Real>
double weight_norm(const Network<Real>& network) {
    double squares = 0;
    for (const Layer<Real>& layer : network.layers)
        for (const Real w : layer.weights)
            squares += static_cast<double>(w) * static_cast<double>(w);
    return std::sqrt(squares);
}

template <class Real>
Scores score(const Network<Real>& network, const Kernels<Real>& kernels, const Examples<Real>& examples, Cost cost,
             Crew& crew) {
    Scores scores;
    scores.rows = examples.rows;
    if (examples.rows == 0) return scores;
    std::vector<Row> rows(examples.rows);
    const std::size_t parts = examples.rows >= 4 * block ? crew.size() : 1;
    const auto look = [&](std::size_t part) {
        Judge<Real> judge(network, kernels, examples, cost);
        const std::size_t last = part_begin(examples.rows, part + 1, parts, block);
        for (std::size_t begin = part_begin(examples.rows, part, parts, block); begin < last; begin += block)
            judge.look(begin, std::min(begin + block, last), rows);
    };
    parts == 1 ? look(0) : crew.run(look);
    double errors = 0;
    double wrong = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const double weight = examples.weights.empty() ? 1 : static_cast<double>(examples.weights[at]);
        scores.weight += weight;
        scores.cost += weight * rows[at].cost;
        errors += weight * rows[at].error;
        scores.mae += weight * rows[at].size;
        scores.wrong += rows[at].wrong ? 1 : 0;
        wrong += rows[at].wrong ? weight : 0;
    }
    if (scores.weight <= 0) return scores;
    scores.cost /= scores.weight;
    scores.mae /= scores.weight;
    scores.misclass = wrong / scores.weight;
    if (!examples.labels.empty()) {
        scores.nll = scores.cost;
        return scores;
    }
    scores.rmse = std::sqrt(errors / scores.weight);
    const double all = spread(examples, network.outputs());
    scores.r2 = all > 0 ? 1 - errors / all : errors > 0 ? 0 : 1;
    return scores;
}

template double penalty<float>(const Network<float>&);
template double penalty<double>(const Network<double>&);
template double weight_norm<float>(const Network<float>&);
template double weight_norm<double>(const Network<double>&);
template Scores score<float>(const Network<float>&, const Kernels<float>&, const Examples<float>&, Cost, Crew&);
template Scores score<double>(const Network<double>&, const Kernels<double>&, const Examples<double>&, Cost, Crew&);

}  // namespace bradawl::nn
