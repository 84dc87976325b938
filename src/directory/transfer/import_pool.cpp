#include "directory/transfer/import_pool.hpp"

#include "base/capture.hpp"
#include "base/encoding.hpp"
#include "base/read_ahead.hpp"
#include "db/sorter.hpp"
#include "directory/deleted_pools.hpp"
#include "directory/pool_certificates.hpp"
#include "directory/transfer/line_reader.hpp"
#include "directory/transfer/progress_rows.hpp"
#include "directory/transfer/records.hpp"
#include "directory/transfer/user_feed.hpp"
#include "directory/user_names.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace symbolon::directory::transfer {
namespace {

constexpr std::size_t batches_ahead = 4;
constexpr std::size_t names_in_one_step = 2000;
constexpr std::size_t sorting_memory = 64 * 1024 * 1024;
constexpr int discard_step = 5000;

constexpr char separator = '\0';  // in no kind of name

PoolRecord read_pool(LineReader& reader) {
    const Line line = reader.read();
    if (line.kind != "pool") refuse_file("This is not an export of a pool.");
    auto record = to_record<PoolRecord>(line, reader.number());
    if (record.format > format_version) refuse_file("The file was written by a newer version of this program.");
    return record;
}

Pool to_pool(const PoolRecord& record) {
    Pool pool;
    pool.id = PoolId(record.pool_id);
    pool.name = record.name;
    pool.settings = record.settings;
    pool.extensions = record.extensions.value_or(PoolExtensions{});
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
            refuse_file("There is an app client " + client.client_id + " already.");
        Clients(tx, sealer).create(to_client(pool.id, client));
    }
    for (const auto& domain : record.domains) Domains(tx).create(to_domain(pool.id, domain));
    for (const auto& server : record.resource_servers)
        ResourceServers(tx).create({pool.id, server.identifier, server.name, server.scopes});
    if (record.certificate) {
        const auto certificate = parse_base64(record.certificate->certificate);
        const auto key = parse_base64(record.certificate->key);
        if (!certificate || !key) refuse_file("The signing certificate of the file cannot be read.");
        PoolCertificates(tx, sealer).create(pool.id, {*certificate, *key}, pool.created);
    }
    ImportProgress(tx).erase(pool.id);
}

/// One run of an import. Users are stored as they come. Their names come in no order, which would touch another page of
/// the database with each of them, so they are put in order first and stored when all users are there. An import that
/// goes on reads all lines again and stores what is missing.
class Import {
public:
    Import(const crypto::Sealer& sealer, NextLine next, Progress progress)
        : sealer_(sealer), reader_(std::move(next)), progress_(std::move(progress)) {}

    /// Reads which pool it is.
    PoolId begin() {
        record_ = read_pool(reader_);
        pool_ = to_pool(record_);
        return pool_.id;
    }

    /// Brings the rest, under the claim of the pool's import.
    Task<Imported> run(Claim& claim) {
        claim_ = &claim;
        const auto begin = [&](db::Transaction& tx) { return find_position(tx); };
        position_ = co_await claim_->write(begin);
        const Imported former{pool_.id, 0, position_.users};
        if (reader_.number() == begun_lines()) check_begun(reader_.digest());
        const EndRecord end = co_await bring_users();
        if (end.users != position_.users) refuse_file("The file does not hold as many users as it says.");
        if (end.digest != to_base64(position_.digest)) refuse_file("The file was changed after it was written.");
        co_await bring_names();
        const auto finish = [&](db::Transaction& tx) {
            create_pool(tx, sealer_, pool_, record_);
            for (const GroupRecord& group : groups_) Groups(tx).insert(to_group(pool_.id, group));
            for (const ProviderRecord& provider : providers_)
                IdentityProviders(tx, sealer_).create(to_provider(pool_.id, provider));
        };
        co_await claim_->write(finish);
        co_return Imported{former.pool, position_.users, former.resumed_after};
    }

private:
    /// What an earlier run left, or a beginning.
    ImportProgress::Row find_position(db::Transaction& tx) {
        if (Pools(tx).find(pool_.id)) refuse_file("There is a user pool " + pool_.id.str() + " already.");
        if (DeletedPools(tx).contains(pool_.id))
            refuse_file("The users of the former pool " + pool_.id.str() +
                        " are still being removed. Try again later.");
        if (auto row = ImportProgress(tx).find(pool_.id)) return std::move(*row);
        const auto& digest = reader_.digest();
        ImportProgress::Row row{pool_.id, {digest.begin(), digest.end()}, 1, 0};
        ImportProgress(tx).save(row);
        return row;
    }

    std::size_t begun_lines() const { return static_cast<std::size_t>(position_.lines); }

    /// The lines that were imported before are those of this file.
    void check_begun(const crypto::Digest& digest) const {
        if (to_base64(digest) == to_base64(position_.digest)) return;
        refuse_file("Another file of this pool was begun to import. Go on with that one, or discard it.");
    }

