#include "learn/fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "core/error.hpp"
#include "learn/checkpoint.hpp"
#include "learn/monitor.hpp"
#include "learn/prepared.hpp"
#include "nn/bits.hpp"
#include "nn/trainer.hpp"

namespace bradawl::learn {

namespace {

constexpr std::chrono::seconds between_checkpoints{30};

nn::Seed seed_of(nn::Seed given, std::uint64_t seed, std::uint32_t purpose, std::uint64_t restart) {
    if (given.key.empty()) given.key = {static_cast<std::uint32_t>(seed), purpose};
    if (restart == 0) return given;
    given.key.push_back(static_cast<std::uint32_t>(restart));
    given.plain = false;
    return given;
}

/// The layers of the network, with an output that suits the target.
std::vector<nn::LayerOptions> layers_for(const Dataset& data, const Options& options) {
    std::vector<nn::LayerOptions> layers = options.layers;
    nn::LayerOptions output = options.output;
    if (!options.output_given) {
        output.activation = data.classification ? nn::Activation::softmax : nn::Activation::linear;
    }
    if (output.units == 0 || !options.output_given) output.units = data.classification ? data.classes.size() : 1;
    const bool single = data.classes.size() == 2 && output.units == 1 && output.activation == nn::Activation::sigmoid;
    const bool classes = output.activation == nn::Activation::softmax && output.units == data.classes.size();
    if (data.classification && !single && !classes)
        throw Error(Fault::usage, fmt::format("layer '{}': {} classes need a softmax layer of {} units", output.name,
                                              data.classes.size(), data.classes.size()));
    if (!data.classification && (output.units != 1 || output.activation != nn::Activation::linear))
        throw Error(Fault::usage, fmt::format("layer '{}': a number needs a linear layer of 1 unit", output.name));
    layers.push_back(output);
    return layers;
}

nn::Cost cost_for(const Dataset& data, const Options& options, const nn::LayerOptions& output) {
    static constexpr std::array words = {"nll", "cross_entropy", "mse", "mae", "huber"};
    const bool single = output.activation == nn::Activation::sigmoid;
    if (options.cost == "auto")
        return !data.classification ? nn::Cost::mse : single ? nn::Cost::cross_entropy : nn::Cost::nll;
    const auto cost = static_cast<nn::Cost>(std::find(words.begin(), words.end(), options.cost) - words.begin());
    const bool fits =
        data.classification ? cost == (single ? nn::Cost::cross_entropy : nn::Cost::nll) : cost >= nn::Cost::mse;
    if (!fits)
        throw Error(Fault::usage, fmt::format("--cost={} does not suit {}", options.cost,
                                              !data.classification ? "a number"
                                              : single             ? "a sigmoid unit"
                                                                   : "classes by softmax"));
    return cost;
}

template <class Real>
const nn::Kernels<Real>& kernels_called(const std::string& name) {
    for (const nn::Kernels<Real>* one : nn::kernels<Real>())
        if (name.empty() || one->name == name) return *one;
    throw Error(Fault::usage, "this machine cannot run the kernels '" + name + "'");
}

/// One training, from drawn weights to its end.
template <class Real>
class Training {
public:
    Training(const Dataset& data, const Sets& sets, const Options& options, const Running& running, Watcher& watcher)
        : data_(data),
          options_(options),
          running_(running),
          watcher_(watcher),
          kernels_(kernels_called<Real>(running.kernels)),
          crew_(running.threads),
          preparation_(prepare(data, sets, options)),
          train_(make_examples<Real>(data, preparation_, sets.train, true)),
          valid_(make_examples<Real>(data, preparation_, sets.valid, false)),
          test_(make_examples<Real>(data, preparation_, sets.test, false)),
          layers_(layers_for(data, options)),
          trainer_options_(options.trainer),
          monitor_(options.monitor, data.classification, valid_.rows > 0) {
        trainer_options_.cost = cost_for(data, options, layers_.back());
        for (const table::Finding& finding : preparation_.findings)
            watcher.found(finding.text);
    }

    Fitted run() {
        Fitted best;
        bool any = false;
        for (std::uint64_t restart = 0; restart < options_.restarts; ++restart) {
            Fitted one = once(restart);
            const bool stop = one.interrupted;
            if (!any || one.value < best.value) best = std::move(one);
            any = true;
            best.interrupted = stop;
            if (stop) break;
        }
        return best;
    }

private:
    struct State {
        State(nn::Network<Real> drawn, nn::Mersenne random, const nn::StopOptions& stop)
            : network(std::move(drawn)), best(network), shuffle(random), stopping(stop) {}

        nn::Network<Real> network;
        nn::Network<Real> best;
        nn::Mersenne shuffle;
        nn::Stopping stopping;
        std::uint64_t epoch = 0;
        std::uint64_t batches = 0;
        std::uint64_t best_epoch = 0;
        double best_value = std::numeric_limits<double>::infinity();
    };

