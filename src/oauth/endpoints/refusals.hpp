#pragma once

#include "base/error.hpp"
#include "net/http.hpp"
#include "oauth/errors.hpp"

#include <span>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// What a refusal needs to know of the request.
struct Asked {
    std::string request_id;
    std::string site_url;
    bool authorization_header = false;
    bool dpop = false;                            ///< the scheme of that header
    std::span<const std::string_view> algs = {};  ///< what the pool takes DPoP proofs of
};

/// JSON, as the token endpoint answers: 401 with a challenge where the header was used to prove a client (RFC 6749
/// §5.2).
net::Response refuse_client(const Error& error, const Asked& asked);
/// The same, but an unproven client is always 401 (oauth-and-hosted-ui.md §1.10).
net::Response refuse_revocation(const Error& error, const Asked& asked);
/// With a WWW-Authenticate challenge that begins with its scheme (RFC 6750 §3), and the same in JSON.
net::Response refuse_bearer(const Error& error, const Asked& asked);
/// As the registration endpoint does: JSON, with a challenge where the token is not accepted (RFC 7592 §2).
net::Response refuse_registration(const Error& error, const Asked& asked);
/// On the error page of the hosted pages.
net::Response refuse_on_page(const Error& error, const Asked& asked);

}  // namespace symbolon::oauth
