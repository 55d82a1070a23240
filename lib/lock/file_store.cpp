#include "lock/file_store.hpp"

#include <dirent.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "core/system_error.hpp"
#include "lock/file_document.hpp"
#include "lock/machine_time.hpp"
#include "lock/version_folder.hpp"
#include "text/percent.hpp"
#include "text/printable.hpp"

namespace bradawl::lock {
namespace {

constexpr std::string_view suffix = ".lock";

// File systems whose files other machines may write: their clocks are not ours. From statfs(2) and linux/magic.h.
bool is_shared(std::uint64_t type) {
    constexpr std::array<std::uint64_t, 10> shared{NFS_SUPER_MAGIC,
                                                   SMB_SUPER_MAGIC,
                                                   0xfe534d42 /* SMB2 */,
                                                   0xff534d42 /* CIFS */,
                                                   CEPH_SUPER_MAGIC,
                                                   AFS_SUPER_MAGIC,
                                                   V9FS_MAGIC,
                                                   OCFS2_SUPER_MAGIC,
                                                   0x01161970 /* GFS2 */,
                                                   0x65735546 /* FUSE, sshfs for one */};
    return std::find(shared.begin(), shared.end(), type) != shared.end();
}

class FileStore : public Store {
public:
    FileStore(const StoreOptions& options, Clock& clock, const Stop& stop)
        : folder_(options.store.substr(std::string_view("file:").size())), clock_(clock), time_(clock), stop_(stop) {
        if (folder_.empty()) throw Error(Fault::usage, "--store: 'file:' names no folder", "use file:/run/lock/jobs");
        if (::mkdir(folder_.c_str(), 0777) != 0 && errno != EEXIST) fail("cannot make the folder", errno);
        struct statfs facts {};
        if (::statfs(folder_.c_str(), &facts) != 0) fail("cannot use the folder", errno);
        if (is_shared(static_cast<std::uint64_t>(facts.f_type)) && !options.allow_weak) {
            throw Error(Fault::config,
                        quoted() + " is on a file system that other machines share: a lease cannot end by one clock",
                        "keep locks of several hosts in MongoDB; --allow-weak takes the folder for one host all the "
                        "same");
        }
    }

    std::optional<std::uint64_t> acquire(const Claim& claim) override {
        std::optional<std::uint64_t> token;
        change(claim.name, [&](Record& record) {
            token = take(record, claim, time_.now(), clock_.wall());
            return token.has_value();
        });
        return token;
    }

    bool renew(const std::string& name, const std::string& nonce, std::optional<Duration> lease) override {
        return change(name, [&](Record& record) { return lock::renew(record, nonce, lease, time_.now()); }).last;
    }

    bool release(const std::string& name, const std::optional<std::string>& nonce) override {
        // Written once, perhaps, and not found the next time: that is what was wanted.
        return change(name, [&](Record& record) { return give_back(record, nonce); }).any;
    }

    std::optional<State> look(const std::string& name, bool) override {
        const VersionFolder folder(path_of(name));
        const auto version = folder.newest();
        if (version.number == 0) return std::nullopt;
        FileDocument document = read(folder, version);
        document.name = name;
        const bool same_boot = document.boot == time_.boot();
        // Of another boot: ended as long ago as this one lasts, at least.
        for (Place& place : document.places)
            if (!same_boot) place.renewed = -place.lease;
        return state_of(document, time_.now(), clock_.wall());
    }

    void list(const std::string& prefix, const std::function<void(const State&)>& each) override {
        std::set<std::string> names;
        const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(folder_.c_str()), ::closedir);
        if (entries == nullptr) fail("cannot read the folder", errno);
        while (const dirent* entry = ::readdir(entries.get())) {
            const std::string_view file(entry->d_name);
            if (!file.ends_with(suffix)) continue;
            std::string name = text::percent_decode(file.substr(0, file.size() - suffix.size()), false);
            if (name.starts_with(prefix)) names.insert(std::move(name));
        }
        for (const std::string& name : names)
            if (const auto state = look(name, false)) each(*state);
    }

    bool wait_for_change(const std::string& name, Duration time) override {
        if (!watch_) watch_.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
        // Without a watch (too many of them, or no such lock yet) the caller's next look comes in time all the same.
        if (watch_ && watched_ != name &&
            ::inotify_add_watch(watch_.get(), path_of(name).c_str(), IN_CREATE | IN_ONLYDIR) >= 0)
            watched_ = name;
        std::array<pollfd, 2> ready{{{stop_.fd(), POLLIN, 0}, {watch_.get(), POLLIN, 0}}};
        timespec limit{};
        limit.tv_sec = std::chrono::floor<std::chrono::seconds>(time).count();
        limit.tv_nsec = (time % std::chrono::seconds(1)).count();
        ::ppoll(ready.data(), ready.size(), &limit, nullptr);
        std::array<char, 4096> events;
        while (watch_ && ::read(watch_.get(), events.data(), events.size()) > 0) {
        }
        return !stop_.requested();
    }

private:
    std::string quoted() const { return "'" + text::printable(folder_, 300) + "'"; }

    [[noreturn]] void fail(const char* what, int code) const {
        const bool refused = code == EACCES || code == EPERM || code == EROFS;
        throw system_error(refused ? Fault::permission : Fault::io, quoted() + ": " + what, code);
    }

    std::string path_of(const std::string& name) const {
        const std::string file = text::percent_encode(name).append(suffix);
        if (file.size() > 255) throw Error(Fault::usage, "NAME: too long for a file's name in " + quoted());
        return folder_ + "/" + file;
    }

    struct Decided {
        bool any = false;   // there was something to write, at least once
        bool last = false;  // the last time
    };

    // Reads the newest version and puts the one that `decide` makes of it behind it, again until nobody was faster;
    // `decide` says whether there is anything to write.
    template <class Decide>
    Decided change(const std::string& name, Decide decide) {
        const VersionFolder folder(path_of(name));
        for (Decided decided;;) {
            const auto version = folder.newest();
            FileDocument document = read(folder, version);
            document.name = name;
            // With the boot their leases ended.
            if (document.boot != time_.boot()) document.places.clear();
            document.boot = time_.boot();
            decided.last = decide(document);
            decided.any = decided.any || decided.last;
            if (!decided.last) return decided;
            if (folder.put(version.number, to_text(document)) == VersionFolder::Put::done) return decided;
        }
    }

    static FileDocument read(const VersionFolder& folder, const VersionFolder::Version& version) {
        return file_document(version.text, "'" + text::printable(folder.path(), 300) + "'");
    }

    std::string folder_;
    Clock& clock_;
    MachineTime time_;
    const Stop& stop_;
    UniqueFd watch_;
    std::string watched_;
};

}  // namespace

std::unique_ptr<Store> file_store(const StoreOptions& options, Clock& clock, const Stop& stop) {
    return std::make_unique<FileStore>(options, clock, stop);
}

}  // namespace bradawl::lock
