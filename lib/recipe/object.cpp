#include "recipe/object.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/printable.hpp"

namespace bradawl::recipe {

using tree::Node;

Object::Object(const Node& node, std::string name) : node_(node), name_(std::move(name)) {
    constexpr std::string_view mark = "!obj:";
    if (!node.tag.starts_with(mark) || node.kind == Node::Kind::list ||
        (node.kind == Node::Kind::scalar && !node.text.empty()))
        throw Error(Fault::config, fmt::format("{}:{}: {} is not understood here, only !obj: is", name_, node.line,
                                               node.tag.empty() ? "a plain value" : text::printable(node.tag)));
    type_ = node.tag.substr(node.tag.rfind('.') == std::string::npos ? mark.size() : node.tag.rfind('.') + 1);
}

const Node* Object::take(std::string_view key) {
    taken_.push_back(key);
    for (const auto& [name, value] : node_.members)
        if (name == key) {
            const bool none =
                value.kind == Node::Kind::scalar && (value.text == "null" || value.text == "None" || value.text == "~");
            return none ? nullptr : &value;
        }
    return nullptr;
}

std::optional<std::string> Object::take_text(std::string_view key) {
    const Node* const value = take(key);
    if (value == nullptr) return std::nullopt;
    if (value->kind != Node::Kind::scalar || value->tag.starts_with("!obj") || value->tag.starts_with("!pkl") ||
        value->tag.starts_with("!import"))
        refuse(*value, key, "a text or a number is wanted");
    return value->text;
}

std::string Object::demand(std::string_view key) {
    if (auto text = take_text(key)) return *text;
    throw Error(Fault::config, fmt::format("{}:{}: {} without {}", name_, node_.line, type_, key));
}

Object Object::demand_object(std::string_view key) {
    if (const Node* const value = take(key)) return Object(*value, name_);
    throw Error(Fault::config, fmt::format("{}:{}: {} without {}", name_, node_.line, type_, key));
}

void Object::allow(std::string_view key, const std::vector<std::string>& values) {
    const auto text = take_text(key);
    if (!text || std::find(values.begin(), values.end(), *text) != values.end()) return;
    for (const auto& [name, value] : node_.members)
        if (name == key)
            refuse(value, key,
                   fmt::format("'{}' is not supported, only {}", text::printable(*text), fmt::join(values, ", ")));
}

void Object::finish() const {
    for (const auto& [key, value] : node_.members)
        if (std::find(taken_.begin(), taken_.end(), key) == taken_.end())
            refuse(value, key, fmt::format("this key of {} is not supported", type_));
}

std::string Object::place(const Node& node, std::string_view key) const {
    return fmt::format("{}:{}: {}", name_, node.line, text::printable(key));
}

void Object::refuse(const Node& node, std::string_view key, const std::string& why) const {
    throw Error(Fault::config, place(node, key) + ": " + why);
}

void Object::refuse_type(const std::string& known) const {
    throw Error(Fault::config, fmt::format("{}:{}: {} is not supported here, only {}", name_, node_.line,
                                           text::printable(type_), known));
}

learn::Values::Given Object::given(std::string_view key, const std::string& text) const {
    for (const auto& [name, value] : node_.members)
        if (name == key) return {text, place(value, key)};
    return {text, place(node_, type_)};
}

}  // namespace bradawl::recipe
