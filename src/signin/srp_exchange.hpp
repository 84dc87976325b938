#pragma once

#include "base/task.hpp"
#include "crypto/srp.hpp"
#include "signin/challenge.hpp"

#include <string>
#include <string_view>

/// What proofs by SRP of passwords and of devices have in common. The secret block is the session in another alphabet:
/// sealed, bound, used once. Spec: cognito-api.md §3.4.
namespace symbolon::signin {

/// SRP_A, as it is carried. Fails: invalid_parameter.
std::string parse_srp_a(std::string_view hex);

/// Asks `standing.asked` (password_verifier, device_password_verifier) of who proves to know `verifier`'s secret.
Task<Challenge> ask_srp(Context context, Standing standing, crypto::srp::Verifier verifier);

/// The session that a claim answers. Fails: not_authorized (no secret block of ours, or another session beside it),
/// invalid_parameter (no time as the protocol has it).
std::string session_of(const SrpClaim& claim);

/// Whether the claim proves the secret of `verifier`, and at about this time. `progress` is that of its session.
Task<bool> check_claim(Context context, crypto::srp::Identity identity, crypto::srp::Verifier verifier,
                       Progress progress, SrpClaim claim);

}  // namespace symbolon::signin
