// Bytes as a recipe in TOML, JSON or YAML: what is accepted resolves to options, all else is an Error with a place. The
// input: a byte that chooses the language, then the text.
#include <cstdlib>

#include "core/error.hpp"
#include "learn/options.hpp"
#include "recipe/recipe.hpp"

using namespace bradawl;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0 || size > 16384) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const char* const names[] = {"net.toml", "net.json", "net.yaml"};
    try {
        learn::resolve(recipe::read_recipe(text, names[data[0] % 3], {{"n", "7"}, {"name", "x"}}).values);
    } catch (const Error& error) {
        if (error.fault() != Fault::config && error.fault() != Fault::usage) std::abort();
        if (error.text().empty()) std::abort();
    }
    return 0;
}
