#include "learn/verify.hpp"

#include "core/error.hpp"
#include "json/writer.hpp"

namespace bradawl::learn {

Options options_of(const Model& model) {
    Values values;
    for (const auto& [name, text] : model.config)
        values.given[name] = {text, "the model's " + name};
    try {
        return resolve(values);
    } catch (const Error& error) {
        throw Error(Fault::data, error.text(),
                    "The settings in the model file were edited, or are of another version.");
    }
}

std::string verdict_json(const Model& model, const std::optional<Verdict>& verdict) {
    std::string text;
    json::Writer json(text);
    json.begin_object();
    json.key("whole");
    json.boolean(!model.edited);
    json.key("weights_sha256");
    json.string(weights_sha256(model));
    if (verdict) {
        json.key("data_same");
        json.boolean(verdict->data_same);
        json.key("weights_same");
        json.boolean(verdict->weights_same);
        if (!verdict->again.empty()) {
            json.key("again_sha256");
            json.string(verdict->again);
        }
    }
    json.end_object();
    return text + "\n";
}

Verdict verify(const Model& model, io::Input& input, const table::RowsOptions& spelling, const Running& running,
               Voices voices) {
    if (model.stopped == "time" || model.stopped == "signal")
        throw Error(
            Fault::data, "the training was stopped by " + model.stopped + ", which cannot be done again",
            "Train with --epochs=" + std::to_string(model.best_epoch) + " to get weights that can be verified.");
    const Options options = options_of(model);
    const Dataset data = load_dataset(input, spelling, options, running.stop);
    if (data.sha256 != model.data_sha256) return {false, false, ""};
    const Sets sets = split_rows(data, options);
    Narrator narrator(std::move(voices), data, sets, options);
    const Fitted fitted = fit(data, sets, options, running, narrator);
    const std::string again = weights_sha256(fitted.model);
    return {true, again == weights_sha256(model), again};
}

}  // namespace bradawl::learn
