#include "http/setup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/error.hpp"
#include "core/version.hpp"

namespace bradawl::http {

namespace {

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy, option, value);
    if (code != CURLE_OK) throw Error(Fault::usage, std::string("libcurl: ") + curl_easy_strerror(code));
}

/// Sets a text option where there is a text.
void set_text(CURL* easy, CURLoption option, const std::string& text) {
    if (!text.empty()) set(easy, option, text.c_str());
}

/// The value of header `name` among the user's, or empty.
std::string_view header_value(const Request& request, std::string_view name) {
    for (const std::string& header : request.headers) {
        const std::string_view line(header);
        if (line.size() <= name.size() || line[name.size()] != ':') continue;
        const bool same = std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
            return (a | 0x20) == (b | 0x20);  // header names are ASCII
        });
        if (same) return line.substr(name.size() + 1);
    }
    return {};
}

std::string method_of(const Request& request) {
    if (!request.method.empty()) return request.method;
    return request.body ? "POST" : "GET";
}

void set_credentials(CURL* easy, const Request& request, const std::optional<OAuth1Moment>& moment,
                     StringList& headers) {
    if (request.oauth1 && moment) {
        const auto type = header_value(request, "content-type");
        const bool form = request.body && (type.empty() || type.find("x-www-form-urlencoded") != type.npos);
        const std::string value =
            oauth1_authorization(method_of(request), request.url, form ? *request.body : "", *request.oauth1, *moment);
        headers.add(("Authorization: " + value).c_str());
    } else if (!request.bearer.empty()) {
        set(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        set_text(easy, CURLOPT_XOAUTH2_BEARER, request.bearer);
    } else if (!request.user.empty() || !request.password.empty()) {
        set(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        set(easy, CURLOPT_USERNAME, request.user.c_str());
        set(easy, CURLOPT_PASSWORD, request.password.c_str());
    }
    if (!request.netrc_file.empty()) {
        set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
        set_text(easy, CURLOPT_NETRC_FILE, request.netrc_file);
    }
}

void set_headers(CURL* easy, const Request& request, StringList& headers) {
    // The body is inflated by us: libcurl stops after a gzip body's first member.
    if (request.compressed && header_value(request, "accept-encoding").empty()) headers.add("Accept-Encoding: gzip");
    for (const auto& header : request.headers)
        headers.add(header.c_str());
    set(easy, CURLOPT_HTTPHEADER, headers.get());
    const std::string agent = request.user_agent.empty() ? fmt::format("bradawl/{}", version()) : request.user_agent;
    set(easy, CURLOPT_USERAGENT, agent.c_str());
}

void set_connection(CURL* easy, const Request& request, StringList& resolve) {
    set_text(easy, CURLOPT_PROXY, request.proxy);
    set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a tunnel's 200 is not the stream's
    set_text(easy, CURLOPT_NOPROXY, request.no_proxy);
    set_text(easy, CURLOPT_CAINFO, request.ca_file);
    set_text(easy, CURLOPT_SSLCERT, request.client_certificate);
    set_text(easy, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket);
    if (request.insecure) {
        set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    for (const auto& entry : request.resolve)
        resolve.add(entry.c_str());
    set(easy, CURLOPT_RESOLVE, resolve.get());
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(request.connect_timeout).count();
    set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(milliseconds, 1)));
    set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy, CURLOPT_TCP_KEEPIDLE, 30L);
    set(easy, CURLOPT_TCP_KEEPINTVL, 10L);
    set(easy, CURLOPT_FORBID_REUSE, 1L);
    set(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);  // a service that moved is looked up anew
}

}  // namespace

void set_up(CURL* easy, const Request& request, const std::optional<OAuth1Moment>& moment, StringList& headers,
            StringList& resolve) {
    set(easy, CURLOPT_URL, request.url.c_str());
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_BUFFERSIZE, 512L * 1024);
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    // A signature holds for one URL only, so what is signed does not follow redirects.
    set(easy, CURLOPT_FOLLOWLOCATION, request.oauth1 ? 0L : 1L);
    set(easy, CURLOPT_MAXREDIRS, 10L);
    if (request.body) {
        set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
        set(easy, CURLOPT_POSTFIELDS, request.body->data());
    }
    if (!request.method.empty()) set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set_connection(easy, request, resolve);
    set_credentials(easy, request, moment, headers);
    set_headers(easy, request, headers);
}

}  // namespace bradawl::http