    Fitted once(std::uint64_t restart) {
        nn::Mersenne weights(seed_of(options_.weight_seed, options_.seed, 1, restart));
        const std::size_t width = table::total_width(preparation_.features);
        State state(nn::random_network<Real>(width, layers_, weights),
                    nn::Mersenne(seed_of(options_.shuffle_seed, options_.seed, 2, restart)), options_.stop);
        const std::size_t batch =
            options_.batch == 0 ? train_.rows : std::min<std::size_t>(options_.batch, train_.rows);
        nn::Trainer<Real> trainer(state.network, trainer_options_, kernels_, crew_, batch);
        const bool checkpoints = !running_.checkpoint.empty();
        const Checkpoint checkpoint(running_.checkpoint, fingerprint(), data_.sha256);
        if (checkpoints) checkpoint.load([&](std::string_view& text) { return load(state, trainer, text); });
        const auto keep = [&] { checkpoint.save([&](std::string& text) { save(state, trainer, text); }); };

        history_.clear();
        started_ = running_.clock.now();
        TimePoint saved = started_;
        std::string stopped;
        Fitted fitted;
        order_.resize(train_.rows);
        while (stopped.empty()) {
            const std::string ended = epoch(state, trainer, batch, fitted);
            if (!ended.empty()) {
                stopped = ended;
            } else if (state.stopping.done(state.epoch, last_value_)) {
                stopped = state.stopping.reason();
            } else if (is_late()) {
                stopped = "time";
            } else if (running_.stop.requested()) {
                fitted.interrupted = true;
                stopped = "signal";
            }
            if (ended.empty()) tell();
            if (checkpoints && stopped.empty() && running_.clock.now() - saved > between_checkpoints) {
                keep();
                saved = running_.clock.now();
            }
        }
        if (checkpoints && !fitted.diverged && stopped != "time") keep();
        finish(state, stopped, fitted);
        return fitted;
    }

    bool is_late() const { return options_.time_budget > 0 && seconds_since(started_) >= options_.time_budget; }

    double seconds_since(TimePoint then) const {
        return std::chrono::duration<double>(running_.clock.now() - then).count();
    }

    /// Returns what ended the training inside the epoch; empty when the epoch is whole.
    std::string epoch(State& state, nn::Trainer<Real>& trainer, std::size_t batch, Fitted& fitted) {
        const TimePoint begun = running_.clock.now();
        std::iota(order_.begin(), order_.end(), 0);
        state.shuffle.shuffle(order_);
        const std::uint64_t count = state.epoch + options_.schedule_offset;
        nn::Pace pace{0, nn::momentum_at(options_.momentum, count)};
        const std::span<const std::uint32_t> order(order_);
        record_ = {};
        record_.whole = running_.keep_history || watcher_.listens();
        if (record_.whole) last_ = state.network;
        for (std::size_t begin = 0; begin < order.size(); begin += batch) {
            // What a checkpoint holds is the end of an epoch, so that one is awaited.
            if (running_.stop.requested() && running_.checkpoint.empty()) {
                fitted.interrupted = true;
                return "signal";
            }
            if (is_late()) return "time";
            pace.rate = nn::rate_at(options_.rate_schedule, options_.rate, count, state.batches);
            const auto rows = order.subspan(begin, std::min(batch, order.size() - begin));
            const double cost = trainer.step(train_, rows, pace, state.shuffle);
            if (!std::isfinite(cost)) {
                tell_divergence(state.epoch + 1, begin / batch + 1, rows);
                fitted.diverged = true;
                return "diverged";
            }
            ++state.batches;
        }
        ++state.epoch;
        record_.rows_a_second = static_cast<double>(train_.rows) / std::max(1e-9, seconds_since(begun));
        judge(state, pace, trainer.gradient_norm());
        return "";
    }

    void judge(State& state, const nn::Pace& pace, double gradient_norm) {
        record_.epoch = state.epoch;
        record_.rate = pace.rate;
        record_.momentum = pace.momentum;
        if (record_.whole || monitor_.is_of_train()) record_.train = scores(state.network, train_);
        if (valid_.rows > 0) record_.valid = scores(state.network, valid_);
        record_.penalty = nn::penalty(state.network);
        record_.gradient_norm = gradient_norm;
        if (record_.whole) {
            record_.weight_norm = nn::weight_norm(state.network);
            record_.update_ratio = distance(state.network, last_) / std::max(record_.weight_norm, 1e-300);
        }
        last_value_ = monitor_.value(record_);
        record_.best = last_value_ < state.best_value;
        if (record_.best) {
            state.best_value = last_value_;
            state.best_epoch = state.epoch;
            state.best = state.network;
        }
        record_.best_epoch = state.best_epoch;
        state_ = &state;
    }

    void tell() {
        record_.patience_left = state_->stopping.patience_left();
        record_.elapsed = seconds_since(started_);
        if (running_.keep_history)
            history_ += (history_.empty() ? "[" : ",\n") + to_lasting_json(record_, data_.classification);
        watcher_.epoch(record_);
    }

