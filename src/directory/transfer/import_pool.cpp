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

/// One run of an import.
class Import {
public:
    Import(db::Database& db, const crypto::Sealer& sealer, NextLine next, Progress progress)
        : db_(db), sealer_(sealer), reader_(std::move(next)), progress_(std::move(progress)) {}

    Task<Imported> run() {
        record_ = read_pool(reader_);
        pool_ = to_pool(record_);
        const auto begin = [&](db::Transaction& tx) { return find_position(tx); };
        position_ = co_await db_.write(begin);
        const Imported former{pool_.id, 0, position_.users};
        reader_.skip_to(position_.lines);
        if (to_base64(reader_.digest()) != to_base64(position_.digest)) {
            refuse("Another file of this pool was begun to import. Go on with that one, or discard it.");
        }
        const EndRecord end = co_await bring_users();
        if (end.users != position_.users) refuse("The file does not hold as many users as it says.");
        if (end.digest != to_base64(position_.digest)) refuse("The file was changed after it was written.");
        const auto finish = [&](db::Transaction& tx) { create_pool(tx, sealer_, pool_, record_); };
        co_await db_.write(finish);
        co_return Imported{former.pool, position_.users, former.resumed_after};
    }

private:
    /// What an earlier run left, or a beginning.
    ImportProgress::Row find_position(db::Transaction& tx) {
        if (Pools(tx).find(pool_.id)) refuse("There is a user pool " + pool_.id.str() + " already.");
        if (auto row = ImportProgress(tx).find(pool_.id)) return std::move(*row);
        const auto& digest = reader_.digest();
        ImportProgress::Row row{pool_.id, {digest.begin(), digest.end()}, 1, 0};
        ImportProgress(tx).save(row);
        return row;
    }

    /// Reads the lines of users up to the end, which it returns.
    Task<EndRecord> bring_users() {
        for (;;) {
            const Line line = reader_.read();
            if (line.kind == "end") {
                co_await keep(reader_.digest_before_last(), reader_.number() - 1);
                co_return to_record<EndRecord>(line, reader_.number());
            }
            if (line.kind != "user") refuse("Line " + std::to_string(reader_.number()) + " is of an unknown kind.");
            users_.push_back(to_user(pool_.id, to_record<UserRecord>(line, reader_.number())));
            if (users_.size() == step) co_await keep(reader_.digest(), reader_.number());
        }
    }

    /// Stores the users that were read, with how far that is.
    Task<void> keep(crypto::Digest digest, std::size_t lines) {
        position_.digest.assign(digest.begin(), digest.end());
        position_.lines = static_cast<std::int64_t>(lines);
        position_.users += static_cast<std::int64_t>(users_.size());
        const auto store = [&](db::Transaction& tx) {
            for (const User& user : users_) Users(tx).create(pool_, user);
            ImportProgress(tx).save(position_);
        };
        co_await db_.write(store);
        users_.clear();
        progress_(position_.users);
    }

    db::Database& db_;
    const crypto::Sealer& sealer_;
    Reader reader_;
    Progress progress_;
    PoolRecord record_;
    Pool pool_;
    ImportProgress::Row position_;
    std::vector<User> users_;
};

}  // namespace

Task<Imported> import_pool(db::Database& db, const crypto::Sealer& sealer, NextLine next, Progress progress) {
    Import import(db, sealer, std::move(next), std::move(progress));
    co_return co_await import.run();
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
