#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bradawl::finance {

enum class Format { automatic, csv, tsv, ndjson, pricedb };
enum class Shape { automatic, wide, long_form };
enum class Order { ascending, descending };
enum class Duplicates { fail, last, mean };
enum class Missing { drop, pairwise, ffill, zero, fail };

/// How to read prices or returns.
struct InputOptions {
    std::string file = "-";
    Format format = Format::automatic;
    Shape shape = Shape::automatic;
    bool are_prices = true;
    bool log_returns = false;
    std::string date;       ///< name of the column with dates; empty: found
    std::string ticker;     ///< long form: of the column with the assets' names
    std::string value;      ///< long form: of the column with the values
    std::string from;       ///< first date, or number of the first row
    std::string to;         ///< last date
    std::string columns;    ///< POSIX extended regular expression that names of assets must match
    std::string separator;  ///< one character; empty: found
    std::string decimal = ".";
    std::vector<std::string> missing_words;  ///< beside nothing at all; empty: the usual ones
    bool header = true;
    Order order = Order::ascending;
    Duplicates duplicates = Duplicates::fail;
    Missing missing = Missing::drop;
    double jump = 0.4;  ///< a return beyond it, up or down, is told of
};

/// What a portfolio holds, as the command line says it.
struct WeightOptions {
    std::string weights;   ///< `equal`, `A=.5,B=.5`, `@FILE`; empty: equal, as an assumption
    std::string holdings;  ///< the same with numbers of shares
    bool normalize = false;
    bool drift = false;  ///< bought once and held, not brought back to the weights at each date
};

/// How a covariance is estimated from returns.
enum class Estimator {
    sample,       ///< products of centred returns, over T - ddof
    lw,           ///< Ledoit, Wolf 2004: towards the mean variance times the identity, n = T - 1
    lw_cc,        ///< Ledoit, Wolf 2004 (Honey): towards one correlation for all pairs, n = T - 1
    lw_market,    ///< Ledoit, Wolf 2003: towards one factor, the mean of all assets, n = T - 1
    lw_diag,      ///< towards the variances alone, n = T - 1
    lw_sklearn,   ///< `lw` with 1/T everywhere, as scikit-learn has it
    oas,          ///< Chen, Wiesel, Eldar, Hero 2010, formula 23, with 1/T
    oas_sklearn,  ///< without the paper's 2/N, as scikit-learn has it
    qis,          ///< Ledoit, Wolf 2022: quadratic-inverse shrinkage of the eigenvalues, n = T - 1
    denoise,      ///< eigenvalues of the correlation below Marchenko and Pastur's edge become their mean
    semi,         ///< products of the losses min(r, 0), around zero, over T
};

/// What the exponentially weighted covariance begins with.
enum class EwmaSeed {
    first,       ///< the products of the first row
    cov,         ///< the sample covariance of all rows
    zero,        ///< nothing
    normalised,  ///< nothing, and weights that sum to 1
    backcast,    ///< the products of the first 75 rows with weights 0.94^k, as arch has it
};

/// What to do with a covariance that is not positive semidefinite.
enum class Psd {
    check,   ///< say so, change nothing
    clip,    ///< raise the eigenvalues of the correlation to 1e-13 and restore its unit diagonal
    higham,  ///< the nearest correlation (Higham 2002, alternating projections with Dykstra's correction)
    fail,    ///< an error
};

/// Which parts of a report are asked for.
struct Parts {
    bool volatility = true;
    bool contributions = true;
    bool correlation = false;
    bool tail = true;
    bool drawdown = true;
    bool benchmark = true;
    bool rolling = true;
    bool components = false;  ///< assets' parts of the losses, for which all returns are held
    bool bets = false;        ///< effective bets and incremental risk of any number of assets; of few they always are
    bool audit = true;
};

/// Which losses of the tail are told.
struct TailParts {
    bool historical = true;
    bool normal = true;
    bool fisher = true;
    bool fisher_given = false;  ///< asked for by name: an error where it has no meaning
};

/// Whose figures to agree with.
enum class Compat { none, article, pandas, sklearn, performance_analytics, risk_metrics };

/// What to find out about a portfolio.
struct AnalysisOptions {
    InputOptions input;
    WeightOptions weights;
    Compat compat = Compat::none;
    Estimator estimator = Estimator::sample;
    bool by_ewma = false;  ///< the covariance is the exponentially weighted one
    int ddof = 1;
    double lambda = 0.94;
    EwmaSeed seed = EwmaSeed::first;
    bool correlation_index = false;
    bool lead_zero = false;  ///< an invented return of zero in front
    Psd psd = Psd::check;
    std::string period = "auto";
    double confidence = 0.95;
    std::vector<double> levels{0.95};
    TailParts tail;
    std::vector<std::uint64_t> windows{63};
    std::string benchmark;
    bool stressed = false;
    double stress_correlation = 0;
    double stress_factor = 1;
    std::uint64_t resamples = 1000;
    std::uint64_t block = 0;  ///< 0: by Politis and White
    std::uint64_t random_seed = 42;
    std::vector<std::string> solve;
    bool bounded = false;
    double low = 0;
    double high = 1;
    std::uint64_t keep = 1 << 16;  ///< returns of the portfolio that are held; of more, none are
    bool strict = false;
    Parts parts;
};

}  // namespace bradawl::finance
