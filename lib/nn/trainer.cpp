#include "nn/trainer.hpp"

#include <algorithm>
#include <cmath>

#include "nn/bits.hpp"

namespace bradawl::nn {

namespace {

constexpr std::size_t grain = 8;                // rows and inputs that one thread takes at a time are multiples of it
constexpr std::size_t worth_sharing = 1000000;  // multiply-adds a batch, below which one thread is faster

bool has_second(Rule rule) {
    return rule == Rule::adam || rule == Rule::adamw || rule == Rule::adadelta;
}

template <class Real>
std::size_t work_of(const Network<Real>& network) {
    std::size_t work = 0;
    for (const Layer<Real>& layer : network.layers)
        work += 3 * layer.in * layer.stride();
    return work;
}

}  // namespace

template <class Real>
Trainer<Real>::Trainer(Network<Real>& network, const TrainerOptions& options, const Kernels<Real>& kernels, Crew& crew,
                       std::size_t batch)
    : network_(network),
      options_(options),
      kernels_(kernels),
      crew_(crew),
      pass_(network, kernels, batch, true),
      labels_(pass_.capacity()),
      targets_(pass_.capacity() * pass_.stride()),
      parts_(pass_.capacity()),
      costs_(pass_.capacity()) {
    constexpr std::size_t cache = 4096;  // numbers of a gradient that stay near
    std::size_t most = 0;
    for (const Layer<Real>& layer : network.layers) {
        Memory memory;
        memory.first.resize(layer.weights.size());
        memory.bias_first.resize(layer.stride());
        if (has_second(options.rule)) {
            memory.second.resize(layer.weights.size());
            memory.bias_second.resize(layer.stride());
        }
        memory.chunk = std::max(grain, cache / layer.stride() / grain * grain);
        most = std::max(most, std::max(memory.chunk, std::size_t{1}) * layer.stride());
        if (options.clip > 0) memory.gradient.resize((layer.in + 1) * layer.stride());
        memory_.push_back(std::move(memory));
    }
    chunks_.assign(crew.size(), Buffer<Real>(most));
}

/// Calls part(index, parts) for all parts of some work, on as many threads as it is worth.
template <class Real>
template <class Part>
void Trainer<Real>::run(std::size_t work, const Part& part) {
    if (crew_.size() == 1 || work < worth_sharing) return part(0, 1);
    crew_.run([&](std::size_t index) { part(index, crew_.size()); });
}

template <class Real>
void Trainer<Real>::gather(const Examples<Real>& examples, std::span<const std::uint32_t> rows, std::size_t begin,
                           std::size_t end) {
    const std::size_t width = padded(examples.columns);
    Real* const inputs = pass_.inputs();
    for (std::size_t at = begin; at < end; ++at) {
        const Real* const from = examples.inputs.data() + rows[at] * width;
        std::copy(from, from + width, inputs + at * width);
        if (!examples.labels.empty()) labels_[at] = examples.labels[rows[at]];
        if (examples.targets.empty()) continue;
        const Real* const wanted = examples.targets.data() + rows[at] * pass_.stride();
        std::copy(wanted, wanted + pass_.stride(), targets_.data() + at * pass_.stride());
    }
}

template <class Real>
void Trainer<Real>::draw_masks(std::size_t rows, Mersenne& random) {
    for (std::size_t at = 0; at < network_.layers.size(); ++at) {
        Real* const mask = pass_.mask(at);
        if (mask == nullptr) continue;
        const Layer<Real>& layer = network_.layers[at];
        const double keep = layer.options.keep;
        const auto kept = static_cast<Real>(layer.options.scale > 0 ? layer.options.scale : 1 / keep);
        const std::size_t width = padded(layer.in);
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t column = 0; column < layer.in; ++column)
                mask[row * width + column] = row > 0 && options_.mask_per_batch ? mask[column]
                                             : random.unit() < keep             ? kept
                                                                                : Real{};
    }
}

