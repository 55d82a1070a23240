#pragma once

#include <string>
#include <string_view>

#include "java/options.hpp"
#include "schema/schema.hpp"

namespace bradawl::objects {

/// Modified UTF-8 as a JSON string, or as `{"$mutf8":"hex"}` when no JSON string can say it.
std::string to_json(std::string_view mutf8);

/// The same as a key of an object, which has to be a string: `"$mutf8:hex"`.
std::string key_json(std::string_view mutf8);

/// Appends a primitive value at `bytes` as JSON.
void append_scalar(std::string& out, schema::Kind kind, const std::uint8_t* bytes, java::LongForm form);

/// Appends bytes as a JSON string of hex or base64.
void append_bytes(std::string& out, std::string_view bytes, java::BytesForm form);

}  // namespace bradawl::objects
