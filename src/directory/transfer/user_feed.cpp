#include "directory/transfer/user_feed.hpp"

#include <string>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::size_t batch_size = 1000;  ///< a few milliseconds of the database's writer

}  // namespace

std::optional<UserBatch> UserFeed::next() {
    if (ended_) return std::nullopt;
    UserBatch batch;
    batch.users.reserve(batch_size);
    do {
        const Line line = reader_.read();
        if (line.kind == "end") {
            ended_ = true;
            batch.end = to_record<EndRecord>(line, reader_.number());
            batch.lines = reader_.number() - 1;
            batch.digest = reader_.digest_before_last();
            return batch;
        }
        if (line.kind == "group") {
            batch.groups.push_back(to_record<GroupRecord>(line, reader_.number()));
            continue;
        }
        if (line.kind == "provider") {
            batch.providers.push_back(to_record<ProviderRecord>(line, reader_.number()));
            continue;
        }
        if (line.kind == "document") {
            batch.documents.push_back(to_record<DocumentRecord>(line, reader_.number()));
            continue;
        }
        if (line.kind != "user") refuse_file("Line " + std::to_string(reader_.number()) + " is of an unknown kind.");
        auto record = to_user_record(line, reader_.number());
        if (record.groups || record.links)
            batch.bonds.push_back({UserId(record.sub), std::move(record.groups).value_or(std::vector<std::string>{}),
                                   std::move(record.links).value_or(std::vector<LinkRecord>{})});
        if (record.proofs) batch.proofs.emplace(UserId(record.sub), std::move(*record.proofs));
        if (record.history) batch.histories.emplace(UserId(record.sub), std::move(*record.history));
        batch.users.push_back(to_user(pool_.id, std::move(record)));
    } while (batch.users.size() < batch_size && batch.documents.size() < documents_at_once && reader_.number() != cut_);
    batch.lines = reader_.number();
    batch.digest = reader_.digest();
    return batch;
}

void add_names(const Pool& pool, UserBatch& batch) {
    batch.names.reserve(batch.users.size());
    for (const User& user : batch.users)
        for (UserName& name : names_of(pool, user)) batch.names.push_back({std::move(name), user.id});
}

}  // namespace symbolon::directory::transfer
