#include "objects/embedded.hpp"

#include "objects/full_encoder.hpp"
#include "objects/full_form.hpp"
#include "objects/parser.hpp"

namespace bradawl::objects {

void EmbeddedObjects::decode(java::Source& source, java::Emitter* out) {
    StreamState state(limits_.memory);
    std::unique_ptr<Form> form;
    if (out == nullptr) {
        form = std::make_unique<Form>();
    } else {
        form = std::make_unique<FullForm>(state, *out, spelling_, false);
    }
    Parser parser(source, state, *form, limits_, strict_);
    parser.header();
    if (!parser.next()) throw java::Malformed(source.offset(), "truncated object: nothing behind the stream header");
}

void EmbeddedObjects::encode(std::string_view json, std::string& out) {
    FullEncoder::header(out);
    FullEncoder(spelling_, limits_).add(json, out);
}

}  // namespace bradawl::objects
