#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace bradawl::http {

/// The four secrets of OAuth 1.0a (RFC 5849 section 1.1: client and token credentials).
struct OAuth1Keys {
    std::string consumer_key;
    std::string consumer_secret;
    std::string token;
    std::string token_secret;
};

/// A request as its user describes it. Plain values; nothing is checked here.
struct Request {
    std::string url;                   ///< http or https, without a password
    std::string method;                ///< empty: GET, or POST when there is a body
    std::optional<std::string> body;   ///< sent as application/x-www-form-urlencoded unless a header says otherwise
    std::vector<std::string> headers;  ///< `Name: value`
    std::string user_agent;            ///< empty: bradawl's own

    std::string user;  ///< Basic authentication
    std::string password;
    std::string bearer;                ///< OAuth 2.0 bearer token
    std::optional<OAuth1Keys> oauth1;  ///< signed anew for every attempt
    std::string netrc_file;            ///< where user and password are looked up; empty: nowhere

    std::string proxy;                 ///< empty: http_proxy, https_proxy of the environment
    std::string no_proxy;              ///< hosts asked directly
    std::string ca_file;               ///< certificates trusted; empty: the system's
    std::string client_certificate;    ///< PEM file with certificate and key
    bool insecure = false;             ///< do not verify the server's certificate
    std::string unix_socket;           ///< path of a socket to connect to instead of the URL's host
    std::vector<std::string> resolve;  ///< `HOST:PORT:ADDRESS`
    std::chrono::nanoseconds connect_timeout = std::chrono::seconds(30);
    bool compressed = true;  ///< ask for gzip
};

}  // namespace bradawl::http
