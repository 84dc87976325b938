#include "directory/transfer/import_pool.hpp"

#include "base/encoding.hpp"
#include "directory/transfer/progress_rows.hpp"
#include "directory/transfer/records.hpp"

#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr std::size_t step = 500;  ///< users in one transaction
constexpr int discard_step = 5000;

[[noreturn]] void refuse(const std::string& message) {
    throw Error(Errc::invalid_parameter, message);
}

/// The lines one after the other, with their number and digest.
class Reader {
public:
    explicit Reader(NextLine next) : next_(std::move(next)) {}

    Line read() {
        auto text = next_();
        if (!text) refuse("The file ends before its last line: it was cut.");
        ++number_;
        former_ = digest_;
        digest_ = extend(digest_, *text);
        return parse_line(*text, number_);
    }
    /// Passes over lines that were imported before.
    void skip_to(std::int64_t number) {
        while (static_cast<std::int64_t>(number_) < number) {
            const auto text = next_();
            if (!text) refuse("The file is shorter than what was imported of it.");
            ++number_;
            digest_ = extend(digest_, *text);
        }
    }
    std::size_t number() const { return number_; }
    const crypto::Digest& digest() const { return digest_; }
    const crypto::Digest& digest_before_last() const { return former_; }

private:
    NextLine next_;
    std::size_t number_ = 0;
    crypto::Digest digest_{};
    crypto::Digest former_{};
};

PoolRecord read_pool(Reader& reader) {
    const Line line = reader.read();
    if (line.kind != "pool") refuse("This is not an export of a pool.");
    auto record = to_record<PoolRecord>(line, reader.number());
    if (record.format > format_version) refuse("The file was written by a newer version of this program.");
    return record;
}

Pool to_pool(const PoolRecord& record) {
    Pool pool;
    pool.id = PoolId(record.pool_id);
    pool.name = record.name;
    pool.settings = record.settings;
    pool.created = from_ms(record.created_ms);
    pool.modified = from_ms(record.modified_ms);
    return pool;
}

/// The last step: the pool with all but its users, in one transaction with the end of the import.
void create_pool(db::Transaction& tx, const crypto::Sealer& sealer, const Pool& pool, const PoolRecord& record) {
    Pools(tx).create(pool);
    for (const auto& key : record.keys) SigningKeys(tx, sealer).insert(pool.id, to_key(key));
    for (const auto& client : record.clients) {
        if (Clients(tx, sealer).find(ClientId(client.client_id)))
            refuse("There is an app client " + client.client_id + " already.");
        Clients(tx, sealer).create(to_client(pool.id, client));
    }
    for (const auto& domain : record.domains) Domains(tx).create(to_domain(pool.id, domain));
    for (const auto& server : record.resource_servers)
        ResourceServers(tx).create({pool.id, server.identifier, server.name, server.scopes});
    ImportProgress(tx).erase(pool.id);
}

/// What an earlier run left, or a beginning.
ImportProgress::Row begin(db::Transaction& tx, const PoolId& pool, const Reader& reader) {
    if (Pools(tx).find(pool)) refuse("There is a user pool " + pool.str() + " already.");
    if (auto row = ImportProgress(tx).find(pool)) return std::move(*row);
    ImportProgress::Row row{pool, {reader.digest().begin(), reader.digest().end()}, 1, 0};
    ImportProgress(tx).save(row);
    return row;
}

}  // namespace

Task<Imported> import_pool(db::Database& db, const crypto::Sealer& sealer, NextLine next, Progress progress) {
    Reader reader(std::move(next));
    const PoolRecord record = read_pool(reader);
    const Pool pool = to_pool(record);
    const auto start = [&](db::Transaction& tx) { return begin(tx, pool.id, reader); };
    auto position = co_await db.write(start);
    const std::int64_t resumed_after = position.users;
    reader.skip_to(position.lines);
    if (to_base64(reader.digest()) != to_base64(position.digest)) {
        refuse("Another file of this pool was begun to import. Go on with that one, or discard it.");
    }

    std::vector<User> users;
    const auto keep = [&](db::Transaction& tx) {
        for (const User& user : users) Users(tx).create(pool, user);
        ImportProgress(tx).save(position);
    };
    for (;;) {
        const Line line = reader.read();
        const bool is_end = line.kind == "end";
        if (!is_end && line.kind != "user") {
            refuse("Line " + std::to_string(reader.number()) + " is of an unknown kind.");
        }
        if (!is_end) users.push_back(to_user(pool.id, to_record<UserRecord>(line, reader.number())));
        if (users.size() == step || (is_end && !users.empty())) {
            const auto& digest = is_end ? reader.digest_before_last() : reader.digest();
            position.digest.assign(digest.begin(), digest.end());
            position.lines = static_cast<std::int64_t>(reader.number()) - (is_end ? 1 : 0);
            position.users += static_cast<std::int64_t>(users.size());
            co_await db.write(keep);
            users.clear();
            progress(position.users);
        }
        if (!is_end) continue;
        const auto end = to_record<EndRecord>(line, reader.number());
        if (end.users != position.users) refuse("The file does not hold as many users as it says.");
        if (end.digest != to_base64(reader.digest_before_last())) refuse("The file was changed after it was written.");
        break;
    }
    const auto finish = [&](db::Transaction& tx) { create_pool(tx, sealer, pool, record); };
    co_await db.write(finish);
    co_return Imported{pool.id, position.users, resumed_after};
}

Task<bool> discard_import(db::Database& db, PoolId pool) {
    const auto find = [&](db::Transaction& tx) { return ImportProgress(tx).find(pool).has_value(); };
    if (!co_await db.read(find)) co_return false;
    std::int64_t removed = discard_step;
    const auto remove = [&](db::Transaction& tx) { return ImportProgress(tx).remove_users(pool, discard_step); };
    while (removed >= discard_step) removed = co_await db.write(remove);
    const auto end = [&](db::Transaction& tx) { ImportProgress(tx).erase(pool); };
    co_await db.write(end);
    co_return true;
}

}  // namespace symbolon::directory::transfer
