#include "oauth/tokens/family.hpp"

#include "crypto/hash.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {
namespace {

constexpr std::size_t uuid_length = 36;
constexpr std::size_t secret_length = 43;  // 256 bits in base64url

Bytes hash_secret(const crypto::Sealer& sealer, const PoolId& pool, std::string_view grant_id,
                  std::string_view secret) {
    std::string context = pool.str();
    context += '|';
    context += grant_id;
    return sealer.keyed_hash("refresh token", context, secret);
}

}  // namespace

FamilySeed draw_family_seed(crypto::Random& random) {
    return {random.uuid(), random.uuid(), random.token()};
}

NewFamily make_family(const crypto::Sealer& sealer, const directory::Client& client, const signin::SignedIn& signed_in,
                      Issue issue, const FamilySeed& seed, Instant now) {
    if (issue.scopes.empty() && !issue.hosted) issue.scopes.emplace_back(admin_scope);
    NewFamily family;
    auto& grant = family.grant;
    grant.pool_id = signed_in.pool_id;
    grant.id = issue.grant_id.empty() ? seed.grant_id : std::move(issue.grant_id);
    grant.client_id = client.id;
    grant.user_id = signed_in.user_id;
    grant.details.scopes = std::move(issue.scopes);
    grant.details.nonce = std::move(issue.nonce);
    grant.details.event_id = seed.event_id;
    grant.details.hosted = issue.hosted;
    grant.details.username = signed_in.username;
    grant.auth_time = signed_in.auth_time;
    grant.expires = now + client.access_token_life();
    if (issue.with_refresh_token) {
        grant.refresh_hash = hash_secret(sealer, grant.pool_id, grant.id, seed.secret);
        grant.expires = now + client.refresh_token_life();
        family.refresh_token = grant.id + "." + seed.secret;
    }
    return family;
}

std::optional<ShownRefreshToken> parse_refresh_token(std::string_view text) {
    if (text.size() != uuid_length + 1 + secret_length || text[uuid_length] != '.') return std::nullopt;
    return ShownRefreshToken{std::string(text.substr(0, uuid_length)), std::string(text.substr(uuid_length + 1))};
}

bool proves(const crypto::Sealer& sealer, const directory::Grant& grant, const ShownRefreshToken& shown) {
    if (!grant.refresh_hash) return false;
    const auto hash = hash_secret(sealer, grant.pool_id, grant.id, shown.secret);
    return crypto::equal_in_constant_time(ByteView(hash), ByteView(*grant.refresh_hash));
}

}  // namespace symbolon::oauth
