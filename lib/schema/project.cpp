#include <map>

#include "schema/resolve.hpp"
#include "text/nearest.hpp"

namespace bradawl::schema {

namespace {

/// Paths as a tree: a node without children is wanted whole.
struct Wanted {
    std::map<std::string, Wanted, std::less<>> children;
};

class Projector {
public:
    Projector(Schema& schema, std::string option, bool lines)
        : schema_(schema), option_(std::move(option)), lines_(lines) {}

    /// Hides in `section` what is not wanted; true when something was found.
    bool apply(Section& section, const Wanted& wanted) {
        bool any = false;
        for (Field& field : section.fields) {
            const auto found = wanted.children.find(schema_.names[field.name]);
            field.shown = !field.hidden && found != wanted.children.end();
            if (!field.shown) continue;
            any = true;
            found_.insert(found->first);
            if (lines_ || !found->second.children.empty()) field.type = copy(field.type, found->second);
        }
        return any;
    }

    /// Errors: Fault::usage for a path that led nowhere.
    void require_found(const Wanted& wanted, const Section& section) const {
        for (const auto& [name, children] : wanted.children) {
            if (found_.contains(name)) continue;
            std::vector<std::string> known;
            for (const Field& field : section.fields)
                known.push_back(schema_.names[field.name]);
            const std::string near = text::nearest(name, known);
            throw Error(Fault::usage, option_ + ": no field '" + name + "'" +
                                          (near.empty() ? "" : " (did you mean '" + near + "'?)"));
        }
    }

private:
    const Type* copy(const Type* type, const Wanted& wanted) {
        const bool whole = wanted.children.empty();
        if (whole && lines_) return copy_array(type);
        if (whole) return type;
        schema_.types.push_back(*type);
        Type& made = schema_.types.back();
        switch (type->kind) {
            case Kind::record:
                made.transparent = lines_;
                if (!apply(made.section, wanted)) fail(wanted);
                require_found(wanted, made.section);
                break;
            case Kind::call:
                made.definition = copy_definition(type->definition, wanted);
                break;
            case Kind::array:
            case Kind::region:
            case Kind::maybe:
                if (lines_ && type->kind != Kind::region) fail(wanted);
                made.element = copy(type->element, wanted);
                break;
            case Kind::choice:
                for (Arm& arm : made.arms)
                    arm.type = copy_arm(arm.type, wanted);
                break;
            default:
                fail(wanted);
        }
        return &made;
    }

    /// Arms that lack the path show nothing of themselves.
    const Type* copy_arm(const Type* type, const Wanted& wanted) {
        try {
            return copy(type, wanted);
        } catch (const Error&) {
            schema_.types.push_back(*type);
            Type& made = schema_.types.back();
            for (Field& field : made.section.fields)
                field.shown = false;
            made.transparent = lines_;
            return &made;
        }
    }

    const Type* copy_array(const Type* type) {
        schema_.types.push_back(*type);
        Type& made = schema_.types.back();
        if (type->kind == Kind::array) {
            made.lines = true;
        } else if (type->kind == Kind::region) {
            made.element = copy_array(type->element);
        } else if (type->kind == Kind::call) {
            made.definition = copy_definition(type->definition, {});
        } else {
            throw Error(Fault::usage, option_ + ": a " + name_of(type->kind) + " is no array");
        }
        return &made;
    }

    std::uint32_t copy_definition(std::uint32_t definition, const Wanted& wanted) {
        Definition made = schema_.definitions[definition];
        made.type = copy(made.type, wanted);
        schema_.definitions.push_back(made);
        return static_cast<std::uint32_t>(schema_.definitions.size() - 1);
    }

    [[noreturn]] void fail(const Wanted& wanted) const {
        throw Error(Fault::usage, option_ + ": no field '" + wanted.children.begin()->first + "' there");
    }

    Schema& schema_;
    std::string option_;
    bool lines_;
    std::set<std::string, std::less<>> found_;
};

void add(Wanted& wanted, std::string_view path) {
    Wanted* at = &wanted;
    while (true) {
        const std::size_t dot = path.find('.');
        at = &at->children[std::string(path.substr(0, dot))];
        if (dot == std::string_view::npos) return;
        path.remove_prefix(dot + 1);
    }
}

void apply(Schema& schema, const Wanted& wanted, const std::string& option, bool lines) {
    Projector projector(schema, option, lines);
    for (Section& section : schema.sections)
        projector.apply(section, wanted);
    projector.require_found(wanted, schema.record());
}

}  // namespace

void project(Schema& schema, const Wish& wish) {
    if (!wish.select.empty() && !wish.each.empty()) throw Error(Fault::usage, "--select and --each cannot be combined");
    Wanted wanted;
    for (const std::string& path : wish.select)
        add(wanted, path);
    if (!wish.select.empty()) apply(schema, wanted, "--select", false);
    if (wish.each.empty()) return;
    add(wanted, wish.each);
    apply(schema, wanted, "--each", true);
}

}  // namespace bradawl::schema
