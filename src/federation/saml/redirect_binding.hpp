#pragma once

#include "base/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Messages that travel in an address: compressed, and signed as they stand there. Pure. Spec: SAML Bindings §3.4.
namespace symbolon::federation::saml {

/// The parameter of an address, or the field of a form, that holds a message.
inline constexpr std::string_view request_parameter = "SAMLRequest";
inline constexpr std::string_view response_parameter = "SAMLResponse";

/// The address that brings a message to its destination, signed where there is a key (PKCS#8, DER; RSA with SHA-256).
std::string redirect_url(const std::string& destination, std::string_view parameter, const std::string& message,
                         const std::string& relay_state, const std::optional<Bytes>& key);

/// A message out of an address.
struct RedirectMessage {
    std::string text;
    std::string algorithm;    ///< SigAlg
    Bytes signature;          ///< empty: it is not signed
    std::string signed_text;  ///< what the signature is over: the parameters as they stand in the address
};

/// Nothing for a query without the parameter, with one of the binding's parameters twice, or whose message is not
/// compressed, or is longer than Document::largest. `query` is the undecoded query string: a signature is over its very
/// bytes.
std::optional<RedirectMessage> read_redirect(std::string_view query, std::string_view parameter);

/// True when the key of one of the certificates (DER) signed the message, by RSA with SHA-256 or newer.
bool is_signed_by(const RedirectMessage& message, const std::vector<Bytes>& certificates);

}  // namespace symbolon::federation::saml
