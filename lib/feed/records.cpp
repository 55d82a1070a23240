#include "feed/records.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "json/check.hpp"

namespace bradawl::feed {

Records::Records(const Options& options, io::QueuedOutput& out, io::Output* rejects, Observer& observer)
    : options_(options), out_(out), rejects_(rejects), observer_(observer) {}

void Records::begin_connection() {
    ++tally_.connections;
    records_here_ = 0;
    keep_alives_here_ = 0;
    lines_here_ = 0;
}

void Records::end_connection(std::string_view unfinished, bool in_good_order) {
    if (unfinished.ends_with('\r')) unfinished.remove_suffix(1);
    if (unfinished.empty() || finished()) return;
    // An object or array says itself where it ends; a number cut short would look whole.
    const bool marks_its_end = unfinished.front() == '{' || unfinished.front() == '[';
    if (in_good_order && marks_its_end && !json::check(unfinished)) {
        print(unfinished);
    } else {
        ++tally_.unfinished;
    }
}

void Records::line(std::string_view text, std::uint64_t offset) {
    ++lines_here_;
    if (finished()) return;
    if (options_.check) {
        if (const auto problem = json::check(text)) {
            refuse(text, offset + problem->offset, problem->what);
            return;
        }
    }
    print(text);
}

void Records::keep_alive() {
    ++tally_.keep_alives;
    ++keep_alives_here_;
}

void Records::too_long(std::uint64_t offset) {
    ++lines_here_;
    const std::string why = fmt::format("longer than {} bytes (--max-message)", options_.max_message);
    if (options_.on_invalid == OnInvalid::pass) {  // there is nothing whole to pass
        ++tally_.rejected;
        observer_.rejected(fmt::format("line {} of connection {}, byte {}", lines_here_, tally_.connections, offset),
                           why);
        return;
    }
    refuse({}, offset, why);
}

void Records::print(std::string_view text) {
    out_.write(text, '\n');
    ++records_here_;
    ++tally_.records;
    tally_.bytes += text.size() + 1;
}

void Records::refuse(std::string_view text, std::uint64_t offset, std::string_view why) {
    const std::string place = fmt::format("line {} of connection {}, byte {}", lines_here_, tally_.connections, offset);
    if (options_.on_invalid == OnInvalid::fail) throw Error(Fault::data, fmt::format("{}: {}", place, why));
    ++tally_.rejected;
    observer_.rejected(place, why);
    if (options_.on_invalid == OnInvalid::pass) {
        print(text);
    } else if (rejects_ != nullptr && !text.empty()) {
        rejects_->write(std::string(text) + "\n");
    }
}

}  // namespace bradawl::feed
