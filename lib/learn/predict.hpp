#pragma once

#include <cstdint>
#include <string>

#include "io/output.hpp"
#include "learn/apply.hpp"

namespace bradawl::learn {

/// Writes the predictions of rows in the form of CSV, TSV or NDJSON.
class Predictions {
public:
    Predictions(const Model& model, const table::RowReader& rows, const PredictOptions& options);

    /// The line with the names of columns; nothing for NDJSON.
    std::string header() const;

    /// A line for a row.
    void append(const Applied& row, std::string& text);

    /// Writes the header and all rows; flushes before it would have to wait for rows.
    void write_all(Applier& applier, io::Output& out);

private:
    std::string quoted(std::string_view value) const;
    void append_fields(const Applied& row, std::string& text);
    void append_members(const Applied& row, std::string& text);
    void append_number(double value, std::string& text) const;
    void append_probability(double value, std::string& text) const;
    void order(const Applied& row);

    const Model& model_;
    PredictOptions options_;
    bool json_;
    char separator_;
    std::vector<std::string> names_;   // of the input
    std::vector<std::string> labels_;  // ready to print
    std::vector<std::string> keys_;    // NDJSON: ready to print
    std::string target_key_;
    std::uint64_t unit_ = 1;  // 10^digits
    std::vector<std::size_t> ranked_;
};

}  // namespace bradawl::learn
