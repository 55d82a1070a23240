#include "proc/process_tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "core/unique_fd.hpp"

namespace bradawl::proc {

namespace {

struct CloseFolder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

/// The entry of process `name`, a number, in /proc, whose descriptor is `proc`; none if it has vanished.
std::optional<ProcessEntry> read_entry(int proc, const char* name) {
    const UniqueFd file(::openat(proc, (std::string(name) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 512> text{};
    if (!file) return std::nullopt;
    const ssize_t got = ::read(file.get(), text.data(), text.size() - 1);
    if (got <= 0) return std::nullopt;
    // `pid (name) state parent group …`, and the name may hold anything, parentheses and line ends too.
    const char* after_name = std::strrchr(text.data(), ')');
    ProcessEntry entry;
    if (after_name == nullptr || std::sscanf(text.data(), "%d", &entry.pid) != 1 ||
        std::sscanf(after_name + 1, " %c %d %d", &entry.state, &entry.parent, &entry.group) != 3)
        return std::nullopt;
    return entry;
}

std::vector<ProcessEntry> all_processes() {
    std::vector<ProcessEntry> entries;
    const std::unique_ptr<DIR, CloseFolder> folder(::opendir("/proc"));
    if (!folder) return entries;
    while (const dirent* item = ::readdir(folder.get())) {
        if (item->d_name[0] < '0' || item->d_name[0] > '9') continue;
        if (const auto entry = read_entry(::dirfd(folder.get()), item->d_name)) entries.push_back(*entry);
    }
    return entries;
}

}  // namespace

std::vector<ProcessEntry> descendants_of(pid_t root) {
    auto entries = all_processes();
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.parent < b.parent; });
    std::vector<ProcessEntry> found;
    const auto add_children_of = [&](pid_t parent) {
        const auto first = std::lower_bound(entries.begin(), entries.end(), parent,
                                            [](const ProcessEntry& entry, pid_t id) { return entry.parent < id; });
        for (auto entry = first; entry != entries.end() && entry->parent == parent; ++entry)
            found.push_back(*entry);
    };
    add_children_of(root);
    // Numbers given anew while we read could make a circle.
    for (std::size_t next = 0; next < found.size() && found.size() <= entries.size(); ++next)
        add_children_of(found[next].pid);
    return found;
}

}  // namespace bradawl::proc
