#include "json/document.hpp"

#include <algorithm>

#include "json/reader.hpp"
#include "json/unescape.hpp"

namespace bradawl::json {
namespace {

constexpr std::size_t deepest_document = 64;

// Builds the tree. `open_` holds the arrays and objects that are not yet at their end, outermost first.
class Builder {
public:
    void at(std::size_t offset) noexcept { offset_ = offset; }

    void null() { put({Value::Null{}, offset_}); }
    void boolean(bool value) { put({value, offset_}); }
    void number(std::string_view spelling, bool) { put({Value::Number{std::string(spelling)}, offset_}); }

    const char* string(std::string_view raw, bool) {
        std::string text;
        if (const auto problem = unescape(raw, text, LoneSurrogate::refuse)) return problem->what;
        put({std::move(text), offset_});
        return nullptr;
    }

    const char* key(std::string_view raw, bool) {
        std::string name;
        if (const auto problem = unescape(raw, name, LoneSurrogate::refuse)) return problem->what;
        if (open_.back().find(name) != nullptr) return "the same name twice in one object";
        std::get<Value::Object>(open_.back().content).emplace_back(std::move(name), Value{});
        return nullptr;
    }

    void begin_object() { open_.push_back({Value::Object{}, offset_}); }
    void begin_array() { open_.push_back({Value::Array{}, offset_}); }
    void end_object() { close(); }
    void end_array() { close(); }

    Value take() { return std::move(root_); }

private:
    void put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* array = std::get_if<Value::Array>(&open_.back().content)) {
            array->push_back(std::move(value));
        } else {
            std::get<Value::Object>(open_.back().content).back().second = std::move(value);
        }
    }

    void close() {
        Value value = std::move(open_.back());
        open_.pop_back();
        put(std::move(value));
    }

    std::size_t offset_ = 0;  // of the value we are told of
    std::vector<Value> open_;
    Value root_;
};

}  // namespace

const Value* Value::find(std::string_view name) const noexcept {
    const auto* members = std::get_if<Object>(&content);
    if (members == nullptr) return nullptr;
    const auto found =
        std::find_if(members->begin(), members->end(), [name](const auto& m) { return m.first == name; });
    return found == members->end() ? nullptr : &found->second;
}

Place place_of(std::string_view text, std::size_t offset) noexcept {
    const std::string_view before = text.substr(0, offset);
    const auto line_feeds = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const std::size_t last = before.rfind('\n');
    return {line_feeds + 1, last == std::string_view::npos ? before.size() + 1 : before.size() - last};
}

Error error_at(Fault fault, std::string_view text, std::size_t offset, std::string_view what) {
    const Place place = place_of(text, offset);
    return {fault, std::to_string(place.line) + ':' + std::to_string(place.column) + ": " + std::string(what)};
}

Value read_document(std::string_view text, Fault fault) {
    Builder builder;
    if (const auto problem = read(text, builder, deepest_document)) {
        throw error_at(fault, text, problem->offset, problem->what);
    }
    return builder.take();
}

std::map<std::string, std::string> read_string_map(std::string_view text, Fault fault) {
    Value document = read_document(text, fault);
    auto* members = std::get_if<Value::Object>(&document.content);
    if (members == nullptr) throw error_at(fault, text, document.offset, "expected an object");
    std::map<std::string, std::string> map;
    for (auto& [name, value] : *members) {
        auto* string = std::get_if<std::string>(&value.content);
        if (string == nullptr) throw error_at(fault, text, value.offset, "expected a string");
        map.emplace(std::move(name), std::move(*string));
    }
    return map;
}

}  // namespace bradawl::json
