// nn-train: trains, tests and applies small neural networks on rows.
#include <fmt/format.h>
#include <unistd.h>

#include "cli/network_options.hpp"
#include "cli/run.hpp"
#include "code/source.hpp"
#include "io/input.hpp"
#include "learn/training_run.hpp"
#include "learn/verify.hpp"
#include "recipe/recipe.hpp"
#include "text/condition.hpp"

namespace {

using namespace bradawl;
using Settings = cli::NnTrainOptions;
using Report = Settings::Report;

constexpr std::size_t largest_model = std::size_t{1} << 30;
constexpr std::size_t longest_line = std::size_t{64} << 20;

learn::Model load(cli::World& world, const Settings& settings) {
    const learn::Model model = learn::read_model(io::read_document(settings.model, largest_model), settings.model);
    if (model.edited)
        world.log.line(cli::Level::warn, "edited", settings.model + ": the weights were edited since it was trained");
    return model;
}

bool for_person(Report report) {
    return report == Report::table || (report == Report::automatic && ::isatty(STDOUT_FILENO) == 1);
}

/// 0 when every requirement holds.
cli::Ending judged(cli::World& world, const Settings& settings, const text::Condition::Figures& figures,
                   const char* names) {
    bool all = true;
    for (const std::string& wanted : settings.requirements) {
        if (text::Condition("--require", wanted, "valid_acc>=.8").holds(figures, names)) continue;
        world.log.line(cli::Level::error, "require", "not so: " + wanted);
        all = false;
    }
    return all ? cli::Ending(0) : cli::Ending(Fault::some_failed);
}

void write_file(const std::string& path, const std::string& text, cli::World& world) {
    path == "-" ? world.out.write(text) : io::write_aside(path, text);
}

learn::Voices voices(cli::World& world, io::Output* records) {
    learn::Voices voices;
    if (records != nullptr)
        voices.record = [records](const std::string& line) {
            records->write(line);
            records->flush();
        };
    voices.warn = [&world](const std::string& event, const std::string& text, const std::string& hint) {
        world.log.line(cli::Level::warn, event, text);
        if (!hint.empty() && world.log.shows(cli::Level::warn)) world.log.hint(hint);
    };
    voices.due = [&world] { return world.progress.due(); };
    voices.show = [&world](const std::string& text) { world.progress.show(text); };
    return voices;
}

cli::Ending cross_validate(cli::World& world, const Settings& settings, learn::TrainingRun& run) {
    const bool table = for_person(settings.report);
    const auto results = run.cross_validate(settings.folds, settings.rounds, [&](const learn::FoldResult& result) {
        if (!table) world.out.write(learn::to_json(result, run.data().classification));
        world.out.flush();
    });
    world.progress.clear();
    if (world.stop.requested() || results.empty()) return cli::Ending::by_signal();
    const bool classes = run.data().classification;
    world.out.write(table ? learn::summary_table(results, classes) : learn::summary_json(results, classes));
    return judged(world, settings, [&](const std::string& name) { return learn::figure_of(results, classes, name); },
                  "There are accuracy, nll; rmse, mae, r2.");
}

cli::Ending train(cli::World& world, const Settings& settings) {
    recipe::Recipe recipe;
    if (!settings.recipe.empty()) recipe = recipe::read_recipe(settings.recipe, settings.fillings);
    table::RowsOptions spelling = settings.rows;
    spelling.header = spelling.header && recipe.header;
    if (spelling.separator == 0) spelling.separator = recipe.separator;
    const std::string output = settings.output_given() ? settings.output : recipe.output.empty() ? "-" : recipe.output;
    const bool to_stderr = settings.log.empty() && !world.progress.on() && world.log.shows(cli::Level::warn);
    std::optional<io::Output> log;
    if (to_stderr) log.emplace(STDERR_FILENO, "standard error");
    if (!settings.log.empty()) log = io::Output::open(settings.log);
    io::Input input(!settings.input.empty() ? settings.input : !recipe.rows.empty() ? recipe.rows : "-", world.stop);
    const learn::Running running{world.clock,
                                 world.stop,
                                 static_cast<std::size_t>(settings.threads),
                                 settings.kernels,
                                 settings.resume ? output + ".ckpt" : "",
                                 settings.history};
    learn::TrainingRun run(input, spelling, learn::merge(recipe.values, settings.values), running,
                           voices(world, log ? &*log : nullptr));
    if (settings.folds > 0) return cross_validate(world, settings, run);
    const learn::Fitted fitted = run.train(!settings.plot.empty());
    world.progress.clear();
    write_file(output, learn::to_json(fitted.model), world);
    if (!settings.plot.empty()) write_file(settings.plot, run.plot(fitted.model), world);
    if (world.progress.on()) io::write_all(STDERR_FILENO, run.summary(fitted), "standard error");
    if (fitted.interrupted) return cli::Ending::by_signal();
    if (fitted.diverged) return {Fault::some_failed};
    return judged(world, settings, [&](const std::string& name) { return learn::figure_of(fitted.model, name); },
                  "There are train_, valid_ and test_ with acc, misclass, nll; rmse, mae, r2.");
}

/// The rows of the input, and what the model says of them.
struct Reading {
    Reading(cli::World& world, const Settings& settings, const learn::Model& model)
        : input(settings.input, world.stop),
          lines(input, longest_line),
          rows(table::open_rows(lines, input.name(), spelling(settings, model))),
          applier(learn::apply(model, settings.model, *rows, options(settings))) {}

