#include "oauth/tokens/family.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "oauth/resources.hpp"
#include "oauth/scopes.hpp"

#include <fmt/format.h>

#include <charconv>
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

/// The secret of a successor.
std::string make_secret(const crypto::Sealer& sealer, const directory::Grant& grant, std::int64_t generation) {
    const auto context = fmt::format("{}|{}|{}", grant.pool_id.str(), grant.id, generation);
    return to_base64url(sealer.keyed_hash("successor of a refresh token", context, text_of(*grant.refresh_hash)));
}

/// `.12.` without its first dot: a number from 1, written in one way only.
std::optional<std::int64_t> parse_generation(std::string_view text) {
    constexpr std::size_t most_digits = 9;
    if (!text.ends_with('.') || text.size() > most_digits + 1 || text.front() == '0') return std::nullopt;
    text.remove_suffix(1);
    std::int64_t generation = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, generation);
    if (failure != std::errc{} || stop != end || generation < 1) return std::nullopt;
    return generation;
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
    grant.details.client_ms = to_ms(client.created);
    grant.user_id = signed_in.user_id;
    grant.details.scopes = std::move(issue.scopes);
    grant.details.nonce = std::move(issue.nonce);
    grant.details.event_id = seed.event_id;
    grant.details.hosted = issue.hosted;
    grant.details.username = signed_in.username;
    grant.details.asked = std::move(issue.asked);
    if (!signed_in.amr.empty()) grant.details.amr = signed_in.amr;
    grant.details.vouched_level = signed_in.vouched_level;
    if (!signed_in.device_key.empty()) grant.details.device_key = signed_in.device_key;
    if (signed_in.new_device) grant.details.new_device = true;
    grant.auth_time = signed_in.auth_time;
    grant.expires = now + client.access_token_life();
    if (issue.with_refresh_token) {
        grant.refresh_hash = hash_secret(sealer, grant.pool_id, grant.id, seed.secret);
        grant.expires = now + client.refresh_token_life();
        family.refresh_token = grant.id + "." + seed.secret;
    }
    return family;
}

void bind_refresh(directory::Grant& grant, const Confirmation& proven) {
    if (!proven.jkt.empty()) grant.details.jkt = proven.jkt;
    if (!proven.x5t.empty()) grant.details.x5t = proven.x5t;
}

Confirmation binding_of(const directory::Grant& grant) {
    return {grant.details.jkt.value_or(""), grant.details.x5t.value_or("")};
}

directory::Grant narrow_audience(directory::Grant grant, const std::vector<std::string>& asked) {
    if (asked.empty()) return grant;
    const auto& of_grant = grant.details.asked;
    const auto granted = of_grant && of_grant->resources ? *of_grant->resources : std::vector<std::string>{};
    auto narrowed = narrow_resources(granted, asked);
    if (!narrowed) throw Error{Errc::oauth_invalid_target, "The resource was not granted."};
    if (!grant.details.asked) grant.details.asked.emplace();
    grant.details.asked->resources = std::move(*narrowed);
    return grant;
}

std::optional<ShownRefreshToken> parse_refresh_token(std::string_view text) {
    if (text.size() < uuid_length + 1 + secret_length || text[uuid_length] != '.') return std::nullopt;
    ShownRefreshToken shown;
    shown.grant_id = text.substr(0, uuid_length);
    shown.secret = text.substr(text.size() - secret_length);
    text.remove_prefix(uuid_length + 1);
    text.remove_suffix(secret_length);
    if (text.empty()) return shown;
    const auto generation = parse_generation(text);
    if (!generation) return std::nullopt;
    shown.generation = *generation;
    return shown;
}

bool proves(const crypto::Sealer& sealer, const directory::Grant& grant, const ShownRefreshToken& shown) {
    if (!grant.refresh_hash || shown.generation > grant.generation) return false;
    if (shown.generation > 0) {
        return crypto::equal_in_constant_time(shown.secret, make_secret(sealer, grant, shown.generation));
    }
    const auto hash = hash_secret(sealer, grant.pool_id, grant.id, shown.secret);
    return crypto::equal_in_constant_time(ByteView(hash), ByteView(*grant.refresh_hash));
}

std::string make_successor(const crypto::Sealer& sealer, const directory::Grant& grant) {
    return fmt::format("{}.{}.{}", grant.id, grant.generation, make_secret(sealer, grant, grant.generation));
}

}  // namespace symbolon::oauth
