#pragma once

#include <cstdint>
#include <string_view>

#include "feed/framer.hpp"
#include "feed/observer.hpp"
#include "feed/options.hpp"
#include "io/output.hpp"
#include "io/queued_output.hpp"

namespace bradawl::feed {

/// Takes the lines of all connections, checks them and passes the good ones on with their bytes untouched and an LF.
class Records : public LineSink {
public:
    /// `rejects`: where bad lines go, or null.
    Records(const Options& options, io::QueuedOutput& out, io::Output* rejects, Observer& observer);

    /// A connection begins.
    void begin_connection();

    /// A connection ended with `unfinished` bytes after its last line end. `in_good_order`: as HTTP marks an end; then
    /// a last line that is a whole object or array counts as a record.
    void end_connection(std::string_view unfinished, bool in_good_order);

    void line(std::string_view text, std::uint64_t offset) override;
    void keep_alive() override;
    void too_long(std::uint64_t offset) override;

    /// Whether as many records are out as were asked for.
    bool finished() const { return options_.count && tally_.records >= *options_.count; }

    /// Records and keep-alives of this connection.
    std::uint64_t records_here() const { return records_here_; }
    std::uint64_t keep_alives_here() const { return keep_alives_here_; }

    const Tally& tally() const { return tally_; }

private:
    void print(std::string_view text);
    void refuse(std::string_view text, std::uint64_t offset, std::string_view why);

    const Options& options_;
    io::QueuedOutput& out_;
    io::Output* rejects_;
    Observer& observer_;
    Tally tally_;
    std::uint64_t records_here_ = 0;
    std::uint64_t keep_alives_here_ = 0;
    std::uint64_t lines_here_ = 0;
};

}  // namespace bradawl::feed
