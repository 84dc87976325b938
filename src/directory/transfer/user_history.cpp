#include "directory/transfer/user_history.hpp"

#include "directory/consents.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace symbolon::directory::transfer {
namespace {

constexpr std::string_view users_with_event = R"sql(
    SELECT DISTINCT user_id FROM auth_events WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
)sql";

constexpr std::string_view users_with_consent = R"sql(
    SELECT DISTINCT user_id FROM consents WHERE pool_id = $1 AND user_id > $2 AND user_id <= $3
)sql";

constexpr std::array<std::string_view, 2> remove_rows{
    R"sql(DELETE FROM auth_events WHERE pool_id = $1 AND (user_id, event_id) IN
          (SELECT user_id, event_id FROM auth_events WHERE pool_id = $1 LIMIT $2))sql",
    R"sql(DELETE FROM consents WHERE pool_id = $1 AND (user_id, client_id) IN
          (SELECT user_id, client_id FROM consents WHERE pool_id = $1 LIMIT $2))sql",
};

constexpr int consents_at_once = 1000;

struct ActorRow {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(ActorRow, (), (user_id))

EventRecord to_record(AuthEvent event) {
    EventRecord record;
    static_cast<AuthEventDetails&>(record) = std::move(event.details);
    record.id = std::move(event.id);
    if (!event.device.empty()) record.device = std::move(event.device);
    return record;
}

AuthEvent to_event(const PoolId& pool, const UserId& user, const EventRecord& record) {
    return {.pool_id = pool,
            .user_id = user,
            .id = record.id,
            .details = record,
            .device = record.device.value_or(std::string())};
}

std::vector<ConsentRecord> read_consents(db::Transaction& tx, const PoolId& pool, const UserId& user) {
    std::vector<ConsentRecord> records;
    for (;;) {
        const auto after = records.empty() ? std::string{} : records.back().client_id;
        const auto consents = Consents(tx).list(pool, user, after, consents_at_once);
        for (const Consent& consent : consents)
            records.push_back({consent.client_id.str(), consent.scopes, to_ms(consent.given)});
        if (consents.size() < static_cast<std::size_t>(consents_at_once)) return records;
    }
}

}  // namespace

std::map<UserId, UserHistory> read_histories(db::Transaction& tx, const PoolId& pool, const std::string& after,
                                             const std::string& last) {
    std::map<UserId, UserHistory> all;
    for (const ActorRow& row : tx.rows<ActorRow>(users_with_event, pool, after, last)) {
        auto& records = all[row.user_id].events.emplace();
        for (AuthEvent& event : AuthEvents(tx).list(pool, row.user_id, {}, AuthEvents::most_of_a_user))
            records.push_back(to_record(std::move(event)));
    }
    for (const ActorRow& row : tx.rows<ActorRow>(users_with_consent, pool, after, last))
        all[row.user_id].consents = read_consents(tx, pool, row.user_id);
    return all;
}

void store_history(db::Transaction& tx, const PoolId& pool, const UserId& user, const UserHistory& history) {
    if (history.events)
        for (const EventRecord& record : *history.events) AuthEvents(tx).put(to_event(pool, user, record));
    if (history.consents)
        for (const ConsentRecord& record : *history.consents)
            Consents(tx).put(pool, user, {ClientId(record.client_id), record.scopes, from_ms(record.given_ms)});
}

std::int64_t remove_histories(db::Transaction& tx, const PoolId& pool, int limit) {
    std::int64_t most = 0;
    for (const std::string_view statement : remove_rows) most = std::max(most, tx.execute(statement, pool, limit));
    return most;
}

}  // namespace symbolon::directory::transfer
