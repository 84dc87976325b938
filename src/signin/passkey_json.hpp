#pragma once

#include "base/bytes.hpp"
#include "crypto/web_authn/web_authn.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "directory/web_authn_credentials.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The JSON of WebAuthn Level 3 §5.1 (parseCreationOptionsFromJSON, RegistrationResponseJSON, …). Private to the floor.
namespace symbolon::signin {

/// A registration that a browser reports.
struct NewCredential {
    crypto::web_authn::RegistrationResponse response;
    std::string attachment;
    std::vector<std::string> transports;
};

/// An assertion that a browser reports.
struct ClaimedCredential {
    Bytes id;
    Bytes user_handle;  ///< empty: not told
    crypto::web_authn::AssertionResponse response;
};

/// Nothing when a member is missing, of another type, or no base64url.
std::optional<NewCredential> read_new_credential(const boost::json::value& in);
std::optional<ClaimedCredential> read_claimed_credential(std::string_view text);

/// PublicKeyCredentialDescriptorJSON of each.
boost::json::array to_descriptors(const std::vector<directory::WebAuthnCredential>& credentials);

/// UserVerification, as browsers know it.
std::string_view user_verification(const directory::Pool& pool);
bool requires_user_verification(const directory::Pool& pool);

inline constexpr int passkey_timeout_ms = 60'000;  ///< how long a browser waits for the person

}  // namespace symbolon::signin
