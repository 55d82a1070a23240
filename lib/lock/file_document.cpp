#include "lock/file_document.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "json/number.hpp"
#include "json/reader.hpp"
#include "json/unescape.hpp"
#include "json/writer.hpp"

namespace bradawl::lock {
namespace {

/// Fills a document from JSON; members that it does not know are left out.
class Filler : public json::Ignore {
public:
    explicit Filler(FileDocument& document) : document_(document) {}

    void begin_object() {
        if (++depth_ == 2 && in_holders_) document_.places.emplace_back();
    }
    void end_object() { --depth_; }
    void begin_array() { in_holders_ = depth_ == 1 && key_ == "holders"; }
    void end_array() {
        if (depth_ == 1) in_holders_ = false;
    }
    void key(std::string_view raw, bool) { key_ = raw; }

    const char* string(std::string_view raw, bool) {
        std::string* const field = text_field();
        if (field == nullptr) return nullptr;
        field->clear();
        const auto problem = json::unescape(raw, *field, json::LoneSurrogate::refuse);
        return problem ? problem->what : nullptr;
    }

    const char* number(std::string_view spelling, bool) {
        if (depth_ == 1 && key_ == "token") return read(spelling, document_.token);
        if (depth_ == 1 && key_ == "count") return read(spelling, document_.count);
        if (depth_ != 2 || !in_holders_) return nullptr;
        Place& place = document_.places.back();
        if (key_ == "pid") return read(spelling, place.who.pid);
        if (key_ == "token") return read(spelling, place.who.token);
        if (key_ == "renewed") return read(spelling, place.renewed);
        if (key_ == "lease") return read(spelling, place.lease);
        if (key_ != "acquired") return nullptr;
        std::int64_t milliseconds = 0;
        const char* const problem = read(spelling, milliseconds);
        place.who.acquired = WallTime(std::chrono::milliseconds(milliseconds));
        return problem;
    }

private:
    std::string* text_field() {
        if (depth_ == 1 && key_ == "name") return &document_.name;
        if (depth_ == 1 && key_ == "boot") return &document_.boot;
        if (depth_ != 2 || !in_holders_) return nullptr;
        Holder& who = document_.places.back().who;
        if (key_ == "nonce") return &who.nonce;
        if (key_ == "owner") return &who.owner;
        return key_ == "host" ? &who.host : nullptr;
    }

    template <class Integer>
    static const char* read(std::string_view spelling, Integer& into) {
        const auto value = json::to_int64(spelling);
        if (!value || *value < 0) return "a number that is no count";
        into = static_cast<Integer>(*value);
        return nullptr;
    }

    FileDocument& document_;
    int depth_ = 0;
    bool in_holders_ = false;
    std::string_view key_;
};

void write_place(json::Writer& writer, const Place& place) {
    writer.begin_object();
    writer.key("nonce");
    writer.string(place.who.nonce);
    writer.key("owner");
    writer.string(place.who.owner);
    writer.key("host");
    writer.string(place.who.host);
    writer.key("pid");
    writer.integer(place.who.pid);
    writer.key("token");
    writer.integer(place.who.token);
    if (place.who.acquired) {
        writer.key("acquired");
        writer.integer(place.who.acquired->time_since_epoch().count());
    }
    writer.key("renewed");
    writer.integer(place.renewed);
    writer.key("lease");
    writer.integer(place.lease);
    writer.end_object();
}

bool is_whole(const Place& place) {
    return !place.who.nonce.empty() && place.who.token > 0 && place.lease >= 0;
}

constexpr std::string_view hint = "another program wrote this: remove it if nobody holds the lock";

}  // namespace

std::string to_text(const FileDocument& document) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.key("name");
    writer.string(document.name);
    writer.key("token");
    writer.integer(document.token);
    writer.key("count");
    writer.integer(document.count);
    writer.key("boot");
    writer.string(document.boot);
    writer.key("holders");
    writer.begin_array();
    for (const Place& place : document.places)
        write_place(writer, place);
    writer.end_array();
    writer.end_object();
    return text += '\n';
}

FileDocument file_document(std::string_view text, const std::string& where) {
    FileDocument document;
    if (text.empty()) return document;
    Filler filler(document);
    if (const auto problem = json::read(text, filler)) {
        throw Error(Fault::data, where + ": byte " + std::to_string(problem->offset) + ": " + problem->what,
                    std::string(hint));
    }
    const bool is_lock = document.token > 0 && std::all_of(document.places.begin(), document.places.end(), is_whole);
    if (!is_lock) throw Error(Fault::data, where + ": this is no lock", std::string(hint));
    return document;
}

}  // namespace bradawl::lock
