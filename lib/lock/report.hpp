#pragma once

#include <string>
#include <string_view>

#include "lock/lease.hpp"
#include "lock/options.hpp"

namespace bradawl::lock {

/// A lock for people, a line a holder: `backup: held by eve@web1 (host web1, pid 4711) for 12.3 s, 27.1 s left, token
/// 1795650754998`, or `backup: free, last token 1795650754998`. `left` and more of a semaphore's places stand behind.
std::string describe(const State& state);

/// Its first line alone, without the line feed, for messages.
std::string summary(const State& state);

/// The same as a line of JSON: {"name", "held", "count", "token", "holders": [{"owner", "host", "pid", "token",
/// "acquired", "age", "left"}], "expired": [...]}; spans of time in seconds, null where not known or without end.
std::string to_json(const State& state);

/// A claim that got its lock, as a line of JSON: {"name", "token", "nonce", "owner", "lease", "store"}.
std::string to_json_line(const Claim& claim, std::uint64_t token, const StoreOptions& store);

/// The same as variables, `NAME=value`, which is what the environment of a command under `mlock run` has: MLOCK_NAME,
/// MLOCK_OWNER, MLOCK_TOKEN, MLOCK_NONCE; and, as `store` has them, MLOCK_STORE when it holds no password, and the
/// options without which another mlock would look elsewhere or refuse.
std::vector<std::string> to_environment(const Claim& claim, std::uint64_t token, const StoreOptions& store);

/// The same as lines for a POSIX shell's eval: `export MLOCK_NAME='backup'` and so on.
std::string to_exports(const std::vector<std::string>& environment);

}  // namespace bradawl::lock
