#pragma once

#include <string>

#include "learn/fit.hpp"

namespace bradawl::learn {

/// The value that training watches, such as `valid_nll`.
class Monitor {
public:
    /// `auto`: the cost's own value of the rows that are watched, or of those learnt from where there are none.
    /// Errors: Fault::usage for a name that is none, or of rows that are not there.
    Monitor(const std::string& name, bool classification, bool has_valid);

    /// Whether it is of the rows learnt from.
    bool is_of_train() const { return !of_valid_; }

    /// Less is better: of `acc` and `r2` the negative.
    double value(const EpochRecord& record) const;

private:
    bool of_valid_ = false;
    std::string name_;
};

/// The same object without what depends on time, for a model file.
std::string to_lasting_json(const EpochRecord& record, bool classification);

}  // namespace bradawl::learn
