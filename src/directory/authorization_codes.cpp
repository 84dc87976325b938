#include "directory/grants.hpp"
#include "directory/stored.hpp"

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view insert_code = R"sql(
    INSERT INTO authorization_codes (pool_id, code_hash, client_id, details, grant_id, used, expires_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";

constexpr std::string_view find_code = R"sql(
    SELECT client_id, details, grant_id, used, expires_ms
      FROM authorization_codes
     WHERE pool_id = $1 AND code_hash = $2
)sql";

constexpr std::string_view use_code = R"sql(
    UPDATE authorization_codes SET used = TRUE, details = $3 WHERE pool_id = $1 AND code_hash = $2 AND NOT used
)sql";

struct CodeRow {
    ClientId client_id;
    std::string details;
    std::string grant_id;
    bool used = false;
    Instant expires_ms{};
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (client_id, details, grant_id, used, expires_ms))

}  // namespace

void AuthorizationCodes::create(const AuthorizationCode& code) {
    tx_.execute(insert_code, code.pool_id, code.code_hash, code.client_id, to_stored(code.details), code.grant_id,
                code.used, code.expires);
}

std::optional<AuthorizationCode> AuthorizationCodes::find(const PoolId& pool, ByteView code_hash) {
    auto row = tx_.row<CodeRow>(find_code, pool, code_hash);
    if (!row) return std::nullopt;
    return AuthorizationCode{.pool_id = pool,
                             .code_hash = Bytes(code_hash.begin(), code_hash.end()),
                             .client_id = std::move(row->client_id),
                             .details = from_stored<CodeDetails>(row->details, "authorization_codes.details"),
                             .grant_id = std::move(row->grant_id),
                             .used = row->used,
                             .expires = row->expires_ms};
}

bool AuthorizationCodes::use(const AuthorizationCode& code, Instant now) {
    auto details = code.details;
    details.used_ms = to_ms(now);
    return tx_.execute(use_code, code.pool_id, code.code_hash, to_stored(details)) == 1;
}

}  // namespace symbolon::directory
