#include "record/model_schema.hpp"

namespace bradawl::record::model {

std::string Maker::blank() {
    constexpr const char* blanks[] = {"", "", "", " ", "\t", "  "};
    return blanks[below(std::size(blanks))];
}

/// Members in any order.
std::string Maker::object(std::vector<std::string> members) {
    for (std::size_t at = members.size(); at > 1 && below(2) == 0; --at)
        std::swap(members[at - 1], members[below(at)]);
    std::string out = blank() + "{";
    for (std::size_t at = 0; at < members.size(); ++at)
        out += (at == 0 ? "" : ",") + blank() + members[at] + blank();
    return out + "}" + blank();
}

void Maker::see(const std::string& name, const std::vector<Inside>& inside, bool small) {
    for (const Inside& part : inside) {
        names_.push_back(
            {name + part.suffix, part.is_text, small,
             [name, look = part.look](const Sight& sight) -> const Value& { return look(sight.find(name)); }});
    }
}

/// Whether encoding can do without this field: another that is there tells it.
bool Maker::counts_itself(const std::vector<Field>& fields, const std::vector<bool>& there, std::size_t at) {
    if (!fields[at].integer) return false;
    for (std::size_t other = at + 1; other < fields.size(); ++other) {
        if (fields[other].form.counted_by == fields[at].name)
            return there[other] && fields[other].form.countable && !fields[other].hidden;
    }
    return false;
}

Value Maker::make_record(const std::vector<Field>& fields, Sight& sight, Made& made) {
    std::vector<bool> there(fields.size(), false);
    std::vector<Made> parts(fields.size());
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const Field& field = fields[at];
        if (field.condition.value && field.condition.value(sight) == 0) continue;
        there[at] = true;
        Value value = field.form.make(sight, parts[at]);
        sight.bind(field.name, std::move(value));
        if (made.fills && !parts[at].bytes.empty()) throw Unfit{};
        made.bytes += parts[at].bytes;
        made.fills = made.fills || parts[at].fills;
    }
    std::vector<std::string> members;
    std::string json = "{";
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const Field& field = fields[at];
        if (!there[at] || field.hidden) continue;
        if (json.size() > 1) json += ',';
        json += "\"" + field.name + "\":" + parts[at].json;
        const bool told = field.constant || (field.form.nothing_is_null && parts[at].json == "null") ||
                          counts_itself(fields, there, at);
        if (told && below(2) == 0) continue;
        std::string name = field.name;
        if (below(10) == 0) {
            name.clear();
            put_escaped(name, static_cast<unsigned char>(field.name[0]), true);
            name += field.name.substr(1);
        }
        members.push_back("\"" + name + "\"" + blank() + ":" + blank() + parts[at].loose);
    }
    made.json += json + "}";
    made.loose += object(std::move(members));
    return {};
}

Form Maker::record_of(std::vector<Field> fields, bool) {
    std::string text = "{ ";
    std::vector<Inside> inside;
    for (const Field& field : fields) {
        text += field.name + ":" + field.form.text;
        if (!field.condition.text.empty()) text += " if " + field.condition.text;
        text += below(6) == 0 ? ", " : below(10) == 0 ? " # a comment\n" : " ";
        for (const Inside& part : field.form.inside) {
            if (field.hidden || inside.size() == 5) break;
            inside.push_back({"." + field.name + part.suffix, part.is_text,
                              [name = field.name, look = part.look](const Value& value) -> const Value& {
                                  const Value* const found = Sight::member(value.inside, name);
                                  if (value.kind != Value::Kind::record || found == nullptr) throw Unfit{};
                                  return look(*found);
                              }});
        }
    }
    return {text + "}",
            [fields = std::move(fields), this](Sight& sight, Made& made) {
                sight.open();
                make_record(fields, sight, made);
                return sight.close();
            },
            inside};
}

/// A field whose value the schema has.
Maker::Field Maker::constant() {
    struct Known {
        const char* type;
        const char* json;
        const char* hex;
        std::int64_t integer;
    };
    constexpr Known known[] = {
        {"int=5", "5", "00000005", 5},
        {"ubyte = 0xff", "255", "ff", 255},
        {"short=-2", "-2", "fffe", -2},
        {"ulong=18446744073709551615", "18446744073709551615", "ffffffffffffffff", -1},
        {"bool=true", "true", "01", 1},
        {"float=0.1", "0.1", "3dcccccd", 0},
        {"double=-2", "-2.0", "c000000000000000", 0},
        {"char=\"A\"", "\"A\"", "0041", 65},
        {"utf=\"a\\n\"", "\"a\\n\"", "0002610a", 0},
        {"latin1<4> =\"CurD\"", "\"CurD\"", "43757244", 0},
        {"latin1<1>=\"é\"", "\"é\"", "e9", 0},
        {"str<byte>=\"é\"", "\"é\"", "02c3a9", 0},
        {"utf16<4>=\"ab\"", "\"ab\"", "00610062", 0},
    };
    const Known& one = known[below(std::size(known))];
    Field made{"", {one.type, [one](Sight&, Made& out) {
                        out.both(one.json);
                        out.bytes += codec::from_hex(one.hex);
                        const bool real = std::string_view(one.json).find('.') != std::string_view::npos;
                        return one.json[0] == '"' || real ? Value{} : Value::of(one.integer);
                    }}};
    const bool number = one.json[0] != '"' && std::string_view(one.json).find('.') == std::string_view::npos;
    if (number) made.form.inside = integer(integers[0], true).inside;
    made.constant = true;
    made.hidden = below(3) == 0;
    return made;
}

