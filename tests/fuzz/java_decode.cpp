// A schema and bytes: what is decoded is encoded to the same bytes again; bytes that come in pieces, or are only
// checked, are as good or as bad as in one. The input: a line with the schema, the bytes.
#include "java_input.hpp"

using namespace bradawl;
using record::codec::Outcome;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto [schema, bytes] = fuzz::split(data, size);
    if (schema == nullptr) return 0;
    fuzz::Way way(bytes.size());
    const Outcome whole = record::codec::decode(*schema, bytes, way.setup);
    if (record::codec::check(*schema, bytes, way.setup).empty() != whole.error.empty()) std::abort();
    way.setup.piece = 1 + bytes.size() % 7;
    if (record::codec::decode(*schema, bytes, way.setup) != whole) std::abort();
    if (!whole.error.empty()) return 0;
    const Outcome back = fuzz::encode_printed(*schema, whole.out, way.setup);
    if (fuzz::lacks_hidden_field(back)) return 0;
    if (!back.error.empty() || back.out != bytes) std::abort();
    return 0;
}
