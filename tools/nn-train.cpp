// nn-train: trains, tests and applies small neural networks on rows.
#include <unistd.h>

#include <optional>

#include "cli/narration.hpp"
#include "cli/network_options.hpp"
#include "cli/run.hpp"
#include "code/source.hpp"
#include "learn/describe.hpp"
#include "learn/evaluate.hpp"
#include "learn/predict.hpp"
#include "learn/reading.hpp"
#include "learn/training_run.hpp"
#include "learn/verify.hpp"
#include "recipe/recipe.hpp"

namespace {

using namespace bradawl;
using Settings = cli::NnTrainOptions;

learn::Model load(cli::World& world, const Settings& settings) {
    constexpr std::size_t largest = std::size_t{1} << 30;
    learn::Model model = learn::read_model(io::read_document(settings.model, largest), settings.model);
    if (model.edited)
        world.log.line(cli::Level::warn, "edited", settings.model + ": the weights were edited since it was trained");
    return model;
}

bool for_person(Settings::Report report) {
    return report == Settings::Report::table || (report == Settings::Report::automatic && ::isatty(STDOUT_FILENO) == 1);
}

void write_file(const std::string& path, const std::string& text, cli::World& world) {
    path == "-" ? world.out.write(text) : io::write_aside(path, text);
}

cli::Ending cross_validate(cli::World& world, const Settings& settings, learn::TrainingRun& run) {
    const bool table = for_person(settings.report);
    const bool classes = run.data().classification;
    const auto results = run.cross_validate(settings.folds, settings.rounds, [&](const learn::FoldResult& result) {
        if (!table) world.out.write(learn::to_json(result, classes));
        world.out.flush();
    });
    world.progress.clear();
    if (world.stop.requested()) return cli::Ending::by_signal();
    world.out.write(table ? learn::summary_table(results, classes) : learn::summary_json(results, classes));
    const auto figures = [&](const std::string& name) { return learn::figure_of(results, classes, name); };
    return cli::judge(world, settings.requirements, figures, "There are accuracy, nll; rmse, mae, r2.");
}

cli::Ending train(cli::World& world, const Settings& settings) {
    recipe::Recipe recipe;
    if (!settings.recipe.empty()) recipe = recipe::read_recipe(settings.recipe, settings.fillings);
    const std::string output = settings.output.empty() ? recipe.output_or("-") : settings.output;
    std::optional<io::Output> records;
    if (!settings.log.empty()) {
        records = io::Output::open(settings.log);
    } else if (!world.progress.on() && world.log.shows(cli::Level::warn)) {
        records.emplace(STDERR_FILENO, "standard error");
    }
    for (const std::string& path : {output, settings.plot})
        if (!path.empty() && path != "-") io::demand_place(path);
    io::Input input(settings.input.empty() ? recipe.rows_or("-") : settings.input, world.stop);
    const std::string checkpoint = settings.resume ? output + ".ckpt" : "";
    const learn::Running running{world.clock,      world.stop, static_cast<std::size_t>(settings.threads),
                                 settings.kernels, checkpoint, settings.history};
    learn::TrainingRun run(input, recipe.spelling(settings.rows), learn::merge(recipe.values, settings.values), running,
                           cli::voices(world, records ? &*records : nullptr));
    if (settings.folds > 0) return cross_validate(world, settings, run);
    const learn::Fitted fitted = run.train(!settings.plot.empty());
    world.progress.clear();
    write_file(output, learn::to_json(fitted.model), world);
    if (!settings.plot.empty()) write_file(settings.plot, run.plot(fitted.model), world);
    if (world.progress.on()) io::write_all(STDERR_FILENO, run.summary(fitted), "standard error");
    if (fitted.interrupted) return cli::Ending::by_signal();
    if (fitted.diverged) return {Fault::some_failed};
    const auto figures = [&](const std::string& name) { return learn::figure_of(fitted.model, name); };
    return cli::judge(world, settings.requirements, figures,
                      "There are train_, valid_, test_ with acc, misclass, nll; rmse, mae, r2.");
}

cli::Ending apply(cli::World& world, const Settings& settings) {
    const learn::Model model = load(world, settings);
    learn::Reading reading(model, settings.model, settings.input, settings.rows, settings.columns_from_model,
                           settings.apply, world.stop);
    cli::Ending ending(0);
    if (settings.command == Settings::Command::predict) {
        learn::Predictions(model, reading.rows(), settings.predict).write_all(reading.applier(), world.out);
    } else {
        const auto result = learn::evaluate(model, reading.rows(), reading.applier(), settings.positive);
        world.out.write(for_person(settings.report) ? learn::to_table(result) : learn::to_json(result));
        const auto figures = [&](const std::string& name) { return learn::figure_of(result, name); };
        ending = cli::judge(world, settings.requirements, figures, "There are accuracy, nll, auc, ece; rmse, mae, r2.");
    }
    if (world.stop.requested()) return cli::Ending::by_signal();
    const std::string failures = reading.failures();
    if (failures.empty()) return ending;
    world.log.line(cli::Level::warn, "rows", failures);
    return {Fault::some_failed};
}

cli::Ending verify(cli::World& world, const Settings& settings) {
    const learn::Model model = load(world, settings);
    if (settings.input.empty()) {
        world.out.write(learn::verdict_json(model));
        return model.edited ? cli::Ending(Fault::some_failed) : cli::Ending(0);
    }
    io::Input input(settings.input, world.stop);
    const learn::Running running{world.clock, world.stop, static_cast<std::size_t>(settings.threads), "", "", false};
    const auto verdict = learn::verify(model, input, settings.rows, running, cli::voices(world, nullptr));
    world.progress.clear();
    if (world.stop.requested()) return cli::Ending::by_signal();
    world.out.write(learn::verdict_json(model, verdict));
    return verdict.data_same && verdict.weights_same ? cli::Ending(0) : cli::Ending(Fault::some_failed);
}

cli::Ending work(cli::World& world, Settings& settings) {
    using Command = Settings::Command;
    settings.settle();
    if (settings.command == Command::train) return train(world, settings);
    if (settings.command == Command::predict || settings.command == Command::eval) return apply(world, settings);
    if (settings.command == Command::verify) return verify(world, settings);
    const learn::Model model = load(world, settings);
    const std::string text = settings.command == Command::inspect
                                 ? learn::describe(model, settings.shown)
                                 : code::source_of(model, settings.language, settings.symbol, settings.kept);
    write_file(settings.output.empty() ? "-" : settings.output, text, world);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const cli::Tool tool{"nn-train",
                         "Train, test and apply small neural networks on rows",
                         "nn-train train -i pima.csv -y class -o model.json",
                         [] { return std::vector<std::string>{}; },
                         "NN_TRAIN",
                         false};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.declare(app);
        return [&](cli::World& world) { return work(world, settings); };
    });
}
