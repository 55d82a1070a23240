#include "learn/reading.hpp"

#include <fmt/format.h>

#include "learn/options.hpp"
#include "learn/verify.hpp"

namespace bradawl::learn {

namespace {

constexpr std::size_t longest_line = std::size_t{64} << 20;

/// As the rows were spelled that the model was trained on, where nothing else is said.
table::RowsOptions spelling_for(table::RowsOptions spelling, const Model& model, bool columns_from_model,
                                bool with_target) {
    const Options options = options_of(model);
    spelling.missing_words = options.missing_words;
    spelling.missing_in = options.scaling.missing_in;
    if (!columns_from_model) return spelling;
    spelling.header = false;
    spelling.names.clear();
    for (const table::Feature& feature : model.features)
        spelling.names.push_back(feature.name);
    if (with_target) spelling.names.push_back(model.target);
    return spelling;
}

}  // namespace

Reading::Reading(const Model& model, const std::string& model_name, const std::string& input,
                 table::RowsOptions spelling, bool columns_from_model, const ApplyOptions& options, const Stop& stop)
    : input_(input, stop),
      lines_(input_, longest_line),
      rows_(table::open_rows(lines_, input_.name(),
                             spelling_for(std::move(spelling), model, columns_from_model, options.with_target))),
      applier_(apply(model, model_name, *rows_, options)) {}

std::string Reading::failures() const {
    const std::uint64_t count = applier_->failures();
    if (count == 0) return "";
    return fmt::format("{} row{} without an answer; the first: {}", count, count == 1 ? "" : "s",
                       applier_->first_failure());
}

}  // namespace bradawl::learn
