#pragma once

#include "base/task.hpp"
#include "directory/grants.hpp"
#include "net/form.hpp"
#include "net/http.hpp"
#include "oauth/jarm.hpp"
#include "oauth/pushed_requests.hpp"
#include "oauth/request_objects.hpp"
#include "oauth/requested_claims.hpp"
#include "oauth/response_types.hpp"
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
    ResponseType response_type = {};
    ResponseMode response_mode = ResponseMode::query;
    AnswerProtectionPtr protection = {};  ///< the answer is a JWT; null: it is plain
    std::vector<std::string> scopes;
    std::string state;
    bool has_state = false;
    std::string nonce;
    std::string code_challenge;    ///< "" when PKCE is not used
    bool plain_challenge = false;  ///< the challenge is the verifier itself; otherwise S256
    std::string dpop_jkt;          ///< the key that the code is bound to (RFC 9449 §10); "": none
    bool prompt_none = false;
    bool prompt_login = false;
    bool prompt_consent = false;
    bool prompt_select_account = false;
    std::optional<std::chrono::seconds> max_age;  ///< a sign-in older than this is not good enough
    std::vector<std::string> acr_values;          ///< names of levels that are wished for
    RequestedClaims claims = {};
    std::vector<std::string> resources;  ///< whom the access token is for (RFC 8707)
    std::string subject;                 ///< the `sub` that the answer has to be about; "" for any
    std::string login_hint;
    std::string identity_provider;  ///< the provider to sign in with: COGNITO, a name, or "": the person chooses
    std::string idp_identifier;     ///< the same by one of its other names
    std::string query;        ///< what a browser carries through the pages, encoded: the request itself, or its name
    std::string request_uri;  ///< of a request that is kept here; "" of one that the browser carries
    bool by_object = false;   ///< it came as a request object: keep() it before a page is shown

    /// What tokens depend on of all this, as a code and a grant keep it.
    directory::AskedFor asked_for(const directory::Pool& pool, const signin::SignedIn& signed_in) const;
    /// True when the sign-in is what the request wants, so that nobody needs to be asked again: recent enough, of the
    /// right person, and by factors that the client cannot do without.
    bool accepts(const crypto::Sealer& sealer, const directory::Pool& pool, const signin::SignedIn& signed_in,
                 Instant now) const;
};

/// Shown to the user, never redirected: client or redirect URI are not proven.
struct ErrorPage {
    std::string code;  ///< e.g. redirect_mismatch
    std::string text;
    std::string client_id;
};

/// Sent to the client's redirect URI.
struct ErrorRedirect {
    net::Response response;
};

using CheckedRequest = std::variant<AuthorizationRequest, ErrorPage, ErrorRedirect>;

/// Why a pushed request is not taken; answered to the client itself.
struct PushRefused {
    std::string error;
    std::string description;
};
/// The request_uri of one that was taken.
using PushedOutcome = std::variant<std::string, PushRefused>;

struct Draft;

/// Checks authorization requests and answers them with codes or tokens. The authorize endpoint and the hosted pages use
/// the same functions: a page that ends with a sign-in calls respond(). Threads: any.
class Authorization {
public:
    Authorization(signin::Services& services, Tokens& tokens, ClientKeys& keys, net::Fetcher& fetcher)
        : services_(services),
          tokens_(tokens),
          keys_(keys),
          objects_(keys, fetcher, services.catalog, services.clock),
          pushed_(services) {}

    /// Runs the checks in order (§1.3) on a request that arrives. `query` is the undecoded query string. Fails:
    /// invalid_parameter (it cannot be decoded), which is shown on a page like an ErrorPage.
    Task<CheckedRequest> begin(Site site, std::string query);
    /// The same on a request that has arrived before: what a page of ours was given.
    Task<CheckedRequest> check(Site site, std::string query);
    /// Checks and keeps a request that a proven client pushes (RFC 9126 §2.1). Fails: invalid_parameter.
    Task<PushedOutcome> push(Site site, signin::ClientPtr client, net::Form parameters);
    /// Keeps a request that came as a request object, which may expire while a person signs in, and gives it with the
    /// query by which pages know it from then on. Any other is given back as it is.
    Task<AuthorizationRequest> keep(AuthorizationRequest request);

    /// The answer that ends the request: it brings a code, or tokens, to the redirect URI. Where the sign-in is not
    /// what the client cannot do without, it brings the refusal. Fails: not_authorized, user_not_found (disabled or
    /// gone since the sign-in), invalid_parameter (a pushed request that was answered before).
    Task<net::Response> respond(Site site, AuthorizationRequest request, signin::SignedIn signed_in);
    /// The answer that tells the client of a refusal (e.g. access_denied, login_required).
    static net::Response refuse(const Site& site, const AuthorizationRequest& request, const std::string& error,
                                const std::string& description);

private:
    struct Parameters;

    Task<CheckedRequest> run(Site site, std::string query, Arrival arrival);
    Task<Parameters> resolve(Site site, net::Form query, Arrival arrival);
    Task<Parameters> resolve_object(Site site, net::Form query);
    Task<Draft> draft(Site site, Parameters parameters);
    Task<std::string> create_code(signin::PoolPtr pool, AuthorizationRequest request, signin::SignedIn signed_in);
    Task<void> consume(AuthorizationRequest request);

    signin::Services& services_;
    Tokens& tokens_;
    ClientKeys& keys_;
    RequestObjects objects_;
    PushedRequestService pushed_;
};

}  // namespace symbolon::oauth
