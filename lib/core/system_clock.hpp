#pragma once

#include "core/clock.hpp"
#include "core/stop.hpp"

namespace bradawl {

/// The clocks of this machine. Sleeping ends early when `stop` is asked for.
class SystemClock : public Clock {
public:
    explicit SystemClock(const Stop& stop) : stop_(stop) {}
    TimePoint now() const override;
    WallTime wall() const override;
    bool sleep(Duration time) override;

private:
    const Stop& stop_;
};

}  // namespace bradawl
