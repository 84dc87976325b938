#include "directory/web_authn_credentials.hpp"

#include "base/error.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_credential = R"sql(
    SELECT credential_id, friendly_name, relying_party_id, attachment, transports, public_key, sign_count, created_ms
      FROM web_authn_credentials
     WHERE pool_id = $1 AND user_id = $2 AND credential_id = $3
)sql";

// More than 20 are never there.
constexpr std::string_view credentials_of_user = R"sql(
    SELECT credential_id, friendly_name, relying_party_id, attachment, transports, public_key, sign_count, created_ms
      FROM web_authn_credentials
     WHERE pool_id = $1 AND user_id = $2
     ORDER BY created_ms, credential_id
     LIMIT 20
)sql";

constexpr std::string_view count_credentials = R"sql(
    SELECT COUNT(*) AS found FROM web_authn_credentials WHERE pool_id = $1 AND user_id = $2
)sql";

constexpr std::string_view insert_credential = R"sql(
    INSERT INTO web_authn_credentials (pool_id, user_id, credential_id, friendly_name, relying_party_id, attachment,
                                       transports, public_key, sign_count, created_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_sign_count = R"sql(
    UPDATE web_authn_credentials SET sign_count = $5
     WHERE pool_id = $1 AND user_id = $2 AND credential_id = $3 AND sign_count = $4
)sql";

constexpr std::string_view delete_credential = R"sql(
    DELETE FROM web_authn_credentials WHERE pool_id = $1 AND user_id = $2 AND credential_id = $3
)sql";

constexpr std::string_view save_challenge = R"sql(
    INSERT INTO web_authn_challenges (pool_id, user_id, client_id, challenge, expires_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (pool_id, user_id) DO UPDATE SET client_id = $3, challenge = $4, expires_ms = $5
)sql";

constexpr std::string_view find_challenge = R"sql(
    SELECT client_id, challenge FROM web_authn_challenges WHERE pool_id = $1 AND user_id = $2 AND expires_ms > $3
)sql";

constexpr std::string_view delete_challenge = R"sql(
    DELETE FROM web_authn_challenges WHERE pool_id = $1 AND user_id = $2 AND challenge = $3
)sql";

struct CredentialRow {
    Bytes credential_id;
    std::string friendly_name;
    std::string relying_party_id;
    std::string attachment;
    std::string transports;
    Bytes public_key;
    std::int64_t sign_count = 0;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(CredentialRow, (),
                      (credential_id, friendly_name, relying_party_id, attachment, transports, public_key, sign_count,
                       created_ms))

struct CountRow {
    std::int64_t found = 0;
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (found))

struct ChallengeRow {
    ClientId client_id;
    Bytes challenge;
};
BOOST_DESCRIBE_STRUCT(ChallengeRow, (), (client_id, challenge))

struct StoredTransports {
    std::vector<std::string> transports;
};
BOOST_DESCRIBE_STRUCT(StoredTransports, (), (transports))

WebAuthnCredential to_credential(const PoolId& pool, const UserId& user, CredentialRow row) {
    auto stored = from_stored<StoredTransports>(row.transports, "web_authn_credentials.transports");
    return {.pool_id = pool,
            .user_id = user,
            .id = std::move(row.credential_id),
            .friendly_name = std::move(row.friendly_name),
            .relying_party_id = std::move(row.relying_party_id),
            .attachment = std::move(row.attachment),
            .transports = std::move(stored.transports),
            .public_key = std::move(row.public_key),
            .sign_count = static_cast<std::uint32_t>(row.sign_count),
            .created = row.created_ms};
}

}  // namespace

std::optional<WebAuthnCredential> WebAuthnCredentials::find(const PoolId& pool, const UserId& user, ByteView id) {
    auto row = tx_.row<CredentialRow>(find_credential, pool, user, id);
    if (!row) return std::nullopt;
    return to_credential(pool, user, std::move(*row));
}

std::vector<WebAuthnCredential> WebAuthnCredentials::of_user(const PoolId& pool, const UserId& user) {
    std::vector<WebAuthnCredential> credentials;
    for (CredentialRow& row : tx_.rows<CredentialRow>(credentials_of_user, pool, user))
        credentials.push_back(to_credential(pool, user, std::move(row)));
    return credentials;
}

bool WebAuthnCredentials::has_any(const PoolId& pool, const UserId& user) {
    return tx_.row<CountRow>(count_credentials, pool, user)->found > 0;
}

bool WebAuthnCredentials::create(const WebAuthnCredential& credential) {
    const auto count = tx_.row<CountRow>(count_credentials, credential.pool_id, credential.user_id)->found;
    if (count >= static_cast<std::int64_t>(most_of_a_user))
        throw Error(Errc::limit_exceeded, "The user has the maximum number of passkeys.");
    return tx_.execute(insert_credential, credential.pool_id, credential.user_id, credential.id,
                       credential.friendly_name, credential.relying_party_id, credential.attachment,
                       to_stored(StoredTransports{credential.transports}), credential.public_key,
                       std::int64_t{credential.sign_count}, credential.created) == 1;
}

bool WebAuthnCredentials::move_sign_count(const WebAuthnCredential& credential, std::uint32_t sign_count) {
    return tx_.execute(update_sign_count, credential.pool_id, credential.user_id, credential.id,
                       std::int64_t{credential.sign_count}, std::int64_t{sign_count}) == 1;
}

bool WebAuthnCredentials::erase(const PoolId& pool, const UserId& user, ByteView id) {
    return tx_.execute(delete_credential, pool, user, id) == 1;
}

void WebAuthnChallenges::save(const PoolId& pool, const UserId& user, const ClientId& client, ByteView challenge,
                              Instant expires) {
    tx_.execute(save_challenge, pool, user, client, challenge, expires);
}

std::optional<WebAuthnChallenges::Challenge> WebAuthnChallenges::find(const PoolId& pool, const UserId& user,
                                                                      Instant now) {
    auto row = tx_.row<ChallengeRow>(find_challenge, pool, user, now);
    if (!row) return std::nullopt;
    return Challenge{std::move(row->client_id), std::move(row->challenge)};
}

bool WebAuthnChallenges::spend(const PoolId& pool, const UserId& user, const Challenge& challenge) {
    return tx_.execute(delete_challenge, pool, user, challenge.challenge) == 1;
}

}  // namespace symbolon::directory
