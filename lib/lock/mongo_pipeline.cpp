#include "lock/mongo_pipeline.hpp"

#include <chrono>

#include "json/writer.hpp"
#include "lock/mongo_link.hpp"

namespace bradawl::lock {
namespace {

// What comes from outside stands in one $literal: an owner may begin with a dollar sign.
std::string with_literal(std::string_view field, const std::string& value, std::string_view stages) {
    std::string text = R"([{"$set":{")";
    text.append(field).append(R"(":{"$literal":)").append(value).append("}}},").append(stages).append("]");
    return text;
}

std::string document_of(const Claim& claim) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.key("nonce");
    writer.string(claim.nonce);
    writer.key("owner");
    writer.string(claim.owner);
    writer.key("host");
    writer.string(claim.host);
    writer.key("pid");
    writer.integer(claim.pid);
    writer.key("expire");
    writer.number(std::chrono::duration<double>(claim.lease).count());
    writer.key("n");
    writer.integer(claim.count);
    writer.end_object();
    return text;
}

// A missing field is less than any date in an aggregation: types are asked for, so that a lock without an end, as
// LockerRoom makes them, is not taken for one that has lapsed. So is a length that no date can be moved by. A slot is
// always ours and whole.
constexpr std::string_view look_stages = R"({"$set":{
    "_ends":{"$and":[{"$in":[{"$type":"$expire"},["int","long","double"]]},{"$eq":[{"$type":"$timestamp"},"date"]},
        {"$gt":["$expire",-1e9]},{"$lt":["$expire",1e9]}]}}},
{"$set":{
    "_held":{"$and":[{"$eq":["$locked",true]},{"$cond":["$_ends",
        {"$gt":[{"$add":["$timestamp",{"$multiply":[{"$cond":["$_ends","$expire",0]},1000]}]},"$$NOW"]},true]}]},
    "_live":{"$filter":{"input":{"$ifNull":["$slots",[]]},"as":"slot","cond":
        {"$gt":[{"$add":["$$slot.timestamp",{"$multiply":["$$slot.expire",1000]}]},"$$NOW"]}}},
    "_next":{"$max":[{"$add":[{"$ifNull":["$token",0]},1]},{"$toLong":"$$NOW"}]}}},)";

// Field by field, not by $replaceWith of the whole: DocumentDB would add another `_id` each time. What a busy attempt
// leaves is what was there, and a field that was not there stays away.
constexpr std::string_view mutex_stages = R"(
{"$set":{"_mine":{"$eq":["$nonce","$_in.nonce"]}}},
{"$set":{"_take":{"$or":["$_mine",{"$and":[{"$not":["$_held"]},{"$eq":["$_live",[]]}]}]}}},
{"$set":{
    "owner":{"$cond":["$_take","$_in.owner","$owner"]},
    "timestamp":{"$cond":["$_take","$$NOW","$timestamp"]},
    "locked":{"$cond":["$_take",true,"$locked"]},
    "expire":{"$cond":["$_take","$_in.expire","$expire"]},
    "token":{"$cond":[{"$and":["$_take",{"$not":["$_mine"]}]},"$_next","$token"]},
    "nonce":{"$cond":["$_take","$_in.nonce","$nonce"]},
    "host":{"$cond":["$_take","$_in.host","$host"]},
    "pid":{"$cond":["$_take","$_in.pid","$pid"]},
    "acquired":{"$cond":[{"$and":["$_take",{"$not":["$_mine"]}]},"$$NOW","$acquired"]},
    "slots":{"$cond":[{"$and":["$_take",{"$isArray":"$slots"}]},[],"$slots"]}}},
{"$unset":["_in","_ends","_held","_live","_next","_mine","_take"]})";

