// Bytes as a model file: what is accepted can be written, read again, shown, exported and applied to a row; all else is
// an Error about the data.
#include <cstdlib>

#include "code/source.hpp"
#include "core/error.hpp"
#include "core/stop.hpp"
#include "json/check.hpp"
#include "learn/describe.hpp"
#include "learn/model.hpp"
#include "learn/predict.hpp"
#include "learn/reading.hpp"

#include "memory_file.hpp"

using namespace bradawl;
using namespace bradawl::learn;

namespace {

template <class Do>
void may_fail(Do work) {
    try {
        work();
    } catch (const Error& error) {
        if (error.fault() != Fault::data && error.fault() != Fault::usage) std::abort();
    }
}

/// One row of all the model's columns, in its order.
void apply_to_a_row(const Model& model) {
    static MemoryFile file;
    std::string row;
    for (const table::Feature& feature : model.features)
        row += (row.empty() ? "" : ",") + (feature.categorical && !feature.values.empty() ? feature.values[0] : "1");
    file.fill(row + "\n" + row + "\n");
    const Stop stop;
    Reading reading(model, "model", file.path(), {}, true, {}, stop);
    Predictions predictions(model, reading.rows(), {PredictOptions::Out::all, table::Format::ndjson, 3, 9, true});
    std::string text;
    for (Applied one; reading.applier().next(one);)
        predictions.append(one, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    may_fail([&] {
        const Model model = read_model({reinterpret_cast<const char*>(data), size}, "model");
        const std::string json = to_json(model);
        if (json::check(json)) std::abort();
        const Model again = read_model(json, "again");
        if (again.edited || to_json(again) != json) std::abort();
        for (const Shown shown : {Shown::summary, Shown::weights, Shown::config, Shown::history, Shown::json})
            may_fail([&] { describe(model, shown); });
        for (const code::Language language : {code::Language::c, code::Language::awk, code::Language::sql})
            may_fail([&] { code::source_of(model, language, "rows", {}); });
        may_fail([&] { apply_to_a_row(model); });
    });
    return 0;
}
