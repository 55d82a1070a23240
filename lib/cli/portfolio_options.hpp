#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "finance/options.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What portvol's command line sets.
struct PortfolioOptions {
    enum class Output { table, json, ndjson, csv };

    finance::AnalysisOptions analysis;
    bool diff = false;
    std::vector<std::string> files;  ///< one to read, or two reports to compare

    Output output = Output::table;
    std::uint64_t digits = 4;
    bool percent = true;
    bool ascii = false;
    std::uint64_t width = 80;
    std::string plot;

    bool follow = false;
    std::uint64_t every = 0;  ///< rows between reports; 0: one at the end
    std::vector<std::string> alerts;
    std::string state;

    /// Declares the options. The object must live as long as `app`.
    void declare(CLI::App& app);

    /// Looks at what the options are together. Errors: Fault::usage.
    void settle();

private:
    void declare_input(CLI::App& app);
    void declare_risk(CLI::App& app);
    void declare_more(CLI::App& app);
    void declare_output(CLI::App& app);
    void settle_lists();
    void settle_tail();
    void settle_stress();
    void settle_compat();

    bool returns_given_ = false;
    bool no_header_ = false;
    std::string missing_words_;
    std::string cov_;
    double ddof_ = -1;
    double half_life_ = 0;
    std::string levels_;
    std::string tail_;
    std::string windows_;
    std::string stress_;
    std::string solve_;
    std::string bounds_;
    std::string show_;
    std::string block_ = "auto";
    bool correlation_ = false;
};

}  // namespace bradawl::cli
