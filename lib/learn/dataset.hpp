#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/input.hpp"
#include "learn/options.hpp"
#include "table/table.hpp"

namespace bradawl::learn {

/// The part that a row plays.
enum class Part : unsigned char { any, train, valid, test };

/// Rows to learn from, as they were read.
struct Dataset {
    table::Table table;  ///< the columns to learn from
    bool classification = true;
    std::string target;
    std::vector<std::string> classes;   ///< in order: by number where all are numbers, else by bytes
    std::vector<std::uint32_t> labels;  ///< classification: places in `classes`
    std::vector<double> values;         ///< regression
    std::vector<double> weights;        ///< --weight-col; empty: all 1
    std::vector<Part> parts;            ///< --split-col and --valid; empty: none is given
    std::string sha256;                 ///< of the input's bytes
    std::string input;                  ///< its name, for messages
    std::string valid_input;            ///< of the rows to watch, if they come from another

    std::size_t rows() const { return table.rows(); }

    /// `rows.csv:7`, for messages.
    std::string place(std::size_t row) const;
};

/// Reads the rows of `input`, and of the file that options.split names. Errors: Fault::data, Fault::usage.
Dataset load_dataset(io::Input& input, const table::RowsOptions& spelling, const Options& options, const Stop& stop);

}  // namespace bradawl::learn
