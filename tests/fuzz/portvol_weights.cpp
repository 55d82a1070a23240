// Bytes as a list of weights, or as a file of them: what is taken are finite numbers for assets that there are, in the
// order of their columns. The input: a byte that chooses options, a line with the assets' names, the list or file.
#include <cmath>
#include <cstdlib>

#include "core/error.hpp"
#include "csv/fields.hpp"
#include "finance/weights.hpp"

#include "memory_file.hpp"

using namespace bradawl;
using namespace bradawl::finance;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static MemoryFile file;
    if (size == 0) return 0;
    const unsigned choice = data[0];
    const std::string_view all(reinterpret_cast<const char*>(data + 1), size - 1);
    const std::size_t end = std::min(all.find('\n'), all.size());
    std::string list(all.substr(std::min(end + 1, all.size())));
    if ((choice & 4) != 0) {
        file.fill(list);
        list = "@" + file.path();
    } else if (list.starts_with('@')) {
        return 0;  // some file
    }
    WeightOptions options;
    options.normalize = (choice & 1) != 0;
    ((choice & 2) != 0 ? options.holdings : options.weights) = list;
    try {
        const std::vector<std::string> names = csv::split(all.substr(0, end), ',');
        const Weights made = resolve_weights(options, names, (choice & 8) != 0 ? names.front() : std::string());
        if (made.columns.empty() || made.columns.size() != made.values.size()) std::abort();
        for (std::size_t at = 0; at < made.columns.size(); ++at) {
            if (made.columns[at] >= names.size() || !std::isfinite(made.values[at])) std::abort();
            if (at > 0 && made.columns[at] <= made.columns[at - 1]) std::abort();
        }
    } catch (const Error& error) {
        if (error.fault() != Fault::data && error.fault() != Fault::usage) std::abort();
    }
    return 0;
}
