#include "cli/request_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>

#include "cli/group.hpp"
#include "cli/layers.hpp"
#include "core/error.hpp"
#include "io/input.hpp"
#include "json/document.hpp"
#include "text/nearest.hpp"
#include "text/percent.hpp"
#include "text/printable.hpp"

namespace bradawl::cli {

namespace {

bool has_no_password(const std::string& user) {
    return user.find(':') == std::string::npos;
}

/// Whether the authority part of a URL names no password.
bool url_has_no_password(const std::string& url) {
    const auto begin = url.find("://");
    const auto authority = url.substr(begin == url.npos ? 0 : begin + 3);
    const auto at = authority.substr(0, authority.find_first_of("/?#")).rfind('@');
    return at == url.npos || authority.substr(0, at).find(':') == url.npos;
}

/// `@FILE` is the file's text, else the text itself. As curl does for -d, line ends are dropped.
std::string text_or_file(const std::string& given, bool drop_line_ends) {
    if (given.empty() || given.front() != '@') return given;
    std::string text = io::read_document(given.substr(1), 64 << 20);
    if (drop_line_ends) std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
    return text;
}

/// As a form is encoded: a blank as '+'.
std::string form_encoded(std::string_view content) {
    std::string encoded = text::percent_encode(content);
    for (auto blank = encoded.find("%20"); blank != encoded.npos; blank = encoded.find("%20", blank))
        encoded.replace(blank, 3, "+");
    return encoded;
}

/// curl's forms: `content`, `=content`, `name=content`, `@file`, `name@file`; the content is encoded, the name not.
std::string url_encoded(const std::string& given) {
    auto mark = given.find('=');  // first: a name may hold an '@'
    if (mark == given.npos) mark = given.find('@');
    if (mark == given.npos) return form_encoded(given);
    const std::string name = given.substr(0, mark);
    const std::string rest = given.substr(mark + 1);
    const std::string content = given[mark] == '=' ? rest : io::read_document(rest, 64 << 20);
    return (name.empty() ? "" : name + "=") + form_encoded(content);
}

http::OAuth1Keys read_keys(const std::string& path) {
    static const std::vector<std::string> names{"consumer_key", "consumer_secret", "token", "token_secret"};
    http::OAuth1Keys keys;
    const std::array<std::string*, 4> fields{&keys.consumer_key, &keys.consumer_secret, &keys.token,
                                             &keys.token_secret};
    for (const auto& [name, value] : json::read_string_map(io::read_secret(path), path)) {
        const auto known = std::find(names.begin(), names.end(), name);
        if (known == names.end()) {
            const std::string near = text::nearest(name, names);
            throw Error(
                Fault::config, fmt::format("{}: unknown key '{}'", path, text::printable(name)),
                near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : "did you mean '" + near + "'?");
        }
        *fields[static_cast<std::size_t>(known - names.begin())] = value;
    }
    if (keys.consumer_key.empty() || keys.consumer_secret.empty()) {
        throw Error(Fault::config, path + ": consumer_key and consumer_secret are needed");
    }
    return keys;
}

bool carries_secret(const std::string& header) {
    const auto colon = header.find(':');
    std::string name = header.substr(0, colon);
    for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name == "authorization" || name == "proxy-authorization" || name == "cookie";
}

std::string default_netrc() {
    const char* home = std::getenv("HOME");
    return home == nullptr ? ".netrc" : std::string(home) + "/.netrc";
}

}  // namespace

void RequestOptions::declare(CLI::App& app, const std::string& prefix) {
    app.add_option("URL", request_.url, "the stream, http or https");
    const auto take_data = [this](bool encode) {
        return [this, encode](const CLI::results_t& given) {
            for (const auto& text : given)
                data_.push_back({encode, text});
            return true;
        };
    };
    const auto take_headers = [this](const CLI::results_t& given) {
        headers_.insert(headers_.end(), given.begin(), given.end());
        headers_on_command_line_ = current_source() == Source::command_line;
        return true;
    };
    const auto list = [&](const std::string& names, CLI::callback_t callback, const std::string& metavar,
                          const std::string& description) {
        app.add_option(names, callback, description)
            ->type_name(metavar)
            ->expected(1, -1)
            ->allow_extra_args(false)
            ->trigger_on_parse()  // in the order of the command line, whichever option it is
            ->group("Request");
    };
    Group request(app, "Request");
    request.text("-X,--request", request_.method, "METHOD", "method, if not GET or (with -d) POST");
    list("-d,--data", take_data(false), "DATA|@FILE", "form body; again: joined by '&'; @FILE reads it");
    list("--data-urlencode", take_data(true), "DATA|@FILE", "the same, URL-encoded: [NAME]=TEXT or [NAME]@FILE");
    request.flag("-G,--get", as_query_, "put the data in the URL's query and use GET");
    list("-H,--header", take_headers, "LINE|@FILE", "header 'NAME: VALUE', or @FILE with one a line");
    request.text("-A,--user-agent", request_.user_agent, "TEXT", "value of User-Agent")
        .flag("!--no-compressed", request_.compressed, "do not ask for gzip");
    Group(app, "Authentication")
        .secret("-u,--user", request_.user, "Basic: USER, or @FILE that holds USER:PASSWORD", has_no_password)
        .secret("--password", request_.password, "the password to -u")
        .secret("--oauth2-bearer", request_.bearer, "bearer token")
        .environment(prefix + "_BEARER")
        .text("--oauth1", oauth1_file_, "FILE",
              "OAuth 1.0a: JSON file with consumer_key, consumer_secret, token, token_secret")
        .flag("-n,--netrc", netrc_, "user and password from ~/.netrc")
        .text("--netrc-file", netrc_file_, "FILE", "the same, from this file");
    Group(app, "Connection")
        .secret("-x,--proxy", request_.proxy, "proxy, [SCHEME://]HOST[:PORT]", url_has_no_password)
        .text("--noproxy", request_.no_proxy, "HOSTS", "hosts to ask directly, with commas")
        .text("--cacert", request_.ca_file, "FILE", "PEM file of the certificates to trust")
        .text("-E,--cert", request_.client_certificate, "FILE", "PEM file with client certificate and key")
        .flag("-k,--insecure", request_.insecure, "do not verify the server's certificate")
        .texts("--resolve", request_.resolve, "HOST:PORT:ADDRESS", "use ADDRESS for HOST:PORT")
        .text("--unix-socket", request_.unix_socket, "FILE", "connect to this socket")
        .duration("--connect-timeout", request_.connect_timeout, "longest time to connect (30s)");
}

std::string RequestOptions::body() const {
    std::vector<std::string> parts;
    for (const auto& [encode, text] : data_)
        parts.push_back(encode ? url_encoded(text) : text_or_file(text, true));
    return fmt::format("{}", fmt::join(parts, "&"));
}

void RequestOptions::add_credentials(http::Request& request) const {
    if (request.password.empty()) {
        const auto colon = request.user.find(':');
        if (colon != request.user.npos) {
            request.password = request.user.substr(colon + 1);
            request.user.resize(colon);
        }
    }
    if (!oauth1_file_.empty()) request.oauth1 = read_keys(oauth1_file_);
    if (netrc_ || !netrc_file_.empty()) {
        if (!netrc_file_.empty()) io::read_secret(netrc_file_);  // must be there and private; ~/.netrc may be missing
        request.netrc_file = netrc_file_.empty() ? default_netrc() : netrc_file_;
        io::require_private(request.netrc_file);
    }
}

http::Request RequestOptions::request() const {
    http::Request request = request_;
    if (request.url.empty()) throw Error(Fault::usage, "no URL given", "give it as the operand");
    if (!url_has_no_password(request.url)) {
        throw Error(Fault::usage, "a password in the URL can be read by every user (ps)",
                    "use -u @FILE, --netrc or the environment");
    }
    request.headers = headers();
    add_data(request);
    add_credentials(request);
    return request;
}

std::vector<std::string> RequestOptions::headers() const {
    std::vector<std::string> lines_of_all;
    for (const auto& given : headers_) {
        if (carries_secret(given) && headers_on_command_line_) {
            throw Error(Fault::usage, "-H: a secret on the command line can be read by every user (ps)",
                        "put the header into a private file and give -H @FILE");
        }
        if (given.empty() || given.front() != '@') {
            lines_of_all.push_back(given);
            continue;
        }
        std::istringstream lines(io::read_document(given.substr(1)));
        for (std::string line; std::getline(lines, line);) {
            if (carries_secret(line)) io::require_private(given.substr(1));
            if (!line.empty()) lines_of_all.push_back(line);
        }
    }
    return lines_of_all;
}

void RequestOptions::add_data(http::Request& request) const {
    if (!data_.empty() && as_query_) {
        const std::string fragment =
            request.url.find('#') == std::string::npos ? "" : request.url.substr(request.url.find('#'));
        request.url.resize(request.url.size() - fragment.size());
        const bool has_query = request.url.find('?') != std::string::npos;
        request.url += (!has_query ? "?" : request.url.back() == '?' ? "" : "&") + body() + fragment;
    } else if (!data_.empty()) {
        request.body = body();
    }
}

}  // namespace bradawl::cli
