#include "mongo/uri.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace bradawl::mongo {
namespace {

TEST(Uri, SecretsAreHidden) {
    const auto hidden = [](const char* text) { return redacted_uri(text); };
    EXPECT_EQ(hidden("mongodb://a:b@h/"), "mongodb://a:***@h/");
    EXPECT_EQ(hidden("mongodb://a:b:c@h,i/d?w=1"), "mongodb://a:***@h,i/d?w=1");
    EXPECT_EQ(hidden("mongodb://a:b/c@d@h/"), "mongodb://a:***@h/") << "what should have been escaped";
    EXPECT_EQ(hidden("mongodb+srv://a:b@h/?x=y@z"), "mongodb+srv://a:***@h/?x=y@z");
    EXPECT_EQ(hidden("mongodb://a@h/"), "mongodb://a@h/");
    EXPECT_EQ(hidden("mongodb://h/?tls=true&tlsCertificateKeyFilePassword=p&w=1"),
              "mongodb://h/?tls=true&tlsCertificateKeyFilePassword=***&w=1");
    EXPECT_EQ(hidden("mongodb://a:b@h/?AUTHMECHANISMPROPERTIES=AWS_SESSION_TOKEN:t"),
              "mongodb://a:***@h/?AUTHMECHANISMPROPERTIES=***");
    EXPECT_EQ(hidden("no connection string"), "no connection string");
    EXPECT_EQ(hidden("could not connect to mongodb://a:b@h/"), "could not connect to mongodb://a:***@h/");
}

TEST(Uri, OnlyWhatHidesNothingIsPublic) {
    EXPECT_TRUE(Uri::is_public("mongodb://h:27017/?replicaSet=a"));
    EXPECT_TRUE(Uri::is_public("mongodb://user@h/"));
    EXPECT_FALSE(Uri::is_public("mongodb://user:secret@h/"));
    EXPECT_FALSE(Uri::is_public("mongodb://h/?tlsCertificateKeyFilePassword=p"));
}

TEST(Uri, WhatIsNoneIsRefusedWithoutItsSecrets) {
    const auto refuse = [](const std::string& text) {
        try {
            const Uri uri(text);
        } catch (const Error& error) {
            EXPECT_EQ(error.fault(), Fault::usage);
            EXPECT_EQ(error.text().find("secret"), std::string::npos) << error.text();
            return error.text();
        }
        ADD_FAILURE() << text;
        return std::string();
    };
    refuse("http://a:secret@h/");
    refuse("mongodb://a:secret@");
    refuse("mongodb://a:secret@h:99999/");
    EXPECT_EQ(refuse(""), "no connection string");
    EXPECT_NE(refuse("mongodb://h/?w=0").find("w=0"), std::string::npos);
}

TEST(Uri, OptionsAreFoundInAnyCase) {
    const Uri uri("mongodb://h/?W=majority&tls=false");
    EXPECT_EQ(uri.option("w"), "majority");
    EXPECT_EQ(uri.option("TLS"), "false");
    EXPECT_EQ(uri.option("none"), "");
}

TEST(Namespace, HasTwoParts) {
    EXPECT_EQ(split_namespace("d.c", "--into"), (std::pair<std::string, std::string>{"d", "c"}));
    EXPECT_EQ(split_namespace("d.c.e", "--into"), (std::pair<std::string, std::string>{"d", "c.e"}));
    for (const char* bad : {"", "d", "d.", ".c", "d..c", "a b.c", "d.$c", "d/e.c"}) {
        EXPECT_THROW(split_namespace(bad, "--into"), Error) << bad;
    }
    EXPECT_THROW(split_namespace("d." + std::string(254, 'c'), "--into"), Error);
}

}  // namespace
}  // namespace bradawl::mongo
