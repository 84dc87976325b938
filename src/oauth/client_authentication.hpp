#pragma once

#include "base/task.hpp"
#include "crypto/client_certificate.hpp"
#include "net/form.hpp"
#include "net/http.hpp"
#include "oauth/client_assertion.hpp"
#include "oauth/client_credentials.hpp"
#include "oauth/client_keys.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <string>
#include <utility>

namespace symbolon::oauth {

/// Whether a client can prove itself: by a secret, a key or a certificate. The others are public (RFC 6749 §2.1).
bool is_confidential(const directory::Client& client);

/// Proves which client sends a request, at every endpoint that clients talk to: by its secret, by a JWT that its key or
/// its secret signed, by its TLS certificate, or, for a public client, by its name alone. A client that is registered
/// for one of these ways is proven in no other; the two ways of sending a secret count as one. Spec: RFC 6749 §2.3, RFC
/// 7523 §2.2, RFC 8705 §2. Threads: any.
class ClientAuthentication {
public:
    ClientAuthentication(signin::Services& services, ClientKeys& keys, crypto::x509::Authorities authorities)
        : services_(services), keys_(keys), authorities_(std::move(authorities)) {}

    /// The client of the site's pool that sends this request. An assertion is used up. Fails: oauth_invalid_client,
    /// oauth_invalid_request.
    Task<signin::ClientPtr> authenticate(Site site, const net::Request& request, const net::Form& form);
    /// The same of what was read from the request. `endpoint`: its URL, which an assertion may be for.
    Task<signin::ClientPtr> prove(Site site, std::string endpoint, ClientCredentials credentials);

private:
    Task<void> check_assertion(Site site, std::string endpoint, signin::ClientPtr client, std::string assertion);
    Task<void> check_certificate(signin::ClientPtr client, std::string certificate);

    signin::Services& services_;
    ClientKeys& keys_;
    const crypto::x509::Authorities authorities_;
};

}  // namespace symbolon::oauth
