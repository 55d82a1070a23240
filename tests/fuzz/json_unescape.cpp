// Any bytes through the decoder, and what it made of them through the writer and back.

#include <cstdlib>

#include "json/check.hpp"
#include "json/unescape.hpp"
#include "json/writer.hpp"

#include "../unit/json/reference.hpp"

using namespace bradawl::json;

namespace {

void must(bool holds) {
    if (!holds) std::abort();
}

// A string that holds `bytes`, made fit by the writer, must be JSON; `same`: and decode to the same bytes.
void writes_and_reads_back(std::string_view bytes, bool same) {
    std::string out;
    Writer writer(out);
    same ? writer.string(bytes) : writer.foreign_string(bytes);
    must(!check(out));
    std::string back;
    must(!unescape(std::string_view(out).substr(1, out.size() - 2), back, LoneSurrogate::refuse));
    must(!same || back == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const reference::Exact exact(std::string_view(reinterpret_cast<const char*>(data), size));
    const std::string_view raw = exact.view();
    writes_and_reads_back(raw, false);

    std::string refused;
    std::string replaced;
    std::string kept;
    const auto problem = unescape(raw, refused, LoneSurrogate::refuse);
    const bool decoded = !unescape(raw, replaced, LoneSurrogate::replace);
    must(decoded == !unescape(raw, kept, LoneSurrogate::keep));
    must(!problem || (problem->offset < raw.size() && refused.empty()));
    must(problem || (decoded && refused == replaced && refused == kept));
    must(replaced.size() <= raw.size() && kept.size() == replaced.size());

    // What a reader would hand out decodes, and its decoding is UTF-8.
    if (check('"' + std::string(raw) + '"')) return 0;
    must(decoded);
    writes_and_reads_back(replaced, true);
    return 0;
}
