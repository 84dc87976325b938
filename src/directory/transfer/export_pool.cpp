#include "directory/transfer/export_pool.hpp"

#include "base/encoding.hpp"
#include "directory/transfer/records.hpp"
#include "directory/user_rows.hpp"

#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr int step = 1000;  ///< users in one read: a snapshot is held for milliseconds

constexpr std::string_view users_after = R"sql(
    SELECT user_id, username, status, enabled, attributes, password_hash, password_expires_ms, mfa, tokens_from_ms,
           created_ms, modified_ms, version
      FROM users
     WHERE pool_id = $1 AND user_id > $2
     ORDER BY user_id
     LIMIT $3
)sql";

std::vector<ClientRecord> read_clients(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool) {
    std::vector<ClientRecord> records;
    std::string after;
    for (;;) {
        const auto clients = Clients(tx, sealer).list(pool, after, step);
        for (const Client& client : clients) records.push_back(to_record(client));
        if (clients.size() < step) return records;
        after = clients.back().id.str();
    }
}

std::vector<ResourceServerRecord> read_resource_servers(db::Transaction& tx, const PoolId& pool) {
    std::vector<ResourceServerRecord> records;
    std::string after;
    for (;;) {
        const auto servers = ResourceServers(tx).list(pool, after, step);
        for (const ResourceServer& server : servers) records.push_back({server.identifier, server.name, server.scopes});
        if (servers.size() < step) return records;
        after = servers.back().identifier;
    }
}

PoolRecord read_pool(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& id) {
    const Pool pool = Pools(tx).get(id);
    PoolRecord record;
    record.pool_id = id.str();
    record.name = pool.name;
    record.settings = pool.settings;
    record.created_ms = to_ms(pool.created);
    record.modified_ms = to_ms(pool.modified);
    for (const auto& key : SigningKeys(tx, sealer).list(id)) record.keys.push_back(to_record(key));
    record.clients = read_clients(tx, sealer, id);
    for (const auto& name : {pool.domain, pool.custom_domain}) {
        if (name.empty()) continue;
        if (const auto domain = Domains(tx).find(name)) record.domains.push_back(to_record(*domain));
    }
    record.resource_servers = read_resource_servers(tx, id);
    return record;
}

}  // namespace

Task<std::int64_t> export_pool(db::Database& db, const crypto::Sealer& sealer, PoolId pool, TakeLine take,
                               Progress progress) {
    crypto::Digest digest{};
    const auto put = [&](const std::string& line) {
        digest = extend(digest, line);
        take(line);
    };
    const auto read = [&](db::Transaction& tx) { return read_pool(tx, sealer, pool); };
    const PoolRecord record = co_await db.read(read);
    put(to_line("pool", record));

    std::int64_t users = 0;
    std::string after;
    std::vector<UserRow> rows;
    do {
        const auto next = [&](db::Transaction& tx) { return tx.rows<UserRow>(users_after, pool, after, step); };
        rows = co_await db.read(next);
        if (!rows.empty()) after = rows.back().user_id;
        users += static_cast<std::int64_t>(rows.size());
        for (UserRow& row : rows) put(to_line("user", to_record(directory::to_user(pool, std::move(row)))));
        progress(users, "users");
    } while (rows.size() == step);

    take(to_line("end", EndRecord{users, to_base64(digest)}));
    co_return users;
}

}  // namespace symbolon::directory::transfer
