#include <algorithm>
#include <map>
#include <set>

#include "schema/resolve.hpp"
#include "text/nearest.hpp"

namespace bradawl::schema {

namespace {

constexpr unsigned most_depth = 200;  // of definitions that stand for each other
constexpr std::size_t most_types = 1 << 20;

/// Paths as a tree: a node without children is wanted whole.
struct Wanted {
    std::map<std::string, Wanted, std::less<>> children;
};

/// Hides what is not wanted. Of a switch, arms may have some of the paths each; that no arm has one shows in the end.
class Projector {
public:
    Projector(Schema& schema, std::string option, bool lines)
        : schema_(schema), option_(std::move(option)), lines_(lines) {}

    /// True when something was found.
    bool apply(Section& section, const Wanted& wanted) {
        bool any = false;
        for (Field& field : section.fields) {
            if (!field.hidden) known_[&wanted].insert(schema_.names[field.name]);
            const auto asked = wanted.children.find(schema_.names[field.name]);
            field.shown = !field.hidden && asked != wanted.children.end();
            if (!field.shown) continue;
            const Type* const type = copy(field.type, asked->second);
            field.shown = type != nullptr;
            if (type == nullptr) continue;
            field.type = type;
            found_.insert(&asked->second);
            any = true;
        }
        return any;
    }

    /// Errors: Fault::usage for a path that leads nowhere.
    void require_found(const Wanted& wanted) const {
        for (const auto& [name, child] : wanted.children) {
            if (known_.contains(&child)) require_found(child);
            if (found_.contains(&child)) continue;
            std::vector<std::string> names;
            if (const auto known = known_.find(&wanted); known != known_.end())
                names.assign(known->second.begin(), known->second.end());
            if (!child.children.empty() && std::find(names.begin(), names.end(), name) != names.end())
                throw Error(Fault::usage,
                            option_ + ": no field '" + child.children.begin()->first + "' in '" + name + "'");
            const std::string near = text::nearest(name, names);
            throw Error(Fault::usage, option_ + ": no field '" + name + "'" +
                                          (near.empty() ? "" : " (did you mean '" + near + "'?)"));
        }
    }

private:
    /// The type with what is not wanted hidden; null when nothing wanted is in it.
    const Type* copy(const Type* type, const Wanted& wanted) {
        if (wanted.children.empty()) return lines_ ? copy_array(type) : type;
        Type made = *type;
        made.transparent = lines_;
        switch (type->kind) {
            case Kind::record:
                if (!apply(made.section, wanted)) return nullptr;
                break;
            case Kind::call:
                if (!copy_definition(made.definition, wanted)) return nullptr;
                break;
            case Kind::array:
            case Kind::region:
            case Kind::maybe:
                if (lines_ && type->kind != Kind::region)
                    throw Error(Fault::usage, option_ + ": the path leads through another array or optional value");
                made.element = copy(type->element, wanted);
                if (made.element == nullptr) return nullptr;
                break;
            case Kind::choice:
                if (!copy_arms(made.arms, wanted)) return nullptr;
                break;
            default:
                return nullptr;
        }
        return keep(std::move(made));
    }

    const Type* keep(Type made) {
        if (schema_.types.size() > most_types) throw Error(Fault::usage, option_ + ": too many paths lead there");
        return &schema_.types.emplace_back(std::move(made));
    }

    /// Arms that have nothing of what is wanted are not shown.
    bool copy_arms(std::vector<Arm>& arms, const Wanted& wanted) {
        bool any = false;
        for (Arm& arm : arms) {
            const Type* const copied = copy(arm.type, wanted);
            any = any || copied != nullptr;
            if (copied != nullptr) {
                arm.type = copied;
                continue;
            }
            Type made = *arm.type;
            made.silent = true;
            arm.type = keep(std::move(made));
        }
        return any;
    }

    const Type* copy_array(const Type* type) {
        Type made = *type;
        made.transparent = true;
        if (type->kind == Kind::array) {
            made.lines = true;
        } else if (type->kind == Kind::choice) {
            array_arms(made.arms);
        } else if (type->kind == Kind::region) {
            made.element = copy_array(type->element);
        } else if (type->kind == Kind::call) {
            copy_definition(made.definition, {});
        } else {
            throw Error(Fault::usage, option_ + ": expected an array, found a value of type " + name_of(type->kind));
        }
        return keep(std::move(made));
    }

    /// Arms that are no arrays have no lines.
    void array_arms(std::vector<Arm>& arms) {
        bool any = false;
        for (Arm& arm : arms) {
            const bool is_array = arm.type->kind == Kind::array || arm.type->kind == Kind::region;
            if (is_array) {
                arm.type = copy_array(arm.type);
            } else {
                Type made = *arm.type;
                made.silent = true;
                arm.type = keep(std::move(made));
            }
            any = any || is_array;
        }
        if (!any) throw Error(Fault::usage, option_ + ": a switch without an array");
    }

    /// Makes `definition` that of a copy; false when nothing wanted is in it.
    bool copy_definition(std::uint32_t& definition, const Wanted& wanted) {
        if (depth_ == most_depth) return false;
        Definition made = schema_.definitions[definition];
        ++depth_;
        made.type = copy(made.type, wanted);
        --depth_;
        if (made.type == nullptr) return false;
        schema_.definitions.push_back(made);
        definition = static_cast<std::uint32_t>(schema_.definitions.size() - 1);
        return true;
    }

    Schema& schema_;
    std::string option_;
    bool lines_;
    unsigned depth_ = 0;
    std::set<const Wanted*> found_;
    std::map<const Wanted*, std::set<std::string>> known_;  // where paths led, the names of fields
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

}  // namespace

void project(Schema& schema, const Wish& wish) {
    if (!wish.select.empty() && !wish.each.empty()) throw Error(Fault::usage, "--select and --each cannot be combined");
    Wanted wanted;
    for (const std::string& path : wish.select)
        add(wanted, path);
    if (!wish.select.empty()) {
        Projector projector(schema, "--select", false);
        for (Section& section : schema.sections)
            projector.apply(section, wanted);
        projector.require_found(wanted);
    }
    if (wish.each.empty()) return;
    add(wanted, wish.each);
    Projector projector(schema, "--each", true);
    projector.apply(schema.sections[schema.has_header() ? 1 : 0], wanted);
    projector.require_found(wanted);
}

}  // namespace bradawl::schema
