#include "record/plumbing.hpp"

#include "java/refill.hpp"

namespace bradawl::record {

Plumbing::Plumbing(const Way& way, const Stop& stop, Clock& clock, io::Output& out)
    : name(way.file == "-" ? "stdin" : way.file),
      input(way.file, stop),
      output(out),
      emitter(out, way.most_output),
      tape(java::refill_from(
          input, [this] { before_wait(); }, way.follow ? &clock : nullptr)),
      source(tape.refill(way.tape)),
      follow_(way.follow),
      stop_(stop) {}

bool Plumbing::run(const std::function<void()>& work) {
    try {
        work();
    } catch (const io::BrokenPipe&) {
        throw;
    } catch (const Error&) {
        emitter.flush();
        if (!stop_.requested()) throw;
    }
    emitter.flush();
    return !stop_.requested();
}

/// Who follows a file that does not grow would not notice otherwise that nobody reads on.
void Plumbing::before_wait() {
    emitter.flush();
    if (follow_ && output.reader_gone()) throw io::BrokenPipe(Fault::io, output.name() + ": broken pipe");
}

}  // namespace bradawl::record
