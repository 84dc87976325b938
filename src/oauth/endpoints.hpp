#pragma once

#include "base/error.hpp"
#include "base/task.hpp"
#include "crypto/client_certificate.hpp"
#include "federation/federation.hpp"
#include "net/http.hpp"
#include "oauth/authorization.hpp"
#include "oauth/client_keys.hpp"
#include "oauth/site.hpp"
#include "oauth/tokens.hpp"
#include "signin/browser_sessions.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// The name of the session cookie (§1.13).
inline constexpr std::string_view session_cookie = "cognito";

/// The protocol endpoints of a pool: oauth2/authorize, token, userInfo, revoke, logout, .well-known/*.
class Endpoints {
public:
    Endpoints(signin::Services& services, Sites& sites, Tokens& tokens, Authorization& authorization,
              signin::BrowserSessionService& sessions, ClientKeys& keys, crypto::x509::Authorities authorities,
              federation::Federation& federation);
    ~Endpoints();

    /// True for a path that is answered here (below the site's prefix, e.g. "/oauth2/token").
    bool knows(std::string_view path) const;
    Task<net::Response> serve(Site site, net::Request request, std::string path);
    /// The answer when the site could not be looked up, which has no pool then.
    static net::Response refuse(const Site& site, const net::Request& request, std::string_view path,
                                const Error& error);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::oauth
