#include "directory/logout_notices.hpp"

#include "base/encoding.hpp"
#include "base/shape/choice.hpp"
#include "directory/clients.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace symbolon::directory {
namespace {

constexpr int most_of_a_user = 1000;
constexpr std::size_t sid_bytes = 16;

// Of an app that signed in twice in one moment, one.
constexpr std::string_view list_sign_ins = R"sql(
    SELECT DISTINCT client_id, auth_ms FROM grants
     WHERE pool_id = $1 AND user_id = $2 AND auth_ms >= $3 AND auth_ms <= $4
     ORDER BY auth_ms DESC, client_id
     LIMIT $5
)sql";

constexpr std::string_view insert_notice = R"sql(
    INSERT INTO logout_notices (pool_id, user_id, client_id, auth_ms, state, outcome, tries, due_ms, created_ms, changed_ms)
    VALUES ($1, $2, $3, $4, 'waiting', '', 0, $5, $5, $5)
    ON CONFLICT DO NOTHING
)sql";

constexpr std::string_view find_any_due = R"sql(
    SELECT EXISTS (SELECT 1 FROM logout_notices WHERE state = 'waiting' AND due_ms <= $1)
        OR EXISTS (SELECT 1 FROM logout_notices WHERE state <> 'waiting' AND due_ms <= $2) AS found
)sql";

constexpr std::string_view list_due = R"sql(
    SELECT pool_id, user_id, client_id, auth_ms, state, outcome, tries, due_ms, created_ms, changed_ms
      FROM logout_notices
     WHERE state = 'waiting' AND due_ms <= $1
     ORDER BY due_ms
     LIMIT $2
)sql";

constexpr std::string_view list_of_pool = R"sql(
    SELECT pool_id, user_id, client_id, auth_ms, state, outcome, tries, due_ms, created_ms, changed_ms
      FROM logout_notices
     WHERE pool_id = $1
     ORDER BY created_ms DESC, user_id, client_id
     LIMIT $2
)sql";

constexpr std::string_view update_notice = R"sql(
    UPDATE logout_notices SET state = $5, outcome = $6, tries = $7, due_ms = $8, changed_ms = $9
     WHERE pool_id = $1 AND user_id = $2 AND client_id = $3 AND auth_ms = $4
)sql";

constexpr std::string_view delete_old = R"sql(
    DELETE FROM logout_notices WHERE (pool_id, user_id, client_id, auth_ms) IN
           (SELECT pool_id, user_id, client_id, auth_ms FROM logout_notices
             WHERE state <> 'waiting' AND due_ms <= $1 LIMIT $2)
)sql";

struct SignInRow {
    ClientId client_id;
    Instant auth_ms{};
};
BOOST_DESCRIBE_STRUCT(SignInRow, (), (client_id, auth_ms))

struct FoundRow {
    bool found = false;
};
BOOST_DESCRIBE_STRUCT(FoundRow, (), (found))

struct NoticeRow {
    PoolId pool_id;
    UserId user_id;
    ClientId client_id;
    Instant auth_ms{};
    std::string state;
    std::string outcome;
    std::int64_t tries = 0;
    Instant due_ms{};
    Instant created_ms{};
    Instant changed_ms{};
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (pool_id, user_id, client_id, auth_ms, state, outcome, tries, due_ms, created_ms, changed_ms))

std::vector<LogoutNotice> to_notices(std::vector<NoticeRow> rows) {
    std::vector<LogoutNotice> notices;
    for (NoticeRow& row : rows) {
        const auto state = parse_choice<NoticeState>(row.state).value_or(NoticeState::waiting);
        notices.push_back({std::move(row.pool_id), std::move(row.user_id), std::move(row.client_id), row.auth_ms, state,
                           std::move(row.outcome), row.tries, row.due_ms, row.created_ms, row.changed_ms});
    }
    return notices;
}

}  // namespace

std::chrono::seconds pause_before_retry(std::int64_t tries) {
    constexpr std::chrono::seconds first{5};
    constexpr std::chrono::seconds longest{3600};
    const auto doublings = std::clamp<std::int64_t>(tries - 1, 0, 10);
    return std::min(first * (1 << doublings), longest);
}

std::string sid_of(const crypto::Sealer& sealer, const PoolId& pool, const UserId& user, Instant auth_time) {
    const std::string context = pool.str() + "|" + user.str();
    const Bytes hash = sealer.keyed_hash("sid", context, std::to_string(to_ms(auth_time)));
    return to_base64url(ByteView(hash).first(sid_bytes));
}

void LogoutNotices::note_end_of_sign_in(const PoolId& pool, const UserId& user, Instant auth_time, Instant now) {
    note(pool, user, auth_time, now);
}

void LogoutNotices::note_end_of_all(const PoolId& pool, const UserId& user, Instant now) {
    note(pool, user, std::nullopt, now);
}

void LogoutNotices::note(const PoolId& pool, const UserId& user, std::optional<Instant> auth_time, Instant now) {
    const Instant from = auth_time.value_or(Instant{});
    const Instant to = auth_time.value_or(now);
    for (const auto& row : tx_.rows<SignInRow>(list_sign_ins, pool, user, from, to, most_of_a_user)) {
        const auto extensions = find_client_extensions(tx_, pool, row.client_id);
        if (!extensions || !extensions->backchannel_logout_uri) continue;
        tx_.execute(insert_notice, pool, user, row.client_id, row.auth_ms, now);
    }
}

std::vector<ClientId> LogoutNotices::list_clients_of_sign_in(const PoolId& pool, const UserId& user,
                                                             Instant auth_time) {
    std::vector<ClientId> clients;
    for (auto& row : tx_.rows<SignInRow>(list_sign_ins, pool, user, auth_time, auth_time, most_of_a_user))
        clients.push_back(std::move(row.client_id));
    return clients;
}

bool any_notice_due(db::Transaction& tx, Instant now) {
    return tx.row<FoundRow>(find_any_due, now, now - notice_kept)->found;
}

std::vector<LogoutNotice> list_due_notices(db::Transaction& tx, Instant now, int limit) {
    return to_notices(tx.rows<NoticeRow>(list_due, now, limit));
}

void save_notice(db::Transaction& tx, const LogoutNotice& notice) {
    tx.execute(update_notice, notice.pool_id, notice.user_id, notice.client_id, notice.auth_time, to_name(notice.state),
               notice.outcome, notice.tries, notice.due, notice.changed);
}

std::int64_t remove_old_notices(db::Transaction& tx, Instant now, int limit) {
    return tx.execute(delete_old, now - notice_kept, limit);
}

std::vector<LogoutNotice> list_notices(db::Transaction& tx, const PoolId& pool, int limit) {
    return to_notices(tx.rows<NoticeRow>(list_of_pool, pool, limit));
}

}  // namespace symbolon::directory
