#pragma once

#include "base/clock.hpp"
#include "db/transaction.hpp"
#include "signin/proof.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"
#include "signin/step.hpp"
#include "signin/verdict.hpp"

#include <string>
#include <string_view>

namespace symbolon::signin {

/// What a sign-in runs with, for the length of one call.
struct Context {
    Services& services;
    const directory::Pool& pool;
    const directory::Client& client;
    const Caller& caller;
    Instant now;
};

ProofBinding binding_of(const Context& context, Stage step);

/// What the code of an SMS challenge is bound to: the challenge, and the number as it is now. A changed number or
/// another sign-in does not accept it.
std::string sms_binding(std::string_view proof_id, const directory::User& user);

/// Turns a step into what the caller is told: SignedIn, the next challenge with its session, or the refusal.
[[nodiscard]] Verdict<Outcome> conclude(const Context& context, db::Transaction& tx, const directory::User& user,
                                        const Step& done);

/// An SMS challenge with a fresh code and a fresh session of the proof `proof_id`.
[[nodiscard]] Verdict<Challenge> ask_sms_code(const Context& context, db::Transaction& tx, const directory::User& user,
                                              const Proofs& given, const std::string& proof_id);

/// Wakes the courier when the verdict says that a message was enqueued. For after the write.
void wake_courier(Services& services, const Verdict<Outcome>& verdict);

}  // namespace symbolon::signin
