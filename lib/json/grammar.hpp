#pragma once

// Private to the kernels of this room; see block.hpp.

#include "json/block.hpp"

namespace bradawl::json {

/// Whether a number, true, false or null begins at `at` and ends where white space, structure, a quote or `end`
/// follows.
bool is_scalar(const char* at, const char* end) noexcept;

namespace {

// The grammar of RFC 8259 held against 64 bytes at a time, without looking at tokens one by one. A text is right when
//   1. what begins a value does not follow the end of one, and , : } ] do, but for } ] behind their opening bracket;
//   2. brackets match;
//   3. behind each { (unless a } follows) and each , in an object stands a string, and the colons of the text are
//      exactly what stands behind these strings;
//   4. no , stands outside all brackets;
//   5. every number and word is right, and the text ends outside of all, behind a value.
// "Stands behind" leaves out white space: the bit of a token's end is added to the mask of white space.
class Grammar {
public:
    explicit Grammar(const char* end) noexcept : end_(end) {}

    // Whether something is wrong in the next block. `at`: its bytes in the text, of which only those before the end may
    // be read; `bytes`: the same bytes, perhaps copied. Records seldom have white space between tokens.
    template <class Block>
    [[gnu::always_inline]] bool wrong(const Block& block, const Masks& masks, const Strings& strings, const char* at,
                                      const char* bytes) noexcept {
        if (strings.quote == 0 && strings.inside != 0) return false;  // a string goes on through the whole block
        const std::uint64_t space = masks.space & ~strings.inside;
        if (space == 0) [[likely]]
            return wrong_in<false>(block, 0, strings, at, bytes);
        return wrong_in<true>(block, space, strings, at, bytes);
    }

    // Whether the text may end here. In an open string no value has ended.
    bool ended_well() const noexcept { return depth_ == 0 && value_ended_ != 0; }

private:
    // How the brackets of a block leave its bytes.
    struct Levels {
        std::uint64_t object;     // the innermost bracket around is a brace
        std::uint64_t outermost;  // there is no bracket around
        std::uint64_t brace;      // the opening braces
        std::uint64_t wrong;
    };

    template <bool spaced, class Block>
    [[gnu::always_inline]] bool wrong_in(const Block& block, std::uint64_t space, const Strings& strings,
                                         const char* at, const char* bytes) noexcept {
        const Structure all = block.structure();
        const std::uint64_t outside = ~strings.inside;
        const Structure is{all.open & outside, all.close & outside, all.comma & outside, all.colon & outside};
        const std::uint64_t opening = strings.quote & strings.inside;
        const std::uint64_t closing = strings.quote & outside;
        const std::uint64_t scalar = outside & ~(is.open | is.close | is.comma | is.colon | space | strings.quote);
        const std::uint64_t behind_scalar = (scalar << 1) | in_scalar_;
        const std::uint64_t scalar_start = scalar & ~behind_scalar;
        in_scalar_ = scalar >> 63;

        const std::uint64_t behind_value =
            behind<spaced>(closing | is.close, behind_scalar & ~scalar, space, value_ended_);
        const std::uint64_t behind_open = behind<spaced>(is.open, 0, space, opened_);
        std::uint64_t wrong = (opening | is.open | scalar_start) & behind_value;
        wrong |= (is.comma | is.colon) & ~behind_value;
        wrong |= is.close & ~(behind_value | behind_open);

        const Levels levels = follow_brackets(is.open, is.close, bytes);
        wrong |= levels.wrong | (is.comma & levels.outermost);
        const std::uint64_t behind_delimiter =
            behind<spaced>((is.comma & levels.object) | levels.brace, 0, space, delimited_);
        wrong |= behind_delimiter & ~(opening | is.close);
        const std::uint64_t key_end = add(strings.inside, behind_delimiter & opening, in_key_) & closing;
        wrong |= behind<spaced>(key_end, 0, space, key_ended_) ^ is.colon;

        return wrong != 0 || (scalar != 0 && scalars_wrong(block, scalar, scalar_start, at));
    }

