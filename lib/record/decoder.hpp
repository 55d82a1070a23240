#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "java/emitter.hpp"
#include "java/options.hpp"
#include "java/source.hpp"
#include "record/options.hpp"
#include "record/walk.hpp"
#include "schema/object_codec.hpp"
#include "schema/schema.hpp"

namespace bradawl::record {

/// Reads an input by a schema, section by section and record by record.
class Decoder {
public:
    /// All are used as long as this lives; `objects` may be null. `input` stands for the bytes in messages.
    Decoder(const schema::Schema& schema, java::Source& source, std::string input, const java::Limits& limits,
            const DecodeOptions& options, schema::ObjectCodec* objects);

    /// Reads on to the end and puts a line of JSON a record. At an error the whole records before it have been put.
    /// Errors: Fault::data, as `stdin: byte 96 (0x60): record 2, name: …`.
    void decode(java::Emitter& out, const java::Spelling& spelling);

    /// Reads on to the end and shows nothing. Errors: as for decode().
    void check();

    /// Reads on to the end and tells `sink`, whose lines go to `out`. Errors: as for decode().
    template <class Sink>
    void read(Sink& sink, java::Emitter* out);

    /// Makes this the decoder of a part of an input: a source of the header, which is not shown again, and of records
    /// from number `first_record` on. `trailer`: the trailer stands behind them.
    void resume(std::uint64_t first_record, bool trailer);

    /// Reads the header alone, for others to resume behind it. Errors: as for decode().
    void read_header(java::Emitter& out, const java::Spelling& spelling);

    /// Passes over records as long as they are whole and tells `each` the offset behind every one of them; nothing
    /// stands in the way but what makes their ends unknown. Returns how many there were.
    std::uint64_t find_ends(const std::function<void(std::uint64_t)>& each);

    /// Where reading is: `[3].tags[0]`, `header.magic`.
    std::string path() const;

    /// Of the array's element that path() ends with, its place.
    std::uint64_t index() const { return walk_.index(); }

    /// Records read so far, without header and trailer.
    std::uint64_t records() const { return records_; }

private:
    template <class Sink>
    void sections(Sink& sink, java::Emitter* out);
    template <class Sink>
    void header(Sink& sink, java::Emitter* out);
    template <class Sink>
    void record(Sink& sink, java::Emitter* out);
    bool another();
    Error located(const java::Malformed& error) const;

    const schema::Schema& schema_;
    java::Source& source_;
    std::string input_;
    DecodeOptions options_;
    Walk walk_;
    std::uint64_t records_ = 0;
    std::uint64_t shown_ = 0;
    const char* part_ = "header";
    bool resumed_ = false;
    const schema::Section* trailer_;
    std::string before_;  // the header's members, to stand in front in every record
};

/// Whether some field of the section is selected for output.
bool shows(const schema::Section& section);

/// Header and records of the schema can stand in one object. Errors: Fault::usage.
void require_mergeable(const schema::Schema& schema);

}  // namespace bradawl::record
