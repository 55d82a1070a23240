#include <bit>

#include "record/model_schema.hpp"

namespace bradawl::record::model {

namespace {

const std::vector<Inside> itself{{"", false, [](const Value& value) -> const Value& { return value; }}};

}  // namespace

std::uint64_t Maker::some_bits() {
    switch (below(6)) {
        case 0:
            return random_.next();
        case 1:
            return random_.next() >> below(64);
        case 2:
            return 0 - static_cast<std::uint64_t>(below(300));
        case 3:
            return (std::uint64_t{1} << below(64)) - below(2);
        default:
            return below(5);
    }
}

/// An integer in JSON; some programs quote it or print a fraction.
void Maker::put_number(Made& made, std::int64_t value, bool is_unsigned, bool wide) {
    const std::string digits = decimal(value, is_unsigned);
    made.json += wide ? model::wide(value, is_unsigned, spelling_.longs) : digits;
    const std::size_t way = below(10);
    made.loose += way == 0                         ? "\"" + digits + "\""
                  : way == 1 && digits.size() < 15 ? digits + ".0"
                  : way == 2 && digits.size() < 15 ? digits + "e0"
                                                   : digits;
}

Form Maker::integer(const Integer& type, bool small) {
    return {type.name,
            [=, this, &type](Sight&, Made& made) {
                const std::uint64_t bits = small ? below(5) : some_bits();
                const std::int64_t value = narrowed(type, bits);
                put_big_endian(made.bytes, bits, type.size);
                put_number(made, value, !type.is_signed && type.size == 8, type.size == 8);
                return Value::of(value);
            },
            itself};
}

Form Maker::boolean() {
    return {"bool",
            [this](Sight&, Made& made) {
                const std::size_t byte = below(8) == 0 ? below(256) : below(2);
                made.bytes += static_cast<char>(byte);
                const std::string number = std::to_string(byte);
                made.json += byte == 0 ? "false" : byte == 1 ? "true" : number;
                made.loose += below(3) == 0 ? number : made.json;
                return Value::of(static_cast<std::int64_t>(byte));
            },
            itself};
}

Form Maker::real(bool wide) {
    return {wide ? "double" : "float", [=, this](Sight&, Made& made) {
                std::uint64_t bits = random_.next();
                if (below(2) == 0) {
                    const double tame = static_cast<double>(static_cast<std::int64_t>(below(200000)) - 100000) / 100;
                    bits = wide ? std::bit_cast<std::uint64_t>(tame)
                                : std::bit_cast<std::uint32_t>(static_cast<float>(tame));
                }
                if (below(10) == 0) bits |= wide ? 0x7ff0000000000000 : 0x7f800000;
                if (below(20) == 0) bits &= wide ? 0xfff8000000000000 : 0xffc00000;
                put_big_endian(made.bytes, bits, wide ? 8 : 4);
                char digits[java::longest_number];
                const char* const end = wide ? java::put_double_bits(digits, bits)
                                             : java::put_float_bits(digits, static_cast<std::uint32_t>(bits));
                const std::string json(static_cast<const char*>(digits), end);
                made.json += json;
                const bool plain = json.find_first_of("\"e") == std::string::npos;
                made.loose += json + std::string(plain ? below(3) : 0, '0');
                return Value{};
            }};
}

Form Maker::scalar() {
    switch (below(8)) {
        case 0:
            return boolean();
        case 1:
            return real(true);
        case 2:
            return real(false);
        case 3:
            return {"char",
                    [this](Sight&, Made& made) {
                        const Made one = texts_.char16();
                        made.append(one);
                        const auto high = static_cast<std::uint8_t>(one.bytes[0]);
                        return Value::of(high << 8 | static_cast<std::uint8_t>(one.bytes[1]));
                    },
                    itself};
        default:
            return integer(integers[below(std::size(integers))], below(2) == 0);
    }
}

Form Maker::variable() {
    const std::size_t which = below(3);
    const char* const names[] = {"vint", "varint", "zigzag"};
    return {names[which],
            [=, this](Sight&, Made& made) {
                const auto value = static_cast<std::int64_t>(some_bits());
                if (which == 0) {
                    put_vint(made.bytes, value);
                } else if (which == 1) {
                    put_leb128(made.bytes, static_cast<std::uint64_t>(value));
                } else {
                    put_leb128(made.bytes, static_cast<std::uint64_t>(value) * 2 ^ (value < 0 ? ~std::uint64_t{0} : 0));
                }
                put_number(made, value, which == 1, true);
                return Value::of(value);
            },
            itself};
}

/// Sometimes one of the letters that expressions compare with.
Form Maker::text() {
    std::vector<Inside> inside = itself;
    inside[0].is_text = true;
    const bool letters = below(2) == 0;
    return {"utf",
            [=, this](Sight&, Made& made) {
                Made one = texts_.utf();
                if (letters) {
                    one = {};
                    one.bytes = std::string(1, static_cast<char>('a' + below(3)));
                    one.both("\"" + one.bytes + "\"");
                }
                put_big_endian(made.bytes, one.bytes.size(), 2);
                made.append(one);
                return Value{Value::Kind::text, 0, one.bytes};
            },
            inside};
}

Form Maker::none() {
    return {"none",
            [](Sight&, Made& made) {
                made.both("null");
                return Value{};
            },
            {},
            {},
            false,
            true,
            true};
}

Form Maker::maybe(Room room) {
    Form element = type({room.depth + 1, room.in_region, false});
    while (element.may_be_null)  // which could not be told from nothing
        element = type({room.depth + 1, room.in_region, false});
    return {element.text + "?",
            [element, this](Sight& sight, Made& made) {
                const bool there = below(3) != 0;
                made.bytes += static_cast<char>(there);
                if (there) {
                    Made one;
                    Value value = element.make(sight, one);
                    made.append(one);
                    return value;
                }
                made.both("null");
                return Value{};
            },
            element.inside,
            {},
            false,
            true,
            true};
}

Form Maker::bits() {
    const Integer& carrier = integers[below(std::size(integers))];
    std::string text = std::string("bits<") + carrier.name + ">{";
    std::vector<std::pair<std::string, std::size_t>> parts;
    std::vector<Inside> inside;
    for (std::size_t left = carrier.size * 8; left > 0;) {
        const std::size_t width = parts.size() == 5 ? left : 1 + below(left);
        const std::string name(1, static_cast<char>('p' + parts.size()));
        text += (parts.empty() ? "" : " ") + name + ":" + std::to_string(width);
        parts.emplace_back(name, width);
        inside.push_back({"." + name, false, [name](const Value& value) -> const Value& {
                              const Value* const found = Sight::member(value.inside, name);
                              if (found == nullptr || value.kind != Value::Kind::record) throw Unfit{};
                              return *found;
                          }});
        left -= width;
    }
    return {text + "}",
            [=, this](Sight&, Made& made) {
                Value record{Value::Kind::record};
                std::uint64_t whole = 0;
                std::vector<std::string> members;
                made.json += '{';
                for (const auto& [name, width] : parts) {
                    const std::uint64_t bits = some_bits() & (~std::uint64_t{0} >> (64 - width));
                    whole = (width == 64 ? 0 : whole << width) | bits;
                    Made one;
                    put_number(one, static_cast<std::int64_t>(bits), true, true);
                    if (made.json.size() > 1) made.json += ',';
                    made.json += "\"" + name + "\":" + one.json;
                    members.push_back("\"" + name + "\"" + blank() + ":" + blank() + one.loose);
                    record.inside.emplace_back(name, Value::of(static_cast<std::int64_t>(bits)));
                }
                made.json += '}';
                made.loose += object(std::move(members));
                put_big_endian(made.bytes, whole, carrier.size);
                return record;
            },
            inside};
}

Form Maker::choice(Room room) {
    const Name* const name = below(3) == 0 ? some_name(true, false) : nullptr;
    const auto asked = name != nullptr ? name->look : nullptr;
    const Sum subject = sum(2);
    const std::size_t arms = 1 + below(3);
    std::string text = "switch(" + (asked ? name->path : subject.text) + "){";
    std::vector<std::pair<std::vector<std::int64_t>, Form>> all;
    std::int64_t next = -1;
    for (std::size_t arm = 0; arm < arms; ++arm) {
        std::vector<std::int64_t> cases;
        if (arm + 1 < arms || below(3) != 0) {
            for (std::size_t left = 1 + below(2); left > 0; --left)
                cases.push_back(next++);
        }
        std::string spelled;
        for (const std::int64_t one : cases) {
            const std::string letter = std::string("\"") + static_cast<char>('b' + one) + "\"";
            spelled += (spelled.empty() ? "" : "|") + (asked ? letter : std::to_string(one));
        }
        all.emplace_back(cases, type(room.inner(false)));
        text += " " + (spelled.empty() ? "else" : spelled) + "->" + all.back().second.text;
    }
    const bool null = std::any_of(all.begin(), all.end(), [](const auto& arm) { return arm.second.may_be_null; });
    return {text + " }",
            [=](Sight& sight, Made& made) {
                std::int64_t value = 0;
                if (asked) {
                    const Value& found = asked(sight);
                    if (found.kind != Value::Kind::text) throw Unfit{};
                    value = found.text.size() == 1 ? found.text[0] - 'b' : 99;
                } else {
                    value = subject.value(sight);
                }
                for (const auto& [cases, form] : all) {
                    if (cases.empty() || std::find(cases.begin(), cases.end(), value) != cases.end())
                        return form.make(sight, made);
                }
                throw Unfit{};
            },
            {},
            {},
            false,
            null};
}

Form Maker::call() {
    const std::size_t which = below(definitions_.size());
    const Definition& definition = definitions_[which];
    std::string text = definition.name;
    std::vector<Sum> arguments;
    for (std::size_t at = 0; at < definition.parameters.size(); ++at) {
        arguments.push_back(below(2) == 0 ? count() : sum(1));
        text += (at == 0 ? "(" : ",") + arguments.back().text;
    }
    if (!arguments.empty()) text += ")";
    return {text, [=, this](Sight& sight, Made& made) {
                const Definition& called = definitions_[which];
                std::vector<std::int64_t> values;
                for (const Sum& argument : arguments)
                    values.push_back(argument.value(sight));
                if (++open_calls_ > most_calls) throw Unfit{};
                sight.open();
                for (std::size_t at = 0; at < values.size(); ++at)
                    sight.bind(called.parameters[at], Value::of(values[at]));
                Value value = called.form.make(sight, made);
                sight.close();
                --open_calls_;
                return value;
            }};
}

/// A definition with parameters; some mention themselves.
void Maker::define() {
    const std::size_t which = definitions_.size();
    Definition made{"d" + std::to_string(which), {}, {}};
    names_.clear();
    for (std::size_t left = below(3); left > 0; --left) {
        const std::string name(1, static_cast<char>('u' + left));
        made.parameters.push_back(name);
        names_.push_back({name, false, true, [name](const Sight& sight) -> const Value& { return sight.find(name); }});
    }
    std::string arguments;
    for (const std::string& parameter : made.parameters)
        arguments += (arguments.empty() ? "" : ",") + parameter;
    if (!arguments.empty()) arguments = "(" + arguments + ")";
    definitions_.push_back(made);
    std::vector<std::string> taken{"next"};
    std::vector<Field> fields{field({2, false, false}, taken)};
    if (below(2) == 0) {
        const Form again{made.name + arguments + "?",
                         [this, which](Sight& sight, Made& out) {
                             const bool there = below(3) == 0;
                             out.bytes += static_cast<char>(there);
                             if (!there) {
                                 out.both("null");
                                 return Value{};
                             }
                             if (++open_calls_ > most_calls) throw Unfit{};
                             Value value = definitions_[which].form.make(sight, out);
                             --open_calls_;
                             return value;
                         },
                         {},
                         {},
                         false,
                         true,
                         true};
        fields.push_back({"next", again});
    }
    definitions_[which].form = record_of(fields);
    definitions_text_ += made.name + arguments + " = " + definitions_[which].form.text + (below(2) == 0 ? "\n" : "; ");
    names_.clear();
}

Form Maker::type(Room room) {
    if (room.in_region && room.last && below(4) == 0) return bare_fill();
    const bool deep = room.depth > 3;
    switch (below(deep ? 7 : 16)) {
        case 0:
        case 1:
        case 2:
            return scalar();
        case 3:
            return variable();
        case 4:
            return text();
        case 5:
            return below(3) == 0 ? none() : scalar();
        case 6:
            return bits();
        case 7:
            return maybe(room);
        case 8:
            return choice(room);
        case 9:
            return definitions_.empty() ? integer(integers[0], true) : call();
        case 10:
        case 11:
            return record(room);
        case 12:
        case 13:
            return array(room);
        case 14:
            return region(room);
        default:
            return filled(room);
    }
}

}  // namespace bradawl::record::model
