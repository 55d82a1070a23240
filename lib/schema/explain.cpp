#include "schema/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>

#include "schema/constant_bytes.hpp"

namespace bradawl::schema {

namespace {

constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();
constexpr unsigned most_depth = 200;  // of definitions in definitions

/// How many bytes something takes, at least and at most.
struct Size {
    std::uint64_t least = 0;
    std::uint64_t most = 0;

    void add(const Size& other) {
        least = sum(least, other.least);
        most = sum(most, other.most);
    }
    static std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a > unbounded - b ? unbounded : a + b; }
    static std::uint64_t product(std::uint64_t a, std::uint64_t n) {
        return n != 0 && a > unbounded / n ? unbounded : a * n;
    }
    void widen(const Size& other) {
        least = std::min(least, other.least);
        most = std::max(most, other.most);
    }
};

std::string words(const Size& size) {
    const auto bytes = [](std::uint64_t n) { return fmt::format("{} byte{}", n, n == 1 ? "" : "s"); };
    if (size.most == unbounded) return bytes(size.least) + " or more";
    if (size.least == size.most) return bytes(size.least);
    return fmt::format("{} to {}", size.least, bytes(size.most));
}

class Explainer {
public:
    explicit Explainer(const Schema& schema) : schema_(schema) {}

    std::string run() {
        const bool several = schema_.has_header();
        if (several) section("header, once", *schema_.header());
        section(schema_.trailer() != nullptr ? "record, until the trailer" : "record, to the end", schema_.record());
        if (schema_.trailer() != nullptr) section("trailer, once", *schema_.trailer());
        for (const Definition& definition : schema_.definitions) {
            std::string name = schema_.names[definition.name];
            for (const std::uint32_t parameter : definition.parameters)
                name += (parameter == definition.parameters.front() ? "(" : ", ") + schema_.names[parameter];
            if (!definition.parameters.empty()) name += ')';
            line(0, name, "definition: " + describe(*definition.type), size_of(*definition.type));
            inside(1, *definition.type);
        }
        return out_;
    }

private:
    void line(std::size_t indent, const std::string& name, const std::string& what, const Size& size) {
        const std::string left = std::string(2 * indent, ' ') + name;
        out_ += fmt::format("{:<22} {:<42} {}\n", left, what, words(size));
    }

    void section(const std::string& title, const Section& section) {
        out_ += fmt::format("{:<65} {}\n", title, words(size_of(section)));
        fields(1, section);
    }

    void fields(std::size_t indent, const Section& section) {
        for (const Field& field : section.fields) {
            std::string what = describe(*field.type);
            if (field.constant) what += " = " + field.constant->spelling;
            if (field.hidden) what += ", not shown";
            if (field.condition != nullptr) what += ", on a condition";
            line(indent, schema_.names[field.name], what, size_of(field));
            inside(indent + 1, *field.type);
        }
    }

    /// What a type is made of, where that is worth lines of its own.
    void inside(std::size_t indent, const Type& type) {
        switch (type.kind) {
            case Kind::record:
                return fields(indent, type.section);
            case Kind::array:
            case Kind::region:
            case Kind::maybe:
                return inside(indent, *type.element);
            case Kind::bits:
                for (const BitField& bit : type.bit_fields)
                    out_ += fmt::format("{:<22} {} bits\n", std::string(2 * indent, ' ') + schema_.names[bit.name],
                                        bit.width);
                return;
            case Kind::choice:
                for (const Arm& arm : type.arms) {
                    std::string cases;
                    for (const Constant& one : arm.cases)
                        cases += (cases.empty() ? "" : "|") + one.spelling;
                    line(indent, arm.cases.empty() ? "else" : cases, describe(*arm.type), size_of(*arm.type));
                    inside(indent + 1, *arm.type);
                }
                return;
            default:
                return;
        }
    }

