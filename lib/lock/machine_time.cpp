#include "lock/machine_time.hpp"

#include <fstream>
#include <sstream>

namespace bradawl::lock {
namespace {

// The shift of CLOCK_BOOTTIME in this time namespace (time_namespaces(7)): a container may have its own.
Duration shift_of_namespace() {
    std::ifstream file("/proc/self/timens_offsets");
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::string clock;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        if (fields >> clock >> seconds >> nanoseconds && (clock == "boottime" || clock == "7"))
            return std::chrono::seconds(seconds) + Duration(nanoseconds);
    }
    return {};
}

}  // namespace

MachineTime::MachineTime(const Clock& clock) : clock_(clock), shift_(shift_of_namespace()) {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, boot_);
}

}  // namespace bradawl::lock
