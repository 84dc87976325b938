#pragma once

#include "crypto/jose/jwe.hpp"
#include "crypto/jose/jwt.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <vector>

namespace symbolon::oauth {

/// Public keys that somebody else has (RFC 7517 §5), as they were published.
using KeySet = std::vector<boost::json::object>;

/// Nothing for what is no set of keys, or one of more than 20.
std::optional<KeySet> parse_key_set(const boost::json::value& document);

/// Whether one of the keys signed the token: the one that the token's `kid` names, or, where it names none, any. A key
/// is tried with the algorithm that the token says only where it is a key of that algorithm (RFC 8725 §3.1).
bool is_signed_by(const KeySet& keys, const crypto::jose::ParsedJwt& token);
/// Whether the set has the key that the token names; true where it names none.
bool may_have_key_of(const KeySet& keys, const crypto::jose::ParsedJwt& token);
/// The first key that messages can be encrypted to in that way; nothing when there is none.
std::optional<crypto::jose::Recipient> find_recipient(const KeySet& keys, const crypto::jose::Encryption& how);

}  // namespace symbolon::oauth
