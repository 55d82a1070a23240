// Measures the JSON room on lines of JSON: CPU seconds a gigabyte, the best of some rounds. tests/support/records
// writes tweet-shaped lines.
//   bench_json FILE check|read|unescape|write [best|portable|sse2|avx2] [ROUNDS]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "json/check.hpp"
#include "json/reader.hpp"
#include "json/unescape.hpp"
#include "json/writer.hpp"

namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Lines {
    std::vector<std::string_view> lines;
    std::string bytes;
};

void fill(Lines& out, const char* path) {
    std::ifstream file(path, std::ios::binary);
    out.bytes.assign(std::istreambuf_iterator<char>(file), {});
    const std::string_view bytes = out.bytes;
    for (std::size_t begin = 0, end = 0; (end = bytes.find('\n', begin)) != bytes.npos; begin = end + 1) {
        out.lines.push_back(bytes.substr(begin, end - begin));
    }
}

// Counts what it hears, so that nothing can be left out.
struct Count {
    std::size_t seen = 0;
    void null() noexcept { ++seen; }
    void boolean(bool value) noexcept { seen += value ? 1 : 2; }
    void number(std::string_view spelling, bool) noexcept { seen += spelling.size(); }
    void string(std::string_view raw, bool escaped) noexcept { seen += raw.size() + (escaped ? 1 : 0); }
    void key(std::string_view raw, bool escaped) noexcept { seen += raw.size() + (escaped ? 1 : 0); }
    void begin_object() noexcept { ++seen; }
    void end_object() noexcept { ++seen; }
    void begin_array() noexcept { ++seen; }
    void end_array() noexcept { ++seen; }
};

// Decodes each string and writes everything anew.
struct Rewrite {
    std::string decoded;
    std::string out;
    bradawl::json::Writer writer{out};
    bool write = true;

    std::string_view decode(std::string_view raw, bool escaped) {
        if (!escaped) return raw;
        decoded.clear();
        (void)bradawl::json::unescape(raw, decoded, bradawl::json::LoneSurrogate::replace);
        return decoded;
    }
    void null() {
        if (write) writer.null();
    }
    void boolean(bool value) {
        if (write) writer.boolean(value);
    }
    void number(std::string_view spelling, bool) {
        if (write) writer.raw(spelling);
    }
    void string(std::string_view raw, bool escaped) {
        const auto text = decode(raw, escaped);
        if (write) writer.string(text);
    }
    void key(std::string_view raw, bool escaped) {
        const auto text = decode(raw, escaped);
        if (write) writer.key(text);
    }
    void begin_object() {
        if (write) writer.begin_object();
    }
    void end_object() {
        if (write) writer.end_object();
    }
    void begin_array() {
        if (write) writer.begin_array();
    }
    void end_array() {
        if (write) writer.end_array();
    }
};

std::size_t run(const std::string& what, const Lines& input) {
    std::size_t result = 0;
    Count count;
    Rewrite rewrite;
    rewrite.write = what == "write";
    for (const std::string_view line : input.lines) {
        if (what == "check") {
            result += bradawl::json::check(line) ? 1U : 0U;
        } else if (what == "read") {
            result += bradawl::json::read(line, count) ? 1U : 0U;
        } else if (what == "unescape" || what == "write") {
            rewrite.out.clear();
            result += bradawl::json::read(line, rewrite) ? 1U : 0U;
        }
    }
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string what = argv[2];
    const std::string scanner = argc > 3 ? argv[3] : "best";
    const int rounds = argc > 4 ? std::atoi(argv[4]) : 15;
    if (scanner == "portable") bradawl::json::use_scanner(bradawl::json::Scanner::portable);
    if (scanner == "sse2") bradawl::json::use_scanner(bradawl::json::Scanner::sse2);
    if (scanner == "avx2" && !bradawl::json::use_scanner(bradawl::json::Scanner::avx2)) return 1;

    Lines input;
    fill(input, argv[1]);
    double best = 1e9;
    std::size_t refused = 0;
    for (int round = 0; round < rounds; ++round) {
        const double start = cpu_seconds();
        refused += run(what, input);
        best = std::min(best, cpu_seconds() - start);
    }
    const auto bytes = static_cast<double>(input.bytes.size());
    std::printf("%s %s: %.0f bytes a line, %.3f CPU s/GB, %.0f MB/s, refused %zu\n", what.c_str(), scanner.c_str(),
                bytes / static_cast<double>(input.lines.size()), best / bytes * 1e9, bytes / best / 1e6, refused);
    return refused == 0 ? 0 : 1;
}
