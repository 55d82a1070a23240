// The scanner for any machine, byte by byte.

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
        Masks masks{0, 0, 0, 0, 0};
        for (unsigned i = 0; i < 64; ++i) {
            const std::uint64_t bit = std::uint64_t{1} << i;
            switch (bytes_[i]) {
                case '"':
                    masks.quote |= bit;
                    break;
                case '\\':
                    masks.backslash |= bit;
                    break;
                case '\t':
                case '\n':
                case '\r':
                    masks.control |= bit;
                    [[fallthrough]];
                case ' ':
                    masks.space |= bit;
                    break;
                case '{':
                case '}':
                case '[':
                case ']':
                case ':':
                case ',':
                    masks.punctuation |= bit;
                    break;
                default:
                    if (static_cast<unsigned char>(bytes_[i]) < 0x20) masks.control |= bit;
            }
        }
        return masks;
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

bool scan_portable(const Stretch& stretch, Carry& carry, std::uint64_t* tokens, std::uint64_t* escapes) noexcept {
    return scan_blocks<PortableBlock, Utf8ByBytes>(stretch, carry, tokens, escapes);
}

}  // namespace bradawl::json
