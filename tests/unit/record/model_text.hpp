#pragma once

#include "record/model.hpp"

namespace bradawl::record::model {

/// Random texts, dense in what is hard.
class Texts {
public:
    explicit Texts(Random& random) : random_(random) {}

    /// A Java string, and its forms as `utf` without the length or as `utf16`.
    Made utf() { return of(units(length()), true); }
    Made utf16(std::size_t bytes) {
        if (bytes % 2 != 0) throw Unfit{};
        return of(units(bytes / 2), false);
    }

    Made latin1(std::size_t n) {
        Made made;
        made.both("\"");
        for (; n > 0; --n) {
            const auto byte = static_cast<std::uint32_t>(random_.next() & (below(3) == 0 ? 0xff : 0x7f));
            made.bytes += static_cast<char>(byte);
            character(made, byte);
        }
        made.both("\"");
        return made;
    }

    /// UTF-8 or, sometimes, not.
    Made str(std::size_t n) {
        Made made;
        made.both("\"");
        const bool broken = below(6) == 0;
        while (made.bytes.size() < n) {
            const std::uint32_t code = code_point(n - made.bytes.size());
            put_utf8(made.bytes, code);
            character(made, code);
        }
        made.both("\"");
        if (!broken || n == 0) return made;
        made.bytes[below(n)] = static_cast<char>(0xf8 | below(8));  // in no UTF-8
        made.json = made.loose = tagged("str", made.bytes);
        return made;
    }

    Made bytes(std::size_t n, java::BytesForm form) {
        Made made;
        for (std::size_t at = 0; at < n; ++at)
            made.bytes += static_cast<char>(random_.next());
        std::string text = codec::hex(made.bytes);
        if (form == java::BytesForm::base64) {
            text.resize(4 * (n / 3 + 1));
            const auto* const data = reinterpret_cast<const std::uint8_t*>(made.bytes.data());
            text.resize(static_cast<std::size_t>(java::put_base64(text.data(), data, n) - text.data()));
        }
        made.both("\"" + text + "\"");
        return made;
    }

    Made char16() {
        const std::uint32_t unit = any_unit();
        Made made;
        put_big_endian(made.bytes, unit, 2);
        if (unit >= 0xd800 && unit < 0xe000) {
            made.json = std::to_string(unit);
            made.loose = "\"";
            put_escaped(made.loose, unit, below(2) == 0);
            made.loose += '"';
            return made;
        }
        made.both("\"");
        character(made, unit);
        made.both("\"");
        if (below(4) == 0) made.loose = std::to_string(unit);
        return made;
    }

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.next() % n); }

    /// Mostly short; sometimes longer than the pieces that are spelled at a time.
    std::size_t length() { return below(40) == 0 ? below(1400) : below(5) == 0 ? below(40) : below(6); }

private:
    std::uint32_t any_unit() {
        switch (below(8)) {
            case 0:
                return static_cast<std::uint32_t>(below(0x20));
            case 1:
                return static_cast<std::uint32_t>(0x80 + below(0x780));
            case 2:
                return static_cast<std::uint32_t>(0x800 + below(0xf800));
            case 3:
                return below(4) == 0 ? static_cast<std::uint32_t>(0xd800 + below(0x800)) : U'é';
            case 4:
                return U'"' + static_cast<std::uint32_t>(below(2)) * (U'\\' - U'"');
            default:
                return static_cast<std::uint32_t>(0x20 + below(0x60));
        }
    }

    std::vector<std::uint32_t> units(std::size_t n) {
        std::vector<std::uint32_t> made;
        const bool tame = below(3) != 0;
        while (made.size() < n) {
            if (below(8) == 0 && made.size() + 2 <= n) {
                made.push_back(static_cast<std::uint32_t>(0xd800 + below(0x400)));
                made.push_back(static_cast<std::uint32_t>(0xdc00 + below(0x400)));
                continue;
            }
            std::uint32_t unit = any_unit();
            if (tame && unit >= 0xd800 && unit < 0xe000) unit = U'x';
            made.push_back(unit);
        }
        return made;
    }

    /// One that takes at most `room` bytes.
    std::uint32_t code_point(std::size_t room) {
        std::uint32_t code = any_unit();
        if (below(8) == 0) code = static_cast<std::uint32_t>(0x10000 + below(0x100000));
        const std::size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        return size > room || (code >= 0xd800 && code < 0xe000) ? U'y' : code;
    }

    void character(Made& made, std::uint32_t code) {
        put_character(made.json, code);
        loosely(made.loose, code);
    }
    void loosely(std::string& out, std::uint32_t code) {
        if (below(6) != 0) return put_character(out, code);
        const bool upper = below(2) == 0;
        if (code >= 0x10000) {
            put_escaped(out, 0xd7c0 + (code >> 10), upper);
            code = 0xdc00 | (code & 0x3ff);
        }
        put_escaped(out, code, upper);
    }

    /// `modified`: in modified UTF-8, sometimes in forms that Java reads but does not write; else in UTF-16.
    Made of(const std::vector<std::uint32_t>& units, bool modified) {
        Made made;
        bool faithful = true;
        made.both("\"");
        for (std::size_t at = 0; at < units.size(); ++at) {
            std::uint32_t code = units[at];
            put_unit(made.bytes, code, modified, faithful);
            const bool pair = (code & 0xfc00) == 0xd800 && at + 1 < units.size() && (units[at + 1] & 0xfc00) == 0xdc00;
            if (pair) {
                put_unit(made.bytes, units[++at], modified, faithful);
                code = 0x10000 + ((code & 0x3ff) << 10) + (units[at] & 0x3ff);
            }
            const bool lone = code >= 0xd800 && code < 0xe000;
            if (lone) {
                put_escaped(made.loose, code, false);
            } else {
                character(made, code);
            }
            alone_ = alone_ || lone;
        }
        made.both("\"");
        if (!faithful || alone_) made.json = tagged(modified ? "mutf8" : "utf16", made.bytes);
        if (!faithful) made.loose = made.json;
        alone_ = false;
        return made;
    }

    void put_unit(std::string& out, std::uint32_t unit, bool modified, bool& faithful) {
        if (!modified) return put_big_endian(out, unit, 2);
        int more = unit >= 1 && unit < 0x80 ? 0 : unit < 0x800 ? 1 : 2;
        if (below(200) == 0) {  // as long as it can be; U+0000 as one byte
            const int other = unit == 0 ? 0 : 2;
            faithful = faithful && other == more;
            more = other;
        }
        if (more == 0) {
            out += static_cast<char>(unit);
            return;
        }
        out += static_cast<char>((more == 1 ? 0xc0 : 0xe0) | static_cast<int>(unit >> (6 * more)));
        for (int at = more - 1; at >= 0; --at)
            out += static_cast<char>(0x80 | (unit >> (6 * at) & 0x3f));
    }

    Random& random_;
    bool alone_ = false;
};

}  // namespace bradawl::record::model
