#include "federation/oidc/id_token.hpp"

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "federation/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <vector>

namespace symbolon::federation::oidc {
namespace {

namespace json = boost::json;
namespace jose = crypto::jose;

constexpr std::chrono::seconds tolerance{60};  ///< for clocks that differ
constexpr std::size_t longest_subject = 255;
constexpr std::size_t most_keys = 64;

/// The key, if it is one that signs with the token's algorithm. The algorithm decides how a key is read that names
/// none; it cannot make a key of one kind verify as another's.
std::optional<jose::VerifyingKey> read_key(const json::value& entry, jose::Algorithm algorithm) {
    if (!entry.is_object()) return std::nullopt;
    try {
        return jose::VerifyingKey::from_jwk(entry.get_object(), algorithm);
    } catch (const Error&) {
        return std::nullopt;  // for encryption, of another kind, or none at all: not for this token
    }
}

std::vector<jose::VerifyingKey> candidates(const jose::ParsedJwt& token, const json::object& jwks) {
    std::vector<jose::VerifyingKey> out;
    const auto algorithm = jose::parse_algorithm(token.alg);
    const auto* keys = jwks.if_contains("keys");
    if (!algorithm || !keys || !keys->is_array() || keys->get_array().size() > most_keys) return out;
    for (const auto& entry : keys->get_array()) {
        const bool named = entry.is_object() && text_member(entry.get_object(), "kid") == token.kid;
        if (!token.kid.empty() && !named) continue;
        if (auto key = read_key(entry, *algorithm)) out.push_back(std::move(*key));
    }
    return out;
}

std::optional<Instant> time_member(const json::object& claims, std::string_view name) {
    const auto* member = claims.if_contains(name);
    if (!member || !member->is_number()) return std::nullopt;
    const auto seconds = member->to_number<double>();
    if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
    return from_ms(static_cast<std::int64_t>(seconds * 1000));
}

/// Google has said it in two ways since before there was a standard.
bool is_issuer(std::string_view said, std::string_view issuer) {
    return said == issuer || (issuer == "https://accounts.google.com" && said == "accounts.google.com");
}

bool is_for(const json::object& claims, std::string_view client_id) {
    const auto* audience = claims.if_contains("aud");
    if (!audience) return false;
    const bool alone = audience->is_string();
    bool named = alone && audience->get_string() == client_id;
    std::size_t count = 1;
    if (audience->is_array()) {
        count = audience->get_array().size();
        for (const auto& one : audience->get_array())
            named = named || (one.is_string() && one.get_string() == client_id);
    }
    if (!named) return false;
    const bool has_party = claims.contains("azp");
    if (count > 1 && !has_party) return false;
    return !has_party || text_member(claims, "azp") == client_id;
}

std::optional<std::string> find_fault_in_time(const json::object& claims, Instant now) {
    const auto expires = time_member(claims, "exp");
    if (!expires) return "exp is missing";
    if (*expires + tolerance <= now) return "expired";
    const auto issued = time_member(claims, "iat");
    if (!issued) return "iat is missing";
    if (*issued > now + tolerance) return "iat is in the future";
    if (claims.contains("nbf")) {
        const auto from = time_member(claims, "nbf");
        if (!from || *from > now + tolerance) return "not valid yet";
    }
    return std::nullopt;
}

}  // namespace

std::optional<bool> is_signed_by(const jose::ParsedJwt& token, const json::object& jwks) {
    const auto keys = candidates(token, jwks);
    if (keys.empty()) return std::nullopt;
    if (token.kid.empty() && keys.size() > 1) return false;
    return jose::verifies(keys.front(), token);
}

std::optional<std::string> find_fault(const json::object& claims, const Expected& expected, Instant now) {
    if (!is_issuer(text_member(claims, "iss"), expected.issuer)) return "iss: " + text_member(claims, "iss");
    if (!is_for(claims, expected.client_id)) return "aud or azp is not this client";
    if (auto fault = find_fault_in_time(claims, now)) return fault;
    if (!crypto::equal_in_constant_time(text_member(claims, "nonce"), expected.nonce)) return "nonce";
    const auto subject = text_member(claims, "sub");
    if (subject.empty() || subject.size() > longest_subject) return "sub";
    return std::nullopt;
}

}  // namespace symbolon::federation::oidc
