#pragma once

#include "base/bytes.hpp"
#include "federation/saml/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// XML signatures as SAML has them: enveloped, over the element that holds them. Spec: SAML Core §5.4.
namespace symbolon::federation::saml {

/// True when the element has a signature of its own, whether or not that holds.
bool has_signature(Element element);

/// What the element's own signature vouches for: a new document, made of the very bytes that were digested, so that
/// nothing beside them is ever looked at. The key is that of one of the certificates (DER); what the signature says of
/// keys is not read. Nothing when there is no such signature: another element's, more than one reference, another
/// transform than SAML's, a digest or signature older than SHA-256, a wrong value.
std::optional<Document> signed_part(const Document& document, Element element, const std::vector<Bytes>& certificates);

/// Signs a document whose root has the ID, with RSA and SHA-256, behind the root's first child. `key` is PKCS#8, DER.
/// Fails: Error{internal}.
std::string sign_root(const std::string& text, std::string_view id, ByteView key);

/// Decrypts an EncryptedAssertion for the owner of the key (RSA-OAEP, AES): the text of what was inside. Nothing when
/// it cannot be, for whatever reason.
std::optional<std::string> decrypt(Element encrypted, ByteView key);

}  // namespace symbolon::federation::saml
