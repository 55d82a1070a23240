#include "objects/leaf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "java/mutf8.hpp"
#include "java/source.hpp"
#include "objects/value_text.hpp"

namespace bradawl::objects {

namespace {

/// The parts of one object, by name.
class Parts {
public:
    explicit Parts(std::span<const Part> parts) : parts_(parts) {}

    const Part* find(std::string_view name) const {
        const auto found =
            std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.name == name; });
        return found == parts_.end() ? nullptr : &*found;
    }
    std::int64_t number(std::string_view name) const {
        const Part* const part = find(name);
        return part == nullptr ? 0 : part->number;
    }
    std::string text(std::string_view name) const {
        const Part* const part = find(name);
        return part == nullptr ? "" : part->text;
    }
    bool has_text(std::string_view name) const {
        const Part* const part = find(name);
        return part != nullptr && part->is_text;
    }

private:
    std::span<const Part> parts_;
};

std::string quoted(const std::string& ascii) {
    return "\"" + ascii + "\"";
}

/// UTF-16 units as bytes, the first `n` of them.
std::optional<std::string> characters(std::string_view units, std::int64_t n) {
    if (n < 0 || static_cast<std::uint64_t>(n) * 2 > units.size()) return std::nullopt;
    std::string text = "\"";
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(units.data());
    if (!java::utf16_to_json(bytes, static_cast<std::size_t>(n), text)) return std::nullopt;
    return text + "\"";
}

std::optional<std::string> string_builder(const Parts& parts) {
    const Part* const block = parts.find("");
    const Part* const value = parts.find("$item");
    if (block == nullptr || value == nullptr || block->text.size() != 4) return std::nullopt;
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(block->text.data());
    return characters(value->text, static_cast<std::int32_t>(java::load32(bytes)));
}

std::string bit_set(std::string_view words) {
    std::string text = "[";
    for (std::size_t word = 0; word + 8 <= words.size(); word += 8) {
        std::uint64_t bits = java::load64(reinterpret_cast<const std::uint8_t*>(words.data()) + word);
        for (; bits != 0; bits &= bits - 1) {
            if (text.size() > 1) text += ',';
            text += std::to_string(word * 8 + static_cast<unsigned>(__builtin_ctzll(bits)));
        }
    }
    return text + "]";
}

std::string stack_trace_element(const Parts& parts) {
    std::string at = parts.text("declaringClass") + "." + parts.text("methodName");
    const std::string module = parts.text("moduleName");
    if (!module.empty()) at = module + "/" + at;
    const std::int64_t line = parts.number("lineNumber");
    std::string file = parts.has_text("fileName") ? parts.text("fileName") : "Unknown Source";
    if (line == -2) file = "Native Method";
    if (line >= 0 && parts.has_text("fileName")) file += ":" + std::to_string(line);
    return to_json("at " + at + "(" + file + ")");
}

std::string url(const Parts& parts) {
    std::string text = parts.text("protocol") + ":";
    if (!parts.text("authority").empty()) text += "//" + parts.text("authority");
    text += parts.text("file");
    if (parts.has_text("ref")) text += "#" + parts.text("ref");
    return to_json(text);
}

/// Locale.toString for a language, country and variant, and the script and extensions behind `#`.
std::string locale(const Parts& parts) {
    std::string text = parts.text("language");
    const std::string country = parts.text("country");
    const std::string variant = parts.text("variant");
    if (!country.empty() || !variant.empty()) text += "_" + country;
    if (!variant.empty()) text += "_" + variant;
    const std::string script = parts.text("script");
    const std::string extensions = parts.text("extensions");
    if (!script.empty() || !extensions.empty()) text += variant.empty() && country.empty() ? "__#" : "_#";
    text += script;
    if (!extensions.empty()) text += (script.empty() ? "" : "_") + extensions;
    return to_json(text);
}

/// As InetAddress.toString has it.
std::string inet_address(const Parts& parts) {
    const auto address = static_cast<std::uint32_t>(parts.number("address"));
    const std::string host = parts.has_text("hostName") ? parts.text("hostName") : "";
    const std::string six = parts.text("ipaddress");
    if (six.size() == 16) {
        std::string text = host + "/";
        for (std::size_t at = 0; at < six.size(); at += 2)
            text += fmt::format("{}{:x}", at == 0 ? "" : ":",
                                java::load16(reinterpret_cast<const std::uint8_t*>(six.data()) + at));
        return to_json(text);
    }
    return to_json(
        fmt::format("{}/{}.{}.{}.{}", host, address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255));
}

std::string uuid(const Parts& parts) {
    const auto high = static_cast<std::uint64_t>(parts.number("mostSigBits"));
    const auto low = static_cast<std::uint64_t>(parts.number("leastSigBits"));
    return quoted(fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xffff, high & 0xffff,
                              low >> 48, low & 0xffffffffffff));
}

std::optional<std::string> timestamp(const Parts& parts) {
    const std::string block = parts.text("");
    if (block.size() != 8) return std::nullopt;
    const auto millis = static_cast<std::int64_t>(java::load64(reinterpret_cast<const std::uint8_t*>(block.data())));
    return quoted(iso_instant(millis, parts.number("nanos")));
}

std::optional<std::string> decimal(const Parts& parts) {
    const std::string unscaled = parts.text("intVal");
    if (unscaled.size() < 3) return std::nullopt;
    const std::string digits = unscaled.substr(1, unscaled.size() - 2);
    if (digits.find_first_not_of("0123456789", digits[0] == '-' ? 1 : 0) != std::string::npos) return std::nullopt;
    return quoted(big_decimal(digits, parts.number("scale")));
}

std::optional<std::string> time(const Parts& parts) {
    const auto text = java_time(parts.text(""));
    return text ? std::optional(to_json(*text)) : std::nullopt;
}

}  // namespace

std::optional<std::string> make_leaf(std::string_view name, const std::vector<Part>& all, std::size_t first) {
    const Parts parts(std::span<const Part>(all).subspan(first));
    if (name == "java.time.Ser") return time(parts);
    if (name == "java.math.BigInteger") return quoted(big_integer(parts.number("signum"), parts.text("magnitude")));
    if (name == "java.math.BigDecimal") return decimal(parts);
    if (name == "java.util.UUID") return uuid(parts);
    if (name == "java.util.Locale") return locale(parts);
    if (name == "java.util.BitSet") return bit_set(parts.text("bits"));
    if (name == "java.util.Calendar") return quoted(iso_instant(parts.number("time")));
    if (name == "java.sql.Timestamp") return timestamp(parts);
    if (name == "java.lang.StringBuilder") return string_builder(parts);
    if (name == "java.lang.StringBuffer") return characters(parts.text("value"), parts.number("count"));
    if (name == "java.lang.StackTraceElement") return stack_trace_element(parts);
    if (name == "java.net.URL") return url(parts);
    if (name.starts_with("java.net.Inet")) return inet_address(parts);
    return std::nullopt;
}

}  // namespace bradawl::objects
