#include "directory/clients.hpp"

#include "base/error.hpp"
#include "directory/pool_documents.hpp"
#include "directory/stored.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_client = R"sql(
    SELECT c.pool_id AS pool_id, c.client_id AS client_id, name, settings, sealed_secret, created_ms, modified_ms
      FROM client_pools p JOIN clients c ON c.pool_id = p.pool_id AND c.client_id = p.client_id
     WHERE p.client_id = $1
)sql";

constexpr std::string_view find_settings = "SELECT settings FROM clients WHERE pool_id = $1 AND client_id = $2";

constexpr std::string_view list_clients = R"sql(
    SELECT pool_id, client_id, name, settings, sealed_secret, created_ms, modified_ms
      FROM clients
     WHERE pool_id = $1 AND client_id > $2
     ORDER BY client_id
     LIMIT $3
)sql";

constexpr std::string_view list_secrets = R"sql(
    SELECT secret_id, sealed_secret, created_ms
      FROM client_secrets
     WHERE pool_id = $1 AND client_id = $2
     ORDER BY created_ms, secret_id
     LIMIT 10
)sql";

constexpr std::string_view insert_secret = R"sql(
    INSERT INTO client_secrets (pool_id, client_id, secret_id, sealed_secret, created_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view delete_secret =
    "DELETE FROM client_secrets WHERE pool_id = $1 AND client_id = $2 AND secret_id = $3";
constexpr std::string_view delete_secrets = "DELETE FROM client_secrets WHERE pool_id = $1 AND client_id = $2";
constexpr std::string_view forget_first_secret =
    "UPDATE clients SET sealed_secret = NULL WHERE pool_id = $1 AND client_id = $2";

constexpr std::string_view count_clients = R"sql(
    SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM clients WHERE pool_id = $1 LIMIT $2) AS counted
)sql";

constexpr std::string_view insert_client_pool = R"sql(
    INSERT INTO client_pools (client_id, pool_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view insert_client = R"sql(
    INSERT INTO clients (pool_id, client_id, name, settings, sealed_secret, created_ms, modified_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view update_client = R"sql(
    UPDATE clients SET name = $3, settings = $4, sealed_secret = $5, modified_ms = $6
     WHERE pool_id = $1 AND client_id = $2
)sql";

constexpr std::string_view delete_client = "DELETE FROM clients WHERE pool_id = $1 AND client_id = $2";
constexpr std::string_view delete_client_pool = "DELETE FROM client_pools WHERE client_id = $1 AND pool_id = $2";

constexpr std::string_view seal_purpose = "client_secret";

struct ClientRow {
    PoolId pool_id;
    ClientId client_id;
    std::string name;
    std::string settings;
    std::optional<Bytes> sealed_secret;
    Instant created_ms{};
    Instant modified_ms{};
};
BOOST_DESCRIBE_STRUCT(ClientRow, (), (pool_id, client_id, name, settings, sealed_secret, created_ms, modified_ms))

struct SecretRow {
    std::string secret_id;
    Bytes sealed_secret;
    Instant created_ms{};
};
BOOST_DESCRIBE_STRUCT(SecretRow, (), (secret_id, sealed_secret, created_ms))

struct TotalRow {
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TotalRow, (), (total))

/// What the column `settings` holds.
struct SettingsRow {
    std::string settings;
};
BOOST_DESCRIBE_STRUCT(SettingsRow, (), (settings))

struct StoredSettings : ClientSettings {
    std::optional<ClientSSOSessionConfigType> SSOSession;
    std::optional<ClientTypeType> ClientType;
    std::optional<ClientExtensions> Extensions;
};
BOOST_DESCRIBE_STRUCT(StoredSettings, (ClientSettings), (SSOSession, ClientType, Extensions))

std::string settings_of(const Client& client) {
    StoredSettings stored;
    static_cast<ClientSettings&>(stored) = client.settings;
    stored.SSOSession = client.sso_session;
    if (client.type != ClientTypeType::REGULAR) stored.ClientType = client.type;
    if (!encode(client.extensions).empty()) stored.Extensions = client.extensions;
    return to_stored(stored);
}

std::string seal_context(const PoolId& pool, const ClientId& id) {
    return "clients|sealed_secret|" + pool.str() + "|" + id.str();
}

Bytes seal_secret(const crypto::Sealer& sealer, const Client& client, const ClientSecret& secret) {
    return sealer.seal(seal_purpose, seal_context(client.pool_id, client.id), bytes_of(secret.reveal()));
}

std::optional<Bytes> seal_first_secret(const crypto::Sealer& sealer, const Client& client) {
    if (client.secret.empty()) return std::nullopt;
    return seal_secret(sealer, client, client.secret);
}

ClientSecret open_secret(const crypto::Sealer& sealer, const Client& client, const Bytes& sealed) {
    auto plain = sealer.open(seal_purpose, seal_context(client.pool_id, client.id), sealed);
    if (!plain) throw Error(Errc::internal, {}, "a client's secret does not open: another master key?");
    ClientSecret secret(text_of(*plain));
    std::fill(plain->begin(), plain->end(), std::uint8_t{0});
    return secret;
}

/// With its secrets, which have rows of their own.
Client to_client(db::Transaction& tx, const crypto::Sealer& sealer, ClientRow row) {
    Client client;
    client.pool_id = std::move(row.pool_id);
    client.id = std::move(row.client_id);
    client.name = std::move(row.name);
    auto stored = from_stored<StoredSettings>(row.settings, "clients.settings");
    client.sso_session = stored.SSOSession;
    client.type = stored.ClientType.value_or(ClientTypeType::REGULAR);
    client.extensions = std::move(stored.Extensions).value_or(ClientExtensions{});
    client.settings = std::move(static_cast<ClientSettings&>(stored));
    if (row.sealed_secret) client.secret = open_secret(sealer, client, *row.sealed_secret);
    for (SecretRow& added : tx.rows<SecretRow>(list_secrets, client.pool_id, client.id))
        client.added_secrets.push_back(
            {std::move(added.secret_id), open_secret(sealer, client, added.sealed_secret), added.created_ms});
    client.created = row.created_ms;
    client.modified = row.modified_ms;
    return client;
}

bool has_secret_id(const Client& client, std::string_view id) {
    if (!client.secret.empty() && id == secret_id_of(client.id, client.created)) return true;
    return std::any_of(client.added_secrets.begin(), client.added_secrets.end(),
                       [&](const AddedSecret& added) { return added.id == id; });
}

[[noreturn]] void throw_unknown(const ClientId& id) {
    throw Error(Errc::resource_not_found, "User pool client " + id.str() + " does not exist.");
}

}  // namespace