Maker::Field Maker::field(Room room, std::vector<std::string>& taken) {
    constexpr const char* plain[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    constexpr const char* hard[] = {"if",
                                    "until",
                                    "else",
                                    "int",
                                    "switch",
                                    "bits",
                                    "slots",
                                    "true",
                                    "$x",
                                    "utf",
                                    "a_name_of_more_than_sixteen_bytes"};
    const bool small = below(3) == 0;
    Field made = below(8) == 0 ? constant()
                               : Field{"", small ? integer(integers[below(std::size(integers))], true) : type(room)};
    made.integer = small && !made.constant;
    const bool is_hard = below(8) == 0;
    do
        made.name = made.hidden ? "_" : is_hard ? hard[below(std::size(hard))] : plain[below(std::size(plain))];
    while (!made.hidden && std::find(taken.begin(), taken.end(), made.name) != taken.end());
    taken.push_back(made.name);
    if (below(6) == 0) made.condition = sum(0);
    if (!is_hard && !made.hidden) see(made.name, made.form.inside, small);
    return made;
}

Maker::Field Maker::fixed_field(std::vector<std::string>& taken) {
    Field made = below(2) == 0 ? constant() : Field{"", scalar()};
    const bool sized = made.form.text.find("<byte>") == std::string::npos;
    if (!sized) made = {"", scalar()};
    made.name = made.hidden ? "_" : std::string(1, static_cast<char>('a' + taken.size()));
    taken.push_back(made.name);
    return made;
}

Form Maker::record(Room room) {
    const std::size_t before = names_.size();
    std::vector<std::string> taken;
    std::vector<Field> fields;
    for (std::size_t left = 1 + below(4); left > 0; --left)
        fields.push_back(field({room.depth + 1, room.in_region, room.last && left == 1}, taken));
    names_.resize(before);
    return record_of(std::move(fields));
}

Plan::Section Maker::section(Room room, bool fixed) {
    std::vector<std::string> taken;
    std::vector<Field> fields;
    for (std::size_t left = 1 + below(fixed ? 2 : 6); left > 0; --left)
        fields.push_back(fixed ? fixed_field(taken) : field(room, taken));
    const bool shown = std::any_of(fields.begin(), fields.end(), [](const Field& one) { return !one.hidden; });
    const Form braced = record_of(fields);
    const std::string text = braced.text.substr(1, braced.text.size() - 2);
    return {{text, [fields, this](Sight& sight, Made& made) { return make_record(fields, sight, made); }}, shown};
}

Plan Maker::plan() {
    for (std::size_t left = below(3); left > 0; --left)
        define();
    Plan made;
    const std::size_t sections = below(3) != 0 ? 1 : 2 + below(2);
    made.text = definitions_text_;
    for (std::size_t at = 0; at < sections; ++at) {
        made.sections.push_back(section({}, at == 2));
        made.text += (at == 0 ? "" : " / ") + made.sections.back().form.text;
    }
    return made;
}

Made Maker::values(const Plan& plan) {
    Made all;
    Sight sight;
    open_calls_ = 0;
    sight.open();
    const auto put = [&](const Plan::Section& section, bool shown) {
        Made one;
        section.form.make(sight, one);
        all.bytes += one.bytes;
        if (shown) all.json += one.json + "\n";
        if (shown) all.loose += one.loose + "\n";
        return one.bytes.size();
    };
    const bool several = plan.sections.size() > 1;
    if (several) put(plan.sections[0], plan.sections[0].shown);
    for (std::size_t left = 1 + below(3); left > 0; --left) {
        sight.open();
        if (put(plan.sections[several ? 1 : 0], true) == 0) throw Unfit{};
        sight.close();
    }
    if (plan.sections.size() > 2) put(plan.sections[2], plan.sections[2].shown);
    return all;
}

}  // namespace bradawl::record::model
