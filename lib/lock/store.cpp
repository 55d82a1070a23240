#include "lock/store.hpp"

#include "lock/file_store.hpp"
#include "lock/mongo_store.hpp"
#include "mongo/uri.hpp"
#include "text/printable.hpp"

namespace bradawl::lock {

Error held_otherwise(const std::string& name, std::uint64_t count) {
    const std::string how = count == 1 ? "by one alone" : "as " + std::to_string(count) + " places";
    return {Fault::config, "'" + text::printable(name) + "' is held " + how,
            "a lock has one count at a time: use --count=" + std::to_string(count)};
}

bool is_public(const std::string& store) {
    return store.starts_with("file:") || mongo::Uri::is_public(store);
}

std::unique_ptr<Store> open_store(const StoreOptions& options, Clock& clock, const Stop& stop) {
    constexpr const char* forms =
        "--store=file:/run/lock/jobs for this host, --store=mongodb://HOST/ across hosts; or MLOCK_STORE";
    if (options.store.empty()) throw Error(Fault::usage, "no store is named", forms);
    if (options.store.starts_with("file:")) {
        if (options.compat_lockerroom || !options.collection.empty())
            throw Error(Fault::usage, "--collection and --compat-lockerroom are for a store in MongoDB");
        return file_store(options, clock, stop);
    }
    if (options.store.starts_with("mongodb://") || options.store.starts_with("mongodb+srv://"))
        return mongo_store(options, clock);
    throw Error(Fault::usage, "'" + text::printable(mongo::redacted_uri(options.store)) + "' is no store", forms);
}

}  // namespace bradawl::lock
