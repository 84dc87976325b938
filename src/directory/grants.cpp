#include "directory/grants.hpp"

#include "base/error.hpp"
#include "directory/stored.hpp"

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_grant = R"sql(
    INSERT INTO grants (pool_id, grant_id, client_id, user_id, details, refresh_hash, auth_ms, expires_ms, revoked,
                        generation)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
)sql";

constexpr std::string_view find_grant = R"sql(
    SELECT client_id, user_id, details, refresh_hash, auth_ms, expires_ms, revoked, generation
      FROM grants
     WHERE pool_id = $1 AND grant_id = $2
)sql";

constexpr std::string_view rotate_grant = R"sql(
    UPDATE grants SET generation = generation + 1, details = $4
     WHERE pool_id = $1 AND grant_id = $2 AND generation = $3 AND NOT revoked
)sql";

constexpr std::string_view revoke_grant = R"sql(
    UPDATE grants SET revoked = TRUE WHERE pool_id = $1 AND grant_id = $2 AND NOT revoked
)sql";

constexpr std::string_view revoke_grants_of_user = R"sql(
    UPDATE grants SET revoked = TRUE WHERE pool_id = $1 AND user_id = $2 AND NOT revoked
)sql";

constexpr std::string_view revoke_grants_of_client = R"sql(
    UPDATE grants SET revoked = TRUE WHERE pool_id = $1 AND user_id = $2 AND client_id = $3 AND NOT revoked
)sql";

constexpr std::string_view revoke_grants_of_sign_in = R"sql(
    UPDATE grants SET revoked = TRUE WHERE pool_id = $1 AND user_id = $2 AND auth_ms = $3 AND NOT revoked
)sql";

struct GrantRow {
    ClientId client_id;
    UserId user_id;
    std::string details;
    std::optional<Bytes> refresh_hash;
    Instant auth_ms{};
    Instant expires_ms{};
    bool revoked = false;
    std::int64_t generation = 0;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (),
                      (client_id, user_id, details, refresh_hash, auth_ms, expires_ms, revoked, generation))

}  // namespace

void Grants::create(const Grant& grant) {
    tx_.execute(insert_grant, grant.pool_id, grant.id, grant.client_id, grant.user_id, to_stored(grant.details),
                grant.refresh_hash, grant.auth_time, grant.expires, grant.revoked, grant.generation);
}

std::optional<Grant> Grants::find(const PoolId& pool, const std::string& id) {
    auto row = tx_.row<GrantRow>(find_grant, pool, id);
    if (!row) return std::nullopt;
    return Grant{.pool_id = pool,
                 .id = id,
                 .client_id = std::move(row->client_id),
                 .user_id = std::move(row->user_id),
                 .details = from_stored<GrantDetails>(row->details, "grants.details"),
                 .refresh_hash = std::move(row->refresh_hash),
                 .auth_time = row->auth_ms,
                 .expires = row->expires_ms,
                 .revoked = row->revoked,
                 .generation = row->generation};
}

void Grants::rotate(Grant& grant) {
    if (tx_.execute(rotate_grant, grant.pool_id, grant.id, grant.generation, to_stored(grant.details)) != 1)
        throw Error{Errc::concurrent_modification, {}, "a refresh token was replaced meanwhile"};
    ++grant.generation;
}

bool Grants::revoke(const PoolId& pool, const std::string& id) {
    return tx_.execute(revoke_grant, pool, id) == 1;
}

std::int64_t Grants::revoke_all_of_user(const PoolId& pool, const UserId& user) {
    return tx_.execute(revoke_grants_of_user, pool, user);
}

std::int64_t Grants::revoke_all_of_client(const PoolId& pool, const UserId& user, const ClientId& client) {
    return tx_.execute(revoke_grants_of_client, pool, user, client);
}

std::int64_t Grants::revoke_all_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time) {
    return tx_.execute(revoke_grants_of_sign_in, pool, user, auth_time);
}

}  // namespace symbolon::directory
