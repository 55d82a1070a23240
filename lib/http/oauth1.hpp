#pragma once

#include <string>
#include <string_view>

#include "http/request.hpp"

namespace bradawl::http {

/// What differs from one signature to the next.
struct OAuth1Moment {
    std::string nonce;         ///< never used before with this timestamp
    std::string timestamp;     ///< seconds since 1970
    bool with_version = true;  ///< send oauth_version=1.0
    std::string extra;         ///< further protocol parameters, form-encoded (`oauth_callback=...`)
};

/// The signature base string (RFC 5849 section 3.4.1). `form` is the body where it is form-encoded, else empty.
std::string oauth1_base_string(std::string_view method, std::string_view url, std::string_view form,
                               const OAuth1Keys& keys, const OAuth1Moment& moment);

/// base64(HMAC-SHA1(key, base string)) (RFC 5849 section 3.4.2).
std::string oauth1_signature(std::string_view base_string, const OAuth1Keys& keys);

/// The value of the Authorization header (RFC 5849 section 3.5.1).
std::string oauth1_authorization(std::string_view method, std::string_view url, std::string_view form,
                                 const OAuth1Keys& keys, const OAuth1Moment& moment);

}  // namespace bradawl::http
