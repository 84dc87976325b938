#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What a service provider asks. Pure. Spec: SAML Core §3.4.1, SAML Bindings §3.4 and §3.5.
namespace symbolon::federation::saml {

struct AuthnRequest {
    std::string id;           ///< unguessable; begins with a letter or '_'
    std::string issuer;       ///< our entity id
    std::string destination;  ///< where it is sent
    std::string callback;     ///< where the response is to be posted
    bool force = false;       ///< the person has to prove anew who they are
    Instant issued{};
};
std::string to_xml(const AuthnRequest& request);

/// The address that brings a message to a provider, signed where there is a key (PKCS#8, DER; RSA with SHA-256).
/// `parameter` is SAMLRequest.
std::string redirect_url(const std::string& destination, const std::string& message, const std::string& relay_state,
                         const std::optional<Bytes>& key);

}  // namespace symbolon::federation::saml
