#pragma once

#include <cstdint>
#include <string>

#include "core/clock.hpp"

namespace bradawl::lock {

/// The one clock that all processes of a machine share: CLOCK_BOOTTIME as the machine has it, which nobody sets, and
/// the boot that it counts from.
class MachineTime {
public:
    /// Reads what tells this boot from others, and by how much a time namespace shifts this process's clock.
    explicit MachineTime(const Clock& clock);

    /// Nanoseconds since the machine was started.
    std::int64_t now() const { return (clock_.now().time_since_epoch() - shift_).count(); }

    /// The name of this boot (random(4), boot_id); empty where the system has none.
    const std::string& boot() const { return boot_; }

    std::int64_t wall_milliseconds() const { return clock_.wall().time_since_epoch().count(); }

private:
    const Clock& clock_;
    std::string boot_;
    Duration shift_{};
};

}  // namespace bradawl::lock
