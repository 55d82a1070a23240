#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "code/language.hpp"
#include "learn/apply_options.hpp"
#include "learn/settings.hpp"
#include "table/options.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What nn-train's command line sets.
struct NnTrainOptions {
    enum class Command { train, predict, eval, inspect, convert, verify };
    enum class Report { automatic, table, json };

    Command command = Command::train;
    std::string input;   ///< rows
    std::string model;   ///< predict and the like: the file
    std::string output;  ///< empty: as the recipe says, or standard output
    table::RowsOptions rows;
    Report report = Report::automatic;
    std::vector<std::string> requirements;
    std::string kernels;  ///< for tests: by name

    // train
    learn::Values values;  ///< settings given on the command line or in the configuration
    std::string recipe;
    std::map<std::string, std::string> fillings;  ///< for `%(name)i` in a recipe
    std::uint64_t folds = 0;                      ///< 0: no cross-validation
    std::uint64_t rounds = 1;
    std::uint64_t threads = 1;
    bool resume = false;
    bool history = false;
    std::string log;
    std::string plot;

    // predict, eval
    learn::ApplyOptions apply;
    learn::PredictOptions predict;
    bool columns_from_model = false;
    std::string positive;

    learn::Shown shown = learn::Shown::summary;
    code::Language language = code::Language::c;
    std::vector<std::string> kept;  ///< columns beside the answers of SQL
    std::string symbol = "predict";

    /// Declares the commands and their options. The object must live as long as `app`.
    void declare(CLI::App& app);

    /// Looks at what the options are together. Errors: Fault::usage.
    void settle();

private:
    CLI::App& add(CLI::App& app, const std::string& name, Command which, const std::string& description);
    void declare_train(CLI::App& app);
    void declare_rows(CLI::App& app);
    void declare_model(CLI::App& app);
    void declare_apply(CLI::App& app);
    void settle_shown();
    void settle_train();

    std::map<std::string, std::string> texts_;  // of settings, by name
    std::vector<std::string> fillings_;
    std::vector<std::string> renamed_;
    std::string delimiter_;
    std::string names_;
    bool no_header_ = false;
    bool no_output_header_ = false;
    bool shown_weights_ = false;
    bool shown_settings_ = false;
    bool shown_history_ = false;
    bool shown_json_ = false;
    std::string operand_;
};

}  // namespace bradawl::cli
