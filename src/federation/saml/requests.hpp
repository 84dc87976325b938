#pragma once

#include "base/clock.hpp"

#include <string>

/// What a service provider asks. Pure. Spec: SAML Core §3.4.1.
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

}  // namespace symbolon::federation::saml