    nn::Scores scores(const nn::Network<Real>& network, const nn::Examples<Real>& examples) {
        nn::Scores scores = nn::score(network, kernels_, examples, trainer_options_.cost, crew_);
        scores.rmse *= preparation_.target_scale;
        scores.mae *= preparation_.target_scale;
        return scores;
    }

    static double distance(const nn::Network<Real>& a, const nn::Network<Real>& b) {
        double square = 0;
        for (std::size_t layer = 0; layer < a.layers.size(); ++layer)
            for (std::size_t at = 0; at < a.layers[layer].weights.size(); ++at) {
                const double step =
                    static_cast<double>(a.layers[layer].weights[at]) - static_cast<double>(b.layers[layer].weights[at]);
                square += step * step;
            }
        return std::sqrt(square);
    }

    /// The largest number in the rows of the batch, and whose it is.
    void tell_divergence(std::uint64_t epoch, std::uint64_t batch, std::span<const std::uint32_t> rows) {
        Divergence divergence{epoch, batch, "", 0};
        const std::size_t stride = nn::padded(train_.columns);
        std::size_t place = 0;
        for (std::size_t at = 0; at < preparation_.features.size(); ++at) {
            const table::Feature& feature = preparation_.features[at];
            for (const std::uint32_t row : rows)
                for (std::size_t one = 0; one < feature.width(); ++one) {
                    const double size = std::abs(static_cast<double>(train_.inputs[row * stride + place + one]));
                    if (size <= divergence.size) continue;
                    divergence.size = size;
                    divergence.column = feature.name;
                }
            place += feature.width();
        }
        watcher_.diverged(divergence);
    }

    void finish(State& state, const std::string& stopped, Fitted& fitted) {
        Model& model = fitted.model;
        model.classification = data_.classification;
        model.target = data_.target;
        model.classes = data_.classes;
        model.target_shift = preparation_.target_shift;
        model.target_scale = preparation_.target_scale;
        model.features = preparation_.features;
        model.config = options_.resolved;
        model.train_rows = train_.rows;
        model.valid_rows = valid_.rows;
        model.test_rows = test_.rows;
        model.data_sha256 = data_.sha256;
        model.best_epoch = state.best_epoch;
        model.stopped = stopped;
        model.metrics.emplace_back("train", scores(state.best, train_));
        if (valid_.rows > 0) model.metrics.emplace_back("valid", scores(state.best, valid_));
        if (test_.rows > 0) model.metrics.emplace_back("test", scores(state.best, test_));
        model.history = history_.empty() ? "" : history_ + "]";
        model.network = std::move(state.best);
        fitted.value = state.best_value;
    }

    std::string fingerprint() const {
        std::string text;
        for (const auto& [name, value] : options_.resolved)
            if (name != "epochs" && name != "patience" && name != "stop" && name != "time-budget")
                text += name + "=" + value + " ";
        return text;
    }

    static void save(const State& state, const nn::Trainer<Real>& trainer, std::string& text) {
        text += fmt::format("{} {} {} ", state.epoch, state.batches, state.best_epoch);
        nn::save_bits(state.best_value, text);
        for (const nn::Network<Real>* network : {&state.network, &state.best})
            for (const nn::Layer<Real>& layer : network->layers)
                for (const auto* all : {&layer.weights, &layer.bias})
                    for (const Real value : *all)
                        nn::save_bits(value, text);
        text += '\n';
        state.shuffle.save(text);
        state.stopping.save(text);
        trainer.save(text);
    }

    static bool load(State& state, nn::Trainer<Real>& trainer, std::string_view& text) {
        bool good = load_count(text, state.epoch) && load_count(text, state.batches) &&
                    load_count(text, state.best_epoch) && nn::load_bits(text, state.best_value);
        for (nn::Network<Real>* network : {&state.network, &state.best})
            for (nn::Layer<Real>& layer : network->layers)
                for (auto* all : {&layer.weights, &layer.bias})
                    for (Real& value : *all)
                        good = good && nn::load_bits(text, value);
        return good && state.shuffle.load(text) && state.stopping.load(text) && trainer.load(text);
    }

    const Dataset& data_;
    const Options& options_;
    const Running& running_;
    Watcher& watcher_;
    const nn::Kernels<Real>& kernels_;
    nn::Crew crew_;
    Preparation preparation_;
    nn::Examples<Real> train_;
    nn::Examples<Real> valid_;
    nn::Examples<Real> test_;
    std::vector<nn::LayerOptions> layers_;
    nn::TrainerOptions trainer_options_;
    Monitor monitor_;
    std::vector<std::uint32_t> order_;
    EpochRecord record_;
    nn::Network<Real> last_;  // before the epoch, for a whole record
    double last_value_ = 0;
    const State* state_ = nullptr;
    TimePoint started_{};
    std::string history_;
};

}  // namespace

Fitted fit(const Dataset& data, const Sets& sets, const Options& options, const Running& running, Watcher& watcher) {
    if (options.in_double) return Training<double>(data, sets, options, running, watcher).run();
    return Training<float>(data, sets, options, running, watcher).run();
}

}  // namespace bradawl::learn
