// The vectors of RFC 5849, OAuth Core 1.0 and Twitter's documentation; sources named at each.
#include "http/oauth1.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.hpp"
#include "text/percent.hpp"

namespace bradawl::http {
namespace {

struct Vector {
    std::string method;
    std::string url;
    std::string form;
    OAuth1Keys keys;
    OAuth1Moment moment;
    std::string signature;
};

std::string base_of(const Vector& v) {
    return oauth1_base_string(v.method, v.url, v.form, v.keys, v.moment);
}

void expect_signed(const Vector& v) {
    EXPECT_EQ(oauth1_signature(base_of(v), v.keys), v.signature) << base_of(v);
    const std::string header = oauth1_authorization(v.method, v.url, v.form, v.keys, v.moment);
    EXPECT_NE(header.find("oauth_signature=\"" + text::percent_encode(v.signature) + "\""), header.npos) << header;
}

// "Creating a signature" in Twitter's documentation, later X's.
Vector documented() {
    return {"POST",
            "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
            "status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21",
            {"xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
             "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"},
            {"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", "1318622958", true, {}},
            "hCtSmYh+iHYCEqBWrE7C7hYmtUk="};
}

TEST(OAuth1, TwittersExampleOfABaseString) {
    EXPECT_EQ(base_of(documented()),
              "POST&https%3A%2F%2Fapi.twitter.com%2F1.1%2Fstatuses%2Fupdate.json&include_entities%3Dtrue%26"
              "oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
              "%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958%26oauth_token%3D370773112-"
              "GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb%26oauth_version%3D1.0%26status%3DHello%2520Ladies%2520%252B"
              "%2520Gentlemen%252C%2520a%2520signed%2520OAuth%2520request%2521");
}

TEST(OAuth1, TwittersExampleOfASignature) {
    expect_signed(documented());
}

TEST(OAuth1, TheSameAtItsLaterAndItsEarlierAddress) {
    Vector later = documented();
    later.url = "https://api.x.com/1.1/statuses/update.json?include_entities=true";
    later.signature = "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=";
    expect_signed(later);
    Vector earlier = documented();
    earlier.url = "https://api.twitter.com/1/statuses/update.json?include_entities=true";
    earlier.signature = "tnnArxj06cWHq44gCs1OSKk/jLY=";
    expect_signed(earlier);
}

TEST(OAuth1, TwittersExampleOfAHeader) {
    const Vector v = documented();
    EXPECT_EQ(oauth1_authorization(v.method, v.url, v.form, v.keys, v.moment),
              "OAuth oauth_consumer_key=\"xvz1evFS4wEEPTGEFPHBog\", "
              "oauth_nonce=\"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg\", oauth_signature_method=\"HMAC-SHA1\", "
              "oauth_timestamp=\"1318622958\", oauth_token=\"370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb\", "
              "oauth_version=\"1.0\", oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"");
}

// RFC 5849 section 3.4.1.1. The signature that its text prints belongs to other secrets; this one is computed.
TEST(OAuth1, TheRfcsBaseString) {
    const Vector v{"POST",
                   "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
                   "c2&a3=2+q",
                   {"9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9"},
                   {"7d8f3e4a", "137131201", false, {}},
                   "r6/TJjbCOr97/+UU0NsvSne7s5g="};
    EXPECT_EQ(base_of(v),
              "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26"
              "c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26"
              "oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
    expect_signed(v);
}

// RFC 5849 section 1.2: the three requests of its story.
TEST(OAuth1, TheRfcsStory) {
    const OAuth1Keys client{"dpf43f3p2l4k3l03", "kd94hf93k423kf44", {}, {}};
    expect_signed({"POST",
                   "https://photos.example.net/initiate",
                   "",
                   client,
                   {"wIjqoS", "137131200", false, "oauth_callback=http%3A%2F%2Fprinter.example.com%2Fready"},
                   "74KNZJeDHnMBp0EMJ9ZHt/XKycU="});
    OAuth1Keys temporary = client;
    temporary.token = "hh5s93j4hdidpola";
    temporary.token_secret = "hdhd0244k9j7ao03";
    expect_signed({"POST",
                   "https://photos.example.net/token",
                   "",
                   temporary,
                   {"walatlh", "137131201", false, "oauth_verifier=hfdp7dh39dks9884"},
                   "gKgrFCywp7rO0OXSjdot/IHF7IU="});
    OAuth1Keys token = client;
    token.token = "nnch734d00sl2jdk";
    token.token_secret = "pfkkdhi9sl3r4s00";
    expect_signed({"GET",
                   "http://photos.example.net/photos?file=vacation.jpg&size=original",
                   "",
                   token,
                   {"chapoH", "137131202", false, {}},
                   "MdpQcU8iPSUjWoN/UDMsK2sui9I="});
    // OAuth Core 1.0 appendix A.5.1.
    expect_signed({"GET",
                   "http://photos.example.net/photos?file=vacation.jpg&size=original",
                   "",
                   token,
                   {"kllo9940pd9333jh", "1191242096", true, {}},
                   "tR3+Ty81lMeYAr/Fid0kMTYa/WM="});
}

// A stream's request, checked with oauthlib 3.2.2: the tilde stays, the sub-delims are encoded.
TEST(OAuth1, AStreamWithACharacterOfEveryKind) {
    Vector v = documented();
    v.url = "https://stream.twitter.com/1.1/statuses/filter.json?delimited=length&stall_warnings=true";
    v.form = "track=" + text::percent_encode("caf\xc3\xa9,#ipad ~*'()");
    v.signature = "oYNIBO7cyyE7Bxe/wfH5aTfBSBs=";
    expect_signed(v);
}

// The table of "Percent encoding parameters" in the same documentation.
TEST(OAuth1, EncodingOfParameters) {
    EXPECT_EQ(text::percent_encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
    EXPECT_EQ(text::percent_encode("An encoded string!"), "An%20encoded%20string%21");
    EXPECT_EQ(text::percent_encode("Dogs, Cats & Mice"), "Dogs%2C%20Cats%20%26%20Mice");
    EXPECT_EQ(text::percent_encode("\xe2\x98\x83"), "%E2%98%83");
    EXPECT_EQ(text::percent_encode("azAZ09-._~"), "azAZ09-._~");
}

// RFC 5849 section 3.4.1.2: what of the URL is signed.
TEST(OAuth1, TheUrlThatIsSigned) {
    const auto signed_url = [](std::string url) {
        Vector v = documented();
        v.url = std::move(url);
        v.form.clear();
        const std::string base = base_of(v);
        const auto begin = base.find('&') + 1;
        return text::percent_decode(base.substr(begin, base.find('&', begin) - begin), false);
    };
    EXPECT_EQ(signed_url("HTTP://EXAMPLE.com:80/r%20v/X?id=123"), "http://example.com/r%20v/X");
    EXPECT_EQ(signed_url("https://www.example.net:8080/?q=1"), "https://www.example.net:8080/");
    EXPECT_EQ(signed_url("https://Example.net:443"), "https://example.net/");
    EXPECT_EQ(signed_url("https://example.net:80/a#b?c"), "https://example.net:80/a");
    EXPECT_EQ(signed_url("http://user@example.net/a"), "http://example.net/a");
    EXPECT_EQ(signed_url("http://example.net?q=1"), "http://example.net/");
    EXPECT_THROW(signed_url("example.net/a"), Error);
}

TEST(OAuth1, ParametersAreSortedAfterEncodingAndKeepTheirRepeats) {
    Vector v = documented();
    v.url = "http://h/?b=2&b=10&B=1&a%20=x&a=&a&&=empty&%C3%A9=1";
    v.form = "a=%2B&a=+";
    const std::string base = base_of(v);
    const std::string parameters = text::percent_decode(base.substr(base.rfind('&') + 1), false);
    EXPECT_EQ(parameters.substr(0, parameters.find("&oauth_")),
              "=empty&%C3%A9=1&B=1&a=&a=&a=%20&a=%2B&a%20=x&b=10&b=2");
    EXPECT_EQ(std::count(base.begin(), base.end(), '&'), 2);
}

TEST(OAuth1, AnEmptyTokenSecretLeavesItsAmpersandInTheKey) {
    OAuth1Keys keys{"key", "secret", {}, {}};
    // printf %s base | openssl dgst -sha1 -hmac 'secret&' -binary | base64
    EXPECT_EQ(oauth1_signature("base", keys), "I7DNJ3D2axnaif2L46WhNrchDp0=");
    keys.consumer_secret = "a&b";
    // ... -hmac 'a%26b&'
    EXPECT_EQ(oauth1_signature("base", keys), "tKHA7+X9QGqp7wg/xyW7fPDBIMQ=");
}

TEST(OAuth1, AnotherMomentIsAnotherSignature) {
    const Vector v = documented();
    OAuth1Moment later = v.moment;
    later.timestamp = "1318622959";
    OAuth1Moment other = v.moment;
    other.nonce += 'x';
    const auto signature = [&](const OAuth1Moment& moment) {
        return oauth1_signature(oauth1_base_string(v.method, v.url, v.form, v.keys, moment), v.keys);
    };
    EXPECT_NE(signature(later), v.signature);
    EXPECT_NE(signature(other), v.signature);
}

}  // namespace
}  // namespace bradawl::http
