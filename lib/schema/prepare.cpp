#include <algorithm>
#include <optional>
#include <vector>

#include "java/decimal.hpp"
#include "java/mutf8.hpp"
#include "json/writer.hpp"
#include "schema/constant_bytes.hpp"
#include "schema/resolve.hpp"

namespace bradawl::schema {

namespace {

constexpr std::uint32_t most_run_room = 3500;
constexpr std::uint32_t longest_run_key = 1000;
constexpr std::int64_t unknown = -1;
constexpr std::int64_t most_plain = std::int64_t{1} << 56;
constexpr unsigned most_depth = 200;  // of definitions in definitions
constexpr std::size_t key_spare = 16;

std::string make_key(const std::string& name) {
    std::string key(",");
    json::Writer(key).string(name);
    return key + ":";
}

class Preparer {
public:
    Preparer(Schema& schema, bool strict) : schema_(schema), strict_(strict) {}

    void run() {
        plain_.assign(schema_.definitions.size(), std::nullopt);
        for (Type& type : schema_.types) {
            type.plain_size = plain(type);
            if (type.kind == Kind::maybe && nullable(*type.element))
                throw schema_.error(type.place, "an optional value of what may be null by itself");
        }
        for (Type& type : schema_.types) {
            prepare(type.section);
            for (BitField& bit : type.bit_fields)
                bit.key = make_key(schema_.names[bit.name]);
        }
        for (Section& section : schema_.sections)
            prepare(section);
        if (schema_.trailer() != nullptr) schema_.trailer_size = trailer_size();
    }

private:
    // The size of what is always the same size and accepts every content; unknown otherwise.
    std::int64_t plain(const Type& type) {
        if (is_scalar(type.kind)) {
            if (type.kind == Kind::boolean && strict_) return unknown;
            return static_cast<std::int64_t>(scalar_size(type.kind));
        }
        switch (type.kind) {
            case Kind::none:
                return 0;
            case Kind::bits: {
                const bool captured = std::any_of(type.bit_fields.begin(), type.bit_fields.end(),
                                                  [](const BitField& bit) { return bit.captured; });
                return captured ? unknown : static_cast<std::int64_t>(scalar_size(type.carrier));
            }
            case Kind::call:
                return plain_definition(type.definition);
            case Kind::record:
                return plain(type.section);
            case Kind::array:
            case Kind::region:
                return plain_extent(type);
            default:
                return unknown;
        }
    }

    std::int64_t plain(const Section& section) {
        std::int64_t sum = 0;
        for (const Field& field : section.fields) {
            const std::int64_t size = plain(field);
            if (size == unknown) return unknown;
            sum += size;
            if (sum > most_plain) return unknown;
        }
        return sum;
    }

    std::int64_t plain(const Field& field) {
        const bool looked_at = field.constant || field.condition != nullptr || field.captured;
        return looked_at ? unknown : plain(*field.type);
    }

    std::int64_t plain_definition(std::uint32_t index) {
        if (!plain_[index]) {
            plain_[index] = unknown;  // what a recursion sees
            if (depth_ == most_depth) return unknown;
            ++depth_;
            plain_[index] = plain(*schema_.definitions[index].type);
            --depth_;
        }
        return *plain_[index];
    }

    /// Whether the JSON of a value may be null, so that it could not be told from an optional one that is not there.
    bool nullable(const Type& first) const {
        std::vector<bool> seen(schema_.definitions.size(), false);
        std::vector<const Type*> pending{&first};
        while (!pending.empty()) {
            const Type& type = *pending.back();
            pending.pop_back();
            if (type.kind == Kind::none || type.kind == Kind::maybe || type.kind == Kind::object) return true;
            if (type.kind == Kind::region) pending.push_back(type.element);
            for (const Arm& arm : type.arms)
                pending.push_back(arm.type);
            if (type.kind != Kind::call || seen[type.definition]) continue;
            seen[type.definition] = true;
            pending.push_back(schema_.definitions[type.definition].type);
        }
        return false;
    }

