#pragma once

#include <functional>
#include <string>

#include "core/clock.hpp"
#include "core/stop.hpp"
#include "io/input.hpp"
#include "io/output.hpp"
#include "java/emitter.hpp"
#include "java/source.hpp"
#include "record/annotate.hpp"

namespace bradawl::record {

/// An input of bytes and the lines that come of it. Finished lines go out before any wait and before an error.
class Plumbing {
public:
    struct Way {
        std::string file = "-";  ///< what to read; `-` is standard input
        bool follow = false;     ///< its end is no end: wait for more
        bool tape = false;       ///< keep the bytes read last on `tape`
        std::uint64_t most_output = ~std::uint64_t{0};
    };

    /// All are used as long as this lives. Errors: Fault::io when the file cannot be opened.
    Plumbing(const Way& way, const Stop& stop, Clock& clock, io::Output& output);

    /// Does `work`, which reads and writes with the members below. What a stop cut off is no fault of the input.
    /// Returns false when a stop was asked for. Errors: those of `work`.
    bool run(const std::function<void()>& work);

    /// What stands for the input in messages: `stdin`, or the file's name.
    const std::string name;
    io::Input input;
    io::Output& output;
    java::Emitter emitter;
    Tape tape;
    java::Source source;

private:
    void before_wait();

    bool follow_;
    const Stop& stop_;
};

}  // namespace bradawl::record
