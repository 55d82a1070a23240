#include "schema/resolve.hpp"

#include <algorithm>

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

}  // namespace

Error Schema::error(Place place, const std::string& text) const {
    return {Fault::usage,
            origin + ": " + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + text};
}

void resolve(Schema& schema, const Parser& parsed) {
    Resolver(schema, parsed).run();
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
