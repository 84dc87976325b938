#include "voice/platforms/grants.hpp"

#include "base/bytes.hpp"
#include "crypto/hash.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <utility>

namespace symbolon::voice {

namespace {

struct GrantRow {
    std::string kind;
    std::string purpose;
    std::string skill_id;
    std::string account;
    std::string redirect_uri;
    std::int64_t expires_ms = 0;
    std::string code_challenge;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (kind, purpose, skill_id, account, redirect_uri, expires_ms, code_challenge))

constexpr std::string_view save_grant_sql = R"sql(
    INSERT INTO platform_grants
        (token_hash, kind, purpose, skill_id, account, redirect_uri, expires_ms, code_challenge)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";
constexpr std::string_view find_grant_sql = R"sql(
    SELECT kind, purpose, skill_id, account, redirect_uri, expires_ms, code_challenge
    FROM platform_grants WHERE token_hash = $1
)sql";
constexpr std::string_view delete_grant_sql = "DELETE FROM platform_grants WHERE token_hash = $1";
constexpr std::string_view delete_expired_sql = "DELETE FROM platform_grants WHERE expires_ms <> 0 AND expires_ms < $1";
constexpr std::string_view delete_grants_sql = "DELETE FROM platform_grants WHERE skill_id = $1 AND account = $2";

Bytes hash_of(std::string_view token) {
    const auto digest = crypto::sha256(token);
    return {digest.begin(), digest.end()};
}

}  // namespace

void PlatformGrants::save(std::string_view token, const PlatformGrant& grant) {
    tx_.execute(save_grant_sql, hash_of(token), grant.kind, grant.purpose, grant.skill_id, grant.account,
                grant.redirect_uri, grant.expires ? to_ms(*grant.expires) : std::int64_t{0}, grant.code_challenge);
}

std::optional<PlatformGrant> PlatformGrants::find(std::string_view token, std::string_view kind, Instant now) {
    auto row = tx_.row<GrantRow>(find_grant_sql, hash_of(token));
    if (!row || row->kind != kind) return std::nullopt;
    PlatformGrant out{std::move(row->kind),          std::move(row->purpose),      std::move(row->skill_id),
                      std::move(row->account),       std::move(row->redirect_uri), {},
                      std::move(row->code_challenge)};
    if (row->expires_ms != 0) out.expires = from_ms(row->expires_ms);
    if (out.expires && now >= *out.expires) return std::nullopt;
    return out;
}

std::optional<PlatformGrant> PlatformGrants::consume(std::string_view token, std::string_view kind, Instant now) {
    auto found = find(token, kind, now);
    if (found) tx_.execute(delete_grant_sql, hash_of(token));
    tx_.execute(delete_expired_sql, now);
    return found;
}

void PlatformGrants::delete_all(std::string_view skill_id, std::string_view account) {
    tx_.execute(delete_grants_sql, skill_id, account);
}

}  // namespace symbolon::voice
