#include "lock/mongo_store.hpp"

#include <chrono>

#include "core/error.hpp"
#include "json/writer.hpp"
#include "lock/mongo_compare.hpp"
#include "lock/mongo_document.hpp"
#include "lock/mongo_link.hpp"
#include "lock/mongo_pipeline.hpp"
#include "text/printable.hpp"

namespace bradawl::lock {
namespace {

WallTime wall_of(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(milliseconds));
}

class MongoStore : public Store {
public:
    MongoStore(const StoreOptions& options, Clock& clock) : clock_(clock), link_(options) {}

    std::optional<std::uint64_t> acquire(const Claim& claim) override {
        if (!link_.server_decides()) {
            std::optional<std::uint64_t> token;
            change_here(claim.name, [&](Record& record, std::int64_t now) {
                token = take(record, claim, store_time(now), wall_of(now));
                return token.has_value();
            });
            return token;
        }
        const std::string document =
            link_.change(R"({"_id":)" + quoted(claim.name) + "}", acquire_pipeline(claim), true);
        const Record record = record_of(document);
        for (const Place& place : record.places)
            if (place.who.nonce == claim.nonce) return place.who.token;
        if (record.count != claim.count) throw held_otherwise(claim.name, record.count);
        return std::nullopt;
    }

    bool renew(const std::string& name, const std::string& nonce, std::optional<Duration> lease) override {
        if (!link_.server_decides()) {
            return change_here(name,
                               [&](Record& record, std::int64_t now) {
                                   return lock::renew(record, nonce, lease, store_time(now));
                               })
                .last;
        }
        std::string expire;
        if (lease) json::Writer(expire).number(std::chrono::duration<double>(*lease).count());
        return !link_.change(holder_query(name, nonce), renew_pipeline(nonce, expire), false).empty();
    }

    bool release(const std::string& name, const std::optional<std::string>& nonce) override {
        if (!link_.server_decides()) {
            return change_here(name, [&](Record& record, std::int64_t) { return give_back(record, nonce); }).any;
        }
        const std::string whose = nonce.value_or("");
        return !link_.change(holder_query(name, whose), release_pipeline(whose), false).empty();
    }

    std::optional<State> look(const std::string& name, bool fresh) override {
        std::optional<State> state;
        if (link_.server_decides()) {
            link_.read(R"({"$match":{"_id":)" + quoted(name) + "}}", fresh,
                       [&](std::string_view document, std::int64_t now) { state = state_at(document, now); });
            return state;
        }
        std::string document;
        const std::int64_t now = link_.read_plainly(name, document);
        if (!document.empty()) state = state_at(document, now);
        return state;
    }

    void list(const std::string& prefix, const std::function<void(const State&)>& each) override {
        if (!link_.server_decides()) throw Error(Fault::config, "list: the server is too old to tell the time");
        link_.read(R"({"$match":{"_id":{"$gte":)" + quoted(prefix) + R"(}}},{"$sort":{"_id":1}})", false,
                   [&](std::string_view document, std::int64_t now) {
                       const State state = state_at(document, now);
                       if (state.name.starts_with(prefix)) each(state);
                   });
    }

    bool wait_for_change(const std::string&, Duration time) override { return clock_.sleep(time); }

private:
    static StoreTime store_time(std::int64_t milliseconds) { return milliseconds * 1'000'000; }

    static State state_at(std::string_view document, std::int64_t now) {
        return state_of(record_of(document), store_time(now), wall_of(now));
    }

    struct Decided {
        bool any = false;   // there was something to write, at least once
        bool last = false;  // the last time
    };

    // For a server that cannot decide: reads, decides, and writes if the document is as it was read; again until it is.
    template <class Decide>
    Decided change_here(const std::string& name, Decide decide) {
        for (Decided decided;;) {
            std::string document;
            const std::int64_t now = link_.read_plainly(name, document);
            Record record = record_of(document);
            record.name = name;
            decided.last = decide(record, now);
            decided.any = decided.any || decided.last;
            if (!decided.last) return decided;
            const bool written = document.empty()
                                     ? link_.insert(new_document(record))
                                     : !link_.change(query_for(document, name), update_to(record), false).empty();
            if (written) return decided;
        }
    }

    Clock& clock_;
    MongoLink link_;
};

}  // namespace

std::unique_ptr<Store> mongo_store(const StoreOptions& options, Clock& clock) {
    return std::make_unique<MongoStore>(options, clock);
}

}  // namespace bradawl::lock
