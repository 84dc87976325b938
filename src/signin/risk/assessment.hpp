#pragma once

#include "db/transaction.hpp"
#include "signin/challenge.hpp"
#include "signin/risk/risk.hpp"

/// What threat protection makes of a sign-in: reads what is kept of the user, and how the pool or its client is
/// configured; the rest is signs.hpp and response.hpp. What it does is refuse() and watch() in challenge.hpp.
namespace symbolon::signin {

/// As it was found when the first factor was proven, or else now. An address that is blocked is blocked at every step.
Risk find_risk(const Context& context, db::Transaction& tx, const Standing& standing);

/// Whether nobody is let in from there (RiskExceptionConfiguration of a pool that enforces it).
bool is_blocked_address(const Context& context, db::Transaction& tx);

}  // namespace symbolon::signin
