#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/task.hpp"
#include "db/transaction.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "directory/web_authn_credentials.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"
#include "signin/verdict.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Passkeys (cognito-api.md §3.12). What browsers exchange is the JSON of WebAuthn Level 3 §5.1
/// (RegistrationResponseJSON and so on): the words of a standard, the same at every door.
namespace symbolon::signin {

/// Whether passkeys are a first factor of the pool (WEB_AUTHN in its SignInPolicy).
bool passkeys_enabled(const directory::Pool& pool);
/// Whether a passkey with user verification is both factors (FactorConfiguration MULTI_FACTOR_WITH_USER_VERIFICATION).
bool passkey_is_multi_factor(const directory::Pool& pool);
/// The pool's own setting, else the host of its custom domain, else that of its prefix domain; nothing when it has
/// none, or the host is an address, which no browser accepts.
std::optional<std::string> relying_party_id(const directory::Pool& pool, const PublicNames& names);
/// An origin may ask for a relying party's passkeys when its host is the relying party's or below it, over https;
/// over http on localhost alone.
bool is_allowed_origin(std::string_view origin, std::string_view relying_party_id);

// For the sign-in engine: plain functions over its transaction. The challenge is not stored: it follows from the proof
// (the session) that is given with it, and is used up with that proof.

/// What the browser has to sign. It follows from the proof, so it is of that user and sign-in, and dies with it;
/// without a user it is of the question alone (discoverable_passkeys.hpp).
Bytes passkey_challenge(const Services& services, const directory::Pool& pool, const UserId& user,
                        std::string_view proof_id);
/// Whether WEB_AUTHN can be offered to the user.
bool has_usable_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool, const UserId& user);
/// CREDENTIAL_REQUEST_OPTIONS: PublicKeyCredentialRequestOptionsJSON as text. For a user without a passkey, as for the
/// key of one who does not exist (Subject::key), one is named that nobody has.
/// Fails: web_authn_configuration_missing.
std::string make_passkey_request(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                                 const UserId& user, std::string_view proof_id);

/// A passkey's proof.
struct PasskeyProof {
    bool user_verified = false;  ///< by the authenticator: it is something the user knows or is, too
};
/// Checks CREDENTIAL, an AuthenticationResponseJSON as text, against the challenge that was given, and moves the
/// passkey's counter. The refusal is not_authorized whatever is wrong.
Verdict<PasskeyProof> check_passkey(db::Transaction& tx, const Services& services, const directory::Pool& pool,
                                    const UserId& user, const Bytes& challenge, std::string_view credential);

/// A user's own passkeys; who asks has proven an access token.
class Passkeys {
public:
    explicit Passkeys(Services& services) : services_(services) {}

    /// PublicKeyCredentialCreationOptionsJSON, with a challenge that is stored for this user and client.
    /// Fails: web_authn_not_enabled, web_authn_configuration_missing, limit_exceeded.
    Task<boost::json::object> begin(PoolPtr pool, ClientPtr client, std::shared_ptr<const directory::User> user);
    /// Checks a RegistrationResponseJSON against the challenge, which is used up whatever comes of it, and stores the
    /// passkey. Fails: web_authn_not_enabled, web_authn_configuration_missing, web_authn_challenge_not_found,
    /// web_authn_client_mismatch, web_authn_origin_not_allowed, web_authn_relying_party_mismatch,
    /// web_authn_credential_not_supported, invalid_parameter, limit_exceeded.
    Task<void> complete(PoolPtr pool, ClientPtr client, UserId user, boost::json::value credential);
    /// The oldest first.
    Task<std::vector<directory::WebAuthnCredential>> list(PoolPtr pool, UserId user);
    /// Fails: resource_not_found.
    Task<void> erase(PoolPtr pool, UserId user, std::string credential_id);

private:
    Services& services_;
};

}  // namespace symbolon::signin
