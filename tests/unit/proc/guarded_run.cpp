#include "guarded_run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>

namespace bradawl::proc {

using namespace std::chrono_literals;

TimePoint boot_now() {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return TimePoint(std::chrono::seconds(now.tv_sec) + Duration(now.tv_nsec));
}

TimePoint never() {
    return boot_now() + 24h;
}

Witness::Witness() {
    std::string name = "/tmp/witness-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    path_ = folder_ + "/pipe";
    if (::mkfifo(path_.c_str(), 0600) != 0) std::abort();
    read_end_.reset(::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!read_end_) std::abort();
}

Witness::~Witness() {
    ::unlink(path_.c_str());
    ::rmdir(folder_.c_str());
}

bool Witness::fill(int timeout_ms) {
    pollfd watched{read_end_.get(), POLLIN, 0};
    if (::poll(&watched, 1, timeout_ms) != 1) return false;
    std::array<char, 4096> piece{};
    const ssize_t got = ::read(read_end_.get(), piece.data(), piece.size());
    if (got > 0) read_.append(piece.data(), static_cast<std::size_t>(got));
    ended_ = got == 0;
    return got >= 0;
}

std::string Witness::line() {
    for (auto end = std::string::npos;;) {
        end = read_.find('\n');
        if (end != std::string::npos) {
            const std::string line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line;
        }
        if (ended_ || !fill(60'000)) return "(nothing)";
    }
}

bool Witness::all_gone() {
    while (!ended_ && fill(0)) {
    }
    return ended_;
}

bool Witness::all_gone_soon() {
    while (!ended_ && fill(60'000)) {
    }
    return ended_;
}

GuardedCommand shell(const std::string& script, const Witness& witness) {
    return {{"sh", "-c", "exec 9>\"$1\"; " + script, "sh", witness.path()}, {}, 100ms};
}

GuardedCommand shell(const std::string& script) {
    return {{"sh", "-c", script}, {}, 100ms};
}

GuardedEnd run(const GuardedCommand& command) {
    Guardian guardian = Guardian::fork("guardian");
    SuperviseWatcher watcher;
    return supervise(guardian, command, never(), -1, watcher);
}

pid_t forked(const std::function<int()>& work) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        int code = 99;
        try {
            code = work();
        } catch (...) {
        }
        ::_exit(code);
    }
    return pid;
}

int exit_of(pid_t pid) {
    int raw = 0;
    if (::waitpid(pid, &raw, 0) != pid) return -1;
    return WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
}

}  // namespace bradawl::proc
