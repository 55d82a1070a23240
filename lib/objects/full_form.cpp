#include "objects/full_form.hpp"

#include <algorithm>

#include "java/decimal.hpp"
#include "java/hex.hpp"
#include "objects/read_own.hpp"

namespace bradawl::objects {

FullForm::FullForm(const StreamState& state, java::Emitter& out, const java::Spelling& spelling, bool lines)
    : state_(state), out_(out), sink_(out, spelling), lines_(lines) {}

/// Puts `text`, which opens brackets; `closers` close them, the outermost first.
void FullForm::begin(std::string_view text, std::string_view closers) {
    out_.put(text);
    closers_ += closers;
    first_ = true;
}

/// Closes the `n` innermost brackets.
void FullForm::end(std::size_t n) {
    for (; n > 0; --n) {
        out_.put(closers_.back());
        closers_.pop_back();
    }
    first_ = false;
}

void FullForm::comma() {
    if (!first_) out_.put(',');
    first_ = false;
}

void FullForm::number(std::uint64_t value) {
    out_.commit(java::put_ulong(out_.reserve(java::longest_number), value));
}

void FullForm::put_id(std::uint32_t handle) {
    out_.put(",\"id\":");
    number(handle);
}

void FullForm::begin_top() {
    closers_.clear();
    lengths_.clear();
    first_ = true;
    top_ = false;
}

void FullForm::end_top() {
    if (lines_) out_.end_record();
}

void FullForm::drop_top() {
    out_.drop_record();
}

void FullForm::field(std::uint32_t desc, std::uint32_t index) {
    if (!state_.descs[desc].keyed) return comma();
    const std::string_view key = state_.descs[desc].fields[index].key;
    out_.put(first_ ? key.substr(1) : key);
    first_ = false;
}

void FullForm::element(std::uint64_t) {
    comma();
}

void FullForm::item() {
    comma();
}

void FullForm::null() {
    out_.put("null");
}

void FullForm::reference(std::uint32_t handle) {
    out_.put("{\"$ref\":");
    number(handle);
    out_.put('}');
}

void FullForm::string(std::uint32_t, const StringText& text) {
    if (text.is_long) out_.put("{\"$longstring\":");
    sink_.utf(text.bytes, text.n, text.plain, text.verdict);
    if (text.is_long) out_.put('}');
}

void FullForm::reset() {
    out_.put("{\"$reset\":true}");
}

void FullForm::open(Tag tag) {
    begin(tag == Tag::object         ? "{\"$object\":"
          : tag == Tag::array        ? "{\"$array\":"
          : tag == Tag::class_object ? "{\"$class\":"
                                     : "{\"$enum\":",
          "}");
}

void FullForm::class_object(std::uint32_t handle, std::uint32_t) {
    put_id(handle);
    end(1);
}

void FullForm::begin_enumeration(std::uint32_t handle, std::uint32_t) {
    put_id(handle);
    out_.put(",\"name\":");
}

void FullForm::end_enumeration() {
    end(1);
}

void FullForm::begin_object(std::uint32_t handle, std::uint32_t) {
    put_id(handle);
    begin(",\"data\":[", "]");
}

void FullForm::begin_class(std::uint32_t desc) {
    comma();
    begin("{", "}");
    class_ = desc;
    fields_seen_ = false;
}

void FullForm::primitives(std::uint32_t desc, const std::uint8_t* bytes) {
    const ClassDesc& its = state_.descs[desc];
    if (!first_) out_.put(',');
    out_.put("\"fields\":");
    begin(its.keyed ? "{" : "[", its.keyed ? "}" : "]");
    for (std::uint32_t at = 0; at < its.primitives; ++at) {
        field(desc, at);
        sink_.scalar(its.fields[at].kind, bytes);
        bytes += schema::scalar_size(its.fields[at].kind);
    }
}

void FullForm::end_fields(std::uint32_t desc) {
    end(1);
    class_ = desc;
    fields_seen_ = true;
}

void FullForm::begin_annotation() {
    if (closers_.empty()) {
        top_ = true;
        return;
    }
    const bool before = !fields_seen_ && state_.descs[class_].has(write_method) &&
                        state_.descs[class_].writing == Writing::data_then_fields && first_;
    if (!first_) out_.put(',');
    begin(before ? "\"before\":[" : "\"annotation\":[", "]");
}

void FullForm::block(Tag tag, java::Source& source, std::uint64_t) {
    if (top_ && lines_ && !first_) out_.end_record();
    if (!top_) comma();
    first_ = false;
    out_.put(tag == Tag::block ? "{\"$block\":\"" : "{\"$longblock\":\"");
    while (source.ensure(1)) {
        const std::size_t some = std::min<std::size_t>(source.at_hand(), 1024);
        out_.commit(java::put_hex(out_.reserve(2 * some), source.at(), some));
        source.advance(some);
    }
    out_.put("\"}");
}

void FullForm::end_annotation() {
    if (!closers_.empty()) end(1);
}

void FullForm::end_class(std::uint32_t) {
    end(1);
}

/// An Externalizable of protocol 1: its bytes as they are, with the contents among them.
void FullForm::own_data(std::uint32_t, OwnData& data) {
    begin("\"external\":[", "]");
    std::uint64_t from = data.source.offset();
    const auto raw = [&] {
        const std::uint64_t n = data.source.offset() - from;
        if (n == 0) return;
        const std::uint8_t* at = data.source.behind(from);
        if (at == nullptr) throw java::Malformed(from, "too much data without marks to hold");
        comma();
        out_.put("{\"$raw\":\"");
        for (std::uint64_t done = 0; done < n;) {
            const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(n - done, 1024));
            out_.commit(java::put_hex(out_.reserve(2 * some), at + done, some));
            done += some;
        }
        out_.put("\"}");
    };
    record::SilentSink silent;
    data.read(silent, [&](java::Emitter*) {
        raw();
        comma();
        data.next_content();
        from = data.source.offset();
    });
    raw();
    end(1);
}

