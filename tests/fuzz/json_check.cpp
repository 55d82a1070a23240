// Every kernel against the plain reader of the unit tests: verdict, place and events.

#include <cstdlib>

#include "json/check.hpp"

#include "../unit/json/reference.hpp"

using namespace bradawl::json;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    // From a heap block of just its size, at an address that is no multiple of anything.
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const reference::Exact exact(text);
    reference::Reader plain(text);
    const auto wrong = plain.wrong();
    for (const Scanner scanner : {Scanner::portable, Scanner::sse2, Scanner::avx2}) {
        if (!use_scanner(scanner)) continue;
        reference::Log log;
        const auto problem = read(exact.view(), log);
        const auto verdict = check(exact.view());
        if (problem.has_value() != wrong.has_value() || verdict.has_value() != wrong.has_value()) std::abort();
        if (kernel().holds(exact.view().data(), size) == wrong.has_value()) std::abort();
        if (wrong && (problem->offset != *wrong || verdict->offset != *wrong)) std::abort();
        if (!wrong && log.text != plain.log.text) std::abort();
    }
    return 0;
}
