#pragma once

#include <cstdint>

namespace bradawl::objects {

/// What a stream begins with (java.io.ObjectStreamConstants; Java Object Serialization Specification, 6.4).
inline constexpr std::uint16_t stream_magic = 0xaced;
inline constexpr std::uint16_t stream_version = 5;

/// The handle of the first object.
inline constexpr std::uint32_t first_handle = 0x7e0000;

/// The byte in front of every content.
enum class Tag : std::uint8_t {
    null = 0x70,
    reference = 0x71,
    class_desc = 0x72,
    object = 0x73,
    string = 0x74,
    array = 0x75,
    class_object = 0x76,
    block = 0x77,
    end_block = 0x78,
    reset = 0x79,
    long_block = 0x7a,
    exception = 0x7b,
    long_string = 0x7c,
    proxy_desc = 0x7d,
    enumeration = 0x7e,
};

/// Flags of a class description.
inline constexpr std::uint8_t write_method = 0x01;
inline constexpr std::uint8_t serializable = 0x02;
inline constexpr std::uint8_t externalizable = 0x04;
inline constexpr std::uint8_t block_data = 0x08;
inline constexpr std::uint8_t enumeration = 0x10;

}  // namespace bradawl::objects
