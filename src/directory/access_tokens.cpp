#include "directory/access_tokens.hpp"

#include "directory/stored.hpp"

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_token = R"sql(
    INSERT INTO access_tokens (pool_id, token_hash, details, expires_ms) VALUES ($1, $2, $3, $4)
)sql";

constexpr std::string_view find_token = R"sql(
    SELECT details, expires_ms FROM access_tokens WHERE pool_id = $1 AND token_hash = $2
)sql";

struct TokenRow {
    std::string details;
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(TokenRow, (), (details, expires_ms))

}  // namespace

void AccessTokens::create(const StoredAccessToken& token) {
    tx_.execute(insert_token, token.pool_id, token.hash, to_stored(token.details), token.expires);
}

std::optional<StoredAccessToken> AccessTokens::find(const PoolId& pool, ByteView hash) {
    const auto row = tx_.row<TokenRow>(find_token, pool, hash);
    if (!row) return std::nullopt;
    return StoredAccessToken{.pool_id = pool,
                             .hash = Bytes(hash.begin(), hash.end()),
                             .details = from_stored<AccessTokenDetails>(row->details, "access_tokens.details"),
                             .expires = row->expires_ms};
}

}  // namespace symbolon::directory
