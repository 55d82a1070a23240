#include "objects/own_data.hpp"

#include "core/error.hpp"
#include "objects/read_own.hpp"

namespace bradawl::objects {

ClassSchemas::ClassSchemas(const std::vector<std::string>& texts) {
    for (const std::string& text : texts)
        add(text);
}

void ClassSchemas::add(const std::string& text) {
    const auto trim = [](std::string_view part) {
        const auto begin = part.find_first_not_of(" \t\n");
        const auto end = part.find_last_not_of(" \t\n");
        return begin == std::string_view::npos ? std::string_view{} : part.substr(begin, end + 1 - begin);
    };
    const std::size_t equals = text.find('=');
    const std::string name(trim(std::string_view(text).substr(0, equals)));
    if (equals == std::string::npos || name.empty())
        throw Error(Fault::usage, "--class: '" + text + "' is not 'CLASS = FIELDS'");
    auto parsed = schema::parse(std::string_view(text).substr(equals + 1), "--class " + name);
    if (parsed->header() != nullptr || parsed->trailer() != nullptr)
        throw Error(Fault::usage, "--class " + name + ": a class has one section only, without '/'");
    schemas_[name] = std::move(parsed);
}

const schema::Schema* ClassSchemas::find(std::string_view name) const {
    const auto found = schemas_.find(name);
    return found == schemas_.end() ? nullptr : found->second.get();
}

void OwnData::pass() {
    record::SilentSink silent;
    read(silent, [this](java::Emitter*) { next_content(); });
}

}  // namespace bradawl::objects
