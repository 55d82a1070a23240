#include "record/simple_records.hpp"

#include "java/source.hpp"

namespace bradawl::record {

using schema::Extent;
using schema::Kind;

std::optional<SimpleRecords> SimpleRecords::of(const schema::Section& section) {
    SimpleRecords made;
    made.stretches_.emplace_back();
    for (const schema::Step& step : section.scan_steps) {
        const schema::Field& field = section.fields[step.first];
        if (step.what == schema::Step::Do::skip) {
            made.stretches_.back().fixed += step.bytes;
        } else if (field.constant || field.condition != nullptr || field.captured || !made.add(*field.type)) {
            return std::nullopt;
        }
    }
    const Stretch& last = made.stretches_.back();
    if (made.stretches_.size() == 1 && last.fixed == 0) return std::nullopt;
    return made;
}

bool SimpleRecords::add(const schema::Type& type) {
    if (type.kind == Kind::utf) {
        add_length(Kind::uint16, 1);
        return true;
    }
    const bool prefixed =
        (type.kind == Kind::array || type.kind == Kind::region) && type.extent.by == Extent::By::prefix;
    if (!prefixed) return false;
    const Kind length = type.extent.prefix;
    if (length != Kind::int16 && length != Kind::uint16 && length != Kind::int32 && length != Kind::uint32)
        return false;
    if (type.kind == Kind::region) {
        if (!fills_region(type.element->kind) || type.element->kind == Kind::utf16) return false;
        add_length(length, 1);
        return true;
    }
    constexpr std::int64_t most = 1 << 24;  // times any length is no overflow
    if (type.lines || type.element->plain_size <= 0 || type.element->plain_size > most) return false;
    add_length(length, static_cast<std::uint64_t>(type.element->plain_size));
    return true;
}

void SimpleRecords::add_length(Kind kind, std::uint64_t element) {
    Stretch& stretch = stretches_.back();
    stretch.length = static_cast<std::uint32_t>(schema::scalar_size(kind));
    stretch.is_signed = kind == Kind::int16 || kind == Kind::int32;
    stretch.element = element;
    stretches_.emplace_back();
}

std::int64_t SimpleRecords::load(const Stretch& stretch, const std::uint8_t* at) {
    if (stretch.length == 2) {
        const std::uint16_t length = java::load16(at);
        return stretch.is_signed ? static_cast<std::int16_t>(length) : std::int64_t{length};
    }
    const std::uint32_t length = java::load32(at);
    return stretch.is_signed ? static_cast<std::int32_t>(length) : std::int64_t{length};
}

SimpleRecords::Found SimpleRecords::find(std::span<const std::uint8_t> bytes) const {
    Found found;
    const std::uint8_t* at = bytes.data();
    const std::uint8_t* const end = at + bytes.size();
    while (at != end) {
        for (const Stretch& stretch : stretches_) {
            if (static_cast<std::size_t>(end - at) < stretch.fixed + std::size_t{stretch.length}) return found;
            at += stretch.fixed;
            if (stretch.length == 0) continue;
            const std::int64_t n = load(stretch, at);
            at += stretch.length;
            const auto left = static_cast<std::uint64_t>(end - at);
            if (n < 0 || static_cast<std::uint64_t>(n) * stretch.element > left) return found;
            at += static_cast<std::uint64_t>(n) * stretch.element;
        }
        found.end = static_cast<std::size_t>(at - bytes.data());
        ++found.records;
    }
    return found;
}

}  // namespace bradawl::record
