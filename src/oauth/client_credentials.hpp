#pragma once

#include "net/form.hpp"
#include "net/http.hpp"

#include <string>

namespace symbolon::oauth {

/// What a request shows of the client that sends it; nothing is proven yet.
struct ClientCredentials {
    std::string id;
    std::string secret = {};       ///< "" when none was sent
    std::string raw_secret = {};   ///< the header's secret before form-decoding; "" when it is the same
    std::string assertion = {};    ///< a JWT (RFC 7523 §2.2); "" when none was sent
    std::string certificate = {};  ///< DER, proven on TLS; "" when there is none
};

/// Reads them: from the Authorization header (client_secret_basic), the body (client_secret_post, client_assertion, or
/// only the id) and the connection. Header and body may be there at once if they agree: platforms send the id in both
/// (voice-account-linking.md §2.5). An assertion stands alone, since a client uses one method a request. Fails:
/// oauth_invalid_client, oauth_invalid_request. Spec: RFC 6749 §2.3, RFC 7521 §4.2.
ClientCredentials read_client_credentials(const net::Request& request, const net::Form& body);

/// The x5t#S256 of the certificate that the request's sender proved on TLS; "" when there is none (RFC 8705 §3.1).
std::string certificate_thumbprint(const net::Request& request);

}  // namespace symbolon::oauth
