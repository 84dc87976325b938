#include "directory/software_tokens.hpp"

#include "base/bytes.hpp"
#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <string.h>  // explicit_bzero

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view verified = "verified";
constexpr std::string_view pending = "pending";

constexpr std::string_view find_token = R"sql(
    SELECT sealed_secret, friendly_name, last_step FROM software_tokens
     WHERE pool_id = $1 AND user_id = $2 AND state = $3
)sql";

constexpr std::string_view find_state = R"sql(
    SELECT state FROM software_tokens WHERE pool_id = $1 AND user_id = $2 AND state = $3
)sql";

constexpr std::string_view save_token = R"sql(
    INSERT INTO software_tokens (pool_id, user_id, state, sealed_secret, friendly_name, last_step, created_ms)
    VALUES ($1, $2, $3, $4, '', -1, $5)
    ON CONFLICT (pool_id, user_id, state) DO UPDATE SET sealed_secret = $4, friendly_name = '', last_step = -1,
                                                        created_ms = $5
)sql";

constexpr std::string_view change_state = R"sql(
    UPDATE software_tokens SET state = $4, friendly_name = $5, last_step = $6
     WHERE pool_id = $1 AND user_id = $2 AND state = $3
)sql";

constexpr std::string_view count_step = R"sql(
    UPDATE software_tokens SET last_step = $4
     WHERE pool_id = $1 AND user_id = $2 AND state = $3 AND last_step < $4
)sql";

constexpr std::string_view delete_token = R"sql(
    DELETE FROM software_tokens WHERE pool_id = $1 AND user_id = $2 AND state = $3
)sql";

constexpr std::string_view delete_tokens = "DELETE FROM software_tokens WHERE pool_id = $1 AND user_id = $2";

struct TokenRow {
    Bytes sealed_secret;
    std::string friendly_name;
    std::int64_t last_step = -1;
};
BOOST_DESCRIBE_STRUCT(TokenRow, (), (sealed_secret, friendly_name, last_step))

struct StateRow {
    std::string state;
};
BOOST_DESCRIBE_STRUCT(StateRow, (), (state))

constexpr std::string_view purpose = "software_token";

/// The state is not part of it: the pending secret becomes the verified one as it is.
std::string context_of(const PoolId& pool, const UserId& user) {
    return "software_tokens|sealed_secret|" + pool.str() + "|" + user.str();
}

std::optional<SoftwareToken> read_token(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool,
                                        const UserId& user, std::string_view state) {
    auto row = tx.row<TokenRow>(find_token, pool, user, state);
    if (!row) return std::nullopt;
    auto plain = sealer.open(purpose, context_of(pool, user), row->sealed_secret);
    if (!plain) throw Error(Errc::internal, {}, "software_tokens.sealed_secret: not sealed by this server's key");
    SoftwareToken token{.secret = SoftwareTokenSecret(text_of(*plain)),
                        .friendly_name = std::move(row->friendly_name),
                        .last_step = row->last_step};
    explicit_bzero(plain->data(), plain->size());
    return token;
}

}  // namespace

std::optional<SoftwareToken> SoftwareTokens::find(const PoolId& pool, const UserId& user) {
    return read_token(tx_, sealer_, pool, user, verified);
}

bool SoftwareTokens::has(const PoolId& pool, const UserId& user) {
    return tx_.row<StateRow>(find_state, pool, user, verified).has_value();
}

std::optional<SoftwareToken> SoftwareTokens::find_pending(const PoolId& pool, const UserId& user) {
    return read_token(tx_, sealer_, pool, user, pending);
}

void SoftwareTokens::save_pending(const PoolId& pool, const UserId& user, const SoftwareTokenSecret& secret,
                                  Instant now) {
    const Bytes sealed = sealer_.seal(purpose, context_of(pool, user), bytes_of(secret.reveal()));
    tx_.execute(save_token, pool, user, pending, sealed, now);
}

bool SoftwareTokens::verify_pending(const PoolId& pool, const UserId& user, std::string_view friendly_name,
                                    std::int64_t step) {
    if (!tx_.row<StateRow>(find_state, pool, user, pending)) return false;
    tx_.execute(delete_token, pool, user, verified);
    return tx_.execute(change_state, pool, user, pending, verified, friendly_name, step) == 1;
}

bool SoftwareTokens::use_step(const PoolId& pool, const UserId& user, std::int64_t step) {
    return tx_.execute(count_step, pool, user, verified, step) == 1;
}

void SoftwareTokens::restore(const PoolId& pool, const UserId& user, const SoftwareToken& token) {
    save_pending(pool, user, token.secret, Instant{});
    tx_.execute(change_state, pool, user, pending, verified, token.friendly_name, token.last_step);
}

void SoftwareTokens::erase(const PoolId& pool, const UserId& user) {
    tx_.execute(delete_tokens, pool, user);
}

}  // namespace symbolon::directory
