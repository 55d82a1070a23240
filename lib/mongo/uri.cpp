#include "mongo/uri.hpp"

#include <mongoc/mongoc.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "core/error.hpp"
#include "mongo/handles.hpp"
#include "text/printable.hpp"

namespace bradawl::mongo {
namespace {

// Options whose values are secret, in lower case.
constexpr std::array<std::string_view, 3> secret_options{"tlscertificatekeyfilepassword",
                                                         "sslclientcertificatekeypassword", "authmechanismproperties"};

bool same_word(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// The user part of `text`: from behind `://` to before the last `@` ahead of the path; empty when there is none.
std::string_view user_part(std::string_view text) {
    const std::size_t scheme = text.find("://");
    if (scheme == text.npos) return {};
    const std::string_view rest = text.substr(scheme + 3);
    // A password may hold a slash that should have been escaped: better to hide too much.
    const std::size_t at = rest.substr(0, rest.find('?')).rfind('@');
    return at == rest.npos ? std::string_view() : rest.substr(0, at);
}

// Calls `each(name, value)` for every option behind the question mark.
template <class Each>
void each_option(std::string_view text, Each each) {
    const std::size_t mark = text.find('?');
    if (mark == text.npos) return;
    std::string_view rest = text.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find_first_of("&;"));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        each(pair.substr(0, equals), pair.substr(std::min(pair.size(), equals + 1)));
    }
}

bool is_secret(std::string_view option) {
    return std::any_of(secret_options.begin(), secret_options.end(),
                       [option](std::string_view secret) { return same_word(secret, option); });
}

}  // namespace

std::string redacted_uri(std::string_view text) {
    std::string out(text);
    const auto hide = [&](std::string_view part) {
        if (!part.empty()) out.replace(static_cast<std::size_t>(part.data() - text.data()), part.size(), "***");
    };
    // From the back to the front, so that places in front stay right.
    std::vector<std::string_view> secrets;
    each_option(text, [&](std::string_view name, std::string_view value) {
        if (is_secret(name)) secrets.push_back(value);
    });
    for (auto secret = secrets.rbegin(); secret != secrets.rend(); ++secret)
        hide(*secret);
    const std::string_view user = user_part(text);
    if (const std::size_t colon = user.find(':'); colon != user.npos) hide(user.substr(colon + 1));
    return out;
}

Uri::Uri(std::string text) : text_(std::move(text)) {
    if (text_.empty()) {
        throw Error(Fault::usage, "no connection string", "give --uri, or set BRADAWL_MONGODB_URI");
    }
    bson_error_t error{};
    const UriHandle parsed(mongoc_uri_new_with_error(text_.c_str(), &error));
    if (!parsed) {
        throw Error(
            Fault::usage, "'" + text::printable(redacted()) + "' is no connection string: " + error.message,
            "a connection string looks like mongodb://HOST:27017/ or mongodb://USER:PASSWORD@A,B/?replicaSet=NAME");
    }
    const mongoc_write_concern_t* const concern = mongoc_uri_get_write_concern(parsed.get());
    if (mongoc_write_concern_get_w(concern) == 0) {
        throw Error(Fault::usage, "w=0 in the connection string: the server would not tell what becomes of writes");
    }
}

std::string Uri::redacted() const {
    return redacted_uri(text_);
}

bool Uri::is_public(const std::string& text) {
    return redacted_uri(text) == text;
}

std::string Uri::option(std::string_view wanted) const {
    std::string found;
    each_option(text_, [&](std::string_view name, std::string_view value) {
        if (same_word(name, wanted)) found = value;
    });
    return found;
}

std::pair<std::string, std::string> split_namespace(const std::string& name, std::string_view option) {
    if (name.empty()) throw Error(Fault::usage, std::string(option) + "=DB.COLLECTION is needed");
    const std::size_t dot = name.find('.');
    const std::string database = name.substr(0, dot);
    const std::string collection = dot == name.npos ? std::string() : name.substr(dot + 1);
    const bool good = !database.empty() && !collection.empty() && name.size() <= 255 &&
                      database.find_first_of(std::string_view("/\\ \"$*<>:|?\0", 12)) == database.npos &&
                      collection.find_first_of(std::string_view("$\0", 2)) == collection.npos &&
                      !collection.starts_with('.');
    if (!good) {
        throw Error(Fault::usage, std::string(option) + ": '" + text::printable(name) + "' is not DB.COLLECTION");
    }
    return {database, collection};
}

}  // namespace bradawl::mongo