template <class Real>
double Trainer<Real>::judge(const Examples<Real>& examples, std::span<const std::uint32_t> rows) {
    const std::size_t count = rows.size();
    Real sum{};
    for (std::size_t at = 0; at < count; ++at)
        sum += parts_[at] = examples.weights.empty() ? Real{1} : examples.weights[rows[at]];
    for (std::size_t at = 0; at < count; ++at)
        parts_[at] /= sum;
    pass_.turn_weights();
    run(count * work_of(network_), [&](std::size_t part, std::size_t parts) {
        const std::size_t begin = part_begin(count, part, parts, lanes);
        const std::size_t end = part_begin(count, part + 1, parts, lanes);
        if (begin == end) return;
        gather(examples, rows, begin, end);
        pass_.run(begin, end);
        pass_.judge(options_.cost, labels_.data(), targets_.data(), parts_.data(), costs_.data(), begin, end);
        pass_.run_back(begin, end);
    });
    double cost = 0;
    for (std::size_t at = 0; at < count; ++at)
        cost += static_cast<double>(costs_[at]) * static_cast<double>(parts_[at]);
    return cost;
}

template <class Real>
Update<Real> Trainer<Real>::rule_now(const Pace& pace) {
    Update<Real> update{};
    update.rule = options_.rule;
    update.rate = static_cast<Real>(pace.rate);
    update.momentum = static_cast<Real>(pace.momentum);
    update.part = 1;
    const bool by_root = options_.rule == Rule::adagrad || options_.rule == Rule::rmsprop;
    update.epsilon = static_cast<Real>(by_root ? 1e-5 : options_.epsilon);
    if (options_.rule == Rule::adam || options_.rule == Rule::adamw) {
        update.first_left = static_cast<Real>(1 - (first_power_ *= 0.9));
        update.second_left = static_cast<Real>(1 - (second_power_ *= 0.999));
    }
    return update;
}

template <class Real>
void Trainer<Real>::move(std::size_t part, std::size_t parts, std::size_t rows, const Update<Real>& rule) {
    for (std::size_t at = 0; at < network_.layers.size(); ++at) {
        Layer<Real>& layer = network_.layers[at];
        Memory& memory = memory_[at];
        const std::size_t stride = layer.stride();
        const std::size_t last = part_begin(layer.in, part + 1, parts, grain);
        Update<Real> update = rule;
        update.rate = rule.rate * static_cast<Real>(layer.options.weight_rate);
        update.l2 = static_cast<Real>(2 * layer.options.l2);
        update.l1 = static_cast<Real>(layer.options.l1);
        update.decay = static_cast<Real>(options_.rule == Rule::adamw ? options_.weight_decay : 0) * update.rate;
        for (std::size_t begin = part_begin(layer.in, part, parts, grain); begin < last; begin += memory.chunk) {
            const std::size_t end = std::min(begin + memory.chunk, last);
            const std::size_t place = begin * stride;
            if (memory.gradient.empty()) {
                pass_.weight_gradient(at, rows, begin, end, chunks_[part].data());
                update.gradient = chunks_[part].data();
            } else {
                update.gradient = memory.gradient.data() + place;
            }
            update.weights = layer.weights.data() + place;
            update.first = memory.first.data() + place;
            update.second = memory.second.data() + (memory.second.empty() ? 0 : place);
            update.count = (end - begin) * stride;
            kernels_.update(update);
        }
        if (part == 0) move_bias(at, rows, rule);
    }
}

template <class Real>
void Trainer<Real>::move_bias(std::size_t at, std::size_t rows, Update<Real> update) {
    Layer<Real>& layer = network_.layers[at];
    Memory& memory = memory_[at];
    if (memory.gradient.empty()) {
        pass_.bias_gradient(at, rows, chunks_[0].data());
        update.gradient = chunks_[0].data();
    } else {
        update.gradient = memory.gradient.data() + layer.in * layer.stride();
    }
    update.rate *= static_cast<Real>(layer.options.bias_rate);
    update.weights = layer.bias.data();
    update.first = memory.bias_first.data();
    update.second = memory.bias_second.data();
    update.count = layer.stride();
    kernels_.update(update);
}

