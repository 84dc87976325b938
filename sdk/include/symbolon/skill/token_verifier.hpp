#pragma once

#include "symbolon/skill/access_token.hpp"
#include "symbolon/skill/http.hpp"
#include "symbolon/skill/time.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace symbolon::skill {

namespace json = boost::json;

/// What a verified access token says.
struct TokenClaims {
    std::string subject;    ///< `sub`: the user, the same for as long as the account lives
    std::string client_id;  ///< the client that the platform links with
    std::vector<std::string> scopes;
    Time expires;
    json::object all;  ///< every claim

    bool has_scope(std::string_view scope) const;
};

/// The token is none that this skill takes; `reason` is for the log.
struct InvalidToken {
    std::string reason;
};

/// The token is good, but for less than the skill needs: the user has to link again, which asks for what the client's
/// configuration asks for now.
struct MissingScope {
    std::string scope;
};

/// The server that would know could not be asked; the link may be perfectly good. `reason` is for the log.
struct Unavailable {
    std::string reason;
};

struct TokenVerifierOptions {
    std::string issuer = {};                   ///< `iss`, byte for byte, e.g. "https://id.example.com/us-east-1_Ab3dEf"
    std::string jwks_url = {};                 ///< empty: "/.well-known/jwks.json" below the issuer
    std::vector<std::string> client_ids = {};  ///< one of which `client_id` must be; empty: not looked at
    std::vector<std::string> audiences = {};   ///< one of which `aud` must hold; empty: not looked at
    std::vector<std::string> scopes = {};      ///< all of which the token must have, e.g. "orders/read"
    std::chrono::seconds leeway{60};           ///< how far the issuer's clock may be from ours
    std::chrono::milliseconds limit{2000};     ///< for fetching keys, of the platform's eight seconds
    std::string ca_file = {};                  ///< PEM roots beside the system's
    Fetch fetch = http_fetch();
    Now now = system_now();
};

/// Verifies access tokens without asking anybody but once for the issuer's keys, which are kept for an hour, and for a
/// day when the issuer cannot be reached; an unknown key id fetches them anew, at most every half minute. A token that
/// was revoked is good here until it expires: where that is too long, ask userInfo. Cheap to copy: copies share the
/// keys. Threads: any.
class TokenVerifier {
public:
    /// Fails: std::invalid_argument (no issuer; neither client ids nor audiences, so that the token of any client of
    /// the issuer would do).
    explicit TokenVerifier(TokenVerifierOptions options);

    /// Checks form, algorithm and signature (RS256, PS256, ES256, EdDSA), issuer, that it is an access token (Cognito's
    /// `token_use`, or the `typ` of RFC 9068), client, audience, time and scopes. Spec: RFC 7519 §7.2, RFC 8725 §3,
    /// RFC 9068 §4.
    std::variant<TokenClaims, InvalidToken, MissingScope, Unavailable> verify(const AccessToken& token) const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace symbolon::skill
