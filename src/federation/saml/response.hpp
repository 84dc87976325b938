#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "federation/saml/metadata.hpp"
#include "federation/saml/name_id.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

/// A provider's response. Pure. Spec: SAML Core §2 and §3, SAML Profiles §4.1.4, oauth-and-hosted-ui.md §4.4.
namespace symbolon::federation::saml {

/// What a response has to fit.
struct Awaited {
    IdpMetadata provider;
    std::string entity_id;          ///< ours
    std::string callback;           ///< where it was to be posted
    std::string request_id;         ///< "" : nobody asked, the provider begins
    std::optional<Bytes> key = {};  ///< ours, PKCS#8, DER, for encrypted assertions
    bool encrypted_only = false;
    Instant now{};
};

/// What a provider vouches for.
struct Assertion {
    std::string id;
    Instant expires{};  ///< until then its id must not be taken again
    NameId name_id;
    std::string session_index;   ///< by which the provider knows its session; "": it did not say
    boost::json::object claims;  ///< NameID, and the attributes: text, or a list of texts
};

/// Fails: oauth_invalid_request "Invalid samlResponse or relayState from identity provider"; the detail says why.
Assertion check_response(std::string_view text, const Awaited& awaited);

}  // namespace symbolon::federation::saml
