#pragma once

#include "base/task.hpp"
#include "db/transaction.hpp"
#include "signin/proof.hpp"
#include "signin/sign_in.hpp"
#include "signin/verdict.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The session of an MFA_SETUP challenge in the hands of who sets up an authenticator app with it
/// (AssociateSoftwareToken and VerifySoftwareToken take it in place of an access token, and name no client):
///
///     const auto parties = co_await find_setup_parties(services, session);
///     ... in a write:
///     auto opening = open_mfa_setup(services, tx, *parties.pool, *parties.client, session, now);
///     if (auto* refusal = std::get_if<Error>(&opening)) return *refusal;
///     auto& setup = std::get<MfaSetup>(opening);            // setup.user
///     ... associate: answer with renew_mfa_setup(...)
///     ... verify: enable the token, then answer with finish_mfa_setup(...), which MFA_SETUP is answered with
namespace symbolon::signin {

struct SetupParties {
    PoolPtr pool;
    ClientPtr client;
};

/// The pool and client of a session of MFA_SETUP, not yet proven. Fails: not_authorized "Invalid session for the user."
Task<SetupParties> find_setup_parties(Services& services, std::string session);

/// A session that was opened: its user owes a second factor and has proven the first.
using MfaSetup = SealedProof::Opened;

/// `browser` is Caller::browser. Fails (as a value): not_authorized, in the words of §3.1, also for a user who was
/// disabled meanwhile.
[[nodiscard]] Verdict<MfaSetup> open_mfa_setup(const Services& services, db::Transaction& tx,
                                               const directory::Pool& pool, const directory::Client& client,
                                               std::string_view session, Instant now, std::string_view browser = {});

/// The session to go on setting up with: of the same challenge, its life anew.
std::string renew_mfa_setup(const Services& services, const directory::Pool& pool, const directory::Client& client,
                            const MfaSetup& setup, Instant now, std::string_view browser = {});

/// The session that completes MFA_SETUP: the app gave a right code. Uses up the ones before. Nothing when one of them
/// was used up in between.
[[nodiscard]] std::optional<std::string> finish_mfa_setup(Services& services, db::Transaction& tx,
                                                          const directory::Pool& pool, const directory::Client& client,
                                                          const MfaSetup& setup, Instant now,
                                                          std::string_view browser = {});

}  // namespace symbolon::signin