    /// Reads the lines of users up to the end, which it returns.
    Task<EndRecord> bring_users() {
        const std::size_t begun = begun_lines();
        UserFeed feed(reader_, pool_, begun);
        ReadAhead<UserBatch> read([&feed] { return feed.next(); }, batches_ahead);
        const auto with_names = [this, &read] {
            auto batch = read.next();
            if (batch) add_names(pool_, *batch);
            return batch;
        };
        ReadAhead<UserBatch> batches(with_names, batches_ahead);  // reading, names and storing are a thread each
        while (const auto batch = batches.next()) {
            for (const OwnedName& name : batch->names)
                names_.add(name.name.kind + separator + name.name.name, name.owner.str());
            for (const GroupRecord& group : batch->groups) add_group(group);
            providers_.insert(providers_.end(), batch->providers.begin(), batch->providers.end());
            if (batch->lines == begun) check_begun(batch->digest);
            if (batch->lines > begun)
                co_await keep(*batch);
            else
                co_await claim_->stay();
            if (!batch->end) continue;
            if (batch->lines < begun) refuse_file("The file is shorter than what was imported of it.");
            co_return *batch->end;
        }
        refuse_file("The file ends before its last line: it was cut.");
    }

    void add_group(const GroupRecord& group) {
        if (!group_ids_.emplace(group.name, group.group_id).second)
            refuse_file("The group " + group.name + " is there twice.");
        groups_.push_back(group);
    }

    /// Stores users, with how far that is.
    Task<void> keep(const UserBatch& batch) {
        position_.digest.assign(batch.digest.begin(), batch.digest.end());
        position_.lines = static_cast<std::int64_t>(batch.lines);
        position_.users += static_cast<std::int64_t>(batch.users.size());
        const auto store = [&](db::Transaction& tx) {
            Users(tx).insert_all(batch.users);
            store_bonds(tx, pool_.id, batch.bonds, group_ids_);
            for (const DocumentRecord& document : batch.documents) store_document(tx, pool_.id, document);
            for (const User& user : batch.users)
                if (const auto found = batch.proofs.find(user.id); found != batch.proofs.end())
                    store_proofs(tx, sealer_, user, found->second);
            for (const auto& [user, history] : batch.histories) store_history(tx, pool_.id, user, history);
            ImportProgress(tx).save(position_);
        };
        co_await claim_->write(store);
        progress_(position_.users, "users");
    }

    /// Stores the names of all users, in order. Those that an earlier run stored are there already.
    Task<void> bring_names() {
        std::int64_t brought = 0;
        ReadAhead<std::vector<OwnedName>> sorted([this] { return next_names(); }, batches_ahead);
        while (const auto names = sorted.next()) {
            const auto store = [&](db::Transaction& tx) {
                for (const OwnedName& taken : UserNames(tx).insert_all(pool_.id, *names)) check_owner(tx, taken);
            };
            co_await claim_->write(store);
            brought += static_cast<std::int64_t>(names->size());
            progress_(brought, "names");
        }
    }

    std::optional<std::vector<OwnedName>> next_names() {
        std::vector<OwnedName> names;
        names.reserve(names_in_one_step);
        while (names.size() < names_in_one_step) {
            const auto record = names_.next();
            if (!record) break;
            const auto end_of_kind = record->key.find(separator);
            names.push_back({{.kind = std::string(record->key.substr(0, end_of_kind)),
                              .name = std::string(record->key.substr(end_of_kind + 1))},
                             UserId(std::string(record->value))});
        }
        if (names.empty()) return std::nullopt;
        return names;
    }

    /// A name that is there already is fine if an earlier run stored it.
    void check_owner(db::Transaction& tx, const OwnedName& name) const {
        const auto owner = UserNames(tx).find_owner(pool_.id, name.name);
        if (owner == name.owner) return;
        refuse_file("The users " + owner.value_or(UserId()).str() + " and " + name.owner.str() + " have the same " +
                    name.name.kind + ".");
    }

    const crypto::Sealer& sealer_;
    LineReader reader_;
    Progress progress_;
    Claim* claim_ = nullptr;
    PoolRecord record_;
    std::vector<GroupRecord> groups_;
    std::vector<ProviderRecord> providers_;
    GroupIds group_ids_;
    Pool pool_;
    ImportProgress::Row position_;
    db::Sorter names_{sorting_memory};
};

/// Whoever imports a pool, or discards what came of it, claims this.
std::string work_of(const PoolId& pool) {
    return "import " + pool.str();
}

/// Returns false when there was nothing.
Task<bool> remove_all(Claim& claim, PoolId pool) {
    const auto find = [&](db::Transaction& tx) { return ImportProgress(tx).find(pool).has_value(); };
    if (!co_await claim.write(find)) co_return false;
    std::int64_t removed = discard_step;
    const auto remove = [&](db::Transaction& tx) { return ImportProgress(tx).remove_users(pool, discard_step); };
    while (removed >= discard_step) removed = co_await claim.write(remove);
    const auto end = [&](db::Transaction& tx) { ImportProgress(tx).erase(pool); };
    co_await claim.write(end);
    co_return true;
}

}  // namespace

Task<Imported> import_pool(db::Database& db, const crypto::Sealer& sealer, Claimant claimant, NextLine next,
                           Progress progress) {
    Import import(sealer, std::move(next), std::move(progress));
    Claim claim(db, std::move(claimant), work_of(import.begin()));
    std::optional<Imported> imported;
    co_await claim.during(capture(import.run(claim), imported));
    co_return std::move(*imported);
}

Task<bool> discard_import(db::Database& db, Claimant claimant, PoolId pool) {
    Claim claim(db, std::move(claimant), work_of(pool));
    std::optional<bool> was_there;
    co_await claim.during(capture(remove_all(claim, std::move(pool)), was_there));
    co_return *was_there;
}

}  // namespace symbolon::directory::transfer
