#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/constant.hpp"
#include "schema/expression.hpp"

namespace bradawl::schema {

/// What a type is. The fixed-size scalars come first, in the order of their names in the language.
enum class Kind : std::uint8_t {
    boolean,
    int8,
    uint8,
    int16,
    uint16,
    char16,
    int24,
    uint24,
    int32,
    uint32,
    int64,
    uint64,
    float32,
    float64,
    vint,    ///< Hadoop's WritableUtils.writeVLong
    varint,  ///< unsigned LEB128 of up to 64 bits
    zigzag,  ///< signed, zigzag in LEB128
    utf,     ///< DataOutput.writeUTF
    bytes,   ///< fills its region, as do the next three
    str,     ///< UTF-8
    latin1,
    utf16,   ///< big-endian
    none,    ///< no bytes, null
    object,  ///< an object stream of its own
    call,    ///< a definition's type
    record,
    choice,  ///< switch
    bits,
    array,
    region,
    maybe,
};

constexpr bool is_integer(Kind kind) {
    return (kind <= Kind::uint64 && kind != Kind::boolean && kind != Kind::char16) ||
           (kind >= Kind::vint && kind <= Kind::zigzag);
}
constexpr bool is_scalar(Kind kind) {
    return kind <= Kind::float64;
}
constexpr bool fills_region(Kind kind) {
    return kind >= Kind::bytes && kind <= Kind::utf16;
}

/// Bytes of a fixed-size scalar.
std::size_t scalar_size(Kind kind);

/// The name in the language; of what has no name of its own, what people call it.
const char* name_of(Kind kind);

struct Type;

/// How many elements (of an array) or bytes (of a region) there are.
struct Extent {
    enum class By : std::uint8_t {
        number,  ///< `number` says
        prefix,  ///< an integer of kind `prefix` in front says
        rest,    ///< to the end of the region
        until,   ///< up to the bytes `until`, which are passed over
        slots,   ///< elements take `step` places each from `first` to `number`, as a class file's constants do
    };
    By by = By::number;
    Kind prefix = Kind::int32;
    const Expression* number = nullptr;
    const Expression* first = nullptr;
    const Expression* step = nullptr;
    std::string until;
};

/// A field of a record.
struct Field {
    std::uint32_t name = 0;  ///< index in Schema::names
    Place place;
    const Type* type = nullptr;
    std::optional<Constant> constant;
    const Expression* condition = nullptr;
    bool hidden = false;    ///< `_`: not in JSON
    bool captured = false;  ///< some expression asks for the name
    bool shown = true;      ///< selected for output

    // What follows from the above.
    std::string key;               ///< `,"name":`, then bytes to spare up to 16
    std::uint32_t key_length = 0;  ///< without the bytes to spare
    std::string constant_bytes;
    std::string constant_json;
    const Field* counts = nullptr;  ///< the array or region of the same record whose size this field is
};

/// What a decoder does next in a record: fields that go together.
struct Step {
    enum class Do : std::uint8_t {
        run,   ///< show fixed-size scalars, read after one check of bounds
        skip,  ///< pass over fields of fixed size that accept all bytes
        show,  ///< one field
        pass,  ///< one field that is not shown
    };
    Do what;
    std::uint32_t first;  ///< index of the first field
    std::uint32_t end;
    std::uint32_t bytes;  ///< of a run or skip
    std::uint32_t room;   ///< the most that a run's JSON takes
};

/// A row of fields.
struct Section {
    std::vector<Field> fields;
    std::vector<Step> steps;       ///< to show what is selected
    std::vector<Step> scan_steps;  ///< to show nothing
    bool binds = false;            ///< a field is captured
};

/// One arm of a switch.
struct Arm {
    std::vector<Constant> cases;  ///< empty: else
    const Type* type = nullptr;
};

struct BitField {
    std::uint32_t name = 0;
    std::uint32_t width = 0;
    bool captured = false;
    std::string key;
};

struct Type {
    Kind kind = Kind::none;
    Place place;
    const Type* element = nullptr;             ///< array, region, maybe
    Extent extent;                             ///< array, region
    Section section;                           ///< record
    const Expression* subject = nullptr;       ///< choice
    std::vector<Arm> arms;                     ///< choice
    Kind carrier = Kind::uint32;               ///< bits
    std::vector<BitField> bit_fields;          ///< bits, the highest first
    std::uint32_t definition = 0;              ///< call: index in Schema::definitions
    std::vector<const Expression*> arguments;  ///< call

    /// Bytes it takes when that is always the same and every content is accepted without a look; -1 otherwise.
    std::int64_t plain_size = -1;
    bool lines = false;        ///< array: every element becomes a line of its own (--each)
    bool transparent = false;  ///< stands around such an array, or is it, and is not shown itself
    bool silent = false;       ///< a switch's arm that has nothing of what is selected
};

inline constexpr std::size_t most_parameters = 16;

struct Definition {
    std::uint32_t name = 0;
    std::vector<std::uint32_t> parameters;
    const Type* type = nullptr;
    Place place;
};

/// What a text in the schema language says, ready for decoders and encoders. Immutable once made, so that threads may
/// share it.
struct Schema {
    std::string origin;  ///< `schema`, a file's name or `@jks`, for messages
    std::vector<std::string> names;
    std::vector<Definition> definitions;
    std::vector<Section> sections;  ///< one: the record; two: header and record; three: and a trailer

    bool has_header() const { return sections.size() > 1; }
    const Section& record() const { return sections[has_header() ? 1 : 0]; }
    const Section* header() const { return has_header() ? &sections[0] : nullptr; }
    const Section* trailer() const { return sections.size() > 2 ? &sections[2] : nullptr; }
    std::uint64_t trailer_size = 0;

    /// An error in the schema that shows only in use: Fault::usage with the place in front.
    Error error(Place place, const std::string& text) const;

    // Own the nodes above.
    std::deque<Type> types;
    std::deque<Expression> expressions;
};

/// The type of the switch's arm that `subject` chooses, or null.
const Type* matching_arm(const Type& choice, const Value& subject);

/// What a program asks of a schema beside its text.
struct Wish {
    bool strict = false;              ///< booleans other than 0 and 1 are refused, so they need a look
    std::vector<std::string> select;  ///< paths such as `id` or `v.name`; empty: all
    std::string each;                 ///< path of the array whose elements become lines; empty: none
};

/// Reads a schema. `origin` stands for it in messages. Errors: Fault::usage, as `ORIGIN: 1:23: unknown type 'strng'
/// (did you mean 'str'?)`.
std::shared_ptr<const Schema> parse(std::string_view text, const std::string& origin, const Wish& wish = {});

}  // namespace bradawl::schema
