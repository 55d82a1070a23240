// A schema and lines of JSON: what they are encoded to is decoded, and encoded to the same bytes again. The input: a
// line with the schema, the lines. Of object streams the lines may say what no stream can be, such as an enum constant
// without a name.
#include <algorithm>

#include "java_input.hpp"

using namespace bradawl;
using record::codec::Outcome;

namespace {

bool has_objects(const schema::Schema& schema) {
    return std::any_of(schema.types.begin(), schema.types.end(),
                       [](const schema::Type& type) { return type.kind == schema::Kind::object; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto [schema, lines] = fuzz::split(data, size);
    if (schema == nullptr) return 0;
    const fuzz::Way way(lines.size());
    const Outcome made = record::codec::encode(*schema, lines, way.setup);
    if (!made.error.empty()) return 0;
    const Outcome read = record::codec::decode(*schema, made.out, way.setup);
    if (!read.error.empty() && has_objects(*schema)) return 0;
    if (!read.error.empty()) std::abort();
    const Outcome again = fuzz::encode_printed(*schema, read.out, way.setup);
    if (!again.error.empty() || again.out != made.out) std::abort();
    return 0;
}
