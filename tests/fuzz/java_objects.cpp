// An object stream in each style: it is printed as JSON or refused, and what the full style prints is encoded to the
// same bytes again.
#include <cstdlib>

#include "json/check.hpp"
#include "objects/full_encoder.hpp"
#include "objects/object_reader.hpp"

#include "java_input.hpp"

using namespace bradawl;
using objects::Style;
using record::codec::Outcome;

namespace {

template <class Each>
void for_each_line(std::string_view lines, Each each) {
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        if (end == std::string_view::npos) std::abort();  // every line is ended
        each(lines.substr(0, end));
        lines.remove_prefix(end + 1);
    }
}

Outcome read(std::string_view bytes, Style style, std::size_t piece) {
    record::codec::Bytes source(bytes, piece);
    java::Emitter emitter;
    objects::ObjectOptions options;
    options.style = style;
    options.ids = bytes.size() % 2 == 1;
    options.classes = {"C = n:int s:utf o:object"};
    const java::Spelling spelling = fuzz::spelling_for(bytes.size());
    const java::Limits limits = fuzz::small_limits();
    objects::ObjectReader reader(*source, &emitter, "in", spelling, limits, options);
    Outcome outcome;
    outcome.error = record::codec::error_of([&] {
        while (reader.next())
            continue;
    });
    outcome.out = emitter.whole();
    for_each_line(outcome.out, [](std::string_view line) {
        if (json::check(line)) std::abort();
    });
    return outcome;
}

std::string encoded(std::string_view lines, std::size_t length) {
    const java::Spelling spelling = fuzz::spelling_for(length);
    const java::Limits limits = fuzz::small_limits();
    objects::FullEncoder encoder(spelling, limits);
    std::string bytes;
    objects::FullEncoder::header(bytes);
    for_each_line(lines, [&](std::string_view line) { encoder.add(line, bytes); });
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const Style style : {Style::natural, Style::flat})
        read(bytes, style, 0);
    const Outcome full = read(bytes, Style::full, 0);
    if (read(bytes, Style::full, 1 + size % 7) != full) std::abort();
    if (full.error.empty() && encoded(full.out, size) != bytes) std::abort();
    return 0;
}
