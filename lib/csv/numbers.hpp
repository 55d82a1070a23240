#pragma once

#include <cstddef>

namespace bradawl::csv {

/// Reads fields that are plain decimal numbers, such as `-12.5`, from `at` on: at most `most` of them, each ended by
/// `separator` or by `end`. Stops at the first field that is anything else (blank, quoted, with an exponent, of more
/// than 15 digits), with `at` at its beginning; `at` is behind `end` when the last field of the line was read. Values
/// are the nearest doubles. 16 bytes behind `end` must be readable. Returns how many were read.
using NumberReader = std::size_t (*)(const char*& at, const char* end, char separator, double* out, std::size_t most);

/// One that runs on every machine.
std::size_t read_numbers_portable(const char*& at, const char* end, char separator, double* out, std::size_t most);

/// The fastest that this machine can run.
NumberReader best_number_reader();

}  // namespace bradawl::csv
