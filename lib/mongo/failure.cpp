#include "mongo/failure.hpp"

#include <algorithm>
#include <array>

namespace bradawl::mongo {
namespace {

using enum FailureKind;

struct Code {
    int code;
    std::string_view name;
    FailureKind kind;
};

// Sorted by code. MongoDB's error_codes.yml has the names.
constexpr std::array codes{
    Code{2, "BadValue", data},
    Code{6, "HostUnreachable", transient},
    Code{7, "HostNotFound", transient},
    Code{9, "FailedToParse", data},
    Code{11, "UserNotFound", permission},
    Code{13, "Unauthorized", permission},
    Code{14, "TypeMismatch", data},
    Code{15, "Overflow", data},
    Code{16, "InvalidLength", data},
    Code{18, "AuthenticationFailed", permission},
    Code{20, "IllegalOperation", refused},
    Code{22, "InvalidBSON", data},
    Code{24, "LockTimeout", transient},
    Code{26, "NamespaceNotFound", refused},
    Code{43, "CursorNotFound", transient},
    Code{46, "LockBusy", transient},
    Code{50, "MaxTimeMSExpired", data},
    Code{52, "DollarPrefixedFieldName", data},
    Code{53, "InvalidIdField", data},
    Code{59, "CommandNotFound", refused},
    Code{63, "StaleShardVersion", transient},
    Code{64, "WriteConcernFailed", transient},
    Code{66, "ImmutableField", data},
    Code{72, "InvalidOptions", refused},
    Code{73, "InvalidNamespace", refused},
    Code{79, "UnknownReplWriteConcern", refused},
    Code{89, "NetworkTimeout", transient},
    Code{91, "ShutdownInProgress", transient},
    Code{96, "OperationFailed", data},
    Code{100, "UnsatisfiableWriteConcern", refused},
    Code{112, "WriteConflict", transient},
    Code{115, "CommandNotSupported", refused},
    Code{121, "DocumentValidationFailure", data},
    Code{133, "FailedToSatisfyReadPreference", transient},
    Code{134, "ReadConcernMajorityNotAvailableYet", transient},
    Code{148, "ReadConcernMajorityNotEnabled", refused},
    Code{150, "StaleEpoch", transient},
    Code{166, "CommandNotSupportedOnView", refused},
    Code{175, "QueryPlanKilled", transient},
    Code{189, "PrimarySteppedDown", transient},
    Code{202, "NetworkInterfaceExceededTimeLimit", transient},
    Code{224, "QueryFeatureNotAllowed", refused},
    Code{225, "TransactionTooOld", transient},
    Code{234, "RetryChangeStream", transient},
    Code{237, "CursorKilled", transient},
    Code{238, "NotImplemented", refused},
    Code{262, "ExceededTimeLimit", transient},
    Code{334, "ClientMarkedKilled", transient},
    Code{391, "ReauthenticationRequired", transient},
    Code{462, "IngressRequestRateLimitExceeded", transient},
    Code{8000, "AtlasError", permission},
    Code{9001, "SocketException", transient},
    Code{10058, "LegacyNotPrimary", transient},
    Code{10107, "NotWritablePrimary", transient},
    Code{10334, "BSONObjectTooLarge", data},
    Code{11000, "DuplicateKey", data},
    Code{11600, "InterruptedAtShutdown", transient},
    Code{11602, "InterruptedDueToReplStateChange", transient},
    Code{13388, "StaleConfig", transient},
    Code{13435, "NotPrimaryNoSecondaryOk", transient},
    Code{13436, "NotPrimaryOrSecondary", transient},
    Code{17280, "KeyTooLong", data},
};

const Code* find(int code) {
    const auto* const at = std::lower_bound(codes.begin(), codes.end(), code,
                                            [](const Code& one, int wanted) { return one.code < wanted; });
    return at != codes.end() && at->code == code ? at : nullptr;
}

bool has(const std::vector<std::string>& labels, std::string_view wanted) {
    return std::find(labels.begin(), labels.end(), wanted) != labels.end();
}

}  // namespace

FailureKind kind_of(int code, const std::vector<std::string>& labels) {
    for (const std::string_view label : {"RetryableWriteError", "TransientTransactionError", "RetryableError",
                                         "SystemOverloadedError", "ResumableChangeStreamError"}) {
        if (has(labels, label)) return transient;
    }
    const Code* const known = find(code);
    return known == nullptr ? data : known->kind;
}

bool is_without_effect(int code, const std::vector<std::string>& labels) {
    if (has(labels, "NoWritesPerformed")) return true;
    // Not 91, 189, 11600, 11602: these may come when a part of the batch is written.
    if (code == 10107 || code == 10058 || code == 13435) return true;
    const FailureKind kind = kind_of(code, labels);
    return kind == permission || kind == refused;
}

std::string_view name_of(int code) {
    const Code* const known = find(code);
    return known == nullptr ? std::string_view() : known->name;
}

std::string describe(const Failure& failure) {
    std::string text = failure.message;
    if (failure.code == 0) return text;
    return text + " (" + (failure.code_name.empty() ? "code" : failure.code_name) + ' ' + std::to_string(failure.code) +
           ')';
}

Error to_error(const Failure& failure, std::string_view where, std::string_view more) {
    std::string text = std::string(where) + ": " + describe(failure);
    if (!more.empty()) text += ": " + std::string(more);
    if (failure.kind == permission) {
        return {Fault::permission, text, "check the user, the password and authSource in the connection string"};
    }
    return {Fault::unavailable, text, failure.waited ? "is the server up, and is it a MongoDB server?" : ""};
}

}  // namespace bradawl::mongo
