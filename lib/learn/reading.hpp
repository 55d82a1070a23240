#pragma once

#include <memory>
#include <string>

#include "io/input.hpp"
#include "io/lines.hpp"
#include "learn/apply.hpp"

namespace bradawl::learn {

/// Rows of an input as they pass through a model.
class Reading {
public:
    /// `columns_from_model`: the rows have no header, but the model's columns in its order. All must outlive it.
    /// Errors: Fault::data, Fault::usage, Fault::io.
    Reading(const Model& model, const std::string& model_name, const std::string& input, table::RowsOptions spelling,
            bool columns_from_model, const ApplyOptions& options, const Stop& stop);

    const table::RowReader& rows() const { return *rows_; }
    Applier& applier() { return *applier_; }

    /// What to say of rows without an answer; empty when there are none.
    std::string failures() const;

private:
    io::Input input_;
    io::LineReader lines_;
    std::unique_ptr<table::RowReader> rows_;
    std::unique_ptr<Applier> applier_;
};

}  // namespace bradawl::learn
