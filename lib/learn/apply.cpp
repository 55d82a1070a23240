#include "learn/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "learn/prepared.hpp"
#include "nn/pass.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

constexpr std::size_t block = 256;  // rows that go through the network together

/// What the last layer made, as probabilities by class or in the units of the target.
template <class Real>
void answer_of(const Model& model, const nn::Network<Real>& network, const Real* z, std::span<double> to) {
    if (model.classification && network.outputs() == 1) {
        to[1] = static_cast<double>(z[0]);
        to[0] = 1 - to[1];
        return;
    }
    for (std::size_t at = 0; at < to.size(); ++at)
        to[at] = static_cast<double>(z[at]);
    if (!model.classification) to[0] = to[0] * model.target_scale + model.target_shift;
}

template <class Real>
class Blocks : public Applier {
public:
    Blocks(const Model& model, const std::string& model_name, table::RowReader& rows, const ApplyOptions& options)
        : model_(model),
          rows_(rows),
          options_(options),
          network_(std::get<nn::Network<Real>>(model.network)),
          pass_(network_, kernels(options.kernels), block, false),
          width_(nn::padded(network_.inputs())),
          outputs_(model.classification ? model.classes.size() : 1),
          answers_(block * outputs_),
          held_(block) {
        choose(model_name);
    }

    bool next(Applied& row) override {
        if (at_ == count_) {
            if (failure_) throw Error(*failure_);
            if (!fill()) {
                if (failure_) throw Error(*failure_);
                return false;
            }
        }
        const Held& held = held_[at_];
        row = {held.failed, held.source, held.line, {answers_.data() + at_ * outputs_, outputs_}, held.target};
        ++at_;
        return true;
    }

    bool idle() override { return at_ == count_ && rows_.idle(); }
    std::uint64_t failures() const override { return failures_; }
    const std::string& first_failure() const override { return first_failure_; }

private:
    struct Held {
        bool failed = false;
        std::string source;
        std::uint64_t line = 0;
        std::string target;
    };

    static const nn::Kernels<Real>& kernels(const std::string& name) {
        for (const nn::Kernels<Real>* one : nn::kernels<Real>())
            if (name.empty() || one->name == name) return *one;
        throw Error(Fault::usage, "this machine cannot run the kernels '" + name + "'");
    }

    void choose(const std::string& model_name) {
        std::vector<table::Role> roles(rows_.names().size(), table::Role::passed_over);
        const auto take = [&](const std::string& name, table::Role role) {
            const auto mapped = options_.names.find(name);
            const std::string& wanted = mapped == options_.names.end() ? name : mapped->second;
            const auto found = std::find(rows_.names().begin(), rows_.names().end(), wanted);
            if (found == rows_.names().end()) fail_missing(name, wanted, model_name);
            const auto column = static_cast<std::size_t>(found - rows_.names().begin());
            roles[column] = role;
            return column;
        };
        for (const auto& [name, other] : options_.names) {
            const bool known = name == model_.target || std::any_of(model_.features.begin(), model_.features.end(),
                                                                    [&wanted = name](const table::Feature& feature) {
                                                                        return feature.name == wanted;
                                                                    });
            if (!known)
                throw Error(Fault::usage, fmt::format("--map: '{}' is no column of the model", text::printable(name)));
        }
        for (const table::Feature& feature : model_.features)
            columns_.push_back(take(feature.name, feature.categorical ? table::Role::text : table::Role::number));
        if (options_.with_target) target_ = take(model_.target, table::Role::text);
        rows_.choose(std::move(roles));
        plain_ = std::none_of(model_.features.begin(), model_.features.end(), [](const table::Feature& feature) {
            return feature.categorical || feature.missing == table::Missing::indicator;
        });
    }

    [[noreturn]] void fail_missing(const std::string& name, const std::string& wanted, const std::string& model_name) {
        std::vector<std::string> others = rows_.names();  // that the model does not know
        std::erase_if(others, [&](const std::string& other) {
            return other == model_.target ||
                   std::any_of(model_.features.begin(), model_.features.end(),
                               [&](const table::Feature& feature) { return feature.name == other; });
        });
        const std::string near = others.size() == 1 ? others[0] : text::nearest(wanted, others);
        throw Error(Fault::data,
                    fmt::format("{}: column '{}' is in {} but not in the input (has: {})", rows_.input(),
                                text::printable(wanted), model_name,
                                text::printable(fmt::format("{}", fmt::join(rows_.names(), ",")), 200)),
                    near.empty()
                        ? fmt::format("Name the column that it is with --map=COLUMN={}.", text::printable(name))
                        : fmt::format("Did you mean '{}'? Then --map={}={}.", text::printable(near),
                                      text::printable(near), text::printable(name)));
    }

