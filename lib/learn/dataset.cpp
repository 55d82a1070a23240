#include "learn/dataset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/error.hpp"
#include "digest/sha256.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::learn {

namespace {

using table::Column;
using table::Missing;

constexpr std::size_t line_limit = 64 << 20;
constexpr std::size_t most_classes = 10'000;

/// The columns of one file and what they are for.
struct Plan {
    std::vector<std::size_t> chosen;  // features, then the target, then weights and parts where asked for
    std::vector<bool> categorical;
    std::size_t features = 0;
    std::size_t weight = 0;  // place in `chosen`; 0: none
    std::size_t part = 0;
};

bool has(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

Plan make_plan(const std::vector<std::string>& names, const Options& options) {
    if (options.target.empty())
        throw Error(Fault::usage, "-y, --target is needed: the column to learn",
                    fmt::format("There are: {}.", text::printable(fmt::format("{}", fmt::join(names, ", ")), 400)));
    const std::size_t target = table::demand_column(names, options.target, "--target");
    std::vector<std::size_t> left_out = {target};
    const auto column_of = [&](const std::string& wanted, const char* option) {
        if (wanted.empty()) return names.size();
        left_out.push_back(table::demand_column(names, wanted, option));
        return left_out.back();
    };
    const std::size_t weight = column_of(options.weight_column, "--weight-col");
    const std::size_t part = column_of(options.split.column, "--split-col");
    for (const std::string& name : options.ignore)
        column_of(name, "--ignore");
    std::vector<std::size_t> categorical;
    for (const std::string& name : options.categorical)
        categorical.push_back(table::demand_column(names, name, "--categorical"));

    Plan plan;
    for (const std::string& name : options.features) {
        const std::size_t column = table::demand_column(names, name, "--features");
        if (column == target) throw Error(Fault::usage, "--features: '" + name + "' is the column to learn");
        if (std::find(plan.chosen.begin(), plan.chosen.end(), column) == plan.chosen.end())
            plan.chosen.push_back(column);
    }
    for (std::size_t column = 0; options.features.empty() && column < names.size(); ++column)
        if (std::find(left_out.begin(), left_out.end(), column) == left_out.end()) plan.chosen.push_back(column);
    if (plan.chosen.empty()) throw Error(Fault::usage, "no columns to learn from");
    plan.features = plan.chosen.size();
    for (const std::size_t column : plan.chosen)
        plan.categorical.push_back(std::find(categorical.begin(), categorical.end(), column) != categorical.end());
    const auto add = [&](std::size_t column, bool words) {
        if (column == names.size()) return std::size_t{0};
        if (std::find(plan.chosen.begin(), plan.chosen.end(), column) != plan.chosen.end())
            throw Error(Fault::usage, "the column '" + names[column] + "' cannot be two things at once");
        plan.chosen.push_back(column);
        plan.categorical.push_back(words);
        return plan.chosen.size() - 1;
    };
    add(target, options.task != Task::regression);
    plan.weight = add(weight, false);
    plan.part = add(part, true);
    return plan;
}

/// Takes the last columns off the table.
Column take(table::Table& table, std::size_t place) {
    Column column = std::move(table.columns[place]);
    return column;
}

/// Whether these words are numbers that only a regression can mean.
bool is_measured(const Column& column) {
    bool fraction = false;
    for (const std::string& value : column.values) {
        const auto number = text::to_double(value);
        if (!number && !value.empty()) return false;
        fraction = fraction || (number && *number != std::floor(*number));
    }
    return fraction;
}

std::vector<std::string> sorted_classes(const Column& column) {
    std::vector<std::string> classes;
    for (const std::string& value : column.values)
        if (!value.empty()) classes.push_back(value);
    const bool numbers = std::all_of(classes.begin(), classes.end(),
                                     [](const std::string& value) { return text::to_double(value).has_value(); });
    std::sort(classes.begin(), classes.end(), [&](const std::string& a, const std::string& b) {
        if (!numbers) return a < b;
        const double left = *text::to_double(a);
        const double right = *text::to_double(b);
        return left < right || (left == right && a < b);
    });
    return classes;
}

class Loader {
public:
    Loader(const table::RowsOptions& spelling, const Options& options) : spelling_(spelling), options_(options) {
        spelling_.missing_words = options.missing_words;
        spelling_.missing_in = options.scaling.missing_in;
    }

    Dataset run(io::Input& input, const Stop& stop) {
        digest::Sha256 sha;
        input.on_bytes([&](std::string_view bytes) { sha.add(bytes); });
        read(input);
        data_.sha256 = sha.hex();
        data_.input = input.name();
        if (!options_.split.file.empty()) {
            const std::size_t before = data_.rows();
            data_.parts.assign(before, Part::train);
            io::Input valid(options_.split.file, stop);
            data_.valid_input = valid.name();
            append(valid);
            data_.parts.resize(data_.rows(), Part::valid);
        }
        if (data_.rows() == 0) throw Error(Fault::data, input.name() + ": no rows");
        interpret(input.name());
        drop_incomplete();
        return std::move(data_);
    }

private:
    void read(io::Input& input) {
        io::LineReader lines(input, line_limit);
        const auto rows = table::open_rows(lines, input.name(), spelling_);
        names_ = rows->names();
        plan_ = make_plan(names_, options_);
        data_.table = read_table(*rows, plan_.chosen, plan_.categorical);
    }

    /// Reads the same columns, by name, of another file.
    void append(io::Input& input) {
        io::LineReader lines(input, line_limit);
        const auto rows = table::open_rows(lines, input.name(), spelling_);
        std::vector<std::size_t> chosen;
        for (const std::size_t column : plan_.chosen)
            chosen.push_back(table::demand_column(rows->names(), names_[column], input.name()));
        table::Table more = read_table(*rows, chosen, plan_.categorical);
        for (std::size_t at = 0; at < more.columns.size(); ++at) {
            Column& to = data_.table.columns[at];
            Column& from = more.columns[at];
            to.numbers.insert(to.numbers.end(), from.numbers.begin(), from.numbers.end());
            std::vector<std::uint32_t> places;
            for (const std::string& value : from.values) {
                const auto found = std::find(to.values.begin(), to.values.end(), value);
                places.push_back(static_cast<std::uint32_t>(found - to.values.begin()));
                if (found == to.values.end()) to.values.push_back(value);
            }
            for (const std::uint32_t category : from.categories)
                to.categories.push_back(places[category]);
        }
        data_.table.lines.insert(data_.table.lines.end(), more.lines.begin(), more.lines.end());
        data_.table.hashes.insert(data_.table.hashes.end(), more.hashes.begin(), more.hashes.end());
    }

    [[noreturn]] void fail(std::size_t row, const std::string& why, const std::string& hint = "") const {
        throw Error(Fault::data, fmt::format("{}: {}", data_.place(row), why), hint);
    }

    void interpret(const std::string& input) {
        if (plan_.part > 0) interpret_parts(take(data_.table, plan_.part));
        if (plan_.weight > 0) {
            data_.weights = take(data_.table, plan_.weight).numbers;
            for (std::size_t row = 0; row < data_.rows(); ++row)
                if (!(data_.weights[row] >= 0)) fail(row, "--weight-col: a weight is missing or below 0");
        }
        const Column target = take(data_.table, plan_.features);
        data_.target = target.name;
        data_.table.columns.resize(plan_.features);
        data_.classification = target.categorical && (options_.task == Task::classification || !is_measured(target));
        if (!data_.classification) return interpret_values(target);
        data_.classes = sorted_classes(target);
        if (data_.classes.size() < 2)
            throw Error(Fault::data,
                        fmt::format("{}: column '{}' has one class only{}", input, text::printable(data_.target),
                                    data_.classes.empty() ? "" : ": " + data_.classes[0]));
        if (data_.classes.size() > most_classes)
            throw Error(Fault::data,
                        fmt::format("{}: column '{}' has {} classes", input, text::printable(data_.target),
                                    data_.classes.size()),
                        "Use --task=regression to learn numbers.");
        std::vector<std::uint32_t> place;
        for (const std::string& value : target.values)
            place.push_back(static_cast<std::uint32_t>(std::find(data_.classes.begin(), data_.classes.end(), value) -
                                                       data_.classes.begin()));
        for (std::size_t row = 0; row < data_.rows(); ++row) {
            data_.labels.push_back(place[target.categories[row]]);
            if (data_.labels.back() == data_.classes.size())
                fail(row, fmt::format("column '{}': the class is missing", text::printable(data_.target)));
        }
    }

    void interpret_values(const Column& target) {
        for (std::size_t row = 0; row < data_.rows(); ++row) {
            const auto value = target.categorical
                                   ? text::to_double(target.values[target.categories[row]]).value_or(std::nan(""))
                                   : target.numbers[row];
            if (std::isnan(value))
                fail(row, fmt::format("column '{}': the value to learn is missing", text::printable(data_.target)));
            data_.values.push_back(value);
        }
    }

    void interpret_parts(const Column& column) {
        if (!data_.parts.empty()) throw Error(Fault::usage, "--split-col and --valid cannot be combined");
        for (std::size_t row = 0; row < data_.rows(); ++row) {
            const std::string& word = column.values[column.categories[row]];
            if (word != "train" && word != "valid" && word != "test")
                fail(row, fmt::format("--split-col: '{}' is none of train, valid, test", text::printable(word)));
            data_.parts.push_back(word == "train" ? Part::train : word == "valid" ? Part::valid : Part::test);
        }
    }

    bool is_meant(const Column& column) const {
        return options_.scaling.missing_in.empty() || has(options_.scaling.missing_in, column.name);
    }

    /// Refuses rows with missing values, or leaves them out, as --missing wants it.
    void drop_incomplete() {
        std::vector<bool> dropped(data_.rows());
        bool any = false;
        for (std::size_t at = 0; at < data_.table.columns.size(); ++at) {
            const Column& column = data_.table.columns[at];
            const Missing policy = is_meant(column) ? options_.scaling.missing : Missing::error;
            if (policy != Missing::error && policy != Missing::drop) continue;
            for (std::size_t row = 0; row < data_.rows(); ++row) {
                const bool missing = column.categorical ? column.values[column.categories[row]].empty()
                                                        : std::isnan(column.numbers[row]);
                if (!missing) continue;
                if (policy == Missing::error)
                    fail(row, fmt::format("column '{}': the value is missing", text::printable(column.name)),
                         "Choose --missing=mean, median, indicator or drop.");
                dropped[row] = any = true;
            }
        }
        if (any) keep_rows(dropped);
        if (data_.rows() == 0) throw Error(Fault::data, "every row has a missing value");
    }

    void keep_rows(const std::vector<bool>& dropped) {
        const auto sift = [&](auto& list) {
            if (list.empty()) return;
            std::size_t to = 0;
            for (std::size_t row = 0; row < dropped.size(); ++row)
                if (!dropped[row]) list[to++] = list[row];
            list.resize(to);
        };
        for (Column& column : data_.table.columns) {
            sift(column.numbers);
            sift(column.categories);
        }
        sift(data_.table.hashes);
        sift(data_.labels);
        sift(data_.values);
        sift(data_.weights);
        sift(data_.parts);
        sift(data_.table.lines);
    }

    table::RowsOptions spelling_;
    const Options& options_;
    std::vector<std::string> names_;
    Plan plan_;
    Dataset data_;
};

}  // namespace

std::string Dataset::place(std::size_t row) const {
    const bool other = !valid_input.empty() && parts[row] == Part::valid;
    return fmt::format("{}:{}", other ? valid_input : input, table.lines[row]);
}

Dataset load_dataset(io::Input& input, const table::RowsOptions& spelling, const Options& options, const Stop& stop) {
    return Loader(spelling, options).run(input, stop);
}

}  // namespace bradawl::learn
