#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lock/options.hpp"
#include "proc/left_behind.hpp"

namespace CLI {
class App;
}

namespace bradawl::cli {

/// What mlock's command line sets.
struct MlockOptions {
    enum class Command { run, acquire, renew, release, status, list, wait, check };

    Command command = Command::run;
    lock::StoreOptions store;
    lock::ClaimOptions claim;

    // run
    std::vector<std::string> argv;
    std::chrono::nanoseconds grace{-1};  ///< negative: 5 s, or a sixth of the lease if that is less
    proc::LeftBehind left_behind = proc::LeftBehind::wait;
    std::uint64_t lost_code = 124;
    std::uint64_t conflict_code = 75;
    std::string status_fd;  ///< the number of a descriptor; empty: none

    // the others
    bool exports = false;
    std::string nonce;
    bool force = false;
    std::uint64_t token = 0;
    std::string prefix;
    lock::Listed listed = lock::Listed::held;
    bool json = false;
    bool held = false;

    /// Declares the commands and their options. The object must live as long as `app`. `is_public`: whether the name of
    /// a store holds no password.
    void declare(CLI::App& app, bool (*is_public)(const std::string&));

    /// Looks at what the options are together, and sets what follows from others and from where we are.
    /// Errors: Fault::usage.
    void settle();

    /// For renew: the length that the lease shall have from now on, if another.
    std::optional<std::chrono::nanoseconds> new_lease() const;

    /// For release: the nonce it is held under; nothing: whoever holds it.
    std::optional<std::string> whose() const;

private:
    CLI::App& add(CLI::App& app, const std::string& name, Command which, const std::string& description);
    void declare_claim(CLI::App& app);
    void declare_run(CLI::App& app);
    void settle_run();

    bool lease_given_ = false;
    bool expired_ = false;
    bool all_ = false;
};

}  // namespace bradawl::cli
