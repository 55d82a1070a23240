#include "http/oauth1.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "text/base64.hpp"
#include "text/percent.hpp"

namespace bradawl::http {

namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// Adds the decoded parameters of a query or form body.
void add_form(Parameters& parameters, std::string_view form) {
    while (!form.empty()) {
        const auto pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(pair.size() + 1, form.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        parameters.emplace_back(text::percent_decode(pair.substr(0, equals), true), text::percent_decode(value, true));
    }
}

/// The oauth_* parameters that the header carries, without the signature.
Parameters protocol_parameters(const OAuth1Keys& keys, const OAuth1Moment& moment) {
    Parameters parameters{{"oauth_consumer_key", keys.consumer_key},
                          {"oauth_nonce", moment.nonce},
                          {"oauth_signature_method", "HMAC-SHA1"},
                          {"oauth_timestamp", moment.timestamp}};
    if (!keys.token.empty()) parameters.emplace_back("oauth_token", keys.token);
    if (moment.with_version) parameters.emplace_back("oauth_version", "1.0");
    add_form(parameters, moment.extra);
    return parameters;
}

struct SplitUrl {
    std::string base;  ///< scheme and host in lower case, no default port, no user, path
    std::string_view query;
};

/// RFC 5849 section 3.4.1.2.
SplitUrl split_url(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const auto question = std::min(url.find('?'), url.size());
    const auto query = url.substr(std::min(question + 1, url.size()));
    url = url.substr(0, question);
    const auto scheme_end = url.find("://");
    if (scheme_end == url.npos) throw Error(Fault::usage, "malformed URL: no scheme");
    const std::string scheme = lower(url.substr(0, scheme_end));
    url.remove_prefix(scheme_end + 3);
    const auto slash = std::min(url.find('/'), url.size());
    const auto path = url.substr(slash);
    std::string authority = lower(url.substr(0, slash));
    authority.erase(0, authority.rfind('@') + 1);  // npos + 1 is 0: nothing to erase
    const std::string default_port = scheme == "https" ? ":443" : ":80";
    if (authority.ends_with(default_port)) authority.resize(authority.size() - default_port.size());
    return {scheme + "://" + authority + (path.empty() ? "/" : std::string(path)), query};
}

}  // namespace

std::string oauth1_base_string(std::string_view method, std::string_view url, std::string_view form,
                               const OAuth1Keys& keys, const OAuth1Moment& moment) {
    const SplitUrl split = split_url(url);
    Parameters parameters = protocol_parameters(keys, moment);
    add_form(parameters, split.query);
    add_form(parameters, form);
    for (auto& [name, value] : parameters) {
        name = text::percent_encode(name);
        value = text::percent_encode(value);
    }
    std::sort(parameters.begin(), parameters.end());
    std::string joined;
    for (const auto& [name, value] : parameters) {
        if (!joined.empty()) joined += '&';
        joined += name + "=" + value;
    }
    return std::string(method) + "&" + text::percent_encode(split.base) + "&" + text::percent_encode(joined);
}

std::string oauth1_signature(std::string_view base_string, const OAuth1Keys& keys) {
    const std::string key = text::percent_encode(keys.consumer_secret) + "&" + text::percent_encode(keys.token_secret);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(base_string.data());
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes, base_string.size(), digest.data(), &length) ==
        nullptr) {
        throw Error(Fault::internal, "HMAC-SHA1 failed");
    }
    return text::to_base64({reinterpret_cast<const char*>(digest.data()), length});
}

std::string oauth1_authorization(std::string_view method, std::string_view url, std::string_view form,
                                 const OAuth1Keys& keys, const OAuth1Moment& moment) {
    Parameters parameters = protocol_parameters(keys, moment);
    parameters.emplace_back("oauth_signature",
                            oauth1_signature(oauth1_base_string(method, url, form, keys, moment), keys));
    std::string out = "OAuth ";
    for (const auto& [name, value] : parameters) {
        if (out.size() > 6) out += ", ";
        out += text::percent_encode(name) + "=\"" + text::percent_encode(value) + "\"";
    }
    return out;
}

}  // namespace bradawl::http
