// A text that becomes BSON is printed as canonical Extended JSON, and that becomes the same BSON again; what is made
// is BSON by libbson's reckoning too.
#include <bson/bson.h>

#include <cstdlib>
#include <string>

#include "mongo/bson_to_json.hpp"
#include "mongo/json_to_bson.hpp"

using namespace bradawl::mongo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const JsonDialect dialect : {JsonDialect::extended, JsonDialect::legacy}) {
        ByteBuffer buffer;
        MadeDocument made;
        if (json_to_bson(text, dialect, buffer, made)) {
            if (buffer.size() != 0) std::abort();
            continue;
        }
        const std::string bson(buffer.view(made.begin, made.size));
        bson_t view;
        if (!bson_init_static(&view, reinterpret_cast<const std::uint8_t*>(bson.data()), bson.size())) std::abort();
        const int flags = BSON_VALIDATE_UTF8 | BSON_VALIDATE_UTF8_ALLOW_NULL;
        if (!bson_validate(&view, static_cast<bson_validate_flags_t>(flags), nullptr)) std::abort();

        std::string json;
        bson_to_json(bson, JsonForm::canonical, PrintId::yes, json);
        ByteBuffer again;
        if (json_to_bson(json, JsonDialect::extended, again, made)) std::abort();
        if (again.view(made.begin, made.size) != bson) std::abort();
        json.clear();
        bson_to_json(bson, JsonForm::relaxed, PrintId::yes, json);
        if (json_to_bson(json, JsonDialect::extended, again, made)) std::abort();
    }
    return 0;
}
