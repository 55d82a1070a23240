#pragma once

#include <string>
#include <vector>

namespace bradawl::finance {

/// How an asset's part of the volatility changed between two reports. Its two causes add up to the change exactly:
/// the weight at the mean of both marginal risks, and the marginal risk at the mean of both weights.
struct ContributionChange {
    std::string name;
    double before = 0;  ///< part of the volatility; 0 where the asset is not there
    double after = 0;
    double by_weight = 0;
    double by_risk = 0;
};

struct ReportDiff {
    double before = 0;  ///< volatility, a year where both reports are annualised, else of a period
    double after = 0;
    bool annual = false;
    std::vector<ContributionChange> assets;  ///< the largest change first
};

/// Compares two reports in JSON, as to_json() makes them; `names` stand for them in messages.
/// Errors: Fault::data for what is no such report.
ReportDiff diff_reports(const std::string& before, const std::string& after, const std::string& before_name,
                        const std::string& after_name);

std::string diff_table(const ReportDiff& diff, bool percent, int digits);
std::string diff_json(const ReportDiff& diff);

}  // namespace bradawl::finance