    // The first bytes but white space behind the bits of `ends`, and from the bits of `starts` on. `carry`: 1 when the
    // byte behind this block, or what follows it, is such a byte. Without `spaced` there is no white space here.
    template <bool spaced>
    static std::uint64_t behind(std::uint64_t ends, std::uint64_t starts, std::uint64_t space,
                                std::uint64_t& carry) noexcept {
        const std::uint64_t next = (ends << 1) | starts | carry;
        carry = ends >> 63;
        if constexpr (!spaced) return next;
        std::uint64_t over = 0;
        const std::uint64_t found = add(next, space, over) & ~space;
        carry |= over;
        return found;
    }

    Levels follow_brackets(std::uint64_t open, std::uint64_t close, const char* bytes) noexcept {
        Levels levels{in_object_, depth_ == 0 ? ~std::uint64_t{0} : 0, 0, 0};
        for (std::uint64_t rest = open | close; rest != 0; rest &= rest - 1) {
            const std::uint64_t bit = rest & (~rest + 1);
            const std::uint64_t above = ~(bit | (bit - 1));
            const char bracket = bytes[__builtin_ctzll(rest)];
            if ((open & bit) != 0) {
                if (depth_ == deepest) return {0, 0, 0, bit};
                outer_objects_[depth_++] = static_cast<unsigned char>(in_object_);
                in_object_ = bracket == '{' ? ~std::uint64_t{0} : 0;
                levels.brace |= bit & in_object_;
            } else {
                if (depth_ == 0 || bracket != (in_object_ != 0 ? '}' : ']')) return {0, 0, 0, bit};
                in_object_ = outer_objects_[--depth_] != 0 ? ~std::uint64_t{0} : 0;
            }
            levels.object = (levels.object & ~above) | (in_object_ & above);
            levels.outermost = (levels.outermost & ~above) | (depth_ == 0 ? above : 0);
        }
        return levels;
    }

    // Numbers of digits alone need no look at each, but for a leading zero and at the block's end.
    template <class Block>
    bool scalars_wrong(const Block& block, std::uint64_t scalar, std::uint64_t start, const char* at) const noexcept {
        const std::uint64_t last = std::uint64_t{1} << 63;
        const std::uint64_t leading_zero = start & block.zeros() & ((scalar >> 1) | last);
        if (((scalar & ~block.digits()) | leading_zero | (scalar & last)) == 0) return false;
        for (; start != 0; start &= start - 1) {
            if (!is_scalar(at + __builtin_ctzll(start), end_)) return true;
        }
        return false;
    }

    const char* end_;
    std::uint64_t in_scalar_ = 0;    // 1: the last byte was part of a number or word
    std::uint64_t value_ended_ = 0;  // 1: only white space since the end of a value
    std::uint64_t opened_ = 0;       // the same since an opening bracket,
    std::uint64_t delimited_ = 0;    // since a { or a , in an object,
    std::uint64_t key_ended_ = 0;    // since the end of a key
    std::uint64_t in_key_ = 0;       // 1: a key goes on
    std::uint64_t in_object_ = 0;    // all ones or 0
    std::size_t depth_ = 0;
    unsigned char outer_objects_[deepest];  // for each open bracket: what it lies in is an object
};

// Kernel::holds. Block has masks(), structure(), digits() and zeros().
template <class Block, auto utf8_wrong>
bool text_holds(const char* text, std::size_t size) noexcept {
    const Stretch whole{text, 0, size / 64, true, size % 64};
    Carry carry{};
    Grammar grammar(text + size);
    const bool wrong = over_blocks<Block, utf8_wrong>(
        whole, carry.beyond_ascii,
        [&](const Block& block, std::size_t index, const char* bytes) __attribute__((always_inline)) {
            const Masks masks = block.masks();
            const Strings strings = find_strings(block, masks, carry);
            return grammar.wrong(block, masks, strings, text + index * 64, bytes) || strings.wrong != 0;
        });
    return !wrong && grammar.ended_well();
}

}  // namespace
}  // namespace bradawl::json
