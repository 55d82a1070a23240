#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace bradawl::mongo {

/// A connection string (MongoDB Connection String specification). It may hold a password: print it by redacted() only.
class Uri {
public:
    /// Errors: Fault::usage, without the password, for what is no connection string, and for w=0, by which a server
    /// would tell nothing.
    explicit Uri(std::string text);

    /// As given, password and all.
    const std::string& secret() const noexcept { return text_; }

    /// For people: the password and what else is secret as ***.
    std::string redacted() const;

    /// Whether `text` holds no password, so that it may stand on a command line.
    static bool is_public(const std::string& text);

    /// The value of the option `name` (in any case), as written; empty when it is not given.
    std::string option(std::string_view name) const;

private:
    std::string text_;
};

/// A connection string, or a piece of one in a message, with its secrets replaced by ***.
std::string redacted_uri(std::string_view text);

/// `DB.COLLECTION` as its two parts: the collection may hold dots. `option` stands for it in messages.
/// Errors: Fault::usage.
std::pair<std::string, std::string> split_namespace(const std::string& name, std::string_view option);

}  // namespace bradawl::mongo
