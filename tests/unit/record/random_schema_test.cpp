#include <gtest/gtest.h>

#include "record/model_schema.hpp"

namespace bradawl::record {
namespace {

using codec::Outcome;
using codec::Setup;
using model::Made;
using model::Maker;
using model::Plan;

/// How many schemas; more by hand: BRADAWL_CASES=100000.
std::uint64_t number_of_cases() {
    const char* const asked = std::getenv("BRADAWL_CASES");
    return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 2000;
}
std::uint64_t first_seed() {
    const char* const asked = std::getenv("BRADAWL_SEED");
    return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 20140129;
}

/// Changes one thing.
std::string mutated(std::string bytes, Maker& maker) {
    const std::size_t at = maker.below(bytes.size());
    switch (maker.below(5)) {
        case 0:
            bytes.resize(at);
            break;
        case 1:
            bytes.erase(at, 1 + maker.below(3));
            break;
        case 2:
            bytes.insert(at, 1, static_cast<char>(maker.below(256)));
            break;
        case 3:
            bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << maker.below(8)));
            break;
        default:
            bytes[at] = static_cast<char>(maker.below(3) == 0 ? maker.below(256) : maker.below(3));
    }
    return bytes;
}

/// Where an error is: its byte and record. In what is only passed over the field is not known.
std::string place(const std::string& error) {
    const std::size_t record = error.find("): ");
    return record == std::string::npos ? error : error.substr(0, error.find_first_of(",:", record + 3));
}

/// All that holds of any bytes, whether they fit the schema or not.
void hold(const schema::Schema& schema, const std::string& bytes, Setup setup, Maker& maker) {
    const Outcome whole = codec::decode(schema, bytes, setup);
    EXPECT_EQ(place(codec::check(schema, bytes, setup)), place(whole.error));
    setup.piece = 1 + maker.below(20);
    EXPECT_EQ(codec::decode(schema, bytes, setup).error, whole.error) << "in pieces of " << setup.piece;
    EXPECT_EQ(codec::decode(schema, bytes, setup).out, whole.out) << "in pieces of " << setup.piece;
    EXPECT_EQ(place(codec::check(schema, bytes, setup)), place(whole.error)) << "in pieces of " << setup.piece;
    if (maker.below(20) == 0) {
        EXPECT_EQ(codec::decode_in_threads(schema, bytes, setup).error, whole.error) << "in threads";
        EXPECT_EQ(codec::decode_in_threads(schema, bytes, setup).out, whole.out) << "in threads";
    }
    if (!whole.error.empty()) return;
    const Outcome back = codec::encode(schema, whole.out, setup);
    EXPECT_EQ(back.error, "");
    EXPECT_EQ(codec::hex(back.out), codec::hex(bytes)) << whole.out;
}

/// What is made is read and written as it should be.
void agree(const schema::Schema& schema, const Made& made, const Setup& setup) {
    const Outcome decoded = codec::decode(schema, made.bytes, setup);
    EXPECT_EQ(decoded.error, "");
    EXPECT_EQ(decoded.out, made.json);
    for (const std::string& lines : {made.json, made.loose}) {
        const Outcome encoded = codec::encode(schema, lines, setup);
        EXPECT_EQ(encoded.error, "") << lines;
        EXPECT_EQ(codec::hex(encoded.out), codec::hex(made.bytes)) << lines;
    }
}

/// Every cut is an error at the cut, or at a record's end none.
void cuts_are_found(const schema::Schema& schema, const Made& made, const Setup& setup) {
    for (std::size_t n = 0; n < std::min<std::size_t>(made.bytes.size(), 100); ++n) {
        const Outcome cut = codec::decode(schema, std::string_view(made.bytes).substr(0, n), setup);
        if (cut.error.empty()) continue;
        EXPECT_TRUE(cut.error.starts_with("in: byte " + std::to_string(n) + " ")) << cut.error << " cut at " << n;
    }
}

bool one_schema(std::uint64_t seed) {
    Setup setup;
    setup.spelling.longs = static_cast<java::LongForm>(seed % 3);
    setup.spelling.bytes = static_cast<java::BytesForm>(seed / 3 % 2);
    Maker maker(seed, setup.spelling);
    const Plan plan = maker.plan();
    SCOPED_TRACE("seed " + std::to_string(seed) + ", schema: " + plan.text);
    std::shared_ptr<const schema::Schema> schema;
    try {
        schema = schema::parse(plan.text, "schema");
    } catch (const Error& error) {
        // A definition that the maker put into itself; no values exist.
        if (error.text().find("has another inside without an end") == std::string::npos) ADD_FAILURE() << error.text();
        return false;
    }
    bool any = false;
    for (int tries = 0; tries < 4; ++tries) {
        Made made;
        try {
            made = maker.values(plan);
        } catch (const model::Unfit&) {
            continue;
        }
        any = true;
        SCOPED_TRACE("bytes " + codec::hex(made.bytes));
        agree(*schema, made, setup);
        hold(*schema, made.bytes, setup, maker);
        if (plan.sections.size() < 3 && tries == 0) cuts_are_found(*schema, made, setup);
        for (int left = 0; left < 6; ++left) {
            const std::string other = mutated(made.bytes, maker);
            SCOPED_TRACE("mutated " + codec::hex(other));
            hold(*schema, other, setup, maker);
        }
    }
    return any;
}

TEST(RandomSchema, BytesAndLinesOfAnySchemaAreTheSameThing) {
    const std::uint64_t seed = first_seed();
    RecordProperty("seed", std::to_string(seed));
    std::uint64_t used = 0;
    const std::uint64_t cases = number_of_cases();
    for (std::uint64_t at = 0; at < cases && !HasFailure(); ++at)
        used += one_schema(seed + at) ? 1 : 0;
    EXPECT_GT(used * 2, cases) << "most schemas have values";
}

}  // namespace
}  // namespace bradawl::record
