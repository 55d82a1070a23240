#include "lock/version_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include "core/system_error.hpp"
#include "io/output.hpp"
#include "text/printable.hpp"

namespace bradawl::lock {
namespace {

constexpr std::size_t longest_text = 1 << 20;

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

// With leading zeros, so that ls shows them in order.
std::string name_of(std::uint64_t number) {
    std::string digits = std::to_string(number);
    return std::string(20 - digits.size(), '0') + digits;
}

std::optional<std::uint64_t> number_of(std::string_view name) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (name.size() != 20 || error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    return number;
}

}  // namespace

void VersionFolder::fail(const char* what, int code) const {
    const bool refused = code == EACCES || code == EPERM || code == EROFS;
    throw system_error(refused ? Fault::permission : Fault::io, "'" + text::printable(path_) + "': " + what, code);
}

UniqueFd VersionFolder::open_folder(bool make) const {
    for (;;) {
        UniqueFd folder(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (folder || (errno == ENOENT && !make)) return folder;
        if (errno != ENOENT) fail("cannot open the folder", errno);
        if (::mkdir(path_.c_str(), 0777) != 0 && errno != EEXIST) fail("cannot make the folder", errno);
    }
}

// All names at once: the kernel hands out as many as fit in the C library's buffer of 32 KiB while nobody may add or
// remove one, and there are only a few. A walk over several calls could miss the newest.
std::vector<std::uint64_t> VersionFolder::numbers(int folder) const {
    UniqueFd again(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, CloseFolder> entries(again ? ::fdopendir(again.get()) : nullptr);
    if (entries == nullptr) fail("cannot read the folder", errno);
    static_cast<void>(again.release());
    std::vector<std::uint64_t> found;
    while (const dirent* entry = ::readdir(entries.get()))
        if (const auto number = number_of(entry->d_name)) found.push_back(*number);
    std::sort(found.begin(), found.end());
    return found;
}

VersionFolder::Version VersionFolder::newest() const {
    const UniqueFd folder = open_folder(false);
    if (!folder) return {};
    for (;;) {
        const auto all = numbers(folder.get());
        if (all.empty()) return {};
        Version version{all.back(), {}};
        const UniqueFd file(::openat(folder.get(), name_of(version.number).c_str(), O_RDONLY | O_CLOEXEC));
        if (!file) {
            if (errno == ENOENT) continue;  // removed meanwhile: there is a newer one
            fail("cannot open the newest version", errno);
        }
        std::array<char, 4096> buffer;
        ssize_t got = 0;
        while ((got = ::read(file.get(), buffer.data(), buffer.size())) != 0) {
            if (got < 0) fail("cannot read the newest version", errno);
            version.text.append(buffer.data(), static_cast<std::size_t>(got));
            if (version.text.size() > longest_text) fail("cannot read the newest version", EFBIG);
        }
        return version;
    }
}

VersionFolder::Put VersionFolder::put(std::uint64_t after, std::string_view text) const {
    const UniqueFd folder = open_folder(true);
    const std::uint64_t number = after + 1;
    if (!link_new(folder.get(), name_of(number), text)) return Put::overtaken;
    // A process that was stopped for long may come with a number that was used and removed since.
    const auto all = numbers(folder.get());
    for (const std::uint64_t old : all)
        if (old < number) ::unlinkat(folder.get(), name_of(old).c_str(), 0);  // left over, it does no harm
    return !all.empty() && all.back() == number ? Put::done : Put::unknown;
}

bool VersionFolder::link_new(int folder, const std::string& name, std::string_view text) const {
    const UniqueFd file(::openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666));
    if (!file) {
        if (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT) return link_named(folder, name, text);
        fail("cannot make a file", errno);
    }
    io::write_all(file.get(), text, "'" + text::printable(path_) + "'");
    const std::string self = "/proc/self/fd/" + std::to_string(file.get());
    if (::linkat(AT_FDCWD, self.c_str(), folder, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno == ENOENT) return link_named(folder, name, text);  // no /proc
    fail("cannot make a version", errno);
}

// Where the file system knows no files without a name.
bool VersionFolder::link_named(int folder, const std::string& name, std::string_view text) const {
    const std::string aside = ".new-" + name + "-" + std::to_string(::getpid());
    ::unlinkat(folder, aside.c_str(), 0);
    const UniqueFd file(::openat(folder, aside.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666));
    if (!file) fail("cannot make a file", errno);
    io::write_all(file.get(), text, "'" + text::printable(path_) + "'");
    const bool linked = ::linkat(folder, aside.c_str(), folder, name.c_str(), 0) == 0;
    const int error = errno;
    ::unlinkat(folder, aside.c_str(), 0);
    if (!linked && error != EEXIST) fail("cannot make a version", error);
    return linked;
}

}  // namespace bradawl::lock