template <class Real>
void Trainer<Real>::collect(std::size_t part, std::size_t parts, std::size_t rows) {
    for (std::size_t at = 0; at < network_.layers.size(); ++at) {
        const Layer<Real>& layer = network_.layers[at];
        Real* const gradient = memory_[at].gradient.data();
        const std::size_t begin = part_begin(layer.in, part, parts, grain);
        const std::size_t end = part_begin(layer.in, part + 1, parts, grain);
        if (begin < end) pass_.weight_gradient(at, rows, begin, end, gradient + begin * layer.stride());
        if (part == 0) pass_.bias_gradient(at, rows, gradient + layer.in * layer.stride());
    }
}

template <class Real>
double Trainer<Real>::step(const Examples<Real>& examples, std::span<const std::uint32_t> rows, const Pace& pace,
                           Mersenne& random) {
    draw_masks(rows.size(), random);
    const double cost = judge(examples, rows);
    if (!std::isfinite(cost)) return cost;
    Update<Real> rule = rule_now(pace);
    const std::size_t work = rows.size() * work_of(network_);
    if (options_.clip > 0) {
        run(work, [&](std::size_t part, std::size_t parts) { collect(part, parts, rows.size()); });
        double square = 0;
        for (const Memory& memory : memory_)
            for (const Real g : memory.gradient)
                square += static_cast<double>(g) * static_cast<double>(g);
        gradient_norm_ = std::sqrt(square);
        if (gradient_norm_ > options_.clip) rule.part = static_cast<Real>(options_.clip / gradient_norm_);
    }
    run(work, [&](std::size_t part, std::size_t parts) { move(part, parts, rows.size(), rule); });
    for (Layer<Real>& layer : network_.layers)
        bound_norms(layer);
    return cost;
}

template <class Real>
std::vector<Buffer<Real>> Trainer<Real>::gradient(const Examples<Real>& examples, std::span<const std::uint32_t> rows) {
    judge(examples, rows);
    std::vector<Buffer<Real>> all;
    for (std::size_t at = 0; at < network_.layers.size(); ++at) {
        const Layer<Real>& layer = network_.layers[at];
        Buffer<Real> gradient((layer.in + 1) * layer.stride());
        pass_.weight_gradient(at, rows.size(), 0, layer.in, gradient.data());
        pass_.bias_gradient(at, rows.size(), gradient.data() + layer.in * layer.stride());
        for (std::size_t place = 0; place < layer.weights.size(); ++place) {
            const Real w = layer.weights[place];
            gradient[place] +=
                static_cast<Real>(2 * layer.options.l2) * w + static_cast<Real>(layer.options.l1) * (w > 0   ? Real{1}
                                                                                                     : w < 0 ? Real{-1}
                                                                                                             : Real{});
        }
        all.push_back(std::move(gradient));
    }
    return all;
}

template <class Real>
void Trainer<Real>::save(std::string& text) const {
    save_bits(first_power_, text);
    save_bits(second_power_, text);
    for (const Memory& memory : memory_)
        for (const auto* all : {&memory.first, &memory.second, &memory.bias_first, &memory.bias_second})
            for (const Real value : *all)
                save_bits(value, text);
    text += '\n';
}

template <class Real>
bool Trainer<Real>::load(std::string_view& text) {
    bool good = load_bits(text, first_power_) && load_bits(text, second_power_);
    for (Memory& memory : memory_)
        for (auto* all : {&memory.first, &memory.second, &memory.bias_first, &memory.bias_second})
            for (Real& value : *all)
                good = good && load_bits(text, value);
    return good;
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace bradawl::nn
