#include "tree/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "core/error.hpp"
#include "json/check.hpp"
#include "text/printable.hpp"

namespace bradawl::tree {

namespace {

constexpr std::size_t most_nodes = 100'000;
constexpr std::size_t deepest = 100;

class Converter {
public:
    explicit Converter(const std::string& name) : name_(name) {}

    Node convert(const YAML::Node& from, std::size_t depth) {
        if (++nodes_ > most_nodes || depth > deepest) fail(from.Mark(), "too large, or nested too deeply");
        Node node;
        node.line = static_cast<std::size_t>(from.Mark().line + 1);
        node.tag = from.Tag() == "?" || from.Tag() == "!" ? "" : from.Tag();
        if (from.IsMap()) {
            node.kind = Node::Kind::map;
            for (const auto& member : from)
                add(node, member.first, convert(member.second, depth + 1));
        } else if (from.IsSequence()) {
            node.kind = Node::Kind::list;
            for (const auto& item : from)
                node.items.push_back(convert(item, depth + 1));
        } else if (from.IsScalar()) {
            node.text = from.Scalar();
        }
        return node;
    }

private:
    [[noreturn]] void fail(const YAML::Mark& mark, const std::string& why) const {
        throw Error(Fault::config, fmt::format("{}:{}:{}: {}", name_, mark.line + 1, mark.column + 1, why));
    }

    void add(Node& map, const YAML::Node& key, Node value) const {
        if (!key.IsScalar()) fail(key.Mark(), "a key that is no text");
        const std::string name = key.Scalar();
        if (std::any_of(map.members.begin(), map.members.end(),
                        [&](const Node::Member& member) { return member.key == name; }))
            fail(key.Mark(), fmt::format("the key '{}' a second time", text::printable(name)));
        value.line = static_cast<std::size_t>(key.Mark().line + 1);
        map.members.push_back({name, std::move(value)});
    }

    const std::string& name_;
    std::size_t nodes_ = 0;
};

}  // namespace

Node read_yaml(std::string_view text, const std::string& name) {
    try {
        return Converter(name).convert(YAML::Load(std::string(text)), 0);
    } catch (const YAML::Exception& error) {
        const std::string why = text::printable(error.msg, 200);
        if (error.mark.is_null()) throw Error(Fault::config, name + ": " + why);
        throw Error(Fault::config, fmt::format("{}:{}:{}: {}", name, error.mark.line + 1, error.mark.column + 1, why));
    }
}

Node read_json(std::string_view text, const std::string& name) {
    if (const auto problem = json::check(text)) {
        const std::string_view before = text.substr(0, problem->offset);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const std::size_t begin = before.rfind('\n');
        throw Error(Fault::config,
                    fmt::format("{}:{}:{}: {}", name, line, before.size() - (begin == before.npos ? 0 : begin + 1) + 1,
                                problem->what));
    }
    return read_yaml(text, name);  // YAML 1.2 holds JSON
}

}  // namespace bradawl::tree
