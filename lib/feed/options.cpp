#include "feed/options.hpp"

#include "core/clock.hpp"

namespace bradawl::feed {

Options scaled(Options options, double factor) {
    const auto scale = [factor](Duration& time) {
        time = Duration(static_cast<Duration::rep>(static_cast<double>(time.count()) * factor));
    };
    for (retry::Ladder* ladder : {&options.ladders.network, &options.ladders.http, &options.ladders.limit}) {
        scale(ladder->first);
        scale(ladder->add);
        scale(ladder->cap);
    }
    scale(options.ladders.floor);
    scale(options.stall);
    scale(options.settled);
    scale(options.retry_for);
    return options;
}

}  // namespace bradawl::feed
