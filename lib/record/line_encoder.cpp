#include "record/line_encoder.hpp"

#include <fmt/format.h>

#include <utility>

#include "json/check.hpp"
#include "text/printable.hpp"

namespace bradawl::record {

namespace {

constexpr std::string_view nothing = "{}";

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

LineEncoder::LineEncoder(const schema::Schema& schema, Encoder& encoder, HeaderForm header, std::string name)
    : schema_(schema), encoder_(encoder), header_(header), name_(std::move(name)) {}

void LineEncoder::run(io::Input& input, io::LineReader& lines, io::Output& out) {
    std::uint64_t number = 0;
    try {
        while (const auto next = lines.next()) {
            number = next->number;
            line(*next);
            out.write(bytes_);
            bytes_.clear();
            if (lines.idle()) out.flush();
        }
        if (input.stopped()) return;
        end();
        out.write(bytes_);
    } catch (const Error& error) {
        if (error.fault() != Fault::data) throw;
        throw error.at(fmt::format("{}: line {}", name_, number));
    }
}

void LineEncoder::line(const io::Line& line) {
    if (line.too_long) throw Error(Fault::data, "longer than --max-bytes allows");
    if (is_blank(line.text)) return;
    if (const auto problem = json::check(line.text))
        throw Error(Fault::data, fmt::format("column {}: {}", problem->offset + 1, problem->what));
    std::string_view text = line.text;
    std::string before;
    if (!begun_) {
        begin(text);
        if (schema_.header() != nullptr && header_ == HeaderForm::line) return;
    }
    if (schema_.trailer() != nullptr && header_ == HeaderForm::line) {
        before = std::exchange(waiting_, std::string(text));
        if (!std::exchange(has_waiting_, true)) return;
        text = before;
    }
    encoder_.add(schema_.record(), text, bytes_, header_ == HeaderForm::merge ? schema_.header() : nullptr);
}

/// The header, from the first line or from nothing but its constants.
void LineEncoder::begin(std::string_view json) {
    begun_ = true;
    if (schema_.header() == nullptr) return;
    encoder_.keep_next();
    const bool merged = header_ == HeaderForm::merge;
    encoder_.add(*schema_.header(), header_ == HeaderForm::drop ? nothing : json, bytes_,
                 merged ? &schema_.record() : nullptr);
}

void LineEncoder::end() {
    if (!begun_) begin(nothing);
    if (schema_.trailer() == nullptr) return;
    if (header_ == HeaderForm::line && !has_waiting_) throw Error(Fault::data, "the line of the trailer is missing");
    encoder_.add(*schema_.trailer(), header_ == HeaderForm::line ? std::string_view(waiting_) : nothing, bytes_);
}

}  // namespace bradawl::record
