#include "record/line_encoder.hpp"

#include <fmt/format.h>

#include <utility>

#include "json/check.hpp"
#include "record/decoder.hpp"
#include "text/printable.hpp"

namespace bradawl::record {

namespace {

constexpr std::string_view nothing = "{}";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

LineEncoder::LineEncoder(const schema::Schema& schema, Encoder& encoder, HeaderForm header)
    : schema_(schema), encoder_(encoder), header_(header) {
    if (header == HeaderForm::merge) require_mergeable(schema);
}

void LineWriter::run(const std::function<void(std::string_view json, std::string& bytes)>& line,
                     const std::function<void(std::string& bytes)>& end) {
    std::uint64_t number = 0;
    std::string bytes;
    try {
        while (const auto next = lines.next()) {
            number = next->number;
            if (next->too_long) throw Error(Fault::data, "longer than --max-memory allows");
            if (is_blank(next->text)) continue;
            if (const auto problem = json::check(next->text))
                throw Error(Fault::data, fmt::format("column {}: {}", problem->offset + 1, problem->what));
            line(next->text, bytes);
            write(bytes);
            if (lines.idle()) out.flush();
        }
        if (input.stopped()) return;
        end(bytes);
        write(bytes);
    } catch (const Error& error) {
        if (error.fault() != Fault::data) throw;
        throw error.at(fmt::format("{}: line {}", name, number));
    }
}

void LineWriter::write(std::string& bytes) {
    if (bytes.size() > most_output) throw Error(Fault::data, "its bytes are more than --max-output allows");
    most_output -= bytes.size();
    out.write(bytes);
    bytes.clear();
}

void LineEncoder::run(LineWriter& writer) {
    writer.run([this](std::string_view json, std::string& bytes) { line(json, bytes); },
               [this](std::string& bytes) { end(bytes); });
}

/// Whether a section other than the record has a line of its own.
bool LineEncoder::has_line(const schema::Section* section) const {
    return header_ == HeaderForm::line && section != nullptr && shows(*section);
}

void LineEncoder::line(std::string_view text, std::string& bytes) {
    std::string before;
    if (!begun_) {
        begin(text, bytes);
        if (has_line(schema_.header())) return;
    }
    if (has_line(schema_.trailer())) {
        before = std::exchange(waiting_, std::string(text));
        if (!std::exchange(has_waiting_, true)) return;
        text = before;
    }
    encoder_.add(schema_.record(), text, bytes, header_ == HeaderForm::merge ? schema_.header() : nullptr);
}

/// The header, from the first line or from nothing but its constants.
void LineEncoder::begin(std::string_view json, std::string& bytes) {
    begun_ = true;
    if (schema_.header() == nullptr) return;
    encoder_.keep_next();
    const bool merged = header_ == HeaderForm::merge;
    encoder_.add(*schema_.header(), merged || has_line(schema_.header()) ? json : nothing, bytes,
                 merged ? &schema_.record() : nullptr);
}

void LineEncoder::end(std::string& bytes) {
    if (!begun_) begin(nothing, bytes);
    if (schema_.trailer() == nullptr) return;
    const bool has_its_line = has_line(schema_.trailer());
    if (has_its_line && !has_waiting_) throw Error(Fault::data, "the line of the trailer is missing");
    encoder_.add(*schema_.trailer(), has_its_line ? std::string_view(waiting_) : nothing, bytes);
}

}  // namespace bradawl::record
