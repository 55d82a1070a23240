#include "learn/training_run.hpp"

#include <fmt/format.h>

#include "learn/describe.hpp"
#include "learn/evaluate.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

/// Tells a narrator, and a curve.
class Both : public Watcher {
public:
    Both(Watcher& narrator, Curve& curve) : narrator_(narrator), curve_(curve) {}

    bool listens() override { return true; }
    void epoch(const EpochRecord& record) override {
        curve_.add(record);
        narrator_.epoch(record);
    }
    void diverged(const Divergence& divergence) override { narrator_.diverged(divergence); }
    void found(const std::string& what) override { narrator_.found(what); }

private:
    Watcher& narrator_;
    Curve& curve_;
};

}  // namespace

Values merge(Values values, const Values& over) {
    for (const auto& [name, given] : over.given) {
        if (name == "hidden") values.layers.clear();
        values.given[name] = given;
    }
    if (!over.layers.empty()) values.layers = over.layers;
    return values;
}

TrainingRun::TrainingRun(io::Input& input, const table::RowsOptions& spelling, const Values& values,
                         const Running& running, Voices voices)
    : options_(resolve(values)),
      data_(load_dataset(input, spelling, options_, running.stop)),
      sets_(split_rows(data_, options_)),
      running_(running),
      voices_(std::move(voices)),
      curve_(data_.classification) {}

Fitted TrainingRun::train(bool curve) {
    Narrator narrator(voices_, data_, sets_, options_);
    Both both(narrator, curve_);
    narrator.begin();
    Fitted fitted = fit(data_, sets_, options_, running_, curve ? static_cast<Watcher&>(both) : narrator);
    narrator.end(fitted);
    return fitted;
}

std::vector<FoldResult> TrainingRun::cross_validate(std::uint64_t folds, std::uint64_t rounds,
                                                    const std::function<void(const FoldResult&)>& each) {
    Voices quiet = voices_;
    quiet.record = nullptr;
    Narrator narrator(quiet, data_, sets_, options_);
    return learn::cross_validate(data_, options_, folds, rounds, running_, narrator, each);
}

std::string TrainingRun::plot(const Model& model) const {
    return curve_.to_svg(fmt::format("Learning '{}' from {} rows", text::printable(data_.target), model.train_rows));
}

std::string TrainingRun::summary(const Fitted& fitted) const {
    const Model& model = fitted.model;
    std::string text = fmt::format("best epoch {}, stopped by {}\n", model.best_epoch, model.stopped);
    for (const auto& [set, scores] : model.metrics)
        text += describe_set(set, scores, model.classification);
    if (!model.classification) return text;
    const auto& [name, rows] = !sets_.test.empty()    ? std::pair{"test", &sets_.test}
                               : !sets_.valid.empty() ? std::pair{"valid", &sets_.valid}
                                                      : std::pair{"train", &sets_.train};
    return text + fmt::format("\n{} rows by class\n", name) + confusion_table(evaluate_rows(model, data_, *rows));
}

}  // namespace bradawl::learn
