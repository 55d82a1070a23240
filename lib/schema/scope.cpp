#include "schema/scope.hpp"

#include <algorithm>

namespace bradawl::schema {

void Scope::open() {
    frames_.push_back({nothing, static_cast<std::uint32_t>(cells_.size()), static_cast<std::uint32_t>(texts_.size()),
                       static_cast<std::uint32_t>(elements_.size())});
}

void Scope::close(bool keep, bool as_array) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (!keep) {
        cells_.resize(frame.cells);
        texts_.resize(frame.texts);
        elements_.resize(frame.elements);
        return;
    }
    if (!as_array) {
        last_ = {0, Value::Kind::record, nothing, frame.newest, 0};
        return;
    }
    const auto first = static_cast<std::uint32_t>(elements_.size());
    for (std::uint32_t cell = frame.newest; cell != nothing; cell = cells_[cell].next)
        elements_.push_back(cell);
    std::reverse(elements_.begin() + first, elements_.end());
    last_ = {0, Value::Kind::array, nothing, first, static_cast<std::uint32_t>(elements_.size()) - first};
}

void Scope::reopen() {
    open();
    if (last_.kind == Value::Kind::record) frames_.back().newest = static_cast<std::uint32_t>(last_.word);
}

void Scope::add(std::uint32_t name, Value::Kind kind, std::uint64_t word, std::uint32_t count) {
    if (frames_.empty()) return;
    std::uint32_t& newest = frames_.back().newest;
    cells_.push_back({name, kind, newest, word, count});
    newest = static_cast<std::uint32_t>(cells_.size()) - 1;
}

void Scope::bind(std::uint32_t name, std::int64_t value) {
    add(name, Value::Kind::integer, static_cast<std::uint64_t>(value), 0);
}

void Scope::bind_text(std::uint32_t name, std::string_view bytes) {
    add(name, Value::Kind::text, texts_.size(), static_cast<std::uint32_t>(bytes.size()));
    texts_ += bytes;
}

void Scope::bind_last(std::uint32_t name) {
    add(name, last_.kind, last_.word, last_.count);
}

void Scope::bind_nothing(std::uint32_t name) {
    add(name, Value::Kind::none, 0, 0);
}

Value Scope::value_of(std::uint32_t cell) const {
    const Cell& found = cells_[cell];
    Value value{found.kind, static_cast<std::int64_t>(found.word), {}, cell};
    if (found.kind == Value::Kind::text) value.text = std::string_view(texts_).substr(found.word, found.count);
    return value;
}

Value Scope::in_chain(std::uint32_t newest, std::uint32_t name) const {
    for (std::uint32_t cell = newest; cell != nothing; cell = cells_[cell].next) {
        if (cells_[cell].name == name) return value_of(cell);
    }
    return {};
}

Value Scope::find(std::uint32_t name) const {
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
        for (std::uint32_t cell = frame->newest; cell != nothing; cell = cells_[cell].next) {
            if (cells_[cell].name == name) return value_of(cell);
        }
    }
    return {};
}

Value Scope::member(std::uint32_t cell, std::uint32_t name) const {
    const Cell& record = cells_[cell];
    return record.kind == Value::Kind::record ? in_chain(static_cast<std::uint32_t>(record.word), name) : Value{};
}

Value Scope::element(std::uint32_t cell, std::int64_t index) const {
    const Cell& array = cells_[cell];
    if (array.kind != Value::Kind::array || index < 0 || index >= static_cast<std::int64_t>(array.count)) return {};
    return value_of(elements_[array.word + static_cast<std::uint64_t>(index)]);
}

void Scope::clear() {
    cells_.clear();
    texts_.clear();
    elements_.clear();
    frames_.clear();
}

}  // namespace bradawl::schema
