#pragma once

#include "lamps.hpp"

#include "symbolon/skill/log.hpp"
#include "symbolon/skill/smart_home/smart_home.hpp"
#include "symbolon/skill/token_verifier.hpp"

#include <memory>

namespace lamp_skill {

struct Options {
    /// Whose access tokens are good: issuer, the client that the platform links with, the scope for lamps if there is
    /// one.
    symbolon::skill::TokenVerifierOptions tokens = {};
    std::shared_ptr<Lamps> lamps = std::make_shared<Lamps>();
    symbolon::skill::Log log = symbolon::skill::stderr_log();
};

/// The skill that switches and dims the lamps of whoever linked an account.
symbolon::skill::smart_home::SmartHome make(Options options);

}  // namespace lamp_skill
