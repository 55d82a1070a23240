// Bytes as rows to learn from: whatever they are, all that may come is a model that can be read again and written in
// every language, with predictions for the same rows, or an Error. The input: two bytes that choose settings, then
// rows.
#include <cstdlib>

#include "code/source.hpp"
#include "core/error.hpp"
#include "core/stop.hpp"
#include "core/system_clock.hpp"
#include "json/check.hpp"
#include "learn/describe.hpp"
#include "learn/predict.hpp"
#include "learn/reading.hpp"
#include "learn/training_run.hpp"

#include "memory_file.hpp"

using namespace bradawl;
using namespace bradawl::learn;

namespace {

class Choice {
public:
    explicit Choice(unsigned bits) : bits_(bits) {}

    const char* of(std::initializer_list<const char*> words) {
        const unsigned chosen = bits_ % static_cast<unsigned>(words.size());
        bits_ /= static_cast<unsigned>(words.size());
        return *(words.begin() + chosen);
    }

private:
    unsigned bits_;
};

Values values_for(Choice choice) {
    Values values;
    const auto set = [&](const char* name, const char* text) {
        if (*text != '\0') values.given[name] = {text, "--" + std::string(name)};
    };
    set("target", choice.of({"y", "2", "1"}));
    set("missing", choice.of({"", "mean", "median", "indicator", "drop"}));
    set("unknown", choice.of({"", "zeros", "other"}));
    set("scale", choice.of({"", "minmax", "none"}));
    set("split", choice.of({"", ".5,.3,.2", "1"}));
    set("split-by", choice.of({"", "hash", "order", "shuffle"}));
    set("categorical", choice.of({"", "c", "1"}));
    set("class-weight", choice.of({"", "balanced"}));
    set("task", choice.of({"", "regression", "classification"}));
    set("epochs", "2");
    set("hidden", "3");
    return values;
}

void apply_again(const Model& model, const std::string& path, const table::RowsOptions& spelling, const Stop& stop) {
    ApplyOptions options;
    options.on_error = OnError::null;
    Reading reading(model, "model", path, spelling, false, options, stop);
    Predictions predictions(model, reading.rows(), {});
    std::string text = predictions.header();
    for (Applied row; reading.applier().next(row);)
        predictions.append(row, text);
    if (reading.rows().separator() == 0) {
        for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1)
            if (json::check(text.substr(begin, text.find('\n', begin) - begin))) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static MemoryFile file;
    if (size < 3 || size > 4096) return 0;
    file.fill({reinterpret_cast<const char*>(data + 3), size - 3});
    table::RowsOptions spelling;
    spelling.format = static_cast<table::Format>(data[0] % 4);
    spelling.header = data[0] % 8 < 6;
    try {
        const Stop stop;
        const SystemClock clock(stop);
        const Running running{clock, stop, 1, "", "", true};
        io::Input input(file.path(), stop);
        TrainingRun run(input, spelling, values_for(Choice(data[1] * 256U + data[2])), running, {});
        const Fitted fitted = run.train(true);
        if (fitted.diverged) return 0;
        const std::string json = to_json(fitted.model);
        if (json::check(json)) std::abort();
        const Model model = read_model(json, "model");
        if (model.edited || to_json(model) != json) std::abort();
        run.plot(model);
        run.summary(fitted);
        describe(model);
        for (const code::Language language : {code::Language::c, code::Language::awk, code::Language::sql})
            code::source_of(model, language, "rows", {});
        if (spelling.header) apply_again(model, file.path(), spelling, stop);
    } catch (const Error& error) {
        const Fault fault = error.fault();
        if (fault != Fault::data && fault != Fault::usage && fault != Fault::config) std::abort();
    }
    return 0;
}