    std::string describe(const Type& type) const {
        switch (type.kind) {
            case Kind::call:
                return schema_.names[schema_.definitions[type.definition].name];
            case Kind::array:
                return describe(*type.element) + "[" + extent(type.extent) + "]";
            case Kind::region:
                return describe(*type.element) + "<" + extent(type.extent) + ">";
            case Kind::maybe:
                return describe(*type.element) + "?";
            case Kind::bits:
                return fmt::format("bits of {}", name_of(type.carrier));
            default:
                return name_of(type.kind);
        }
    }

    static std::string extent(const Extent& extent) {
        switch (extent.by) {
            case Extent::By::prefix:
                return name_of(extent.prefix);
            case Extent::By::rest:
                return "*";
            case Extent::By::until:
                return fmt::format("until {}", name_of(extent.prefix));
            case Extent::By::slots:
                return "slots";
            default:
                return extent.number->op == Expression::Op::integer ? std::to_string(extent.number->value) : "n";
        }
    }

    Size size_of(const Section& section) const {
        Size sum;
        for (const Field& field : section.fields)
            sum.add(size_of(field));
        return sum;
    }

    Size size_of(const Field& field) const {
        Size size = size_of(*field.type);
        if (field.constant) size = {field.constant_bytes.size(), field.constant_bytes.size()};
        if (field.condition != nullptr) size.least = 0;
        return size;
    }

    Size size_of(const Type& type) const {
        if (is_scalar(type.kind)) return {scalar_size(type.kind), scalar_size(type.kind)};
        switch (type.kind) {
            case Kind::vint:
                return {1, 9};
            case Kind::varint:
            case Kind::zigzag:
                return {1, 10};
            case Kind::utf:
                return {2, 65537};
            case Kind::none:
                return {0, 0};
            case Kind::object:
                return {5, unbounded};
            case Kind::call:
                return size_of_definition(type.definition);
            case Kind::record:
                return size_of(type.section);
            case Kind::bits:
                return {scalar_size(type.carrier), scalar_size(type.carrier)};
            case Kind::choice:
                return size_of_choice(type);
            case Kind::maybe: {
                Size size = size_of(*type.element);
                size.add({1, 1});
                size.least = 1;
                return size;
            }
            case Kind::array:
            case Kind::region:
                return size_of_extent(type);
            default:
                return {0, unbounded};
        }
    }

    Size size_of_definition(std::uint32_t definition) const {
        const auto known = sizes_.find(definition);
        if (known != sizes_.end()) return known->second;
        const Size recurring{0, unbounded};
        if (depth_ == most_depth) return recurring;
        sizes_.emplace(definition, recurring);  // what it sees of itself
        ++depth_;
        const Size size = size_of(*schema_.definitions[definition].type);
        --depth_;
        return sizes_[definition] = size;
    }

    Size size_of_choice(const Type& type) const {
        if (type.arms.empty()) return {};
        Size size = size_of(*type.arms.front().type);
        for (const Arm& arm : type.arms)
            size.widen(size_of(*arm.type));
        return size;
    }

    Size size_of_extent(const Type& type) const {
        const Extent& extent = type.extent;
        const Size element = size_of(*type.element);
        if (extent.by == Extent::By::number && extent.number->op == Expression::Op::integer) {
            const auto n = static_cast<std::uint64_t>(std::max<std::int64_t>(extent.number->value, 0));
            if (type.kind == Kind::region) return {n, n};
            return {Size::product(element.least, n), Size::product(element.most, n)};
        }
        Size size{0, unbounded};
        if (extent.by == Extent::By::prefix) size.least = is_scalar(extent.prefix) ? scalar_size(extent.prefix) : 1;
        if (extent.by == Extent::By::until) size.least = extent.until.size();
        return size;
    }

    const Schema& schema_;
    std::string out_;
    mutable std::map<std::uint32_t, Size> sizes_;
    mutable unsigned depth_ = 0;
};

}  // namespace

std::string explain(const Schema& schema) {
    return Explainer(schema).run();
}

}  // namespace bradawl::schema
