// The kernel for any machine, byte by byte.

#include "json/grammar.hpp"
#include "json/scan_blocks.hpp"
#include "json/utf8_block.hpp"

namespace bradawl::json {
namespace {

class PortableBlock {
public:
    explicit PortableBlock(const char* bytes) noexcept : bytes_(bytes) {}

    static std::uint64_t parity(std::uint64_t bits) noexcept { return parity_by_shifts(bits); }

    bool beyond_ascii() const noexcept {
        unsigned all = 0;
        for (int i = 0; i < 64; ++i)
            all |= static_cast<unsigned char>(bytes_[i]);
        return all > 0x7f;
    }

    Masks masks() const noexcept {
        Masks masks{0, 0, 0, 0};
        for (unsigned i = 0; i < 64; ++i) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            const char c = bytes_[i];
            if (c == '"') masks.quote |= bit;
            if (c == '\\') masks.backslash |= bit;
            if (static_cast<unsigned char>(c) < 0x20) masks.control |= bit;
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') masks.space |= bit;
        }
        return masks;
    }

    Structure structure() const noexcept {
        Structure structure{0, 0, 0, 0};
        for (unsigned i = 0; i < 64; ++i) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            const char c = bytes_[i];
            if (c == '{' || c == '[') structure.open |= bit;
            if (c == '}' || c == ']') structure.close |= bit;
            if (c == ',') structure.comma |= bit;
            if (c == ':') structure.colon |= bit;
        }
        return structure;
    }

    std::uint64_t punctuation() const noexcept {
        const Structure parts = structure();
        return parts.open | parts.close | parts.comma | parts.colon;
    }

    std::uint64_t digits() const noexcept {
        std::uint64_t mask = 0;
        for (unsigned i = 0; i < 64; ++i)
            mask |= static_cast<std::uint64_t>(bytes_[i] >= '0' && bytes_[i] <= '9') << i;
        return mask;
    }

    std::uint64_t zeros() const noexcept {
        std::uint64_t mask = 0;
        for (unsigned i = 0; i < 64; ++i)
            mask |= static_cast<std::uint64_t>(bytes_[i] == '0') << i;
        return mask;
    }

    EscapeMasks escape_masks() const noexcept {
        EscapeMasks masks{0, 0, 0};
        for (unsigned i = 0; i < 64; ++i) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            const char c = bytes_[i];
            const char lower = static_cast<char>(c | 0x20);
            if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f')) masks.hex |= bit;
            switch (c) {
                case 'u':
                    masks.u |= bit;
                    [[fallthrough]];
                case '"':
                case '\\':
                case '/':
                case 'b':
                case 'f':
                case 'n':
                case 'r':
                case 't':
                    masks.letter |= bit;
                    break;
                default:
                    break;
            }
        }
        return masks;
    }

private:
    const char* bytes_;
};

}  // namespace

const Kernel* portable_kernel() noexcept {
    static constexpr Kernel kernel{scan_blocks<PortableBlock, utf8_wrong_by_bytes>,
                                   text_holds<PortableBlock, utf8_wrong_by_bytes>};
    return &kernel;
}

}  // namespace bradawl::json
