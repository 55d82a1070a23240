#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "feed/framer.hpp"

// What a framer says, as text, for tests and fuzzers; and a plain framer that sees the whole body at once.
namespace bradawl::feed {

class LinesLog : public LineSink {
public:
    void line(std::string_view line, std::uint64_t offset) override {
        text += std::to_string(offset) + ":" + std::string(line) + "\n";
    }
    void keep_alive() override { text += "keep-alive\n"; }
    void too_long(std::uint64_t offset) override { text += std::to_string(offset) + ":too long\n"; }

    std::string text;
};

/// The log of a Framer that gets `body` in pieces of the sizes that `next` gives, each a heap block of just its size.
template <class Next>
std::string framed(std::string_view body, std::size_t limit, Next next) {
    LinesLog log;
    Framer framer(log, limit);
    while (!body.empty()) {
        const std::string piece(body.substr(0, next()));
        framer.feed(piece);
        body.remove_prefix(piece.size());
    }
    return log.text + "rest:" + std::string(framer.unfinished()) + "\n";
}

/// The same log by the words of the rule. A line without its end is held up to the limit and a CR.
inline std::string framed_plainly(std::string_view body, std::size_t limit) {
    LinesLog log;
    std::size_t begin = 0;
    for (auto end = body.find('\n'); end != body.npos; begin = end + 1, end = body.find('\n', begin)) {
        auto line = body.substr(begin, end - begin);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) {
            log.keep_alive();
        } else if (line.size() > limit) {
            log.too_long(begin);
        } else {
            log.line(line, begin);
        }
    }
    const auto rest = body.substr(begin);
    if (rest.size() > limit + 1) log.too_long(begin);
    return log.text + "rest:" + std::string(rest.size() > limit + 1 ? "" : rest) + "\n";
}

}  // namespace bradawl::feed