// The place that this claim has already, if any, is the first of _old.
constexpr std::string_view semaphore_stages = R"(
{"$set":{"_old":{"$filter":{"input":"$_live","as":"slot","cond":{"$eq":["$$slot.nonce","$_in.nonce"]}}},
    "_others":{"$filter":{"input":"$_live","as":"slot","cond":{"$ne":["$$slot.nonce","$_in.nonce"]}}}}},
{"$set":{"_mine":{"$ne":["$_old",[]]}}},
{"$set":{"_token":{"$cond":["$_mine",{"$max":"$_old.token"},"$_next"]},
    "_take":{"$or":["$_mine",{"$and":[{"$not":["$_held"]},{"$or":[{"$eq":["$_live",[]]},
        {"$and":[{"$eq":["$n","$_in.n"]},{"$lt":[{"$size":"$_live"},"$_in.n"]}]}]}]}]}}},
{"$set":{
    "owner":{"$cond":["$_take",null,"$owner"]},
    "timestamp":{"$cond":["$_take",null,"$timestamp"]},
    "locked":{"$cond":["$_take",false,"$locked"]},
    "expire":{"$cond":["$_take",null,"$expire"]},
    "nonce":{"$cond":["$_take",null,"$nonce"]},
    "host":{"$cond":["$_take",null,"$host"]},
    "pid":{"$cond":["$_take",null,"$pid"]},
    "token":{"$cond":["$_take",{"$max":["$token","$_token"]},"$token"]},
    "n":{"$cond":["$_take","$_in.n","$n"]},
    "slots":{"$cond":["$_take",{"$concatArrays":["$_others",[{
        "nonce":"$_in.nonce","owner":"$_in.owner","host":"$_in.host","pid":"$_in.pid","timestamp":"$$NOW",
        "expire":"$_in.expire","token":"$_token",
        "acquired":{"$cond":["$_mine",{"$max":"$_old.acquired"},"$$NOW"]}}]]},"$slots"]}}},
{"$unset":["_in","_ends","_held","_live","_next","_old","_others","_mine","_token","_take"]})";

}  // namespace

std::string acquire_pipeline(const Claim& claim) {
    std::string stages(look_stages);
    stages += claim.count == 1 ? mutex_stages : semaphore_stages;
    return with_literal("_in", document_of(claim), stages);
}

std::string renew_pipeline(std::string_view nonce, std::string_view expire) {
    const std::string length(expire);
    const std::string own_length = length.empty() ? R"("$expire")" : length;
    const std::string slot_length = length.empty() ? R"("$$slot.expire")" : length;
    const std::string stages = R"({"$set":{
    "timestamp":{"$cond":[{"$eq":["$nonce","$_in"]},"$$NOW","$timestamp"]},
    "expire":{"$cond":[{"$eq":["$nonce","$_in"]},)" +
                               own_length + R"(,"$expire"]},
    "slots":{"$cond":[{"$isArray":"$slots"},{"$map":{"input":"$slots","as":"slot","in":
        {"$cond":[{"$eq":["$$slot.nonce","$_in"]},
            {"$mergeObjects":["$$slot",{"timestamp":"$$NOW","expire":)" +
                               slot_length + R"(}]},"$$slot"]}}},"$slots"]}}},
{"$unset":"_in"})";
    return with_literal("_in", quoted(nonce), stages);
}

std::string release_pipeline(std::string_view nonce) {
    // The token stays, and the document: the next holder's token is to be larger. A free lock without a timestamp is
    // also safe from LockerRoom's theft of "old" locks of any name.
    if (nonce.empty()) {
        return R"([{"$set":{"owner":null,"timestamp":null,"locked":false,"expire":null,"nonce":null,"host":null,
    "pid":null,"slots":{"$cond":[{"$isArray":"$slots"},[],"$slots"]}}}])";
    }
    constexpr std::string_view stages = R"({"$set":{"_mine":{"$eq":["$nonce","$_in"]}}},
{"$set":{
    "owner":{"$cond":["$_mine",null,"$owner"]},
    "timestamp":{"$cond":["$_mine",null,"$timestamp"]},
    "locked":{"$cond":["$_mine",false,"$locked"]},
    "expire":{"$cond":["$_mine",null,"$expire"]},
    "nonce":{"$cond":["$_mine",null,"$nonce"]},
    "host":{"$cond":["$_mine",null,"$host"]},
    "pid":{"$cond":["$_mine",null,"$pid"]},
    "slots":{"$cond":[{"$isArray":"$slots"},
        {"$filter":{"input":"$slots","as":"slot","cond":{"$ne":["$$slot.nonce","$_in"]}}},"$slots"]}}},
{"$unset":["_in","_mine"]})";
    return with_literal("_in", quoted(nonce), stages);
}

std::string holder_query(std::string_view name, std::string_view nonce) {
    std::string query = R"({"_id":)" + quoted(name);
    if (nonce.empty()) {
        query += R"(,"$or":[{"locked":true},{"slots.nonce":{"$exists":true}}]})";
    } else {
        const std::string one = quoted(nonce);
        query.append(R"(,"$or":[{"nonce":)").append(one).append(R"(,"locked":true},{"slots.nonce":)").append(one);
        query += "}]}";
    }
    return query;
}

}  // namespace bradawl::lock
