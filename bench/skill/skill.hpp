#pragma once

#include "report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace symbolon::bench {

struct SkillBenchOptions {
    std::string self;          ///< this program
    std::string node = {};     ///< the interpreter; "": none, and no row about it
    std::string node_modules;  ///< with ask-sdk-express-adapter
    std::string node_skill;    ///< tests/e2e/support/ask_sdk_skill.cjs
    Seconds duration{5};
};

/// Requests of a voice platform, verified and answered: by a skill of the SDK, by the bare echo, by the platform's own
/// SDK on Node; beside raw verifications of the same signature. Each on the server's core.
std::vector<Row> measure_skills(const SkillBenchOptions& options, const Cores& cores);

}  // namespace symbolon::bench
