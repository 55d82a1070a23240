#include "terminal_session.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace bradawl::proc {

namespace {

/// The ends of a pipe for reading and writing.
std::pair<UniqueFd, UniqueFd> pipe_ends() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void write_line(int fd, std::string line) {
    line += '\n';
    [[maybe_unused]] const ssize_t written = ::write(fd, line.data(), line.size());
}

std::string read_line(int fd) {
    std::string line;
    for (char byte = 0;; line += byte) {
        pollfd watched{fd, POLLIN, 0};
        if (::poll(&watched, 1, 60'000) != 1 || ::read(fd, &byte, 1) != 1) return "(nothing)";
        if (byte == '\n') return line;
    }
}

/// The leader's life. `commands` and `news` as seen from there.
void lead(int terminal, int commands, int news, const std::function<int()>& work) {
    ::signal(SIGTTOU, SIG_IGN);
    const pid_t job = ::fork();
    if (job == 0) {
        ::setpgid(0, 0);
        ::tcsetpgrp(terminal, ::getpid());
        ::signal(SIGTTOU, SIG_DFL);
        int code = 99;
        try {
            code = work();
        } catch (...) {
        }
        ::_exit(code);
    }
    ::setpgid(job, job);
    ::tcsetpgrp(terminal, job);
    write_line(news, std::to_string(job));
    for (;;) {
        int raw = 0;
        if (::waitpid(job, &raw, WUNTRACED) != job) return;
        if (!WIFSTOPPED(raw)) {
            write_line(news, "ended " + std::to_string(WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw)));
            read_line(commands);  // the terminal is to last as long as the test
            return;
        }
        ::tcsetpgrp(terminal, ::getpgrp());
        write_line(news, "stopped " + std::to_string(WSTOPSIG(raw)));
        if (read_line(commands) == "fg") ::tcsetpgrp(terminal, job);
        ::kill(-job, SIGCONT);
    }
}

}  // namespace

TerminalSession::TerminalSession(const std::function<int()>& job) {
    auto [command_read, command_write] = pipe_ends();
    auto [news_read, news_write] = pipe_ends();
    int ours = -1;
    int theirs = -1;
    if (::openpty(&ours, &theirs, nullptr, nullptr, nullptr) != 0) std::abort();
    ::fcntl(ours, F_SETFD, FD_CLOEXEC);
    terminal_.reset(ours);
    leader_ = ::fork();
    if (leader_ == 0) {
        terminal_.reset();
        ::setsid();
        ::ioctl(theirs, TIOCSCTTY, 0);
        for (int fd = 0; fd < 3; ++fd)
            ::dup2(theirs, fd);
        ::close(theirs);
        command_write.reset();
        news_read.reset();
        lead(STDIN_FILENO, command_read.get(), news_write.get(), job);
        ::_exit(0);
    }
    ::close(theirs);
    commands_ = std::move(command_write);
    news_ = std::move(news_read);
    job_ = std::atoi(news().c_str());
}

TerminalSession::~TerminalSession() {
    commands_.reset();
    if (job_ > 0) ::kill(-job_, SIGKILL);
    ::waitpid(leader_, nullptr, 0);
}

void TerminalSession::type(const std::string& keys) {
    [[maybe_unused]] const ssize_t written = ::write(terminal_.get(), keys.data(), keys.size());
}

bool TerminalSession::printed(const std::string& text) {
    for (;;) {
        if (const auto at = screen_.find(text); at != std::string::npos) {
            screen_.erase(0, at + text.size());
            return true;
        }
        pollfd watched{terminal_.get(), POLLIN, 0};
        std::array<char, 4096> piece{};
        if (::poll(&watched, 1, 60'000) != 1) return false;
        const ssize_t got = ::read(terminal_.get(), piece.data(), piece.size());
        if (got <= 0) return false;
        screen_.append(piece.data(), static_cast<std::size_t>(got));
    }
}

std::string TerminalSession::news() {
    return read_line(news_.get());
}

void TerminalSession::foreground() {
    write_line(commands_.get(), "fg");
}

void TerminalSession::background() {
    write_line(commands_.get(), "bg");
}

pid_t TerminalSession::holder() const {
    pid_t group = -1;
    ::ioctl(terminal_.get(), TIOCGPGRP, &group);
    return group;
}

bool TerminalSession::held_soon_by(pid_t group) const {
    for (int i = 0; i < 60'000 && holder() != group; ++i)
        ::usleep(1000);
    return holder() == group;
}

}  // namespace bradawl::proc
