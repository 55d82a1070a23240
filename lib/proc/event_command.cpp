#include "proc/event_command.hpp"

namespace bradawl::proc {

void EventCommand::tell(std::string_view event, std::string_view detail) {
    if (command_.empty()) return;
    if (waiting_.size() == most_waiting) waiting_.pop_front();
    waiting_.emplace_back(event, detail);
    poll();
}

void EventCommand::poll() {
    if (running_ && running_->poll()) running_.reset();
    if (running_ || waiting_.empty()) return;
    const auto& [event, detail] = waiting_.front();
    running_ = Child::start({"sh", "-c", command_}, {prefix_ + "_EVENT=" + event, prefix_ + "_DETAIL=" + detail});
    waiting_.pop_front();
}

}  // namespace bradawl::proc
