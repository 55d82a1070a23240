#pragma once

namespace bradawl::code {

/// What a model can be written in.
enum class Language { c, awk, sql, onnx };

}  // namespace bradawl::code
