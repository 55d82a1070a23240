#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bradawl::finance {

/// Days since 1970-01-01, with the time of day as a fraction, of a date in ISO 8601 (`1999-05-03`, `1999/05/03`,
/// `19990503`, with a time behind it or without); nothing when it is none.
std::optional<double> iso_date(std::string_view text);

/// Reads a column of dates, whatever their form: ISO 8601, or day and month first (`3.5.1999`, `5/3/1999`), where the
/// dates themselves tell which of the two comes first. Labels that are no dates are told from each other only.
class DateColumn {
public:
    enum class Step { first, later, same, earlier, unknown };

    /// Takes the next row's label; how it stands to the one before. `unknown`: they are no dates.
    Step add(std::string_view label);

    /// Whether labels were dates so far. Those of the form 1/2/1999 are when some one has to be read so or so.
    bool are_dates() const { return rows_ > 0 && (kind_ != Kind::none); }

    /// Whether days and months could be taken for each other in all rows.
    bool ambiguous() const { return kind_ == Kind::local && month_first_.good && day_first_.good && ever_differ_; }

    /// Rows a year by the distance of the first and the last date; 0 where there are not two of them.
    double rows_a_year() const;

    /// For a later run to go on with. load() says false for a text that is not so.
    void save(std::string& text) const;
    bool load(std::string_view& text);

private:
    enum class Kind { iso, local, none };
    struct Reading {
        bool good = true;
        double first = 0;
        double last = 0;
    };

    bool read_local(std::string_view label, double& month_first, double& day_first) const;
    static void take(Reading& reading, double day, bool is_first);
    const Reading& reading() const { return kind_ == Kind::local && !month_first_.good ? day_first_ : month_first_; }

    Kind kind_ = Kind::iso;
    std::uint64_t rows_ = 0;  // those of one date once
    Reading month_first_;     // and ISO
    Reading day_first_;
    bool ever_differ_ = false;
    std::string last_;
};

}  // namespace bradawl::finance
