#include "schema/resolve.hpp"

#include <algorithm>
#include <utility>

#include "text/nearest.hpp"

namespace bradawl::schema {

namespace {

std::string with_hint(const std::string& what, std::string_view name, const std::vector<std::string>& known) {
    const std::string near = text::nearest(name, known);
    return what + " '" + std::string(name) + "'" + (near.empty() ? "" : " (did you mean '" + near + "'?)");
}

class Resolver {
public:
    Resolver(Schema& schema, const Parser& parsed) : schema_(schema), parsed_(parsed) {}

    void run() {
        for (Type& type : schema_.types)
            look_at(type);
        for (Section& section : schema_.sections)
            look_at(section);
        for (const Definition& definition : schema_.definitions)
            known_.insert(definition.parameters.begin(), definition.parameters.end());
        for (const auto& [name, place] : parsed_.mentions()) {
            if (!known_.contains(name))
                throw schema_.error(place, with_hint("unknown name", schema_.names[name], names()));
        }
    }

private:
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const std::uint32_t name : known_)
            all.push_back(schema_.names[name]);
        return all;
    }

    void look_at(Section& section) {
        for (Field& field : section.fields) {
            field.captured = parsed_.mentioned().contains(field.name);
            known_.insert(field.name);
            section.binds = section.binds || field.captured;
        }
    }

    void look_at(Type& type) {
        look_at(type.section);
        for (BitField& bit : type.bit_fields) {
            bit.captured = parsed_.mentioned().contains(bit.name);
            known_.insert(bit.name);
        }
        if (type.kind != Kind::call) return;
        const std::string& name = schema_.names[type.definition];
        const auto found = std::find_if(schema_.definitions.begin(), schema_.definitions.end(),
                                        [&](const Definition& known) { return known.name == type.definition; });
        if (found == schema_.definitions.end())
            throw schema_.error(type.place, with_hint("unknown type", name, types()));
        if (found->parameters.size() != type.arguments.size())
            throw schema_.error(type.place, "'" + name + "' takes " + std::to_string(found->parameters.size()) +
                                                " arguments, not " + std::to_string(type.arguments.size()));
        type.definition = static_cast<std::uint32_t>(found - schema_.definitions.begin());
    }

    std::vector<std::string> types() const {
        std::vector<std::string> all{"switch", "bits"};
        for (int kind = 0; kind <= static_cast<int>(Kind::object); ++kind)
            all.emplace_back(name_of(static_cast<Kind>(kind)));
        for (const Definition& definition : schema_.definitions)
            all.push_back(schema_.names[definition.name]);
        return all;
    }

    Schema& schema_;
    const Parser& parsed_;
    std::set<std::uint32_t> known_;
};

/// Finds definitions that no input can satisfy, because each value of them contains another: `f = {next:f}`.
class EndlessDefinitions {
public:
    explicit EndlessDefinitions(const Schema& schema) : schema_(schema), ends_(schema.definitions.size()) {}

    void refuse() {
        for (bool learnt = true; std::exchange(learnt, false);) {
            for (std::size_t at = 0; at < ends_.size(); ++at) {
                if (ends_[at] || !ends(*schema_.definitions[at].type)) continue;
                ends_[at] = learnt = true;
            }
        }
        for (std::size_t at = 0; at < ends_.size(); ++at) {
            const Definition& its = schema_.definitions[at];
            if (!ends_[at])
                throw schema_.error(its.place, "every '" + schema_.names[its.name] +
                                                   "' has another inside without an end: make it optional with ?, an "
                                                   "array, an arm of a switch, or conditional with if");
        }
    }

private:
    /// As far as is known.
    bool ends(const Type& type) const {
        switch (type.kind) {
            case Kind::call:
                return ends_[type.definition];
            case Kind::record:
                return std::all_of(type.section.fields.begin(), type.section.fields.end(), [&](const Field& field) {
                    return field.type == nullptr || field.condition != nullptr || ends(*field.type);
                });
            case Kind::choice:
                return std::any_of(type.arms.begin(), type.arms.end(),
                                   [&](const Arm& arm) { return arm.type == nullptr || ends(*arm.type); });
            case Kind::region:
                return ends(*type.element);
            default:  // an array may be empty, an optional value absent
                return true;
        }
    }

    const Schema& schema_;
    std::vector<bool> ends_;
};

}  // namespace

Error Schema::error(Place place, const std::string& text) const {
    return {Fault::usage,
            origin + ": " + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + text};
}

void resolve(Schema& schema, const Parser& parsed) {
    Resolver(schema, parsed).run();
    EndlessDefinitions(schema).refuse();
}

std::shared_ptr<const Schema> parse(std::string_view text, const std::string& origin, const Wish& wish) {
    auto schema = std::make_shared<Schema>();
    schema->origin = origin;
    Parser parser(text, *schema);
    parser.run();
    resolve(*schema, parser);
    project(*schema, wish);
    prepare(*schema, wish.strict);
    return schema;
}

}  // namespace bradawl::schema