void FullForm::end_object() {
    end(2);
}

void FullForm::begin_array(std::uint32_t handle, std::uint32_t desc, std::uint64_t n) {
    put_id(handle);
    out_.put(",\"values\":");
    if (state_.descs[desc].name.size() > 2) begin("[", "]");
    if (state_.descs[desc].name.size() > 2) lengths_.push_back(n);
}

void FullForm::primitive_elements(java::Source& source, schema::Kind kind, std::uint64_t n) {
    if (kind == schema::Kind::int8) return sink_.bytes(source);
    const std::size_t size = schema::scalar_size(kind);
    out_.put('[');
    for (std::uint64_t at = 0; at < n;) {
        const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(n - at, record::JsonSink::most_scalars));
        if (!source.ensure(some * size)) return;  // the parser tells of it
        sink_.scalars(kind, source.at(), some, at == 0);
        source.advance(some * size);
        at += some;
    }
    out_.put(']');
}

void FullForm::end_array() {
    if (closers_.back() == ']') {
        end(1);
        lengths_.pop_back();
    }
    end(1);
}

void FullForm::begin_desc(std::uint32_t desc) {
    const ClassDesc& its = state_.descs[desc];
    out_.put(its.is_proxy ? "{\"$proxydesc\":" : "{\"$classdesc\":");
    out_.put(its.name_json);
    put_id(its.handle);
    if (!its.is_proxy) {
        out_.put(",\"suid\":");
        sink_.integer(its.suid, false);
        out_.put(",\"flags\":");
        number(its.flags);
        out_.put(",\"fields\":[");
        for (std::size_t at = 0; at < its.fields.size(); ++at) {
            const ClassField& field = its.fields[at];
            out_.put(at == 0 ? "{\"type\":\"" : ",{\"type\":\"");
            out_.put(field.type);
            out_.put("\",\"name\":");
            out_.put(field.name_json);
            if (!field.is_primitive()) {
                out_.put(",\"class\":");
                out_.put(field.class_json);
            }
            out_.put('}');
        }
        out_.put(']');
    }
    begin(",\"annotation\":[", "}]");
}

void FullForm::desc_super() {
    end(1);
    out_.put(",\"super\":");
}

void FullForm::end_desc() {
    end(1);
}

void FullForm::begin_exception() {
    out_.put("{\"$exception\":");
    cut_short_ = lengths_.size();
}

void FullForm::end_exception() {
    out_.put(",\"lengths\":[");
    for (std::size_t at = 0; at < cut_short_; ++at) {
        if (at > 0) out_.put(',');
        number(lengths_[at]);
    }
    out_.put("]}");
    end(closers_.size());
}

}  // namespace bradawl::objects
