#include "record/parallel.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "record/decoder_read.hpp"
#include "record/simple_records.hpp"

namespace bradawl::record {

namespace {

constexpr std::size_t piece_size = 1 << 20;
constexpr std::size_t longest_record = 64 << 20;  // beyond this one thread goes on alone

/// A source of some records with the header in front of them, as the decoder of a part of an input wants it.
class PartSource {
public:
    /// `offset`: of the first record.
    PartSource(std::span<const std::uint8_t> header, std::span<const std::uint8_t> records, std::uint64_t offset)
        : header_(header), records_(records) {
        if (header.empty()) {
            source_.emplace(records, offset);
        } else {
            source_.emplace([this](std::span<std::uint8_t> into) { return fill(into); }, offset - header.size());
        }
    }

    java::Source& get() { return *source_; }

private:
    std::size_t fill(std::span<std::uint8_t> into) {
        std::span<const std::uint8_t>& from = header_.empty() ? records_ : header_;
        const std::size_t n = std::min(into.size(), from.size());
        std::copy_n(from.begin(), n, into.begin());
        from = from.subspan(n);
        return n;
    }

    std::span<const std::uint8_t> header_;
    std::span<const std::uint8_t> records_;
    std::optional<java::Source> source_;
};

/// Some whole records, and their lines when they are done.
struct Piece {
    std::vector<std::uint8_t> bytes;
    std::size_t size = 0;
    std::uint64_t offset = 0;
    std::uint64_t first_record = 0;
    java::Emitter lines;
    std::exception_ptr error;
    bool done = false;
};

/// Threads that spell pieces. Pieces are taken in any order and waited for in theirs.
class Spellers {
public:
    Spellers(const DecodeJob& job, std::span<const std::uint8_t> header, unsigned threads)
        : job_(job), header_(header) {
        for (unsigned at = 0; at < threads; ++at)
            threads_.emplace_back([this] { work(); });
    }
    ~Spellers() {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        wake_.notify_all();
        for (std::thread& thread : threads_)
            thread.join();
    }
    Spellers(const Spellers&) = delete;
    Spellers& operator=(const Spellers&) = delete;

    void give(Piece* piece) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(piece);
        }
        wake_.notify_one();
    }

    void wait_for(const Piece& piece) {
        std::unique_lock lock(mutex_);
        done_.wait(lock, [&] { return piece.done; });
    }

    bool is_done(const Piece& piece) {
        const std::lock_guard lock(mutex_);
        return piece.done;
    }

private:
    void work() {
        const auto objects = job_.objects ? job_.objects() : nullptr;
        while (true) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return over_ || !waiting_.empty(); });
            if (over_) return;
            Piece* const piece = waiting_.front();
            waiting_.pop_front();
            lock.unlock();
            try {
                spell(*piece, objects.get());
            } catch (...) {
                piece->error = std::current_exception();
            }
            lock.lock();
            piece->done = true;
            done_.notify_all();
        }
    }

    void spell(Piece& piece, schema::ObjectCodec* objects) const {
        PartSource source(header_, {piece.bytes.data(), piece.size}, piece.offset);
        Decoder decoder(job_.schema, source.get(), job_.input, job_.limits, job_.options, objects);
        decoder.resume(piece.first_record, false);
        JsonSink sink(piece.lines, job_.spelling);
        decoder.read(sink, &piece.lines);
    }

    const DecodeJob& job_;
    std::span<const std::uint8_t> header_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable done_;
    std::deque<Piece*> waiting_;
    bool over_ = false;
    std::vector<std::thread> threads_;
};

/// The thread that reads, cuts and puts.
class Cutter {
public:
    Cutter(const DecodeJob& job, unsigned threads, java::Emitter& out)
        : job_(job), threads_(threads), out_(out), simple_(SimpleRecords::of(job.schema.record())) {}

    void run() {
        const auto objects = job_.objects ? job_.objects() : nullptr;
        std::vector<std::uint8_t> rest = first_piece(objects.get());
        Spellers spellers(job_, header_, threads_);
        while (cut(rest, objects.get())) {
            spellers.give(pieces_.back().get());
            while (pieces_.size() > 2 * threads_ || (!pieces_.empty() && spellers.is_done(*pieces_.front())))
                put_first(spellers);
        }
        while (!pieces_.empty())
            put_first(spellers);
        finish(rest, objects.get());
    }

private:
    std::size_t refill(std::span<std::uint8_t> into) {
        if (!job_.source.ensure(1)) return 0;
        const std::size_t n = std::min(into.size(), job_.source.at_hand());
        std::copy_n(job_.source.at(), n, into.begin());
        job_.source.advance(n);
        return n;
    }

    /// Reads the header, which every thread must know, and returns what was read behind it.
    std::vector<std::uint8_t> first_piece(schema::ObjectCodec* objects) {
        std::vector<std::uint8_t> bytes;
        offset_ = job_.source.offset();
        if (job_.schema.header() == nullptr) return bytes;
        const auto keeping = [&](std::span<std::uint8_t> into) {
            const std::size_t got = refill(into);
            bytes.insert(bytes.end(), into.begin(), into.begin() + static_cast<std::ptrdiff_t>(got));
            return got;
        };
        java::Source source(keeping, offset_);
        Decoder decoder(job_.schema, source, job_.input, job_.limits, job_.options, objects);
        decoder.read_header(out_, job_.spelling);
        const auto size = static_cast<std::ptrdiff_t>(source.offset() - offset_);
        header_.assign(bytes.begin(), bytes.begin() + size);
        bytes.erase(bytes.begin(), bytes.begin() + size);
        offset_ = source.offset();
        return bytes;
    }

