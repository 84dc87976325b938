#include "directory/transfer/export_pool.hpp"

#include "base/encoding.hpp"
#include "directory/pool_certificates.hpp"
#include "directory/transfer/documents.hpp"
#include "directory/transfer/records.hpp"
#include "directory/user_rows.hpp"

#include <map>
#include <optional>
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

std::vector<GroupRecord> read_groups(db::Transaction& tx, const PoolId& pool) {
    std::vector<GroupRecord> records;
    for (;;) {
        const auto groups = Groups(tx).list(pool, records.empty() ? std::string{} : records.back().name, step);
        for (const Group& group : groups) records.push_back(to_record(group));
        if (groups.size() < step) return records;
    }
}

std::vector<ProviderRecord> read_providers(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& pool) {
    std::vector<ProviderRecord> records;
    for (;;) {
        const auto after = records.empty() ? std::string{} : records.back().name;
        const auto providers = IdentityProviders(tx, sealer).list(pool, after, step);
        for (const IdentityProvider& provider : providers) records.push_back(to_record(provider));
        if (providers.size() < step) return records;
    }
}

/// What stands before the users.
struct Head {
    PoolRecord pool;
    std::vector<GroupRecord> groups;
    std::vector<ProviderRecord> providers;
};

/// Some users with what ties them to the groups of the head, and what they prove themselves with.
struct Step {
    std::vector<User> users;
    std::map<UserId, Bonds> bonds;
    std::map<UserId, UserProofs> proofs;
    std::map<UserId, UserHistory> histories;
};

UserRecord to_user_record(const User& user, Step& some) {
    auto record = to_record(user);
    if (const auto found = some.bonds.find(user.id); found != some.bonds.end()) {
        if (!found->second.groups.empty()) record.groups = std::move(found->second.groups);
        if (!found->second.links.empty()) record.links = std::move(found->second.links);
    }
    if (const auto found = some.proofs.find(user.id); found != some.proofs.end())
        record.proofs = std::move(found->second);
    if (const auto found = some.histories.find(user.id); found != some.histories.end())
        record.history = std::move(found->second);
    return record;
}

PoolRecord read_pool(db::Transaction& tx, const crypto::Sealer& sealer, const PoolId& id) {
    const Pool pool = Pools(tx).get(id);
    PoolRecord record;
    record.pool_id = id.str();
    record.name = pool.name;
    record.settings = pool.settings;
    if (!encode(pool.extensions).empty()) record.extensions = pool.extensions;
    record.created_ms = to_ms(pool.created);
    record.modified_ms = to_ms(pool.modified);
    for (const auto& key : SigningKeys(tx, sealer).list(id)) record.keys.push_back(to_record(key));
    record.clients = read_clients(tx, sealer, id);
    for (const auto& name : {pool.domain, pool.custom_domain}) {
        if (name.empty()) continue;
        if (const auto domain = Domains(tx).find(name)) record.domains.push_back(to_record(*domain));
    }
    record.resource_servers = read_resource_servers(tx, id);
    if (const auto made = PoolCertificates(tx, sealer).find_with_key(id))
        record.certificate = {to_base64(made->certificate), to_base64(made->key)};
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
    const auto read = [&](db::Transaction& tx) {
        return Head{read_pool(tx, sealer, pool), read_groups(tx, pool), read_providers(tx, sealer, pool)};
    };
    const Head head = co_await db.read(read);
    put(to_line("pool", head.pool));
    for (const GroupRecord& group : head.groups) put(to_line("group", group));
    for (const ProviderRecord& provider : head.providers) put(to_line("provider", provider));
    std::vector<DocumentRecord> documents;
    do {
        std::optional<DocumentRecord> last;
        if (!documents.empty()) last = std::move(documents.back());
        const auto more = [&](db::Transaction& tx) { return read_documents(tx, pool, last); };
        documents = co_await db.read(more);
        for (const DocumentRecord& document : documents) put(to_line("document", document));
    } while (documents.size() == documents_at_once);

    GroupIds groups;
    for (const GroupRecord& group : head.groups) groups.emplace(group.name, group.group_id);

    std::int64_t users = 0;
    std::string after;
    Step now;
    do {
        const auto next = [&](db::Transaction& tx) {
            Step some;
            for (UserRow& row : tx.rows<UserRow>(users_after, pool, after, step))
                some.users.push_back(directory::to_user(pool, std::move(row)));
            if (some.users.empty()) return some;
            const std::string& last = some.users.back().id.str();
            some.bonds = read_bonds(tx, pool, after, last, groups);
            some.proofs = read_proofs(tx, sealer, pool, after, some.users);
            some.histories = read_histories(tx, pool, after, last);
            return some;
        };
        now = co_await db.read(next);
        if (!now.users.empty()) after = now.users.back().id.str();
        users += static_cast<std::int64_t>(now.users.size());
        for (const User& user : now.users) put(to_line("user", to_user_record(user, now)));
        progress(users, "users");
    } while (now.users.size() == step);

    take(to_line("end", EndRecord{users, to_base64(digest)}));
    co_return users;
}

}  // namespace symbolon::directory::transfer
