#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "learn/apply_options.hpp"
#include "learn/dataset.hpp"
#include "learn/model.hpp"
#include "table/row_reader.hpp"

namespace bradawl::learn {

/// A row after the network.
struct Applied {
    bool failed = false;      ///< a row without an answer
    std::string_view source;  ///< its bytes, if kept
    std::uint64_t line = 0;
    std::span<const double> outputs;  ///< probabilities by class, or the value in the units of the target
    std::string_view target;          ///< as written, if read; empty where missing
};

/// Puts the rows of a reader through a model, some hundred at a time, but none waits for one that is not there yet.
class Applier {
public:
    /// All must outlive it. Errors: Fault::data, naming the model's column that the input has not.
    virtual ~Applier() = default;

    /// The next row; false at the end. Errors: Fault::data with OnError::fail; the rows before it come out first.
    virtual bool next(Applied& row) = 0;

    /// Whether next() would have to wait.
    virtual bool idle() = 0;

    /// Rows that failed, and what the first of them was.
    virtual std::uint64_t failures() const = 0;
    virtual const std::string& first_failure() const = 0;
};

/// Puts rows that were read to train through a model; `each` is told of every one.
void apply_rows(const Model& model, const Dataset& data, const std::vector<std::uint32_t>& rows,
                const std::function<void(const Applied&)>& each);

std::unique_ptr<Applier> apply(const Model& model, const std::string& model_name, table::RowReader& rows,
                               const ApplyOptions& options);

}  // namespace bradawl::learn
