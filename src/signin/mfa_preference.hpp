#pragma once

#include "base/clock.hpp"
#include "crypto/seal.hpp"
#include "db/transaction.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <optional>
#include <vector>

/// Which second factors a user has turned on. Spec: cognito-api.md §3.9 (SetUserMFAPreference), §2.10.
namespace symbolon::signin {

struct FactorSetting {
    bool enabled = false;
    std::optional<bool> preferred = {};  ///< nothing: as it was
};

/// What is asked for; what is absent keeps its state.
struct MfaChange {
    std::optional<FactorSetting> sms = {};
    std::optional<FactorSetting> software_token = {};
    std::optional<FactorSetting> email = {};
    std::optional<FactorSetting> web_authn = {};  ///< never preferred
};

/// The preference after the change. `has_software_token`: the user has a verified authenticator app.
/// Fails: invalid_parameter (nowhere to send a code, no app, two preferred, preferred but off, the last one off where
/// the pool requires one).
directory::MfaPreference change_preference(const directory::Pool& pool, const directory::User& user,
                                           const MfaChange& change, bool has_software_token);

/// The same for a stored user, who is saved.
void set_mfa_preference(const crypto::Sealer& sealer, db::Transaction& tx, const directory::Pool& pool,
                        directory::User user, const MfaChange& change, Instant now);

/// What (Admin)SetUserSettings could do before there were other factors: a code by text, or none.
void set_sms_by_settings(db::Transaction& tx, const directory::Pool& pool, directory::User user, bool on, Instant now);

/// Removes the user's authenticator app, also the one that is being set up. Fails: user_not_confirmed.
void erase_software_token(const crypto::Sealer& sealer, db::Transaction& tx, const directory::Pool& pool,
                          directory::User user, Instant now);

void turn_on(directory::MfaPreference& preference, directory::MfaFactor factor);
/// It is not preferred any more, either.
void turn_off(directory::MfaPreference& preference, directory::MfaFactor factor);

/// The pool has authenticator apps as a second factor.
bool allows_software_tokens(const directory::Pool& pool);

/// What the user can begin a sign-in with, of what the pool allows. `has_passkey`: one is registered.
std::vector<directory::AuthFactorType> configured_first_factors(const directory::Pool& pool,
                                                                const directory::User& user, bool has_passkey);

}  // namespace symbolon::signin
