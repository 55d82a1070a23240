#include "feed/follow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "feed/framer.hpp"
#include "feed/reconnect.hpp"
#include "feed/records.hpp"
#include "feed/verdict.hpp"
#include "http/transfer.hpp"
#include "io/queued_output.hpp"

namespace bradawl::feed {

namespace {

using Kind = Verdict::Kind;

constexpr Duration tick = std::chrono::seconds(1);

/// A nonce and timestamp that no attempt before had (RFC 5849 section 3.3).
std::optional<http::OAuth1Moment> moment_for(const http::Request& request, const Clock& clock, Random& random) {
    if (!request.oauth1) return std::nullopt;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock.wall()).time_since_epoch().count();
    return http::OAuth1Moment{
        fmt::format("{:016x}{:016x}", random.next(), random.next()), std::to_string(seconds), true, {}};
}

/// Takes the body of one connection to its lines.
class Lines : public http::BodySink {
public:
    /// `take_more` is asked before each piece, and may take its time.
    Lines(Records& records, std::size_t limit, std::function<void(const http::Head&)> on_begin,
          std::function<bool()> take_more)
        : framer_(records, limit), on_begin_(std::move(on_begin)), take_more_(std::move(take_more)) {}
    void begin(const http::Head& head) override { on_begin_(head); }
    void body(std::string_view bytes) override {
        if (take_more_()) framer_.feed(bytes);
    }
    std::string_view unfinished() const { return framer_.unfinished(); }

private:
    Framer framer_;
    std::function<void(const http::Head&)> on_begin_;
    std::function<bool()> take_more_;
};

/// The work of follow(): one object a call.
class Follower {
public:
    Follower(const Options& options, io::QueuedOutput& queue, io::Output* rejects, Clock& clock, const Stop& stop,
             Random& random, Observer& observer)
        : options_(options),
          queue_(queue),
          clock_(clock),
          stop_(stop),
          random_(random),
          observer_(observer),
          records_(options, queue, rejects, observer),
          reconnect_(options.ladders, random),
          start_(clock.now()),
          last_flow_(start_) {}

    Result run() {
        while (true) {
            const auto verdict = connect_once();
            if (const auto end = reached_end()) return {*end, records_.tally()};
            if (const auto end = ended_for_good(verdict)) return {*end, records_.tally()};
            if (!wait_before_next(verdict)) return {reached_end().value_or(End::stopped), records_.tally()};
        }
    }

private:
    /// One connection from its request to its end.
    Verdict connect_once() {
        reconnect_.attempt(clock_.now());
        records_.begin_connection();
        Lines lines(
            records_, options_.max_message, [this](const http::Head& head) { begin_stream(head); },
            [this] { return wait_for_reader(); });
        http::Transfer transfer(options_.request, moment_for(options_.request, clock_, random_), lines);
        streaming_ = false;
        std::optional<Verdict> verdict;
        Life life{clock_.now(), 0, 0};
        while (!verdict && !reached_end()) {
            transfer.wait(time_to_wait(life), std::array{stop_.fd(), queue_.failure_fd()});
            queue_.push();
            note_health(life.begun);
            observer_.tick(records_.tally());
            if (transfer.outcome()) {
                verdict = judge(*transfer.outcome(), transfer.head(), clock_.wall(), had_records_);
            } else if (stalled(transfer, life)) {
                verdict = Verdict{};
                verdict->text = fmt::format("nothing came for {:.3g} s", seconds(options_.stall));
            }
        }
        const bool in_good_order = verdict && verdict->kind == Kind::ended;
        records_.end_connection(lines.unfinished(), in_good_order);
        queue_.push();
        note_health(life.begun);
        return verdict.value_or(Verdict{});
    }

    /// What is watched to tell a dead connection from a quiet one.
    struct Life {
        TimePoint begun;
        std::uint64_t bytes;
        int status;
        TimePoint last_sign = begun;
    };

    bool stalled(const http::Transfer& transfer, Life& life) const {
        const TimePoint now = clock_.now();
        if (transfer.bytes_received() != life.bytes || transfer.head().status != life.status) {
            life.bytes = transfer.bytes_received();
            life.status = transfer.head().status;
            life.last_sign = now;
        }
        return options_.stall > Duration::zero() && now - life.last_sign >= options_.stall;
    }

    Duration time_to_wait(const Life& life) const {
        const TimePoint now = clock_.now();
        Duration time = tick;
        if (options_.stall > Duration::zero()) time = std::min(time, life.last_sign + options_.stall - now);
        if (options_.duration) time = std::min(time, start_ + *options_.duration - now);
        return std::max(time, Duration::zero());
    }

