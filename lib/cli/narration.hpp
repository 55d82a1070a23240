#pragma once

#include <string>
#include <vector>

#include "cli/run.hpp"
#include "learn/voices.hpp"
#include "text/condition.hpp"

namespace bradawl::cli {

/// A training's records to `records` (null: nowhere), its warnings to the log, and what a person sees to the progress
/// line. All must outlive the voices.
learn::Voices voices(World& world, io::Output* records);

/// Whether every `--require` holds: 0, or exit code 1 with those told that do not. `names`: what figures there are.
Ending judge(World& world, const std::vector<std::string>& requirements, const text::Condition::Figures& figures,
             const char* names);

}  // namespace bradawl::cli
