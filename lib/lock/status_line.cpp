#include "lock/status_line.hpp"

#include <fcntl.h>

#include <cerrno>

#include "io/output.hpp"
#include "json/writer.hpp"
#include "text/number.hpp"
#include "text/printable.hpp"

namespace bradawl::lock {

StatusLine::StatusLine(const std::string& descriptor, std::string name) : name_(std::move(name)) {
    if (descriptor.empty()) return;
    const auto number = text::to_uint64(descriptor);
    const int given = number && *number < 1'000'000 ? static_cast<int>(*number) : -1;
    const int flags = given < 0 ? -1 : ::fcntl(given, F_GETFL);
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) {
        throw Error(Fault::usage, "--status-fd: '" + text::printable(descriptor) + "' is no descriptor to write to",
                    "open it in the shell: mlock run --status-fd=3 ... 3>FILE");
    }
    descriptor_ = given;
    if (given > 2) ::fcntl(given, F_SETFD, FD_CLOEXEC);
}

int StatusLine::ended(std::string_view cause, int code) {
    cause_ = cause;
    code_ = code;
    return code;
}

int StatusLine::not_started(int error) {
    return error == ENOENT ? ended("not-found", 127) : ended("not-executable", 126);
}

StatusLine::~StatusLine() {
    if (descriptor_ < 0) return;
    try {
        std::string text;
        json::Writer writer(text);
        writer.begin_object();
        writer.key("name");
        writer.string(name_);
        writer.key("cause");
        writer.string(cause_);
        writer.key("code");
        if (code_ < 0) {
            writer.null();
        } else {
            writer.integer(code_);
        }
        writer.key("token");
        if (token_ == 0) {
            writer.null();
        } else {
            writer.integer(token_);
        }
        writer.end_object();
        io::write_all(descriptor_, text += '\n', "--status-fd");
    } catch (const std::exception&) {
        // Whoever asked for it has gone.
    }
}

}  // namespace bradawl::lock
