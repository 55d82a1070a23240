#include "cli/network_options.hpp"

#include <CLI/CLI.hpp>

#include "cli/group.hpp"
#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

constexpr std::uint64_t most_threads = 256;
constexpr std::uint64_t most_digits = 17;

[[noreturn]] void refuse(const std::string& text) {
    throw Error(Fault::usage, text, "Try 'nn-train --help'.");
}

/// `text`, and what it is when nothing says so, unless the text says that already.
std::string described(const learn::Setting& setting) {
    const std::string fallback = setting.fallback;
    const std::string text = setting.text;
    return fallback.empty() || fallback == "auto" || text.ends_with(")") ? text : text + " (" + fallback + ")";
}

/// `A=B` as both; the second is nothing when there is no `=`.
std::pair<std::string, std::string> halves(const std::string& option, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        refuse(option + ": '" + text::printable(text) + "' is not NAME=VALUE");
    return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace

CLI::App& NnTrainOptions::add(CLI::App& app, const std::string& name, Command which, const std::string& description) {
    CLI::App* const made = app.add_subcommand(name, description);
    made->callback([this, which] { command = which; });
    return *made;
}

void NnTrainOptions::declare(CLI::App& app) {
    declare_train(add(app, "train", Command::train, "Train a network on rows and write it to a model file"));

    CLI::App& predicts = add(app, "predict", Command::predict, "Print what a model says of every row");
    declare_model(predicts);
    declare_apply(predicts);
    using Out = learn::PredictOptions::Out;
    Group(predicts, "Output")
        .choice<Out>("--out", predict.out,
                     {{"label", Out::label}, {"prob", Out::prob}, {"all", Out::all}, {"append", Out::append}},
                     "class; with its probability; with all; behind the row (prob)")
        .choice<table::Format>(
            "--out-format", predict.format,
            {{"csv", table::Format::csv}, {"tsv", table::Format::tsv}, {"ndjson", table::Format::ndjson}},
            "form of what is printed (that of the input)")
        .count("--top", predict.top, "print so many of the likeliest classes")
        .count("--digits", predict.digits, "decimals of probabilities (6)")
        .flag("--no-output-header", no_output_header_, "no line with the names of columns");

    CLI::App& evals = add(app, "eval", Command::eval, "Compare a model with rows whose answers are known");
    declare_model(evals);
    declare_apply(evals);
    const std::vector<std::pair<std::string, Report>> reports = {
        {"auto", Report::automatic}, {"table", Report::table}, {"json", Report::json}};
    Group(evals, "Output")
        .choice<Report>("--report", report, reports, "auto: a table on a terminal, else JSON (auto)")
        .text("--positive", positive, "CLASS", "the class that auc is of (the last of two)")
        .texts("--require", requirements, "COND", "exit with 1 unless so: 'accuracy>=.8'");

    CLI::App& inspects = add(app, "inspect", Command::inspect, "Show what is in a model file");
    Group(inspects, "Output")
        .flag("--weights", shown_weights_, "its weights and biases, a line each")
        .flag("--settings", shown_settings_, "its settings, as a recipe that trains it again")
        .flag("--history", shown_history_, "its epochs, a line of JSON each")
        .flag("--json", shown_json_, "all of it, as train writes it");
    inspects.add_option("MODEL", operand_, "the model file; - is standard input");

    CLI::App& exports = add(app, "export", Command::convert, "Write a model as source code");
    Group(exports, "Output")
        .choice<code::Language>("--to", language,
                                {{"c", code::Language::c},
                                 {"awk", code::Language::awk},
                                 {"sql", code::Language::sql},
                                 {"onnx", code::Language::onnx}},
                                "language (c)")
        .texts("--keep", kept, "COLUMN", "sql: a column beside the answer (what the model reads)")
        .text("--symbol", symbol, "NAME", "name of the function, or of SQL's table (predict)")
        .text("-o,--output", output, "FILE", "where to write it (-)");
    exports.add_option("MODEL", operand_, "the model file; - is standard input");

    CLI::App& verifies =
        add(app, "verify", Command::verify, "Check a model file; with rows, train it anew and compare");
    declare_rows(verifies);
    Group(verifies, "Run").count("--threads", threads, "processors to use; the result does not depend on it (1)");
    verifies.add_option("MODEL", operand_, "the model file");
}

void NnTrainOptions::declare_train(CLI::App& app) {
    Group(app, "Files")
        .text("-o,--output", output, "FILE", "where the model goes (-)")
        .text("-c,--recipe", recipe, "FILE", "settings and layers: TOML, JSON, or Pylearn2's YAML")
        .texts("--set", fillings_, "NAME=VALUE", "what %(NAME)i in the recipe is")
        .text("--log", log, "FILE", "a line of JSON each epoch goes there")
        .text("--plot", plot, "FILE", "write the learning curve as SVG")
        .flag("--history", history, "keep every epoch in the model")
        .flag("--resume", resume, "go on from FILE.ckpt of -o, and keep it");
    declare_rows(app);
    for (const learn::Setting& setting : learn::settings)
        Group(app, setting.group)
            .text(setting.names, texts_[learn::name_of(setting)], setting.metavar, described(setting));
    Group(app, "Run")
        .count("--cv", folds, "judge the settings by so many folds, write no model")
        .count("--repeat", rounds, "do that so many times (1)")
        .choice<Report>("--report", report,
                        {{"auto", Report::automatic}, {"table", Report::table}, {"json", Report::json}},
                        "of --cv; auto: a table on a terminal, else JSON (auto)")
        .texts("--require", requirements, "COND", "exit with 1 unless so: 'valid_acc>=.8'")
        .count("--threads", threads, "processors to use; the result does not depend on it (1)");
    app.add_option("--kernels", kernels, "")->group("");
}

void NnTrainOptions::declare_rows(CLI::App& app) {
    using table::Format;
    Group(app, "Rows")
        .text("-i,--input", input, "FILE", "rows with a header; - is standard input")
        .choice<Format>(
            "--format", rows.format,
            {{"auto", Format::automatic}, {"csv", Format::csv}, {"tsv", Format::tsv}, {"ndjson", Format::ndjson}},
            "auto: by the first line (auto)")
        .text("--delimiter", delimiter_, "CHAR", "between fields: one character, or tab")
        .flag("--no-header", no_header_, "the first line is a row; columns are numbers from 1")
        .text("--names", names_, "LIST", "columns of rows without a header");
}

void NnTrainOptions::declare_model(CLI::App& app) {
    Group(app, "Model").text("-m,--model", model, "FILE", "what train wrote");
}

void NnTrainOptions::declare_apply(CLI::App& app) {
    using learn::OnError;
    declare_rows(app);
    Group(app, "Rows")
        .flag("--columns-from-model", columns_from_model, "no header: the columns of the model, in its order")
        .texts("--map", renamed_, "COL=NAME", "the rows' column COL is the model's NAME")
        .choice<OnError>("--on-error", apply.on_error,
                         {{"fail", OnError::fail}, {"skip", OnError::skip}, {"null", OnError::null}},
                         "a bad row: end, leave it out, print null (fail)");
    app.add_option("--kernels", kernels, "")->group("");
}

void NnTrainOptions::settle() {
    for (std::size_t begin = 0; begin < names_.size();) {
        const std::size_t end = std::min(names_.find(',', begin), names_.size());
        rows.names.push_back(names_.substr(begin, end - begin));
        begin = end + 1;
    }
    rows.header = !no_header_ && rows.names.empty() && !columns_from_model;
    if (delimiter_ == "tab" || delimiter_ == "\\t") delimiter_ = "\t";
    if (delimiter_.size() > 1) refuse("--delimiter: '" + text::printable(delimiter_) + "' is not one character");
    if (!delimiter_.empty()) rows.separator = delimiter_[0];
    if (threads < 1 || threads > most_threads) refuse("--threads is from 1 to " + std::to_string(most_threads));
    if (command == Command::train) return settle_train();
    if (!operand_.empty()) model = operand_;
    if (model.empty())
        refuse(command == Command::predict || command == Command::eval ? "-m, --model is needed: what train wrote"
                                                                       : "MODEL is needed: what train wrote");
    if (command == Command::predict || command == Command::eval) {
        if (input.empty()) input = "-";
        if (columns_from_model && !names_.empty()) refuse("--columns-from-model and --names exclude each other");
        apply.with_target = command == Command::eval;
        apply.keep_source = predict.out == learn::PredictOptions::Out::append;
        if (model == "-" && input == "-") refuse("-m and -i cannot both be standard input");
    }
    for (const std::string& text : renamed_) {
        const auto [from, to] = halves("--map", text);
        apply.names[to] = from;
    }
    if (predict.digits > most_digits) refuse("--digits is at most " + std::to_string(most_digits));
    predict.header = !no_output_header_;
    apply.kernels = kernels;
    settle_shown();
}

void NnTrainOptions::settle_shown() {
    using learn::Shown;
    int given = 0;
    for (const auto& [flag, what] :
         {std::pair{shown_weights_, Shown::weights}, std::pair{shown_settings_, Shown::config},
          std::pair{shown_history_, Shown::history}, std::pair{shown_json_, Shown::json}}) {
        if (!flag) continue;
        shown = what;
        ++given;
    }
    if (given > 1) refuse("--weights, --settings, --history and --json exclude each other");
}

void NnTrainOptions::settle_train() {
    for (const auto& [name, text] : texts_)
        if (!text.empty()) values.given[name] = {text, "--" + name};
    for (const std::string& text : fillings_)
        fillings.insert(halves("--set", text));
    if (!fillings.empty() && recipe.empty()) refuse("--set fills in a recipe; there is none");
    if (folds == 1) refuse("--cv: 1 fold leaves nothing to learn from");
    if (folds == 0 && rounds != 1) refuse("--repeat is for --cv");
    if (rounds < 1) refuse("--repeat is at least 1");
    if (resume && ((output.empty() && recipe.empty()) || output == "-" || folds > 0))
        refuse("--resume needs -o FILE, and no --cv");
    if (folds > 0 && (history || !plot.empty())) refuse("--cv writes no model; leave out --history and --plot");
}

}  // namespace bradawl::cli
