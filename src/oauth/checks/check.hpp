#pragma once

#include "net/form.hpp"
#include "oauth/authorization.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// An authorization request while it is being checked. Checks read the parameters and fill in `request`.
struct Draft {
    const Site& site;
    const net::Form& parameters;
    signin::ClientPtr named_client;               ///< whom client_id names, of whatever pool; null when nobody
    const std::vector<std::string>& live_scopes;  ///< custom scopes of the pool
    AuthorizationRequest request;

    /// The value of a parameter; "" when it is absent or empty, which is the same (RFC 6749 §3.1). Of several values
    /// the last, see check_repetitions().
    std::string get(std::string_view name) const;
    bool has(std::string_view name) const { return !get(name).empty(); }
};

/// Why a request is refused. `description` is the text of the error page before client and redirect URI are proven, the
/// error_description after.
struct Refusal {
    std::string error;
    std::string description;
};
using Verdict = std::optional<Refusal>;  ///< nothing: go on

/// One rule. Does not throw, does not wait.
using Check = Verdict (*)(Draft&);

/// Runs every check of the matrix in its order; ends at the first refusal.
CheckedRequest run_checks(Draft draft);

// The checks, in the order of the matrix (matrix.cpp). One file for each subject.
Verdict check_client_is_named(Draft& draft);
Verdict check_redirect_uri_is_named(Draft& draft);
Verdict check_client_exists(Draft& draft);
Verdict check_redirect_uri_is_registered(Draft& draft);
Verdict check_client_signs_in(Draft& draft);

Verdict take_state(Draft& draft);
Verdict check_repetitions(Draft& draft);
Verdict check_lengths(Draft& draft);
Verdict check_unsupported_parameters(Draft& draft);
Verdict check_response_type(Draft& draft);
Verdict check_response_mode(Draft& draft);
Verdict check_pkce(Draft& draft);
Verdict check_flow_is_allowed(Draft& draft);
Verdict check_scope(Draft& draft);
Verdict check_prompt(Draft& draft);
Verdict check_max_age(Draft& draft);
Verdict take_nonce_and_hint(Draft& draft);

}  // namespace symbolon::oauth
