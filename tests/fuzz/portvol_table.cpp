// Bytes as a table of prices or returns, whose portfolio's risk is told in every form: whatever they are, all that may
// come is an answer or an Error about the data or the options. The input: a byte that chooses options, then the table.
#include <cmath>
#include <cstdlib>

#include "core/error.hpp"
#include "core/stop.hpp"
#include "finance/plot.hpp"
#include "finance/portfolio_run.hpp"
#include "finance/report_json.hpp"
#include "finance/report_table.hpp"
#include "json/check.hpp"

#include "memory_file.hpp"

using namespace bradawl;
using namespace bradawl::finance;

namespace {

AnalysisOptions options_for(unsigned choice) {
    AnalysisOptions options;
    InputOptions& input = options.input;
    const auto next = [&](unsigned count) {
        const unsigned chosen = choice % count;
        choice /= count;
        return chosen;
    };
    input.missing = static_cast<Missing>(next(5));
    input.shape = static_cast<Shape>(next(3));
    input.format = static_cast<Format>(next(5));
    input.decimal = next(2) == 0 ? "." : ",";
    input.are_prices = next(2) == 0;
    // What no byte is left for hangs on the others.
    input.header = input.missing != Missing::zero;
    input.duplicates = static_cast<Duplicates>((choice + static_cast<unsigned>(input.missing)) % 3);
    input.log_returns = input.format == Format::tsv;
    input.order = input.missing == Missing::fail ? Order::descending : Order::ascending;
    options.weights.drift = input.missing == Missing::ffill && !input.log_returns;
    options.parts.correlation = input.shape != Shape::automatic;
    options.resamples = 10;
    options.windows = {2, 5};
    options.keep = 50;
    return options;
}

void tell(PortfolioRun& run, const AnalysisOptions& options) {
    const Report report = run.report();
    if (json::check(to_json(report, options.parts))) std::abort();
    to_ndjson(report);
    to_csv(report);
    to_table(report, options.parts, {});
    to_svg(report);
    if (!(report.volatility >= 0) && std::isfinite(report.volatility)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static MemoryFile file;
    if (size == 0) return 0;
    file.fill({reinterpret_cast<const char*>(data + 1), size - 1});
    const AnalysisOptions options = options_for(data[0]);
    try {
        const Stop stop;
        io::Input input(file.path(), stop);
        PortfolioRun run(input, options);
        for (std::string line; run.next(); line.clear()) {
            run.append_line(line);
            if (json::check(std::string_view(line).substr(0, line.size() - 1))) std::abort();
        }
        tell(run, options);
    } catch (const Error& error) {
        if (error.fault() != Fault::data && error.fault() != Fault::usage) std::abort();
    }
    return 0;
}
