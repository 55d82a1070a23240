#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace bradawl {

/// What kind of failure ended the work. The value is the process exit code of every tool (sysexits.h where it has one;
/// the table stands in every man page under EXIT STATUS).
enum class Fault : int {
    some_failed = 1,       ///< the answer is no, or some items failed and were reported
    usage = 2,             ///< wrong use of the command line
    data = 65,             ///< input data malformed
    unavailable = 69,      ///< the service cannot be reached in the time allowed, or refuses for good
    internal = 70,         ///< a bug in bradawl
    io = 74,               ///< cannot read or write
    again = 75,            ///< not now: run again later
    outcome_unknown = 76,  ///< writes whose fate the server never told
    permission = 77,       ///< authentication or permission refused
    config = 78,           ///< configuration or secret missing, unreadable, too open or unsafe
};

/// The exit code that stands for `fault`.
constexpr int exit_code(Fault fault) {
    return static_cast<int>(fault);
}

/// The one exception type of the library: a fault, a text `what: why` (lower case, no full stop) and, where a likely
/// mend is known, a hint that is printed on a line of its own.
class Error : public std::exception {
public:
    Error(Fault fault, std::string text, std::string hint = {})
        : fault_(fault), text_(std::move(text)), hint_(std::move(hint)) {}

    const char* what() const noexcept override { return text_.c_str(); }
    Fault fault() const noexcept { return fault_; }
    const std::string& text() const noexcept { return text_; }
    const std::string& hint() const noexcept { return hint_; }

    /// The same error with one fact more in front: `where: text`.
    Error at(std::string_view where) const { return {fault_, std::string(where) + ": " + text_, hint_}; }

private:
    Fault fault_;
    std::string text_;
    std::string hint_;
};

}  // namespace bradawl
