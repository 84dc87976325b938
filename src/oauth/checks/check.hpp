#pragma once

#include "net/form.hpp"
#include "oauth/authorization.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::oauth {

/// Why a request is refused. `description` is the text of the error page before client and redirect URI are proven, the
/// error_description after.
struct Refusal {
    std::string error;
    std::string description;
};
using Verdict = std::optional<Refusal>;  ///< nothing: go on

/// By which way the parameters came, which a client may be bound to.
struct Origin {
    bool pushed = false;                           ///< over the pushed authorization request endpoint
    bool is_signed = false;                        ///< in a request object
    std::optional<Refusal> refused = {};           ///< a request object or request_uri that was not taken
    std::optional<std::string> hint_subject = {};  ///< of a genuine id_token_hint
};

/// An authorization request while it is being checked. Checks read the parameters and fill in `request`.
struct Draft {
    Site site;
    net::Form parameters;
    signin::ClientPtr named_client;                               ///< whom client_id names, of whatever pool; or null
    std::shared_ptr<const std::vector<std::string>> live_scopes;  ///< custom scopes of the pool
    Origin origin = {};
    AuthorizationRequest request = {};
    AnswerProtectionPtr protection = {};  ///< of a request that wants its answer as a JWT; null: there can be none

    /// The value of a parameter; "" when it is absent or empty, which is the same (RFC 6749 §3.1). Of several values
    /// the last, see check_repetitions().
    std::string get(std::string_view name) const;
    bool has(std::string_view name) const { return !get(name).empty(); }
    /// The pool follows OpenID Connect where the service does not.
    bool is_strict() const { return directory::is_on(site.pool->extensions.strict_oidc); }
    /// The pool's clients are held to the FAPI 2.0 Security Profile (oauth/security_profile.hpp).
    bool is_fapi2() const { return directory::is_fapi2(site.pool->extensions); }
};

/// One rule. Does not throw, does not wait.
using Check = Verdict (*)(Draft&);

/// A refusal with its place: only what is proven is answered at the redirect URI.
struct Refused {
    Refusal refusal;
    bool proven = false;  ///< client and redirect URI are
    Draft draft;
};

/// Runs every check of the matrix in its order; ends at the first refusal.
std::variant<AuthorizationRequest, Refused> run_checks(Draft draft);

// The checks, in the order of the matrix (matrix.cpp). One file for each subject.
Verdict check_client_is_named(Draft& draft);
Verdict check_redirect_uri_is_named(Draft& draft);
Verdict check_client_exists(Draft& draft);
Verdict check_redirect_uri_is_registered(Draft& draft);
Verdict check_client_signs_in(Draft& draft);

Verdict take_state(Draft& draft);
Verdict take_delivery(Draft& draft);
Verdict check_origin(Draft& draft);
Verdict check_repetitions(Draft& draft);
Verdict check_lengths(Draft& draft);
Verdict check_unsupported_parameters(Draft& draft);
Verdict check_response_type(Draft& draft);
Verdict check_response_mode(Draft& draft);
Verdict check_pkce(Draft& draft);
Verdict check_flow_is_allowed(Draft& draft);
Verdict check_scope(Draft& draft);
Verdict check_nonce(Draft& draft);
Verdict check_prompt(Draft& draft);
Verdict check_max_age(Draft& draft);
Verdict check_claims(Draft& draft);
Verdict check_subject(Draft& draft);
Verdict check_resources(Draft& draft);
Verdict check_dpop_key(Draft& draft);
Verdict take_hints(Draft& draft);
Verdict take_provider(Draft& draft);

}  // namespace symbolon::oauth
