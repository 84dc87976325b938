#include "directory/consents.hpp"

#include "directory/words.hpp"

#include <boost/describe/class.hpp>

#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_consent = R"sql(
    SELECT client_id, scopes, given_ms FROM consents WHERE pool_id = $1 AND user_id = $2 AND client_id = $3
)sql";

constexpr std::string_view list_consents = R"sql(
    SELECT client_id, scopes, given_ms FROM consents
     WHERE pool_id = $1 AND user_id = $2 AND client_id > $3
     ORDER BY client_id
     LIMIT $4
)sql";

constexpr std::string_view put_consent = R"sql(
    INSERT INTO consents (pool_id, user_id, client_id, scopes, given_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (pool_id, user_id, client_id) DO UPDATE SET scopes = excluded.scopes, given_ms = excluded.given_ms
)sql";

constexpr std::string_view delete_consent = R"sql(
    DELETE FROM consents WHERE pool_id = $1 AND user_id = $2 AND client_id = $3
)sql";

constexpr std::string_view delete_of_user = "DELETE FROM consents WHERE pool_id = $1 AND user_id = $2";

struct ConsentRow {
    ClientId client_id;
    std::string scopes;
    Instant given_ms{};
};
BOOST_DESCRIBE_STRUCT(ConsentRow, (), (client_id, scopes, given_ms))

Consent to_consent(ConsentRow row) {
    return {std::move(row.client_id), split_words(row.scopes), row.given_ms};
}

}  // namespace

std::optional<Consent> Consents::find(const PoolId& pool, const UserId& user, const ClientId& client) {
    auto row = tx_.row<ConsentRow>(find_consent, pool, user, client);
    if (!row) return std::nullopt;
    return to_consent(std::move(*row));
}

void Consents::put(const PoolId& pool, const UserId& user, const Consent& consent) {
    tx_.execute(put_consent, pool, user, consent.client_id, join_words(consent.scopes), consent.given);
}

bool Consents::erase(const PoolId& pool, const UserId& user, const ClientId& client) {
    return tx_.execute(delete_consent, pool, user, client) == 1;
}

void Consents::erase_all_of_user(const PoolId& pool, const UserId& user) {
    tx_.execute(delete_of_user, pool, user);
}

std::vector<Consent> Consents::list(const PoolId& pool, const UserId& user, const std::string& after, int limit) {
    std::vector<Consent> consents;
    for (ConsentRow& row : tx_.rows<ConsentRow>(list_consents, pool, user, after, limit))
        consents.push_back(to_consent(std::move(row)));
    return consents;
}

}  // namespace symbolon::directory
