#pragma once

#include "base/task.hpp"
#include "net/form.hpp"
#include "oauth/site.hpp"
#include "oauth/tokens.hpp"
#include "signin/browser_sessions.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace symbolon::oauth {

/// An authorization request that passed every check (§1.3): client and redirect URI are proven.
struct AuthorizationRequest {
    signin::ClientPtr client;
    std::string redirect_uri;
    bool redirect_uri_sent = true;  ///< then the token request must repeat it
    bool implicit = false;          ///< response_type=token
    std::vector<std::string> scopes;
    std::string state;
    bool has_state = false;
    std::string nonce;
    std::string code_challenge;  ///< S256; "" when PKCE is not used
    bool prompt_none = false;
    bool prompt_login = false;
    std::optional<std::chrono::seconds> max_age;  ///< a sign-in older than this is not good enough
    std::string login_hint;
    std::string query;  ///< the request's own query, byte for byte, to carry through the pages
};

/// Shown to the user, never redirected: client or redirect URI are not proven.
struct ErrorPage {
    std::string code;  ///< e.g. redirect_mismatch
    std::string text;
    std::string client_id;
};

/// Sent to the client's redirect URI.
struct ErrorRedirect {
    std::string location;
};

using CheckedRequest = std::variant<AuthorizationRequest, ErrorPage, ErrorRedirect>;

/// Checks authorization requests and answers them with codes or tokens. The authorize endpoint and the hosted pages use
/// the same two functions: a page that ends with a sign-in calls respond().
class Authorization {
public:
    Authorization(signin::Services& services, Tokens& tokens) : services_(services), tokens_(tokens) {}

    /// Runs the checks in order (§1.3). `query` is the undecoded query string. Fails: invalid_parameter (it cannot be
    /// decoded), which is shown on a page like an ErrorPage.
    Task<CheckedRequest> check(Site site, std::string query);
    /// The location that ends the request: redirect URI with code and state, or with tokens in the fragment.
    /// Fails: not_authorized, user_not_found (disabled or gone since the sign-in).
    Task<std::string> respond(Site site, AuthorizationRequest request, signin::SignedIn signed_in);
    /// The location that tells the client of a refusal (e.g. access_denied, login_required).
    static std::string refuse(const Site& site, const AuthorizationRequest& request, const std::string& error,
                              const std::string& description);

private:
    Task<std::string> create_code(AuthorizationRequest request, signin::SignedIn signed_in);

    signin::Services& services_;
    Tokens& tokens_;
};

}  // namespace symbolon::oauth
