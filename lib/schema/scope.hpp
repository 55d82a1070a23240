#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bradawl::schema {

/// What an expression comes to.
struct Value {
    enum class Kind : std::uint8_t { none, integer, text, record, array };
    Kind kind = Kind::none;
    std::int64_t integer = 0;
    std::string_view text;   ///< bytes as the wire has them; valid until the scope changes
    std::uint32_t cell = 0;  ///< record, array: where in the scope
};

/// The fields read so far that expressions may ask for, by the records that enclose the place where decoding is: a
/// frame a record. Names resolve from the innermost frame outwards. Frames are a stack and memory is used again, so a
/// record costs no allocation.
class Scope {
public:
    static constexpr std::uint32_t nothing = ~std::uint32_t{0};

    /// Opens a frame; the fields bound from now on are its members.
    void open();

    /// Closes the innermost frame. `keep`: its members live on as a record (or with `as_array` an array, its members
    /// the elements in order) that the next bind_last() binds; otherwise they are forgotten.
    void close(bool keep, bool as_array = false);

    /// Closes the innermost frame without a trace, but leaves what was kept in it.
    void leave() { frames_.pop_back(); }

    /// Opens the record that was kept last as a frame again, to look at its members; leave() ends that.
    void reopen();

    void bind(std::uint32_t name, std::int64_t value);
    void bind_text(std::uint32_t name, std::string_view bytes);
    void bind_last(std::uint32_t name);

    /// A member without a value, such as an array's place that no element takes.
    void bind_nothing(std::uint32_t name);

    /// The value of a name, from the innermost frame outwards; kind none when there is none.
    Value find(std::uint32_t name) const;

    /// A member of a record; an element of an array. Kind none when there is none.
    Value member(std::uint32_t cell, std::uint32_t name) const;
    Value element(std::uint32_t cell, std::int64_t index) const;

    /// Bytes in use, to hold against a limit.
    std::uint64_t memory() const {
        return cells_.size() * sizeof(Cell) + texts_.size() + elements_.size() * sizeof(std::uint32_t);
    }

    /// Forgets everything.
    void clear();

private:
    struct Cell {
        std::uint32_t name;
        Value::Kind kind;
        std::uint32_t next;   // in the same frame, towards older ones
        std::uint64_t word;   // the integer; a text's place; a record's newest member; an array's first element
        std::uint32_t count;  // length of a text, elements of an array
    };
    struct Frame {
        std::uint32_t newest;  // member
        std::uint32_t cells;   // how much there was before
        std::uint32_t texts;
        std::uint32_t elements;
    };

    Value value_of(std::uint32_t cell) const;
    Value in_chain(std::uint32_t newest, std::uint32_t name) const;
    void add(std::uint32_t name, Value::Kind kind, std::uint64_t word, std::uint32_t count);

    std::vector<Cell> cells_;
    std::vector<std::uint32_t> elements_;
    std::string texts_;
    std::vector<Frame> frames_;
    Cell last_{0, Value::Kind::none, nothing, 0, 0};
};

}  // namespace bradawl::schema
