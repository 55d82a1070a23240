#include "objects/object_reader.hpp"

#include <array>
#include <utility>

#include "objects/flat_form.hpp"
#include "objects/full_form.hpp"
#include "objects/natural_form.hpp"

namespace bradawl::objects {

namespace {

constexpr int most_attempts = 64;

std::unique_ptr<Form> form_for(const ObjectOptions& options, StreamState& state, java::Emitter* out,
                               const java::Spelling& spelling, const java::Limits& limits) {
    if (out == nullptr) return std::make_unique<Form>();
    if (options.style == Style::full) return std::make_unique<FullForm>(state, *out, spelling, true);
    if (options.style == Style::flat) return std::make_unique<FlatForm>(state, *out, spelling, limits);
    return std::make_unique<NaturalForm>(state, *out, spelling, options.ids);
}

}  // namespace

ObjectReader::ObjectReader(java::Source& source, java::Emitter* out, std::string input, const java::Spelling& spelling,
                           const java::Limits& limits, const ObjectOptions& options)
    : source_(source),
      out_(out),
      input_(std::move(input)),
      state_(limits.memory, ClassSchemas(options.classes)),
      form_(form_for(options, state_, out, spelling, limits)),
      parser_(source, state_, *form_, limits, options.strict),
      header_(options.header),
      records_(options.records) {}

bool ObjectReader::next() {
    try {
        if (std::exchange(header_, false)) parser_.header();
    } catch (const java::Malformed& error) {
        throw error.at_byte(input_, "");
    }
    source_.hold();
    Attempt now = attempt();
    if (!now.good) now = settle(now);
    source_.release();
    if (!now.good) {
        if (out_ != nullptr) out_->drop_record();
        throw java::Malformed(now.offset, now.text).at_byte(input_, now.where);
    }
    contents_ += now.more ? 1 : 0;
    return now.more;
}

ObjectReader::Attempt ObjectReader::attempt() {
    while (true) {
        try {
            const bool more = records_ == nullptr ? parser_.next() : parser_.next_record(*records_);
            return {true, more, 0, "", "", {}, false};
        } catch (const Again&) {
            if (!again())
                return {false,
                        false,
                        source_.offset(),
                        "a map whose keys are not all strings is too long for the natural style (--style=flat)",
                        "",
                        {},
                        false};
        } catch (const java::Malformed& error) {
            const bool at_end = source_.input_ended() && error.offset() == source_.offset() + source_.at_hand();
            return {false, false, error.offset(), error.text(), parser_.where(), parser_.doubtful(), at_end};
        }
    }
}

/// Back to where the content began; false when too much was read or put since.
bool ObjectReader::again() {
    if ((out_ != nullptr && out_->torn()) || !parser_.can_go_back() || !source_.rewind()) return false;
    parser_.back();
    return true;
}

/// A class may write otherwise than it was read. The classes that had an object before the error, the latest first, are
/// read in the other ways they could have written, as long as that leads further.
ObjectReader::Attempt ObjectReader::settle(const Attempt& failed) {
    const auto before = parser_.writings;
    Attempt best = failed;
    int attempts = 0;
    for (bool led_further = true; led_further;) {
        led_further = false;
        const std::vector<std::string> names = best.doubtful;
        for (const std::string& name : names) {
            if (++attempts > most_attempts) break;
            if (!try_other(name, best)) continue;
            if (best.good) return best;
            led_further = true;
            break;
        }
    }
    parser_.writings = before;
    return best.cut_off ? best : failed;
}

/// Reads the content anew with the other ways in which one class may write; true when it is good then, or goes wrong
/// only further on.
bool ObjectReader::try_other(const std::string& name, Attempt& best) {
    constexpr std::array ways{Writing::no_fields, Writing::data_then_fields, Writing::fields_first};
    const Writing was = parser_.writings[name];
    for (const Writing way : ways) {
        if (way == was) continue;
        parser_.writings[name] = way;
        if (!again()) break;
        Attempt other = attempt();
        if (!other.good && other.offset <= best.offset) continue;
        best = std::move(other);
        return true;
    }
    parser_.writings[name] = was;
    return false;
}

}  // namespace bradawl::objects
