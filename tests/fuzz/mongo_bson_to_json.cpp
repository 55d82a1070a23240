// Bytes of any kind are printed or refused; what is printed is JSON, and what libbson takes for malformed is refused.
#include <bson/bson.h>

#include <cstdlib>
#include <string>

#include "core/error.hpp"
#include "json/check.hpp"
#include "mongo/bson_to_json.hpp"

using namespace bradawl::mongo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const JsonForm form : {JsonForm::canonical, JsonForm::relaxed}) {
        std::string json = "before";
        try {
            bson_to_json(bytes, form, PrintId::yes, json);
        } catch (const bradawl::Error& error) {
            if (error.fault() != bradawl::Fault::data || json != "before") std::abort();
            continue;
        }
        if (bradawl::json::check(std::string_view(json).substr(6))) std::abort();
        bson_t view;
        if (!bson_init_static(&view, data, size)) std::abort();
        const int flags = BSON_VALIDATE_UTF8 | BSON_VALIDATE_UTF8_ALLOW_NULL;
        if (!bson_validate(&view, static_cast<bson_validate_flags_t>(flags), nullptr)) std::abort();
    }
    return 0;
}
