#pragma once

#include <functional>

#include "core/clock.hpp"
#include "io/input.hpp"
#include "java/source.hpp"

namespace bradawl::java {

/// Fills a Source from `input`. `before_wait` is called whenever reading would have to wait, so that what is finished
/// can go out first. With `follow` the end of the input is no end: more is waited for on `clock` until a stop is asked
/// for. All are used as long as the result is.
Source::Refill refill_from(io::Input& input, std::function<void()> before_wait, Clock* follow = nullptr);

}  // namespace bradawl::java
