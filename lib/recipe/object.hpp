#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "learn/settings.hpp"
#include "tree/node.hpp"

namespace bradawl::recipe {

/// An object of Pylearn2's YAML, `!obj:package.Class {key: value}`: what is taken of it, and at the end the proof that
/// nothing was passed over.
class Object {
public:
    /// Errors: Fault::config for what is no `!obj:` (a pickle, say).
    Object(const tree::Node& node, std::string name);

    /// The last part of the class's name.
    const std::string& type() const { return type_; }
    std::size_t line() const { return node_.line; }

    /// The value of a key; null when it is not there or is null.
    const tree::Node* take(std::string_view key);

    /// The same as text. Errors: Fault::config for a list or a map.
    std::optional<std::string> take_text(std::string_view key);

    /// The text of a key that must be there.
    std::string demand(std::string_view key);

    /// The object that is the value of a key that must be there.
    Object demand_object(std::string_view key);

    /// Takes a key that may have this value only, which is what is done here anyway.
    void allow(std::string_view key, const std::vector<std::string>& values);

    /// Errors: Fault::config for a key that nobody took.
    void finish() const;

    /// `net.yaml:12: momentum`, for messages.
    std::string place(const tree::Node& node, std::string_view key) const;

    [[noreturn]] void refuse(const tree::Node& node, std::string_view key, const std::string& why) const;
    [[noreturn]] void refuse_type(const std::string& known) const;

    /// A value for learn::Values from a key.
    learn::Values::Given given(std::string_view key, const std::string& text) const;

    const std::string& name() const { return name_; }

private:
    const tree::Node& node_;
    std::string name_;
    std::string type_;
    std::vector<std::string_view> taken_;
};

}  // namespace bradawl::recipe
