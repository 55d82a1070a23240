#pragma once

// Bodies of Walk's templates that are about arrays.
#include <algorithm>

#include "record/walk.hpp"

namespace bradawl::record {

template <class Sink>
void Walk::array(const schema::Type& type, Sink& sink, bool capture) {
    using By = schema::Extent::By;
    enter_level();
    if (capture) scope_.open();
    if (type.lines) {
        lines(type, sink);
    } else {
        sink.begin_array();
        if (type.extent.by == By::slots) {
            slots(type, sink, capture);
        } else if (type.extent.by == By::rest || type.extent.by == By::until) {
            counted(type, ~std::uint64_t{0}, sink, capture);
        } else {
            const std::uint64_t n = count_or_size(type.extent, "count");
            if (is_scalar(type.element->kind) && !capture && type.element->plain_size >= 0) {
                scalars(type.element->kind, n, sink);
            } else {
                counted(type, n, sink, capture);
            }
        }
        sink.end_array();
    }
    if (capture) scope_.close(true, true);
    captured_ = {schema::Value::Kind::array, 0, {}};
    --depth_;
}

/// `n` elements, or with all bits set as many as another() tells of.
template <class Sink>
void Walk::counted(const schema::Type& type, std::uint64_t n, Sink& sink, bool capture) {
    const bool open_end = n == ~std::uint64_t{0};
    const schema::Type& element = *type.element;
    if (!Sink::shows && !capture && !open_end && element.plain_size > 0)
        return skip_plain(n, static_cast<std::uint64_t>(element.plain_size), element.kind);
    Here here{here_, nullptr, 0};
    here_ = &here;
    for (std::uint64_t at = 0; open_end ? another(type) : at < n; ++at) {
        here.index = static_cast<std::int64_t>(at);
        const std::uint64_t before = source_.offset();
        sink.element(at == 0);
        value(element, sink, capture);
        if (source_.offset() == before) look_at_progress(open_end);
        if (capture) bind_element();
    }
    here_ = here.outer;
}

template <class Sink>
void Walk::scalars(schema::Kind kind, std::uint64_t n, Sink& sink) {
    const std::size_t size = schema::scalar_size(kind);
    if (!Sink::shows) return skip_plain(n, size, kind);
    Here here{here_, nullptr, 0};
    here_ = &here;
    for (std::uint64_t at = 0; at < n;) {
        const std::uint64_t some = std::min<std::uint64_t>(n - at, JsonSink::most_scalars);
        if (!source_.ensure(static_cast<std::size_t>(some) * size)) [[unlikely]] {
            const std::size_t left = all_left(some * size);
            here.index = static_cast<std::int64_t>(at + left / size);
            source_.advance(left - left % size);
            truncated(schema::name_of(kind), size);
        }
        here.index = static_cast<std::int64_t>(at);
        sink.scalars(kind, source_.at(), static_cast<std::size_t>(some), at == 0);
        source_.advance(static_cast<std::size_t>(some) * size);
        at += some;
    }
    here_ = here.outer;
}

/// Elements that take one place or more each. What they take, their own fields say.
template <class Sink>
void Walk::slots(const schema::Type& type, Sink& sink, bool capture) {
    const std::int64_t begin = evaluate(*type.extent.first);
    const std::int64_t last = evaluate(*type.extent.number);
    if (begin < 0 || begin > 65536) fail(source_.offset(), "the first place is " + std::to_string(begin));
    Here here{here_, nullptr, begin};
    here_ = &here;
    for (std::int64_t at = 0; capture && at < begin; ++at)
        scope_.bind_nothing(0);
    bool first = true;
    while (here.index <= last) {
        if (!capture) scope_.open();
        const std::uint64_t before = source_.offset();
        sink.element(first);
        first = false;
        value(*type.element, sink, true);
        captured_.kind == schema::Value::Kind::record ? scope_.reopen() : scope_.open();
        const std::int64_t step = evaluate(*type.extent.step);
        scope_.leave();
        if (step < 1 || step > 65536) fail(source_.offset(), "an element takes " + std::to_string(step) + " places");
        if (source_.offset() == before) look_at_progress(false);
        if (capture) {
            bind_element();
            for (std::int64_t at = 1; at < step; ++at)
                scope_.bind_nothing(0);
        } else {
            scope_.close(false);
        }
        here.index += step;
    }
    here_ = here.outer;
}

/// Elements as lines of their own.
template <class Sink>
void Walk::lines(const schema::Type& type, Sink& sink) {
    const bool open_end = type.extent.by == schema::Extent::By::rest || type.extent.by == schema::Extent::By::until;
    if (type.extent.by == schema::Extent::By::slots)
        fail(source_.offset(), "elements that take several places cannot be lines");
    const std::uint64_t n = open_end ? 0 : count_or_size(type.extent, "count");
    Here here{here_, nullptr, 0};
    here_ = &here;
    for (std::uint64_t at = 0; open_end ? another(type) : at < n; ++at) {
        here.index = static_cast<std::int64_t>(at);
        const std::uint64_t before = source_.offset();
        if (lines_to_skip > 0) {
            --lines_to_skip;
            SilentSink silent;
            value(*type.element, silent, false);
        } else {
            if (lines_left == 0) throw Enough{};
            --lines_left;
            value(*type.element, sink, false);
            sink.end_line();
        }
        if (source_.offset() == before) look_at_progress(open_end);
    }
    here_ = here.outer;
}

}  // namespace bradawl::record
