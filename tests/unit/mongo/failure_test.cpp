#include "mongo/failure.hpp"

#include <gtest/gtest.h>

namespace bradawl::mongo {
namespace {

using enum FailureKind;

// The codes of the specification "Retryable Writes", section "Determining Retryable Errors".
TEST(Failure, RetryableWriteCodesAreTransient) {
    for (const int code : {11600, 11602, 10107, 13435, 13436, 189, 91, 7, 6, 89, 9001, 262}) {
        EXPECT_EQ(kind_of(code), transient) << code;
        EXPECT_FALSE(name_of(code).empty()) << code;
    }
}

// "Retryable Reads" adds this one; "Server Discovery and Monitoring" the second.
TEST(Failure, RetryableReadCodesAreTransient) {
    EXPECT_EQ(kind_of(134), transient);
    EXPECT_EQ(kind_of(10058), transient);
    EXPECT_EQ(kind_of(43), transient) << "a cursor can be opened again";
}

TEST(Failure, CodesThatMustNotBeRetriedAreNot) {
    for (const int code : {11000, 121, 2, 9, 14, 10334, 66, 50})
        EXPECT_EQ(kind_of(code), data) << code;
    for (const int code : {13, 18, 11})
        EXPECT_EQ(kind_of(code), permission) << code;
    for (const int code : {20, 59, 73, 79, 100})
        EXPECT_EQ(kind_of(code), refused) << code;
    EXPECT_EQ(kind_of(987654), data) << "what nobody knows";
}

TEST(Failure, LabelsWinOverCodes) {
    for (const char* label :
         {"RetryableWriteError", "TransientTransactionError", "RetryableError", "SystemOverloadedError"}) {
        EXPECT_EQ(kind_of(2, {label}), transient) << label;
    }
    EXPECT_EQ(kind_of(2, {"SomethingElse"}), data);
}

TEST(Failure, OnlySomeErrorsLeaveNoDoubt) {
    for (const int code : {10107, 10058, 13435, 13, 73})
        EXPECT_TRUE(is_without_effect(code, {})) << code;
    // A batch may be cut short by these after a part of it is written.
    for (const int code : {91, 189, 11600, 11602, 89, 6, 7, 9001, 262})
        EXPECT_FALSE(is_without_effect(code, {})) << code;
    EXPECT_TRUE(is_without_effect(91, {"RetryableWriteError", "NoWritesPerformed"}));
}

TEST(Failure, ErrorsTellTheCodeAndTheFault) {
    const Error error = to_error({data, 2, "BadValue", "bad $sort", {}, false, false}, "cannot read d.c");
    EXPECT_EQ(error.text(), "cannot read d.c: bad $sort (BadValue 2)");
    EXPECT_EQ(error.fault(), Fault::unavailable);
    EXPECT_EQ(to_error({permission, 18, "AuthenticationFailed", "no", {}, false, false}, "x").fault(),
              Fault::permission);
    EXPECT_EQ(to_error({transient, 0, "", "gone", {}, false, false}, "x").text(), "x: gone");
    EXPECT_EQ(to_error({data, 99999, "", "odd", {}, false, false}, "x").text(), "x: odd (code 99999)");
}

}  // namespace
}  // namespace bradawl::mongo
