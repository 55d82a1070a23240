#include <fmt/format.h>

#include <array>
#include <utility>

#include "record/encoder.hpp"
#include "schema/constant_bytes.hpp"

namespace bradawl::record {

using schema::Extent;
using schema::Kind;
using schema::Type;
using schema::Value;

namespace {

/// Where elements of an array begin, as long as the bytes there may yet turn out to be those that end it.
class Begins {
public:
    void add(std::size_t at) { at_[n_++] = at; }

    /// Whether a decoder would find `end` at one of them. Elements have bytes, and `end` no more than eight, so few
    /// are in doubt.
    bool look_like(std::string_view end, std::string_view bytes) {
        std::size_t doubtful = 0;
        for (std::size_t one = 0; one < n_; ++one) {
            const std::string_view rest = bytes.substr(at_[one]);
            if (rest.starts_with(end)) return true;
            if (rest.size() < end.size()) at_[doubtful++] = at_[one];
        }
        n_ = doubtful;
        return false;
    }

private:
    std::array<std::size_t, 8> at_{};
    std::size_t n_ = 0;
};

}  // namespace

/// Room for a size of fixed length, which is known only when what it counts has been written; returns where.
std::size_t Encoder::leave_room(const Extent& extent) {
    const std::size_t at = out_->size();
    if (extent.by == Extent::By::prefix && schema::is_scalar(extent.prefix))
        out_->append(schema::scalar_size(extent.prefix), '\0');
    return at;
}

/// Writes, or compares with what the schema says, the number `n` of `what` that stand from `at` on.
void Encoder::size_in_front(const Extent& extent, std::size_t at, std::uint64_t n, const char* what) {
    const auto number = static_cast<std::int64_t>(n);
    if (extent.by == Extent::By::number) {
        const std::int64_t expected = evaluate(*extent.number);
        if (expected != number) fail(fmt::format("{} {} where {} belong", n, what, expected));
        return;
    }
    if (extent.by != Extent::By::prefix) return;
    if (!schema::fits(extent.prefix, number, false))
        fail(fmt::format("{} {} are more than {} can count", n, what, name_of(extent.prefix)));
    const Captured captured = captured_;  // is that of what is counted
    std::string size;
    std::string* const whole = std::exchange(out_, &size);
    if (schema::is_scalar(extent.prefix)) {
        put_integer(extent.prefix, number, false);
        out_ = whole;
        out_->replace(at, size.size(), size);
    } else {
        put_variable(extent.prefix, number);
        out_ = whole;
        out_->insert(at, size);
    }
    captured_ = captured;
}

void Encoder::array(const Type& type, bool capture) {
    enter_level();
    at_.peek();
    value_ = at_.at();
    if (!at_.take('[')) refuse("array");
    if (capture) scope_.open();
    elements(type, capture);
    if (capture) scope_.close(true, true);
    captured_ = {Value::Kind::array, 0, {}};
    --depth_;
}

void Encoder::elements(const Type& type, bool capture) {
    const std::size_t begin = leave_room(type.extent);
    const bool filled = filled_ != nowhere;
    const bool slots = type.extent.by == Extent::By::slots;
    Here here{here_, nullptr, 0};
    here_ = &here;
    if (slots) here.index = first_place(type.extent, capture);
    Begins begins;
    std::uint64_t n = 0;
    if (!at_.take(']')) {
        do {
            const std::size_t before = out_->size();
            const std::int64_t step = slots ? places(type, capture) : 1;
            if (!slots) element(type, capture);
            if (out_->size() == before) look_at_progress(type.extent);
            if (type.extent.by == Extent::By::until) {
                begins.add(before);
                if (begins.look_like(type.extent.until, *out_)) fail("begins like what ends the array");
            }
            here.index += step;
            ++n;
        } while (at_.take(','));
        at_.take(']');
    }
    const std::int64_t index = here.index;
    here_ = here.outer;
    if (slots) {
        const std::int64_t last = evaluate(*type.extent.number);
        if (index <= last) fail(fmt::format("its elements fill the places up to {}, not {}", index - 1, last));
    } else {
        const std::size_t size = out_->size();
        size_in_front(type.extent, begin, n, "elements");
        if (!filled && filled_ != nowhere) filled_ += out_->size() - size;  // a count came in between
    }
    if (type.extent.by == Extent::By::rest) fill_region();
    if (type.extent.by != Extent::By::until) return;
    *out_ += type.extent.until;
    if (begins.look_like(type.extent.until, *out_)) fail("an element and what ends the array look like its end");
}

/// Of an element that took no bytes.
void Encoder::look_at_progress(const Extent& extent) {
    const bool open_end = extent.by == Extent::By::rest || extent.by == Extent::By::until;
    if (open_end) fail("takes no bytes, so there would be no end to its like");
    if (++empty_elements_ > most_empty_elements)
        fail(fmt::format("more than {} elements of no bytes in a record", most_empty_elements));
}

/// Of elements that take several places each.
std::int64_t Encoder::first_place(const Extent& extent, bool capture) {
    const std::int64_t first = evaluate(*extent.first);
    if (first < 0 || first > 65536) fail(fmt::format("the first place is {}", first));
    for (std::int64_t at = 0; capture && at < first; ++at)
        scope_.bind_nothing(0);
    return first;
}

void Encoder::element(const Type& type, bool capture) {
    value(*type.element, capture);
    if (capture) bind_element();
}

void Encoder::bind_element() {
    static const schema::Field nameless;
    bind(nameless);
    if (scope_.memory() > limits_.memory) fail("too much to remember (--max-memory)");
}

/// An element that takes one place or more, as its own fields say; returns how many.
std::int64_t Encoder::places(const Type& type, bool capture) {
    if (here_->index > evaluate(*type.extent.number)) fail("is one element too many");
    if (!capture) scope_.open();
    value(*type.element, true);
    captured_.kind == Value::Kind::record ? scope_.reopen() : scope_.open();
    const std::int64_t step = evaluate(*type.extent.step);
    scope_.leave();
    if (step < 1 || step > 65536) fail(fmt::format("takes {} places", step));
    if (!capture) {
        scope_.close(false);
        return step;
    }
    bind_element();
    for (std::int64_t at = 1; at < step; ++at)
        scope_.bind_nothing(0);
    return step;
}

void Encoder::region(const Type& type, bool capture) {
    const std::size_t begin = leave_room(type.extent);
    const std::size_t content = out_->size();
    const std::size_t outer = std::exchange(filled_, nowhere);
    enter_level();
    value(*type.element, capture);
    --depth_;
    look_behind();
    filled_ = outer;
    size_in_front(type.extent, begin, out_->size() - content, "bytes");
    if (type.extent.by == Extent::By::rest) fill_region();
}

/// What was written last takes all that is left of its region.
void Encoder::fill_region() {
    if (filled_ == nowhere) filled_ = out_->size();
}

/// At the end of a region.
void Encoder::look_behind() {
    if (filled_ != nowhere && filled_ != out_->size()) fail("has bytes behind what takes all that is left");
}

}  // namespace bradawl::record
