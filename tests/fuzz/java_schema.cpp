// Any text is a schema that can be explained, or wrong usage. A first line `#select a,b.c` or `#each a`, a comment for
// the language, gives the paths that a program may ask for beside it.
#include <cstdlib>
#include <string_view>

#include "core/error.hpp"
#include "schema/explain.hpp"
#include "schema/schema.hpp"

using namespace bradawl;

namespace {

schema::Wish wish_of(std::string_view text) {
    schema::Wish wish;
    wish.strict = text.size() % 2 == 1;
    std::string_view first = text.substr(0, text.find('\n'));
    if (first.starts_with("#each ")) wish.each = first.substr(6);
    if (!first.starts_with("#select ")) return wish;
    first.remove_prefix(8);
    while (true) {
        const std::size_t comma = first.find(',');
        wish.select.emplace_back(first.substr(0, comma));
        if (comma == std::string_view::npos) return wish;
        first.remove_prefix(comma + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::shared_ptr<const schema::Schema> schema;
    try {
        schema = schema::parse(text, "schema", wish_of(text));
    } catch (const Error& error) {
        if (error.fault() != Fault::usage || error.text().empty()) std::abort();
        return 0;
    }
    if (schema::explain(*schema).empty()) std::abort();
    return 0;
}
