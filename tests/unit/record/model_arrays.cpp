#include "record/model_schema.hpp"

namespace bradawl::record::model {

namespace {

constexpr std::int64_t most = 300;

/// What `[0]` and `[1]` see, from what elements let see.
std::vector<Inside> of_elements(const Form& element) {
    std::vector<Inside> inside;
    for (std::size_t place = 0; place < 2; ++place) {
        for (const Inside& part : element.inside) {
            if (inside.size() == 4) break;
            inside.push_back({"[" + std::to_string(place) + "]" + part.suffix, part.is_text,
                              [place, look = part.look](const Value& array) -> const Value& {
                                  if (array.kind != Value::Kind::array || place >= array.inside.size()) throw Unfit{};
                                  return look(array.inside[place].second);
                              }});
        }
    }
    return inside;
}

/// An expression in angle brackets must not hold a bare `>`.
std::string in_angles(const Sum& sum) {
    return sum.text.find('>') == std::string::npos ? "<" + sum.text + ">" : "<(" + sum.text + ")>";
}

bool is_name(const std::string& text) {
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
}

}  // namespace

/// An integer type that says how many, as the types of sizes in front do.
Maker::Front Maker::front() {
    if (below(6) == 0) {
        const std::size_t which = below(3);
        const char* const names[] = {"vint", "varint", "zigzag"};
        return {names[which], [which](std::string& out, std::uint64_t n) {
                    if (which == 0) return put_vint(out, static_cast<std::int64_t>(n));
                    put_leb128(out, which == 1 ? n : n * 2);
                }};
    }
    const Integer& type = integers[below(std::size(integers))];
    return {type.name, [&type](std::string& out, std::uint64_t n) {
                const std::uint64_t limit = std::uint64_t{1} << (8 * type.size - (type.is_signed ? 1 : 0) - 1);
                if (n / 2 >= limit) throw Unfit{};
                put_big_endian(out, n, type.size);
            }};
}

void Maker::elements(const Form& element, std::int64_t n, Sight& sight, Made& made, Value& array) {
    if (n < 0 || n > most) throw Unfit{};
    array.kind = Value::Kind::array;
    made.json += '[';
    made.loose += "[" + blank();
    for (std::int64_t at = 0; at < n; ++at) {
        if (at > 0) made.both(",");
        Made one;
        array.inside.emplace_back("", element.make(sight, one));
        made.append(one);
        made.loose += blank();
    }
    made.both("]");
}

Form Maker::array(Room room) {
    const std::size_t kind = below(8);
    if (kind == 0) return until(room);
    if (kind == 1) return slots(room);
    if (kind == 2 && room.in_region && room.last) return rest(room);
    const Form element = type(room.inner(false));
    Form form{"", {}, of_elements(element)};
    if (kind < 5) {
        const Front size = front();
        form.text =
            size.name == "int" && below(2) == 0 ? "[" + element.text + "]" : element.text + "[" + size.name + "]";
        form.make = [=, this](Sight& sight, Made& made) {
            const std::size_t n = below(30) == 0 ? below(140) : below(4);
            size.put(made.bytes, n);
            Value array;
            elements(element, static_cast<std::int64_t>(n), sight, made, array);
            return array;
        };
        return form;
    }
    const Sum number = count();
    form.text = element.text + "[" + number.text + "]";
    if (is_name(number.text)) form.counted_by = number.text;
    form.countable = true;
    form.make = [=, this](Sight& sight, Made& made) {
        Value array;
        elements(element, number.value(sight), sight, made, array);
        return array;
    };
    return form;
}

/// To the end of the region.
Form Maker::rest(Room room) {
    const Form element = type(room.inner(false));
    return {element.text + "[*]",
            [=, this](Sight& sight, Made& made) {
                Value array{Value::Kind::array};
                made.both("[");
                const std::size_t n = below(4);
                for (std::size_t at = 0; at < n; ++at) {
                    if (at > 0) made.both(",");
                    Made one;
                    array.inside.emplace_back("", element.make(sight, one));
                    if (one.bytes.empty()) throw Unfit{};
                    made.append(one);
                }
                made.both("]");
                made.fills = true;
                return array;
            },
            of_elements(element)};
}

Form Maker::until(Room room) {
    const Form element = type(room.inner(false));
    const Integer& type = integers[below(std::size(integers))];
    const std::size_t end = below(3) == 0 ? below(100) : 0;
    const std::string text =
        below(4) == 0 ? "0x" + codec::hex(std::string(1, static_cast<char>(end))) : std::to_string(end);
    return {element.text + "[until " + text + ":" + type.name + "]",
            [=, this, &type](Sight& sight, Made& made) {
                Value array{Value::Kind::array};
                std::string closing;
                put_big_endian(closing, end, type.size);
                std::string bytes;
                std::vector<std::size_t> begins;
                made.both("[");
                for (std::size_t left = below(4); left > 0; --left) {
                    if (!begins.empty()) made.both(",");
                    Made one;
                    array.inside.emplace_back("", element.make(sight, one));
                    if (one.bytes.empty() || one.fills) throw Unfit{};
                    begins.push_back(bytes.size());
                    bytes += one.bytes;
                    made.json += one.json;
                    made.loose += one.loose;
                }
                made.both("]");
                bytes += closing;
                for (const std::size_t begin : begins) {
                    if (bytes.compare(begin, closing.size(), closing) == 0) throw Unfit{};
                }
                made.bytes += bytes;
                return array;
            },
            of_elements(element)};
}

Form Maker::slots(Room room) {
    const Sum last = count();
    const std::int64_t first = static_cast<std::int64_t>(below(3));
    const std::size_t before = names_.size();
    std::vector<Field> fields{{"g", integer(integers[below(2)], true)}};
    std::vector<std::string> taken{"g"};
    see("g", fields[0].form.inside, true);
    if (below(2) == 0) fields.push_back(field(room.inner(false), taken));
    const Form element = record_of(fields);
    names_.resize(before);
    const bool wide = below(2) == 0;
    return {element.text + "[" + std::to_string(first) + ".." + last.text + " slots " + (wide ? "g==1?2:1" : "1") + "]",
            [=](Sight& sight, Made& made) {
                Value array{Value::Kind::array};
                for (std::int64_t at = 0; at < first; ++at)
                    array.inside.emplace_back("", Value{});
                made.both("[");
                for (std::int64_t at = first; at <= last.value(sight);) {
                    if (at > most) throw Unfit{};
                    if (at > first) made.both(",");
                    Made one;
                    Value made_here = element.make(sight, one);
                    made.append(one);
                    const Value* const g = Sight::member(made_here.inside, "g");
                    const std::int64_t step = wide && g->integer == 1 ? 2 : 1;
                    array.inside.emplace_back("", std::move(made_here));
                    if (step == 2) array.inside.emplace_back("", Value{});
                    at += step;
                }
                made.both("]");
                return array;
            },
            of_elements(element)};
}

Form Maker::region(Room room) {
    const Form element = type(room.inner(true));
    if (room.in_region && room.last && below(4) == 0) {
        return {element.text + "<*>",
                [element](Sight& sight, Made& made) {
                    Made one;
                    Value value = element.make(sight, one);
                    one.fills = true;
                    made.append(one);
                    return value;
                },
                element.inside,
                {},
                false,
                element.may_be_null};
    }
    const Front size = front();
    return {element.text + "<" + size.name + ">",
            [element, size](Sight& sight, Made& made) {
                Made one;
                Value value = element.make(sight, one);
                size.put(made.bytes, one.bytes.size());
                one.fills = false;
                made.append(one);
                return value;
            },
            element.inside,
            {},
            false,
            element.may_be_null};
}

Made Maker::fill(int kind, std::size_t n) {
    return kind == 0   ? texts_.bytes(n, spelling_.bytes)
           : kind == 1 ? texts_.str(n)
           : kind == 2 ? texts_.latin1(n)
                       : texts_.utf16(n);
}

namespace {
constexpr const char* fill_names[] = {"bytes", "str", "latin1", "utf16"};
}  // namespace

/// One without a size of its own, which takes all of the region around.
Form Maker::bare_fill() {
    const int kind = static_cast<int>(below(4));
    return {fill_names[kind], [=, this](Sight&, Made& made) {
                Made one = fill(kind, kind == 3 ? 2 * texts_.length() : texts_.length());
                one.fills = true;
                made.append(one);
                return Value{Value::Kind::text, 0, one.bytes};
            }};
}

Form Maker::filled(Room) {
    const int kind = static_cast<int>(below(4));
    const std::string name = fill_names[kind];
    if (below(2) == 0) {
        const Front size = front();
        return {name + "<" + size.name + ">", [=, this](Sight&, Made& made) {
                    const Made one = fill(kind, kind == 3 ? 2 * texts_.length() : texts_.length());
                    size.put(made.bytes, one.bytes.size());
                    made.append(one);
                    return Value{Value::Kind::text, 0, one.bytes};
                }};
    }
    const Sum size = count();
    Form form{name + in_angles(size), [=, this](Sight& sight, Made& made) {
                  const std::int64_t n = size.value(sight);
                  if (n < 0 || n > most) throw Unfit{};
                  const Made one = fill(kind, static_cast<std::size_t>(n));
                  made.append(one);
                  return Value{Value::Kind::text, 0, one.bytes};
              }};
    if (is_name(size.text)) form.counted_by = size.text;
    form.countable = true;
    return form;
}

}  // namespace bradawl::record::model
