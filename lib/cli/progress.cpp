#include "cli/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace bradawl::cli {

namespace {

constexpr std::string_view erase_line = "\r\033[K";

void put(std::string_view text) {
    // Best effort by nature: a message line that cannot be shown has nowhere to say so.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::size_t terminal_width() {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

}  // namespace

void Progress::set_mode(ProgressMode mode) {
    const char* terminal = std::getenv("TERM");
    const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
    on_ = mode == ProgressMode::always || (mode == ProgressMode::automatic && ::isatty(STDERR_FILENO) == 1 && !dumb);
}

bool Progress::due() const {
    return on_ && (!shown_ || clock_.now() - last_ >= std::chrono::milliseconds(200));
}

void Progress::show(std::string_view text) {
    if (!on_) return;
    std::string line(erase_line);
    line += text.substr(0, terminal_width() - 1);
    put(line);
    shown_ = true;
    last_ = clock_.now();
}

void Progress::clear() {
    if (shown_) put(erase_line);
    shown_ = false;
}

}  // namespace bradawl::cli