    /// Fills up `rest` from the input and moves as many whole records as there are to a new piece. False when there are
    /// none: the input, or what can be done here, is at its end.
    bool cut(std::vector<std::uint8_t>& rest, schema::ObjectCodec* objects) {
        while (true) {
            fill(rest);
            const std::uint64_t records = whole_records(rest, objects);
            if (end_ > 0) {
                auto piece = new_piece();
                piece->bytes.assign(rest.begin() + static_cast<std::ptrdiff_t>(end_), rest.end());
                piece->bytes.swap(rest);
                piece->size = end_;
                piece->offset = offset_;
                piece->first_record = records_;
                offset_ += end_;
                records_ += records;
                pieces_.push_back(std::move(piece));
                return true;
            }
            if (ended_ || rest.size() >= longest_record) return false;
            wanted_ *= 2;
        }
    }

    void fill(std::vector<std::uint8_t>& rest) {
        std::size_t used = rest.size();
        const std::size_t wanted = used >= wanted_ ? used + piece_size : wanted_;
        rest.resize(wanted);
        while (used < wanted && !ended_) {
            const std::size_t got = refill({rest.data() + used, wanted - used});
            ended_ = got == 0;
            used += got;
        }
        rest.resize(used);
    }

    /// Sets end_ behind the last record that is whole; returns how many there are.
    std::uint64_t whole_records(const std::vector<std::uint8_t>& bytes, schema::ObjectCodec* objects) {
        end_ = 0;
        const std::uint64_t keep = job_.schema.trailer_size;
        if (bytes.size() <= keep) return 0;
        if (simple_) {
            const auto [end, records] = simple_->find({bytes.data(), bytes.size() - keep});
            end_ = end;
            return records;
        }
        PartSource source(header_, {bytes.data(), bytes.size() - keep}, offset_);
        Decoder decoder(job_.schema, source.get(), job_.input, job_.limits, job_.options, objects);
        decoder.resume(records_, false);
        return decoder.find_ends([&](std::uint64_t offset) { end_ = static_cast<std::size_t>(offset - offset_); });
    }

    void put_first(Spellers& spellers) {
        Piece& first = *pieces_.front();
        spellers.wait_for(first);
        out_.put_records(first.lines.whole());
        if (first.error) std::rethrow_exception(first.error);
        spare_.push_back(std::move(pieces_.front()));
        pieces_.pop_front();
    }

    /// One that was used before, if there is one: fresh memory costs more than what is done in it.
    std::unique_ptr<Piece> new_piece() {
        if (spare_.empty()) return std::make_unique<Piece>();
        std::unique_ptr<Piece> piece = std::move(spare_.back());
        spare_.pop_back();
        piece->lines.clear();
        piece->done = false;
        return piece;
    }

    /// Decodes the rest, which is the last record, a trailer or an error, in the plain way.
    void finish(const std::vector<std::uint8_t>& rest, schema::ObjectCodec* objects) {
        std::array parts{std::span<const std::uint8_t>(header_), std::span<const std::uint8_t>(rest)};
        const auto go_on = [&](std::span<std::uint8_t> into) -> std::size_t {
            std::span<const std::uint8_t>& from = parts[0].empty() ? parts[1] : parts[0];
            if (from.empty()) return ended_ ? 0 : refill(into);
            const std::size_t n = std::min(into.size(), from.size());
            std::copy_n(from.begin(), n, into.begin());
            from = from.subspan(n);
            return n;
        };
        java::Source source(go_on, offset_ - header_.size());
        Decoder decoder(job_.schema, source, job_.input, job_.limits, job_.options, objects);
        decoder.resume(records_, true);
        JsonSink sink(out_, job_.spelling);
        decoder.read(sink, &out_);
    }

    const DecodeJob& job_;
    unsigned threads_;
    java::Emitter& out_;
    std::optional<SimpleRecords> simple_;
    std::vector<std::uint8_t> header_;
    std::deque<std::unique_ptr<Piece>> pieces_;
    std::vector<std::unique_ptr<Piece>> spare_;
    std::uint64_t offset_ = 0;  // of what is not cut yet
    std::uint64_t records_ = 0;
    std::size_t end_ = 0;
    std::size_t wanted_ = piece_size;
    bool ended_ = false;
};

}  // namespace

void decode_parallel(const DecodeJob& job, unsigned threads, java::Emitter& out) {
    const DecodeOptions plain;
    if (job.options.skip == plain.skip && job.options.limit == plain.limit && !job.options.each && threads > 1)
        return Cutter(job, threads, out).run();
    const auto objects = job.objects ? job.objects() : nullptr;
    Decoder(job.schema, job.source, job.input, job.limits, job.options, objects.get()).decode(out, job.spelling);
}

}  // namespace bradawl::record
