#pragma once

#include <cstdint>
#include <string>

#include "learn/fit.hpp"
#include "learn/voices.hpp"

namespace bradawl::learn {

/// Tells programs and people how a training goes, and warns of what is likely wrong.
class Narrator : public Watcher {
public:
    /// All must outlive it.
    Narrator(Voices voices, const Dataset& data, const Sets& sets, const Options& options);

    /// The first record: the settings as they were resolved.
    void begin();

    bool listens() override;
    void epoch(const EpochRecord& record) override;
    void diverged(const Divergence& divergence) override;
    void found(const std::string& what) override;

    /// The last record: what the training came to.
    void end(const Fitted& fitted);

private:
    void warn_of_majority(const EpochRecord& record);
    std::string progress(const EpochRecord& record) const;

    Voices voices_;
    const Dataset& data_;
    const Sets& sets_;
    const Options& options_;
    double majority_ = 2;             // what always saying the commonest class gets wrong of the rows watched
    std::uint64_t epochs_alike_ = 0;  // in a row whose misclass is that
    bool warned_ = false;
    double elapsed_ = 0;
    std::uint64_t epochs_ = 0;
};

}  // namespace bradawl::learn
