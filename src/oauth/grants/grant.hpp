#pragma once

#include "base/task.hpp"
#include "net/form.hpp"
#include "oauth/confirmation.hpp"
#include "oauth/endpoints/doors.hpp"
#include "oauth/tokens.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::oauth {

inline constexpr std::string_view token_exchange_type = "urn:ietf:params:oauth:grant-type:token-exchange";
inline constexpr std::string_view jwt_bearer_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// What every grant works with once the client has proven itself and may use the grant.
struct TokenRequest {
    Site site;
    signin::ClientPtr client;
    std::shared_ptr<const net::Form> form;
    Confirmation proven;  ///< keys that the request proves: what the tokens are bound to
    std::string address;  ///< of the client, for the log of sign-ins
};

/// Whether a person has an account, who asks before linking (voice-account-linking.md §4.1).
struct AccountFound {
    bool found = false;
};
/// Why a person cannot be linked without a browser: somebody has to sign in on the pages, as whom is the hint.
struct LinkingRefused {
    std::string login_hint;  ///< "": nothing is known
};
using TokenAnswer = std::variant<TokenSet, AccountFound, LinkingRefused>;

/// The values of a parameter that may be repeated: `resource` (RFC 8707 §2).
std::vector<std::string> list_resources(const net::Form& form);

/// Asks whether the client's ID tokens could be encrypted, as it is set to, before a grant uses something up for them:
/// a client whose keys cannot be read for a while keeps what it holds. Fails: oauth_invalid_client_metadata.
Task<void> check_reader(Doors& doors, signin::ClientPtr client);

/// The grants: what differs between them. Everything they share is in run_grant().
Task<TokenAnswer> exchange_authorization_code(Doors& doors, TokenRequest request);
Task<TokenAnswer> exchange_refresh_token(Doors& doors, TokenRequest request);
Task<TokenAnswer> exchange_client_credentials(Doors& doors, TokenRequest request);
Task<TokenAnswer> exchange_device_code(Doors& doors, TokenRequest request);
Task<TokenAnswer> exchange_token(Doors& doors, TokenRequest request);
Task<TokenAnswer> exchange_jwt_bearer(Doors& doors, TokenRequest request);

}  // namespace symbolon::oauth