    std::int64_t plain_extent(const Type& type) {
        const Expression* const number = type.extent.by == Extent::By::number ? type.extent.number : nullptr;
        if (number == nullptr || number->op != Expression::Op::integer || type.lines) return unknown;
        if (number->value < 0 || number->value > most_plain >> 24) return unknown;
        if (type.kind == Kind::region && (type.element->kind == Kind::bytes || type.element->kind == Kind::latin1))
            return number->value;
        const std::int64_t element = plain(*type.element);
        if (element == unknown || element > std::int64_t{1} << 24) return unknown;
        if (type.kind == Kind::array) return element == 0 ? unknown : element * number->value;  // nothing is counted
        return element == number->value ? element : unknown;
    }

    void prepare(Section& section) {
        for (Field& field : section.fields)
            prepare(field, section);
        section.steps = steps(section, true);
        section.scan_steps = steps(section, false);
    }

    void prepare(Field& field, const Section& section) {
        field.key = make_key(schema_.names[field.name]);
        field.key_length = static_cast<std::uint32_t>(field.key.size());
        field.key.resize(std::max(key_spare, field.key.size()), '\0');
        if (field.constant) {
            field.constant_bytes = constant_bytes(schema_, *field.type, *field.constant);
            field.constant_json = constant_json(*field.type, *field.constant);
        }
        for (const Field& other : section.fields) {
            const Extent& extent = other.type->extent;
            const bool sized = other.type->kind == Kind::array || other.type->kind == Kind::region;
            if (&other <= &field || !sized || extent.by != Extent::By::number || other.hidden) continue;
            if (extent.number->op != Expression::Op::name || extent.number->name != field.name) continue;
            field.counts = &other;
            break;
        }
    }

    bool runs(const Field& field) const {
        return is_scalar(field.type->kind) && !field.constant && field.condition == nullptr && !field.captured &&
               !(strict_ && field.type->kind == Kind::boolean);
    }

    std::vector<Step> steps(const Section& section, bool show) {
        std::vector<Step> made;
        for (std::uint32_t at = 0; at < section.fields.size(); ++at) {
            const Field& field = section.fields[at];
            const bool shown = show && field.shown && !field.hidden;
            Step step{shown ? Step::Do::show : Step::Do::pass, at, at + 1, 0, 0};
            const std::int64_t size = plain(field);
            if (shown && runs(field) && field.key_length <= longest_run_key) {
                step.what = Step::Do::run;
                step.bytes = static_cast<std::uint32_t>(scalar_size(field.type->kind));
                step.room = static_cast<std::uint32_t>(std::max(key_spare, std::size_t{field.key_length}) +
                                                       java::longest_number);
            } else if (!shown && size != unknown && size < std::int64_t{1} << 20) {
                step.what = Step::Do::skip;
                step.bytes = static_cast<std::uint32_t>(size);
            }
            Step* const last = made.empty() ? nullptr : &made.back();
            const bool joins = last != nullptr && last->what == step.what && step.what <= Step::Do::skip &&
                               last->room + step.room <= most_run_room && last->bytes + step.bytes < 1U << 20;
            if (!joins) {
                made.push_back(step);
                continue;
            }
            last->end = step.end;
            last->bytes += step.bytes;
            last->room += step.room;
        }
        return made;
    }

    std::uint64_t trailer_size() {
        std::uint64_t sum = 0;
        for (const Field& field : schema_.trailer()->fields) {
            const std::int64_t size =
                field.constant ? static_cast<std::int64_t>(field.constant_bytes.size()) : plain(*field.type);
            if (size == unknown || field.condition != nullptr || size > 65536)
                throw schema_.error(field.place, "a trailer has a fixed size of at most 65536 bytes");
            sum += static_cast<std::uint64_t>(size);
        }
        if (sum > 65536) throw schema_.error({}, "a trailer has a fixed size of at most 65536 bytes");
        return sum;
    }

    Schema& schema_;
    bool strict_;
    std::vector<std::optional<std::int64_t>> plain_;
    unsigned depth_ = 0;
};

}  // namespace

void prepare(Schema& schema, bool strict) {
    Preparer(schema, strict).run();
}

}  // namespace bradawl::schema
