#include "directory/clients.hpp"

#include "base/error.hpp"
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

constexpr std::string_view list_clients = R"sql(
    SELECT pool_id, client_id, name, settings, sealed_secret, created_ms, modified_ms
      FROM clients
     WHERE pool_id = $1 AND client_id > $2
     ORDER BY client_id
     LIMIT $3
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

std::string seal_context(const PoolId& pool, const ClientId& id) {
    return "clients|sealed_secret|" + pool.str() + "|" + id.str();
}

std::optional<Bytes> seal_secret(const crypto::Sealer& sealer, const Client& client) {
    if (client.secret.empty()) return std::nullopt;
    return sealer.seal(seal_purpose, seal_context(client.pool_id, client.id), bytes_of(client.secret.reveal()));
}

Client to_client(const crypto::Sealer& sealer, ClientRow row) {
    Client client;
    client.pool_id = std::move(row.pool_id);
    client.id = std::move(row.client_id);
    client.name = std::move(row.name);
    client.settings = from_stored<ClientSettings>(row.settings, "clients.settings");
    if (row.sealed_secret) {
        auto secret = sealer.open(seal_purpose, seal_context(client.pool_id, client.id), *row.sealed_secret);
        if (!secret) throw Error(Errc::internal, {}, "clients.sealed_secret does not open: another master key?");
        client.secret = ClientSecret(text_of(*secret));
        std::fill(secret->begin(), secret->end(), std::uint8_t{0});
    }
    client.created = row.created_ms;
    client.modified = row.modified_ms;
    return client;
}

[[noreturn]] void throw_unknown(const ClientId& id) {
    throw Error(Errc::resource_not_found, "User pool client " + id.str() + " does not exist.");
}

}  // namespace

std::optional<Client> Clients::find(const ClientId& id) {
    auto row = tx_.row<ClientRow>(find_client, id);
    if (!row) return std::nullopt;
    return to_client(sealer_, std::move(*row));
}

Client Clients::get(const PoolId& pool, const ClientId& id) {
    auto client = find(id);
    if (!client || client->pool_id != pool) throw_unknown(id);
    return std::move(*client);
}

void Clients::create(const Client& client) {
    if (tx_.execute(insert_client_pool, client.id, client.pool_id) != 1)
        throw Error(Errc::internal, {}, "clients: this id is in use");
    tx_.execute(insert_client, client.pool_id, client.id, client.name, to_stored(client.settings),
                seal_secret(sealer_, client), client.created, client.modified);
}

void Clients::save(const Client& client) {
    const auto updated = tx_.execute(update_client, client.pool_id, client.id, client.name, to_stored(client.settings),
                                     seal_secret(sealer_, client), client.modified);
    if (updated != 1) throw_unknown(client.id);
}

void Clients::erase(const PoolId& pool, const ClientId& id) {
    if (tx_.execute(delete_client, pool, id) != 1) throw_unknown(id);
    tx_.execute(delete_client_pool, id, pool);
}

std::vector<Client> Clients::list(const PoolId& pool, const std::string& after, int limit) {
    std::vector<Client> clients;
    for (ClientRow& row : tx_.rows<ClientRow>(list_clients, pool, after, limit))
        clients.push_back(to_client(sealer_, std::move(row)));
    return clients;
}

}  // namespace symbolon::directory
