#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace bradawl::mongo {

/// What a failure asks for.
enum class FailureKind {
    transient,   ///< the same again may succeed later
    permission,  ///< authentication or authorization refused
    refused,     ///< the server will never do this for anybody's data: wrong version, namespace, command
    data,        ///< these documents or this filter are at fault
};

/// A failure of an operation as a whole.
struct Failure {
    FailureKind kind = FailureKind::transient;
    int code = 0;  ///< the server's; 0: the failure is not its answer
    std::string code_name;
    std::string message;
    std::vector<std::string> labels;
    bool uncertain = false;  ///< the server may have done what was asked, or a part
    bool waited = false;     ///< time was spent waiting for a server already: no need to wait more
};

/// What a server's error code and labels ask for, by the MongoDB specifications "Retryable Writes", "Retryable Reads"
/// and "Server Discovery and Monitoring". Codes that none of them names are the data's fault.
FailureKind kind_of(int code, const std::vector<std::string>& labels = {});

/// Whether a command that failed as a whole with this code has had no effect for certain: the server refused it before
/// looking at it.
bool is_without_effect(int code, const std::vector<std::string>& labels);

/// The name that MongoDB gives a code; empty when it is not one of those that are met here.
std::string_view name_of(int code);

/// The message with the server's code, for people.
std::string describe(const Failure& failure);

/// The error that ends the work for a failure that is not to be retried: `WHERE: message: MORE`, the last when there is
/// more.
Error to_error(const Failure& failure, std::string_view where, std::string_view more = {});

}  // namespace bradawl::mongo