    void begin_stream(const http::Head& head) {
        streaming_ = true;
        // A portal's log-in page or a wrong URL: every line of it would be rejected, for ever.
        if (head.content_type == "text/html") {
            throw Error(Fault::data, "the server sent a web page (text/html), not a stream of JSON",
                        "look at the URL with curl -i");
        }
        observer_.connected(head.status);
        no_content_ = head.status == 204;
    }

    void note_health(TimePoint begun) {
        const std::uint64_t signs = records_.tally().records + records_.tally().keep_alives;
        if (std::exchange(signs_, signs) == signs) return;
        const bool record = records_.records_here() > 0;
        const bool lasting = records_.keep_alives_here() > 0 && clock_.now() - begun >= options_.settled;
        if (!record && !lasting) return;
        reconnect_.healthy();
        auth_failures_ = 0;
        had_records_ = had_records_ || record;
        if (outage_) observer_.recovered(clock_.now() - last_flow_);
        outage_ = false;
        last_flow_ = clock_.now();
    }

    /// Lets the reader catch up when the queue is full; false when the end came first. Asked for every piece, since
    /// libcurl goes on for up to a hundred reads as long as the server keeps up, and a small gzip body may be a large
    /// one.
    bool wait_for_reader() {
        if (!queue_.full()) return !reached_end();
        if (!slow_told_) observer_.reader_slow();
        slow_told_ = true;
        while (!stop_.requested() && !time_is_up() && !queue_.wait_for_room(std::chrono::milliseconds(100))) {
            observer_.tick(records_.tally());
        }
        return !reached_end();
    }

    bool time_is_up() const { return options_.duration && clock_.now() - start_ >= *options_.duration; }

    std::optional<End> reached_end() const {
        if (records_.finished() || time_is_up()) return End::asked_for;
        if (stop_.requested()) return End::stopped;
        return std::nullopt;
    }

    /// An end that no further attempt should follow. Errors: as follow().
    std::optional<End> ended_for_good(const Verdict& verdict) {
        if (verdict.kind == Kind::fatal) throw Error(verdict.fault, verdict.text, verdict.hint);
        if (verdict.kind == Kind::ended && (no_content_ || !options_.reconnect)) return End::by_server;
        if (!options_.reconnect) {
            const Fault dropped = streaming_ ? Fault::again : verdict.fault;
            throw Error(dropped, verdict.text,
                        streaming_ ? "without --no-reconnect it would connect again" : verdict.hint);
        }
        if (verdict.trouble == Trouble::auth && ++auth_failures_ >= options_.auth_retries) {
            throw Error(verdict.fault, verdict.text, "check the user name, password, token or keys");
        }
        return std::nullopt;
    }

    /// False when the end came first. Errors: Fault::unavailable when the attempts or the time are used up.
    bool wait_before_next(const Verdict& verdict) {
        const TimePoint now = clock_.now();
        outage_ = true;
        if (reconnect_.failures() >= options_.retries) {
            throw Error(verdict.fault,
                        fmt::format("{}; gave up at attempt {} (--retry)", verdict.text, reconnect_.failures() + 1));
        }
        Duration wait = reconnect_.next(verdict.trouble, verdict.server_wait, now);
        if (options_.retry_for > Duration::zero() && now + wait - last_flow_ > options_.retry_for) {
            throw Error(verdict.fault, fmt::format("{}; gave up after {:.3g} s (--retry-max-time)", verdict.text,
                                                   seconds(now - last_flow_)));
        }
        observer_.retrying(verdict.text, wait, reconnect_.failures());
        if (options_.duration) wait = std::min(wait, start_ + *options_.duration - now);
        const TimePoint until = now + wait;
        for (TimePoint at = now; at < until; at = clock_.now()) {
            if (!clock_.sleep(std::min(tick, until - at))) return false;
            queue_.push();  // nothing is open: this looks whether the reader is still there
            observer_.tick(records_.tally());
        }
        return !reached_end();
    }

    static double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

    const Options& options_;
    io::QueuedOutput& queue_;
    Clock& clock_;
    const Stop& stop_;
    Random& random_;
    Observer& observer_;
    Records records_;
    Reconnect reconnect_;
    TimePoint start_;
    TimePoint last_flow_;  // when records or keep-alives last came
    bool outage_ = false;
    bool streaming_ = false;
    bool no_content_ = false;
    bool had_records_ = false;
    bool slow_told_ = false;
    std::uint64_t auth_failures_ = 0;
    std::uint64_t signs_ = 0;  // records and keep-alives of all connections so far
};

}  // namespace

Result follow(const Options& options, io::Output& out, io::Output* rejects, Clock& clock, const Stop& stop,
              Random& random, Observer& observer) {
    io::QueuedOutput queue(out, options.queue_bytes);
    Follower follower(options, queue, rejects, clock, stop, random, observer);
    const Result result = follower.run();
    queue.finish();
    if (rejects != nullptr) rejects->flush();
    return result;
}

}  // namespace bradawl::feed
