#include "learn/verify.hpp"

#include "core/error.hpp"

namespace bradawl::learn {

Values values_of(const Model& model) {
    Values values;
    for (const auto& [name, text] : model.config)
        values.given[name] = {text, "the model's " + name};
    return values;
}

Verdict verify(const Model& model, io::Input& input, const table::RowsOptions& spelling, const Running& running,
               Watcher& watcher) {
    if (model.stopped == "time" || model.stopped == "signal")
        throw Error(
            Fault::data, "the training was stopped by " + model.stopped + ", which cannot be done again",
            "Train with --epochs=" + std::to_string(model.best_epoch) + " to get weights that can be verified.");
    const Options options = resolve(values_of(model));
    const Dataset data = load_dataset(input, spelling, options, running.stop);
    if (data.sha256 != model.data_sha256) return {false, false, ""};
    const Fitted fitted = fit(data, split_rows(data, options), options, running, watcher);
    const std::string again = weights_sha256(fitted.model);
    return {true, again == weights_sha256(model), again};
}

}  // namespace bradawl::learn
