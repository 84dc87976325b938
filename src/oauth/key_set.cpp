#include "oauth/key_set.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <string_view>

namespace symbolon::oauth {
namespace {

using boost::json::object;
using crypto::jose::ParsedJwt;
using crypto::jose::VerifyingKey;

constexpr std::size_t most_keys = 20;

bool is_named(const object& key, std::string_view kid) {
    if (kid.empty()) return true;
    const auto* own = key.if_contains("kid");
    return own && own->is_string() && own->get_string() == kid;
}

/// Nothing for a key of another algorithm, and for what is no key: others publish sets with keys that we do not know.
std::optional<VerifyingKey> to_key(const object& jwk, crypto::jose::Algorithm algorithm) {
    try {
        return VerifyingKey::from_jwk(jwk, algorithm);
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

std::optional<KeySet> parse_key_set(const boost::json::value& document) {
    const auto* members = document.if_object();
    const auto* keys = members ? members->if_contains("keys") : nullptr;
    const auto* list = keys ? keys->if_array() : nullptr;
    if (!list || list->size() > most_keys) return std::nullopt;
    KeySet set;
    for (const auto& key : *list) {
        if (const auto* jwk = key.if_object()) set.push_back(*jwk);
    }
    return set;
}

bool is_signed_by(const KeySet& keys, const ParsedJwt& token) {
    const auto algorithm = crypto::jose::parse_algorithm(token.alg);
    if (!algorithm) return false;
    return std::any_of(keys.begin(), keys.end(), [&](const object& jwk) {
        if (!is_named(jwk, token.kid)) return false;
        const auto key = to_key(jwk, *algorithm);
        return key && crypto::jose::verifies(*key, token);
    });
}

std::optional<crypto::jose::Recipient> find_recipient(const KeySet& keys, const crypto::jose::Encryption& how) {
    for (const auto& jwk : keys) {
        try {
            return crypto::jose::Recipient::from_jwk(jwk, how);
        } catch (const Error&) {  // for something else
        }
    }
    return std::nullopt;
}

bool may_have_key_of(const KeySet& keys, const ParsedJwt& token) {
    return std::any_of(keys.begin(), keys.end(), [&](const object& jwk) { return is_named(jwk, token.kid); });
}

}  // namespace symbolon::oauth
