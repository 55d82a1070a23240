#include "cli/request_options.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/descriptors.hpp"
#include "tool_run.hpp"

namespace bradawl::cli {
namespace {

std::string text_of(const http::Request& request) {
    const auto keys = request.oauth1.value_or(http::OAuth1Keys{});
    return fmt::format(
        "url={}\nmethod={}\nbody={}\nheaders={}\nuser={}\npassword={}\nbearer={}\noauth1={}/{}/{}/"
        "{}\nnetrc={}\nproxy={}\n"
        "resolve={}\ntimeout={}\ncompressed={}\ninsecure={}\n",
        request.url, request.method, request.body.value_or("none"), fmt::join(request.headers, "|"), request.user,
        request.password, request.bearer, keys.consumer_key, keys.consumer_secret, keys.token, keys.token_secret,
        request.netrc_file, request.proxy, fmt::join(request.resolve, "|"), request.connect_timeout.count(),
        request.compressed, request.insecure);
}

Outcome run_request(const std::vector<std::string>& arguments, const Environment& environment = {},
                    const std::string& input = {}) {
    RequestOptions options;
    const auto declare = [&](CLI::App& app) -> Work {
        options.declare(app, "TOOL");
        return [&](World& world) -> Ending {
            world.out.write(text_of(options.request()));
            return 0;
        };
    };
    return run_tool(declare, arguments, environment, input);
}

const std::string url = "http://example.com/s";

/// The field `name` of the request to `url` with these arguments.
std::string field(const std::string& name, std::vector<std::string> arguments, const Environment& environment = {},
                  const std::string& input = {}) {
    arguments.push_back(url);
    return value_of(run_request(arguments, environment, input), name);
}

TEST(RequestOptions, NeedAUrlWithoutAPassword) {
    EXPECT_EQ(field("url", {}), url);
    const Outcome none = run_request({});
    EXPECT_EQ(none.code, 2);
    EXPECT_EQ(none.err, "tool: no URL given\ntool: give it as the operand\n");
    const Outcome secret = run_request({"http://me:hunter2@example.com/"});
    EXPECT_EQ(secret.code, 2);
    EXPECT_EQ(secret.err.find("hunter2"), std::string::npos);
    EXPECT_EQ(value_of(run_request({"http://me@example.com/a:b@c"}), "url"), "http://me@example.com/a:b@c");
}

TEST(RequestOptions, JoinDataAsCurlDoes) {
    const io::Folder folder;
    EXPECT_EQ(field("body", {}), "none");
    EXPECT_EQ(field("body", {"-d", "a=1", "--data=b=2", "-dc"}), "a=1&b=2&c");
    EXPECT_EQ(field("body", {"-d", "@" + folder.put("d", "a=1\r\n&b=2\n")}), "a=1&b=2");
    EXPECT_EQ(field("body", {"-d", "@-"}, {}, "from=stdin\n"), "from=stdin");
    EXPECT_EQ(field("body", {"--data-urlencode", "track=coffee,green tea"}), "track=coffee%2Cgreen+tea");
    EXPECT_EQ(field("body", {"--data-urlencode", "a b"}), "a+b");
    EXPECT_EQ(field("body", {"--data-urlencode", "=a=b"}), "a%3Db");
    EXPECT_EQ(field("body", {"--data-urlencode", "n@" + folder.put("e", "x y")}), "n=x+y");
    EXPECT_EQ(field("body", {"-d", ""}), "") << "an empty body is a body";
}

TEST(RequestOptions, PutDataIntoTheQuery) {
    EXPECT_EQ(field("url", {"-G", "-d", "a=1"}), url + "?a=1");
    EXPECT_EQ(field("body", {"-G", "-d", "a=1"}), "none");
    EXPECT_EQ(value_of(run_request({"-G", "-d", "b=2", url + "?a=1#end"}), "url"), url + "?a=1&b=2#end");
}

TEST(RequestOptions, TakeHeadersAndRefuseSecretsAmongThem) {
    const io::Folder folder;
    EXPECT_EQ(field("headers", {"-H", "A: 1", "--header=B: 2"}), "A: 1|B: 2");
    EXPECT_EQ(field("headers", {"-H", "@" + folder.put("h", "C: 3\n\nAuthorization: x\n")}), "C: 3|Authorization: x");
    for (const char* header : {"Authorization: Bearer hunter2", "cookie: hunter2", "PROXY-AUTHORIZATION:hunter2"}) {
        const Outcome outcome = run_request({"-H", header, url});
        EXPECT_EQ(outcome.code, 2) << header;
        EXPECT_EQ(outcome.err.find("hunter2"), std::string::npos) << header;
    }
    EXPECT_EQ(run_request({"-H", "@" + folder.put("open", "Cookie: x\n", 0644), url}).code, 78);
    EXPECT_EQ(field("headers", {"-H", "@" + folder.put("plain", "D: 4\n", 0644)}), "D: 4");
    EXPECT_EQ(field("headers", {}, {{"TOOL_HEADER", "Cookie: x"}}), "Cookie: x") << "the environment is private";
}

TEST(RequestOptions, TakeCredentialsFromPrivatePlaces) {
    const io::Folder folder;
    const std::string pair = folder.put("pair", "me:pass:word\n");
    EXPECT_EQ(field("user", {"-u", "@" + pair}), "me");
    EXPECT_EQ(field("password", {"-u", "@" + pair}), "pass:word");
    EXPECT_EQ(field("user", {"-u", "me"}), "me");
    EXPECT_EQ(field("password", {"-u", "me", "--password", "@-"}, {}, "secret\n"), "secret");
    EXPECT_EQ(field("bearer", {}, {{"TOOL_BEARER", "token"}}), "token");
    EXPECT_EQ(field("netrc", {"-n"}, {{"HOME", "/nonexistent"}}), "/nonexistent/.netrc");
    EXPECT_EQ(field("netrc", {"--netrc-file", folder.put("netrc", "")}), folder.file("netrc"));
    EXPECT_EQ(run_request({"--netrc-file", folder.put("open", "", 0644), url}).code, 78);
    EXPECT_EQ(run_request({"-x", "http://me:hunter2@proxy", url}).code, 2);
    EXPECT_EQ(field("proxy", {"-x", "http://me@proxy:3128"}), "http://me@proxy:3128");
}

TEST(RequestOptions, ReadOAuthKeys) {
    const io::Folder folder;
    const auto keys = [&](const std::string& text, mode_t mode = 0600) {
        return run_request({"--oauth1", folder.put("keys.json", text, mode), url});
    };
    const std::string good = R"({"consumer_key":"a","consumer_secret":"b","token":"c","token_secret":"d"})";
    EXPECT_EQ(value_of(keys(good), "oauth1"), "a/b/c/d");
    EXPECT_EQ(value_of(keys(R"({"consumer_key":"a","consumer_secret":"b"})"), "oauth1"), "a/b//");
    EXPECT_EQ(keys(good, 0644).code, 78);
    const Outcome slip = keys("{\"consumer_kye\": \"hunter2\"}");
    EXPECT_EQ(slip.code, 78);
    EXPECT_EQ(slip.err, "tool: " + folder.file("keys.json") +
                            ": unknown key 'consumer_kye'\ntool: did you mean 'consumer_key'?\n");
    EXPECT_EQ(keys("{\"consumer_key\": \"a\"}").code, 78);
    EXPECT_EQ(keys("{").code, 78);
    EXPECT_EQ(keys("[]").code, 78);
}

TEST(RequestOptions, TakeTheRestAsItIs) {
    const Outcome outcome = run_request(
        {"-X", "PUT", "-k", "--no-compressed", "--resolve", "h:1:::1", "--resolve=i:2:x", "--connect-timeout=5", url});
    EXPECT_EQ(value_of(outcome, "method"), "PUT");
    EXPECT_EQ(value_of(outcome, "insecure"), "true");
    EXPECT_EQ(value_of(outcome, "compressed"), "false");
    EXPECT_EQ(value_of(outcome, "resolve"), "h:1:::1|i:2:x");
    EXPECT_EQ(value_of(outcome, "timeout"), "5000000000");
    EXPECT_EQ(field("compressed", {}), "true");
    EXPECT_EQ(field("compressed", {}, {{"TOOL_NO_COMPRESSED", "true"}}), "false");
}

}  // namespace
}  // namespace bradawl::cli
