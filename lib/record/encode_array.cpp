#include <fmt/format.h>

#include "record/encoder.hpp"
#include "schema/constant_bytes.hpp"

namespace bradawl::record {

using schema::Extent;
using schema::Kind;
using schema::Type;
using schema::Value;

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
    const bool slots = type.extent.by == Extent::By::slots;
    Here here{here_, nullptr, 0};
    here_ = &here;
    if (slots) here.index = evaluate(*type.extent.first);
    for (std::int64_t at = 0; slots && capture && at < here.index; ++at)
        scope_.bind_nothing(0);
    std::uint64_t n = 0;
    if (!at_.take(']')) {
        do {
            const std::int64_t step = slots ? places(type, capture) : 1;
            if (!slots) element(type, capture);
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
        size_in_front(type.extent, begin, n, "elements");
    }
    if (type.extent.by == Extent::By::until) *out_ += type.extent.until;
}

void Encoder::element(const Type& type, bool capture) {
    const std::size_t begin = out_->size();
    value(*type.element, capture);
    if (type.extent.by == Extent::By::until && std::string_view(*out_).substr(begin).starts_with(type.extent.until))
        fail("begins like what ends the array");
    static const schema::Field nameless;
    if (capture) bind(nameless);
    if (capture && scope_.memory() > limits_.memory) fail("too much to remember (--max-memory)");
}

/// An element that takes one place or more, as its own fields say; returns how many.
std::int64_t Encoder::places(const Type& type, bool capture) {
    if (here_->index > evaluate(*type.extent.number)) fail("is one element too many");
    if (!capture) scope_.open();
    value(*type.element, true);
    scope_.reopen();
    const std::int64_t step = evaluate(*type.extent.step);
    scope_.leave();
    if (step < 1 || step > 65536) fail(fmt::format("takes {} places", step));
    if (!capture) {
        scope_.close(false);
        return step;
    }
    static const schema::Field nameless;
    bind(nameless);
    for (std::int64_t at = 1; at < step; ++at)
        scope_.bind_nothing(0);
    return step;
}

void Encoder::region(const Type& type, bool capture) {
    const std::size_t begin = leave_room(type.extent);
    const std::size_t content = out_->size();
    enter_level();
    value(*type.element, capture);
    --depth_;
    size_in_front(type.extent, begin, out_->size() - content, "bytes");
}

}  // namespace bradawl::record
