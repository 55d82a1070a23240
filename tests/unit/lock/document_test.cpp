#include "expect_error.hpp"
#include "lock/mongo_document.hpp"
#include "lock/mongo_pipeline.hpp"
#include "lock/report.hpp"
#include "lock/store.hpp"
#include "mongo/json_to_bson.hpp"

#include "fake_store.hpp"

namespace bradawl::lock {
namespace {

constexpr std::int64_t now = 1'700'000'100'000;

State state_from(const std::string& json) {
    return state_of(record_of(mongo::document_from_json(json, "document")), now * 1'000'000,
                    WallTime(std::chrono::milliseconds(now)));
}

// As LockerRoom writes them.
TEST(LockDocument, LockerRoomsDocuments) {
    const State held =
        state_from(R"({"_id":"x","locked":true,"owner":"eve","timestamp":{"$date":{"$numberLong":"1700000000000"}}})");
    ASSERT_EQ(held.holders.size(), 1u);
    EXPECT_FALSE(held.holders[0].left);
    EXPECT_EQ(describe(held), "x: held by eve for 1 min 40 s, without end\n");

    const State lapsed = state_from(
        R"({"_id":"x","locked":true,"owner":null,"timestamp":{"$date":{"$numberLong":"1700000000000"}},"expire":99})");
    EXPECT_TRUE(lapsed.holders.empty());
    ASSERT_EQ(lapsed.lapsed.size(), 1u);
    EXPECT_EQ(describe(lapsed), "x: free, was held by somebody for 1 min 40 s, not released, ended 1.00 s ago\n");

    EXPECT_EQ(describe(state_from(R"({"_id":"x","locked":false,"owner":null,"timestamp":null})")), "x: free\n");
    for (const std::string expire : {"\"30\"", "null", "{}", "[1]", "true"}) {
        const State strange = state_from(
            R"({"_id":"x","locked":true,"timestamp":{"$date":{"$numberLong":"1"}},"expire":)" + expire + "}");
        EXPECT_EQ(strange.holders.size(), 1u) << expire;
    }
    EXPECT_EQ(state_from(R"({"_id":"x","locked":true,"timestamp":"now","expire":1})").holders.size(), 1u);
    EXPECT_EQ(state_from(R"({"_id":"x","locked":true})").holders.size(), 1u);
}

TEST(LockDocument, PlacesOfASemaphore) {
    const std::string slot = R"({"nonce":"a","owner":"eve","host":"web1","pid":7,"token":5,"expire":30.5,)"
                             R"("timestamp":{"$date":{"$numberLong":"1700000090000"}},)"
                             R"("acquired":{"$date":{"$numberLong":"1700000080000"}}})";
    const std::string json = R"({"_id":"x","locked":false,"token":6,"n":3,"slots":[)" + slot + "]}";
    const State state = state_from(json);
    EXPECT_EQ(state.count, 3u);
    EXPECT_EQ(describe(state), "x: held by eve (host web1, pid 7) for 20.0 s, 20.5 s left, token 5, 1 of 3 places\n");
    EXPECT_EQ(
        to_json(state),
        R"({"name":"x","held":true,"count":3,"token":6,"holders":[{"owner":"eve","host":"web1","pid":7,"token":5,)"
        R"("acquired":"2023-11-14T22:14:40.000Z","age":20,"left":20.5}],"expired":[]})"
        "\n");
}

TEST(LockDocument, PipelinesAreJsonWhateverTheNames) {
    Claim claim = claim_of("$n\"once");
    claim.owner = "$$NOW\n\"";
    for (const std::uint64_t count : {1, 5}) {
        claim.count = count;
        EXPECT_NO_THROW(mongo::document_from_json("{\"p\":" + acquire_pipeline(claim) + "}", "acquire"));
    }
    for (const std::string nonce : {"", "$n\"once"}) {
        EXPECT_NO_THROW(mongo::document_from_json("{\"p\":" + release_pipeline(nonce) + "}", "release"));
        EXPECT_NO_THROW(mongo::document_from_json(holder_query("a\"b", nonce), "query"));
    }
    EXPECT_NO_THROW(mongo::document_from_json("{\"p\":" + renew_pipeline("n", "2.5") + "}", "renew"));
}

TEST(Report, ExportsSurviveAnyShell) {
    Claim claim = claim_of("n");
    claim.name = "it's $HOME";
    EXPECT_EQ(to_exports(to_environment(claim, 7, {"mongodb://u:p@h/", "a.b", true, true})),
              "export MLOCK_NAME='it'\\''s $HOME'\nexport MLOCK_OWNER='n'\nexport MLOCK_TOKEN='7'\n"
              "export MLOCK_NONCE='n'\nexport MLOCK_COLLECTION='a.b'\nexport MLOCK_COMPAT_LOCKERROOM='true'\n"
              "export MLOCK_ALLOW_WEAK='true'\n");
    EXPECT_EQ(to_json_line(claim, 7, {"file:/x", "", false, false}),
              R"({"name":"it's $HOME","token":7,"nonce":"n","owner":"n","lease":10,"store":"file:/x"})"
              "\n");
}

TEST(OpenStore, WhatIsNoStore) {
    FakeClock clock;
    const Stop stop;
    StoreOptions options;
    expect_error(Fault::usage, "no store is named", [&] { open_store(options, clock, stop); });
    options.store = "redis://x";
    expect_error(Fault::usage, "'redis://x' is no store", [&] { open_store(options, clock, stop); });
    EXPECT_TRUE(is_public("file:/x"));
    EXPECT_TRUE(is_public("mongodb://h/"));
    EXPECT_FALSE(is_public("mongodb://u:p@h/"));
}

}  // namespace
}  // namespace bradawl::lock