    static table::RowsOptions spelling(const Settings& settings, const learn::Model& model) {
        table::RowsOptions spelling = settings.rows;
        if (settings.columns_from_model) spelling.names = learn::column_names(model, settings.with_target());
        return spelling;
    }

    static learn::ApplyOptions options(const Settings& settings) {
        learn::ApplyOptions options = settings.apply;
        options.with_target = settings.with_target();
        options.keep_source = settings.predict.out == learn::PredictOptions::Out::append;
        return options;
    }

    /// 1 when rows failed, with the first of them told.
    cli::Ending ending(cli::World& world) const {
        if (world.stop.requested()) return cli::Ending::by_signal();
        if (applier->failures() == 0) return 0;
        world.log.line(cli::Level::warn, "rows",
                       fmt::format("{} row(s) without an answer; the first: {}", applier->failures(),
                                   applier->first_failure()));
        return {Fault::some_failed};
    }

    io::Input input;
    io::LineReader lines;
    std::unique_ptr<table::RowReader> rows;
    std::unique_ptr<learn::Applier> applier;
};

cli::Ending predict(cli::World& world, const Settings& settings) {
    const learn::Model model = load(world, settings);
    Reading reading(world, settings, model);
    learn::Predictions predictions(model, *reading.rows, settings.predict);
    learn::write_predictions(*reading.applier, predictions, world.out);
    return reading.ending(world);
}

cli::Ending evaluate(cli::World& world, const Settings& settings) {
    const learn::Model model = load(world, settings);
    Reading reading(world, settings, model);
    const learn::Evaluation result = learn::evaluate(model, *reading.rows, *reading.applier, settings.positive);
    world.out.write(for_person(settings.report) ? learn::to_table(result) : learn::to_json(result));
    const cli::Ending ending = judged(world, settings,
                                      [&](const std::string& name) { return learn::figure_of(result, name); },
                                      "There are accuracy, nll, auc, ece; rmse, mae, r2.");
    return ending.code() != 0 ? ending : reading.ending(world);
}

cli::Ending inspect(cli::World& world, const Settings& settings) {
    using Part = Settings::Part;
    const learn::Model model = load(world, settings);
    switch (settings.part) {
        case Part::summary:
            world.out.write(learn::describe(model));
            break;
        case Part::weights:
            world.out.write(learn::describe_weights(model));
            break;
        case Part::config:
            world.out.write(learn::describe_config(model));
            break;
        case Part::history:
            world.out.write(learn::describe_history(model));
            break;
        case Part::json:
            world.out.write(learn::to_json(model));
    }
    return 0;
}
