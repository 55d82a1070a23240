#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bradawl::text {

/// A span of time as people write it: `90`, `1.5` (seconds), `250ms`, `10s`, `5m`, `2h`, `1d`, or a row of these such
/// as `1h30m`. Nothing when it is not one, is negative or exceeds 100 years.
std::optional<std::chrono::nanoseconds> to_duration(std::string_view text);

/// A number of bytes: `4096`, `64K`, `16M`, `2G` (powers of 1024; `KiB`, `MiB`, `GiB` mean the same).
/// Nothing when it is not one or does not fit.
std::optional<std::uint64_t> to_size(std::string_view text);

/// For people: `0.25 s`, `12.3 s`, `4 min 07 s`, `2 h 05 min`.
std::string describe_duration(std::chrono::nanoseconds time);

/// For people: `812 B`, `1.5 KiB`, `16 MiB`.
std::string describe_size(std::uint64_t bytes);

}  // namespace bradawl::text
