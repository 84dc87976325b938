#pragma once

#include "base/bytes.hpp"
#include "base/task.hpp"
#include "federation/documents.hpp"
#include "federation/provider.hpp"
#include "federation/saml/metadata.hpp"
#include "signin/services.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The two sides of every SAML exchange: what the provider says of itself, and our key. And what both ways of an
/// exchange have in common.
namespace symbolon::federation::saml {

/// The text of the provider's metadata, from its settings or fetched. Fails: oauth_invalid_request.
Task<Documents::Text> get_metadata_text(Documents& documents, ProviderPtr provider);
/// Fails: oauth_invalid_request (it cannot be read, or is none).
Task<IdpMetadata> get_metadata(signin::Services& services, Documents& documents, ProviderPtr provider);

/// The pool's private key, PKCS#8, DER; nothing where it has none yet.
Task<std::optional<Bytes>> find_key(signin::Services& services, PoolId pool);
/// Fails: oauth_invalid_request (the pool has none yet).
Task<Bytes> get_key(signin::Services& services, PoolId pool);

/// A new ID of a message of ours: nobody guesses it.
std::string make_id(crypto::Random& random);

/// What is in a form, in Base64, with lines broken as senders like. Nothing for more than 100,000 characters, or none.
std::optional<std::string> decode_posted(std::string text);

/// By which a message is known again: the provider's own id, which another provider may use as well. `kind` keeps
/// assertions and requests apart.
std::string proof_id(std::string_view kind, const std::string& provider, const std::string& id);

}  // namespace symbolon::federation::saml