std::string secret_id_of(const ClientId& client, Instant created) {
    return client.str() + "--" + std::to_string(to_seconds(created));
}

std::optional<ClientExtensions> find_client_extensions(db::Transaction& tx, const PoolId& pool, const ClientId& id) {
    const auto row = tx.row<SettingsRow>(find_settings, pool, id);
    if (!row) return std::nullopt;
    auto stored = from_stored<StoredSettings>(row->settings, "clients.settings");
    return std::move(stored.Extensions).value_or(ClientExtensions{});
}

std::optional<Client> Clients::find(const ClientId& id) {
    auto row = tx_.row<ClientRow>(find_client, id);
    if (!row) return std::nullopt;
    return to_client(tx_, sealer_, std::move(*row));
}

Client Clients::get(const PoolId& pool, const ClientId& id) {
    auto client = find(id);
    if (!client || client->pool_id != pool) throw_unknown(id);
    return std::move(*client);
}

void Clients::create(const Client& client) {
    if (tx_.execute(insert_client_pool, client.id, client.pool_id) != 1)
        throw Error(Errc::internal, {}, "clients: this id is in use");
    tx_.execute(insert_client, client.pool_id, client.id, client.name, settings_of(client),
                seal_first_secret(sealer_, client), client.created, client.modified);
    for (const AddedSecret& added : client.added_secrets)
        tx_.execute(insert_secret, client.pool_id, client.id, added.id, seal_secret(sealer_, client, added.secret),
                    added.created);
    const auto limit = static_cast<std::int64_t>(most_of_a_pool);
    if (tx_.row<TotalRow>(count_clients, client.pool_id, limit + 1)->total > limit)
        throw Error(Errc::limit_exceeded, "A user pool can have at most 10000 app clients.");
}

void Clients::save(const Client& client) {
    const auto updated = tx_.execute(update_client, client.pool_id, client.id, client.name, settings_of(client),
                                     seal_first_secret(sealer_, client), client.modified);
    if (updated != 1) throw_unknown(client.id);
}

void Clients::erase(const PoolId& pool, const ClientId& id) {
    if (tx_.execute(delete_client, pool, id) != 1) throw_unknown(id);
    tx_.execute(delete_client_pool, id, pool);
    tx_.execute(delete_secrets, pool, id);
    PoolDocuments(tx_).erase_of_client(pool, id);
}

AddedSecret Clients::add_secret(const Client& client, ClientSecret secret, Instant now) {
    if (!client.is_confidential())
        throw Error(Errc::invalid_parameter, "Client " + client.id.str() + " is not configured with a secret");
    const std::size_t live = (client.secret.empty() ? 0U : 1U) + client.added_secrets.size();
    if (live >= Client::most_secrets)
        throw Error(Errc::limit_exceeded, "An app client can have at most 2 client secrets.");
    if (client.has_secret(secret.reveal()))
        throw Error(Errc::invalid_parameter, "The app client has that client secret already.");
    AddedSecret added{{}, std::move(secret), now};
    for (auto when = now; added.id.empty(); when += std::chrono::seconds(1))  // two in one second
        if (auto id = secret_id_of(client.id, when); !has_secret_id(client, id)) added.id = std::move(id);
    tx_.execute(insert_secret, client.pool_id, client.id, added.id, seal_secret(sealer_, client, added.secret),
                added.created);
    return added;
}

void Clients::erase_secret(const Client& client, std::string_view secret_id) {
    const bool is_first = !client.secret.empty() && secret_id == secret_id_of(client.id, client.created);
    if (!has_secret_id(client, secret_id))
        throw Error(Errc::resource_not_found, "Client secret " + std::string(secret_id) + " does not exist.");
    const std::size_t live = (client.secret.empty() ? 0U : 1U) + client.added_secrets.size();
    if (live == 1) throw Error(Errc::invalid_parameter, "The last client secret of an app client cannot be deleted.");
    if (is_first)
        tx_.execute(forget_first_secret, client.pool_id, client.id);
    else
        tx_.execute(delete_secret, client.pool_id, client.id, secret_id);
}

std::vector<Client> Clients::list(const PoolId& pool, const std::string& after, int limit) {
    std::vector<Client> clients;
    for (ClientRow& row : tx_.rows<ClientRow>(list_clients, pool, after, limit))
        clients.push_back(to_client(tx_, sealer_, std::move(row)));
    return clients;
}

}  // namespace symbolon::directory
