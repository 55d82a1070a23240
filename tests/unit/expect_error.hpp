#pragma once

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"

namespace bradawl {

/// `action` throws an Error of `fault` that says `text`.
template <class Action>
void expect_error(Fault fault, const std::string& text, Action action) {
    try {
        action();
        ADD_FAILURE() << "no error, wanted: " << text;
    } catch (const Error& error) {
        EXPECT_EQ(error.text(), text);
        EXPECT_EQ(exit_code(error.fault()), exit_code(fault));
    }
}

}  // namespace bradawl
