// portvol: a portfolio's volatility, where it comes from, and how sure it is.
#include "cli/portfolio_options.hpp"
#include "cli/run.hpp"
#include "cli/signals.hpp"
#include "finance/plot.hpp"
#include "finance/portfolio_run.hpp"
#include "finance/report_diff.hpp"
#include "finance/report_json.hpp"
#include "finance/report_table.hpp"
#include "io/input.hpp"
#include "io/output.hpp"
#include "text/condition.hpp"

namespace {

using namespace bradawl;
using Settings = cli::PortfolioOptions;

std::string spelled(const finance::Report& report, const Settings& settings) {
    const finance::Parts& parts = settings.analysis.parts;
    switch (settings.output) {
        case Settings::Output::json:
            return finance::to_json(report, parts) + "\n";
        case Settings::Output::ndjson:
            return finance::to_ndjson(report);
        case Settings::Output::csv:
            return finance::to_csv(report);
        default:
            return finance::to_table(report, parts,
                                     {settings.ascii, settings.percent, static_cast<int>(settings.digits),
                                      static_cast<std::size_t>(settings.width)});
    }
}

void diff(cli::World& world, const Settings& settings) {
    const std::string& a = settings.files[0];
    const std::string& b = settings.files[1];
    const auto found = finance::diff_reports(io::read_document(a), io::read_document(b), a, b);
    world.out.write(settings.output == Settings::Output::json
                        ? finance::diff_json(found)
                        : finance::diff_table(found, settings.percent, static_cast<int>(settings.digits)));
}

/// What looks odd in the input, on standard error.
void warn(cli::World& world, const finance::Report& report) {
    constexpr std::size_t most = 3;
    const finance::Audit& audit = report.audit;
    for (std::size_t at = 0; at < audit.jumps.size() && at < most; ++at)
        world.log.line(cli::Level::warn, "input", finance::describe_jump(audit, at));
    if (audit.jump_count > most)
        world.log.line(cli::Level::warn, "input",
                       audit.input + ": " + std::to_string(audit.jump_count - most) + " more such jumps");
    for (const std::string& note : report.notes)
        world.log.line(cli::Level::warn, "input", note);
    if (report.is_index)
        world.log.line(cli::Level::warn, "input",
                       "--matrix=correlation gives a unitless index of correlation, which is no volatility");
}

constexpr const char* names_of_figures = "There are vol, ewma, ret, dd, n, var_breach, and for each asset pcr:NAME.";

class Work {
public:
    Work(cli::World& world, const Settings& settings)
        : world_(world), settings_(settings), input_(settings.analysis.input.file, world.stop) {
        for (const std::string& text : settings.alerts)
            alerts_.emplace_back("--alert", text, "ewma>0.25");
    }

    cli::Ending run() {
        finance::PortfolioRun run(input_, settings_.analysis);
        const text::Condition::Figures figures = [&](const std::string& name) { return run.figure(name); };
        for (const text::Condition& alert : alerts_)
            alert.check(figures, names_of_figures);
        if (!settings_.state.empty()) run.resume(settings_.state);
        cli::take_snapshot_request();  // from now on
        input_.on_interrupt([&] { snapshot(run); });
        bool alarmed = false;
        for (std::uint64_t rows = 1; !alarmed && run.next(); ++rows) {
            if (settings_.follow) line(run);
            if (settings_.every > 0 && rows % settings_.every == 0 && run.ready()) print(run);
            if (settings_.follow) alarmed = alarm(run);
            snapshot(run);
        }
        if (!settings_.state.empty()) run.save(settings_.state);
        if (world_.stop.requested()) return cli::Ending::by_signal();
        if (settings_.follow) return alarmed ? cli::Ending(Fault::some_failed) : cli::Ending(0);
        const finance::Report report = run.report();
        warn(world_, report);
        world_.out.write(spelled(report, settings_));
        if (!settings_.plot.empty()) io::write_aside(settings_.plot, finance::to_svg(report));
        return alarm(run) ? cli::Ending(Fault::some_failed) : cli::Ending(0);
    }

private:
    void line(finance::PortfolioRun& run) {
        text_.clear();
        run.append_line(text_);
        world_.out.write(text_);
        if (run.idle()) world_.out.flush();
    }

    void print(finance::PortfolioRun& run) {
        world_.out.write(spelled(run.report(), settings_));
        world_.out.flush();
    }

    void snapshot(finance::PortfolioRun& run) {
        if (cli::take_snapshot_request() && run.ready()) print(run);
    }

    /// Whether one of the alerts holds.
    bool alarm(finance::PortfolioRun& run) {
        for (const text::Condition& alert : alerts_) {
            if (!alert.holds([&](const std::string& name) { return run.figure(name); }, names_of_figures)) continue;
            world_.log.line(cli::Level::warn, "alert", "alert: " + alert.text());
            return true;
        }
        return false;
    }

    cli::World& world_;
    const Settings& settings_;
    io::Input input_;
    std::vector<text::Condition> alerts_;
    std::string text_;
};

}  // namespace

int main(int argc, char** argv) {
    const cli::Tool tool{"portvol",
                         "Compute a portfolio's volatility and where it comes from",
                         "portvol -w DAX=.4,SMI=.3,CAC=.2,FTSE=.1 prices.csv",
                         [] { return std::vector<std::string>{}; },
                         "PORTVOL",
                         true};
    Settings settings;
    return cli::run(argc, argv, tool, [&](CLI::App& app) -> cli::Work {
        settings.declare(app);
        return [&](cli::World& world) -> cli::Ending {
            settings.settle();
            if (!settings.diff) return Work(world, settings).run();
            diff(world, settings);
            return 0;
        };
    });
}
