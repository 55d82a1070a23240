#include "core/error.hpp"
#include "mongo/bson.hpp"
#include "mongo/handles.hpp"
#include "text/printable.hpp"

namespace bradawl::mongo {
namespace {

// libmongoc calls back on the thread that sends the command.
thread_local CommandWatch* current = nullptr;

std::string text_of(const BsonElement& element) {
    return element.type == BsonType::string ? std::string(element.text()) : std::string();
}

bool is_network(const bson_error_t& error) {
    return error.domain == MONGOC_ERROR_STREAM || error.domain == MONGOC_ERROR_PROTOCOL;
}

FailureKind kind_of_driver_error(const bson_error_t& error) {
    switch (error.domain) {
        case MONGOC_ERROR_SERVER_SELECTION:
            return error.code == MONGOC_ERROR_SERVER_SELECTION_BAD_WIRE_VERSION ? FailureKind::refused
                                                                                : FailureKind::transient;
        case MONGOC_ERROR_PROTOCOL:
            return error.code == MONGOC_ERROR_PROTOCOL_BAD_WIRE_VERSION ? FailureKind::refused : FailureKind::transient;
        case MONGOC_ERROR_CLIENT:
            // A network error while logging in has the same code, but this text in front.
            return error.code == MONGOC_ERROR_CLIENT_AUTHENTICATE &&
                           !std::string_view(error.message).starts_with("Failed to send ")
                       ? FailureKind::permission
                       : FailureKind::transient;
        case MONGOC_ERROR_SASL:
        case MONGOC_ERROR_SCRAM:
            return FailureKind::permission;
        case MONGOC_ERROR_STREAM:
            return FailureKind::transient;
        case MONGOC_ERROR_BSON:
            return FailureKind::data;
        case MONGOC_ERROR_CURSOR:
            return FailureKind::data;
        default:
            return FailureKind::refused;
    }
}

// The driver's message without its secrets, its full stop, and what only the driver's authors need.
std::string readable(const bson_error_t& error) {
    std::string text = redacted_uri(text::printable(error.message, sizeof error.message));
    if (error.domain == MONGOC_ERROR_SERVER_SELECTION && text.starts_with("No suitable servers found")) {
        const std::size_t begin = text.find('[');
        const std::size_t end = text.rfind(']');
        const bool has_reason = begin != text.npos && end != text.npos && end > begin;
        text = has_reason ? "no server to be had: " + text.substr(begin + 1, end - begin - 1) : "no server to be had";
    }
    while (text.ends_with('.'))
        text.pop_back();
    return text;
}

}  // namespace

void BsonView::set(std::string_view document) {
    if (!bson_init_static(&value_, reinterpret_cast<const std::uint8_t*>(document.data()), document.size())) {
        throw Error(Fault::internal, "a document that is none");
    }
}

std::vector<std::string> labels_of(std::string_view reply) {
    std::vector<std::string> labels;
    if (reply.empty()) return labels;
    const BsonElement array = find_element(reply, "errorLabels");
    if (array.type != BsonType::array) return labels;
    BsonCursor cursor(array.value);
    while (cursor.next())
        labels.push_back(text_of(cursor.element()));
    return labels;
}

CommandWatch::CommandWatch() : outer_(current) {
    current = this;
}

CommandWatch::~CommandWatch() {
    current = outer_;
}

void CommandWatch::failed(const mongoc_apm_command_failed_t* event) {
    if (current == nullptr) return;
    bson_error_t error{};
    mongoc_apm_command_failed_get_error(event, &error);
    try {
        current->note(error, bytes_of(*mongoc_apm_command_failed_get_reply(event)));
    } catch (...) {
        // A C frame is above: nothing may pass. What cannot be read may have had any effect.
        current->failed_ = current->uncertain_ = true;
    }
}

void CommandWatch::note(const bson_error_t& error, std::string_view reply) {
    failed_ = true;
    last_ = error;
    code_name_.clear();
    if (is_network(error)) {
        uncertain_ = true;
        return;
    }
    code_name_ = text_of(find_element(reply, "codeName"));
    const auto code = static_cast<int>(to_integer(find_element(reply, "code"), error.code));
    const auto labels = labels_of(reply);
    if (kind_of(code, labels) == FailureKind::transient && !is_without_effect(code, labels)) uncertain_ = true;
}

Failure CommandWatch::failure(const bson_error_t& error, std::string_view reply) const {
    Failure failure;
    failure.message = readable(error);
    failure.labels = labels_of(reply);
    failure.uncertain = uncertain_;
    failure.waited = error.domain == MONGOC_ERROR_SERVER_SELECTION;
    if (error.domain == MONGOC_ERROR_SERVER || error.domain == MONGOC_ERROR_WRITE_CONCERN) {
        failure.code = static_cast<int>(error.code);
        failure.code_name = code_name_.empty() ? std::string(name_of(failure.code)) : code_name_;
        failure.kind = kind_of(failure.code, failure.labels);
    } else {
        failure.kind = kind_of_driver_error(error);
    }
    return failure;
}

}  // namespace bradawl::mongo