    bool fill() {
        at_ = count_ = 0;
        while (count_ < block && (count_ == 0 || !rows_.idle())) {
            Held& held = held_[count_];
            try {
                table::Row row;
                if (!rows_.next(row)) break;
                held.failed = false;
                held.line = row.line;
                if (options_.keep_source) held.source = row.source;
                put(row, pass_.inputs() + count_ * width_);
                if (options_.with_target) held.target = row.texts[target_];
            } catch (const Error& error) {
                if (error.fault() != Fault::data) throw;
                if (options_.on_error == OnError::fail) {
                    failure_ =
                        Error(error.fault(), error.text(),
                              "Leave such rows out with --on-error=skip, or keep their place with --on-error=null.");
                    break;
                }
                if (failures_++ == 0) first_failure_ = error.text();
                if (options_.on_error == OnError::skip) continue;
                held.failed = true;
                held.source.clear();
                std::fill_n(pass_.inputs() + count_ * width_, width_, Real{});
            }
            ++count_;
        }
        if (count_ == 0) return false;
        pass_.run(0, count_);
        answer(pass_.finish(0, count_));
        return true;
    }

    void put(const table::Row& row, Real* out) {
        try {
            if (plain_) {
                for (std::size_t at = 0; at < columns_.size(); ++at)
                    table::put_number(model_.features[at], row.numbers[columns_[at]], out + at);
                return;
            }
            for (std::size_t at = 0; at < columns_.size(); ++at) {
                const table::Feature& feature = model_.features[at];
                if (feature.categorical) {
                    table::put_category(feature, row.texts[columns_[at]], out);
                } else {
                    table::put_number(feature, row.numbers[columns_[at]], out);
                }
                out += feature.width();
            }
        } catch (const Error& error) {
            throw error.at(fmt::format("{}:{}", rows_.input(), row.line));
        }
    }

    void answer(const Real* z) {
        for (std::size_t row = 0; row < count_; ++row, z += pass_.stride())
            answer_of<Real>(model_, network_, z, {answers_.data() + row * outputs_, outputs_});
    }

    const Model& model_;
    table::RowReader& rows_;
    const ApplyOptions options_;
    const nn::Network<Real>& network_;
    nn::Pass<Real> pass_;
    std::size_t width_;
    std::size_t outputs_;
    std::vector<double> answers_;
    std::vector<Held> held_;
    std::vector<std::size_t> columns_;
    std::size_t target_ = 0;
    bool plain_ = false;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
    std::optional<Error> failure_;
    std::uint64_t failures_ = 0;
    std::string first_failure_;
};

template <class Real>
void apply_examples(const Model& model, const Dataset& data, const std::vector<std::uint32_t>& rows,
                    const std::function<void(const Applied&)>& each) {
    const auto& network = std::get<nn::Network<Real>>(model.network);
    const Preparation preparation{model.features, {}, model.target_shift, model.target_scale, {}};
    const nn::Examples<Real> examples = make_examples<Real>(data, preparation, rows, false);
    const std::size_t width = nn::padded(network.inputs());
    nn::Pass<Real> pass(network, *nn::kernels<Real>().front(), 1, false);
    std::vector<double> outputs(model.classification ? model.classes.size() : 1);
    std::string target;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        std::copy_n(examples.inputs.data() + at * width, width, pass.inputs());
        pass.run(0, 1);
        answer_of(model, network, pass.finish(0, 1), outputs);
        target = model.classification ? data.classes[data.labels[rows[at]]] : fmt::format("{}", data.values[rows[at]]);
        each({false, {}, data.table.lines[rows[at]], outputs, target});
    }
}

}  // namespace

void apply_rows(const Model& model, const Dataset& data, const std::vector<std::uint32_t>& rows,
                const std::function<void(const Applied&)>& each) {
    if (model.network.index() == 0) return apply_examples<float>(model, data, rows, each);
    apply_examples<double>(model, data, rows, each);
}

std::unique_ptr<Applier> apply(const Model& model, const std::string& model_name, table::RowReader& rows,
                               const ApplyOptions& options) {
    if (model.network.index() == 0) return std::make_unique<Blocks<float>>(model, model_name, rows, options);
    return std::make_unique<Blocks<double>>(model, model_name, rows, options);
}

}  // namespace bradawl::learn
