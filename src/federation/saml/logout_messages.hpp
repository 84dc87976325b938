#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "federation/saml/metadata.hpp"
#include "federation/saml/name_id.hpp"
#include "federation/saml/redirect_binding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The messages of a single logout, ours and the provider's. Pure. Spec: SAML Core §3.7, SAML Profiles §4.4.
namespace symbolon::federation::saml {

/// What every message of ours says.
struct Header {
    std::string id;
    std::string issuer;       ///< our entity id
    std::string destination;  ///< where it is sent
    Instant issued{};
};
/// Asks a provider to end its session of a person. `session_index` "": every session of theirs.
std::string logout_request_xml(const Header& header, const NameId& name, const std::string& session_index);
/// Answers a provider's request; the person is signed out.
std::string logout_response_xml(const Header& header, const std::string& in_response_to);

/// A provider's message as it came: in a form, its text, or in an address.
using SignedMessage = std::variant<std::string, RedirectMessage>;
/// Who a message says that it is of, which nothing vouches for yet. "" : it says nothing, or is no XML to be read.
std::string claimed_issuer(const SignedMessage& message);

/// What a message has to fit.
struct LogoutAwaited {
    IdpMetadata provider;
    std::string place;              ///< where it was sent
    std::optional<Bytes> key = {};  ///< ours, PKCS#8, DER, for an encrypted name
    Instant now{};
};

/// A provider's wish to end sessions of a person.
struct LogoutRequest {
    std::string id;
    Instant expires{};  ///< until then its id must not be taken again
    NameId name;
    std::vector<std::string> session_indexes;  ///< none: all sessions of that name
};
/// Fails: oauth_invalid_request "Invalid logout message from identity provider" (not signed by the provider, sent
/// elsewhere, not of this moment, not about exactly one person); the detail says why.
LogoutRequest check_logout_request(const SignedMessage& message, const LogoutAwaited& awaited);

/// Checks the answer to a request of ours. True when the provider says that it has ended the session.
/// Fails: as check_logout_request; an answer to another request.
bool check_logout_response(const SignedMessage& message, const LogoutAwaited& awaited, const std::string& request_id);

}  // namespace symbolon::federation::saml
