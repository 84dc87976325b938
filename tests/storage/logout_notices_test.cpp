// Who is to be told that a person signed out, on every engine and by two servers.

#include "directory/logout_notices.hpp"

#include "base/error.hpp"
#include "directory/browser_sessions.hpp"
#include "directory/claim.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class LogoutNoticesStore : public TwoNodesTest, protected DirectorySamples {
protected:
    LogoutNoticesStore() {
        write(*a, [&](db::Transaction& tx) {
            Pools(tx).create(pool);
            Users(tx).create(pool, make_user(pool, jane.str(), "jane"));
            Users(tx).create(pool, make_user(pool, john.str(), "john"));
        });
        create_client("hears", "https://rp.example/logout");
        create_client("deaf", {});
        for (const char* client : {"hears", "deaf"}) create_grant(jane, client, noon);
        create_grant(jane, "hears", noon + 1h);
        create_grant(john, "hears", noon);
    }

    void create_client(const std::string& id, const std::optional<std::string>& uri) {
        Client client;
        client.pool_id = pool.id;
        client.id = ClientId(id);
        if (uri) client.extensions.backchannel_logout_uri = *uri;
        write(*a, [&](db::Transaction& tx) { Clients(tx, sealer_).create(client); });
    }
    void create_grant(const UserId& user, const std::string& client, Instant auth_time) {
        Grant grant;
        grant.pool_id = pool.id;
        grant.id = random_.uuid();
        grant.client_id = ClientId(client);
        grant.user_id = user;
        grant.auth_time = auth_time;
        grant.expires = noon + 24h;
        write(*a, [&](db::Transaction& tx) { Grants(tx).create(grant); });
    }
    template <class Note>
    void note(Note closure) {
        write(*a, [&](db::Transaction& tx) { closure(directory::LogoutNotices(tx)); });
    }
    std::vector<LogoutNotice> due(db::Database& node, Instant now) {
        return read(node, [&](db::Transaction& tx) { return list_due_notices(tx, now, 10); });
    }
    bool any_due(Instant now) {
        return read(*b, [&](db::Transaction& tx) { return any_notice_due(tx, now); });
    }

    const Pool pool = make_pool("us-east-1_a");
    const UserId jane{"jane-sub"};
    const UserId john{"john-sub"};
};

TEST_P(LogoutNoticesStore, name_the_clients_of_one_sign_in_that_want_to_hear) {
    EXPECT_FALSE(any_due(noon + 2h));
    note([&](directory::LogoutNotices notices) {
        notices.note_end_of_sign_in(pool.id, jane, noon, noon + 2h);
        EXPECT_EQ(notices.list_clients_of_sign_in(pool.id, jane, noon).size(), 2U)
            << "also who wants to hear otherwise";
    });
    const auto notices = due(*b, noon + 2h);
    ASSERT_EQ(notices.size(), 1U);
    const auto& notice = notices[0];
    EXPECT_EQ(notice.pool_id, pool.id);
    EXPECT_EQ(notice.user_id, jane);
    EXPECT_EQ(notice.client_id, ClientId("hears"));
    EXPECT_EQ(notice.auth_time, noon);
    EXPECT_EQ(notice.created, noon + 2h);
    EXPECT_EQ(notice.state, NoticeState::waiting);
    EXPECT_EQ(notice.tries, 0);
    EXPECT_TRUE(due(*b, noon + 2h - 1ms).empty());
}

TEST_P(LogoutNoticesStore, are_told_once_however_often_they_are_noted) {
    for (int i = 0; i < 2; ++i)
        note([&](directory::LogoutNotices notices) { notices.note_end_of_sign_in(pool.id, jane, noon, noon + 2h); });
    EXPECT_EQ(due(*b, noon + 2h).size(), 1U);
}

TEST_P(LogoutNoticesStore, go_with_the_transaction_that_ends_the_sign_in) {
    try {
        write(*a, [&](db::Transaction& tx) {
            Users(tx).sign_out_everywhere(pool.id, jane, noon + 2h);
            throw Error(Errc::internal);
        });
    } catch (const Error&) {
    }
    EXPECT_FALSE(any_due(noon + 2h)) << "nobody was signed out";
    write(*a, [&](db::Transaction& tx) { Users(tx).sign_out_everywhere(pool.id, jane, noon + 2h); });
    EXPECT_EQ(due(*b, noon + 2h).size(), 2U) << "two sign-ins, and none of John's";
}

TEST_P(LogoutNoticesStore, keep_what_became_of_them) {
    note([&](directory::LogoutNotices notices) { notices.note_end_of_sign_in(pool.id, jane, noon, noon + 2h); });
    auto notice = due(*b, noon + 2h).at(0);
    notice.state = NoticeState::told;
    notice.outcome = "200";
    notice.tries = 3;
    notice.due = notice.changed = noon + 3h;
    write(*b, [&](db::Transaction& tx) { save_notice(tx, notice); });
    EXPECT_TRUE(due(*a, noon + 4h).empty());
    const auto kept = read(*a, [&](db::Transaction& tx) { return list_notices(tx, pool.id, 10); });
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].state, NoticeState::told);
    EXPECT_EQ(kept[0].outcome, "200");
    EXPECT_EQ(kept[0].tries, 3);
    EXPECT_EQ(kept[0].changed, noon + 3h);
    EXPECT_FALSE(any_due(noon + 3h + notice_kept - 1ms));
    EXPECT_TRUE(any_due(noon + 3h + notice_kept));
    write(*a, [&](db::Transaction& tx) { EXPECT_EQ(remove_old_notices(tx, noon + 3h + notice_kept, 10), 1); });
}

// Issue 3: logout deliveries are claimed by exactly one node and taken over when it dies.
TEST_P(LogoutNoticesStore, are_sent_by_one_server_and_taken_over_when_it_dies) {
    ManualClock clock(noon + 2h);
    Claim anna(*a, {clock, NodeId("anna")}, "tell apps of sign-outs");
    Claim bert(*b, {clock, NodeId("bert")}, "tell apps of sign-outs");
    note([&](directory::LogoutNotices notices) { notices.note_end_of_sign_in(pool.id, jane, noon, clock.now()); });
    ASSERT_TRUE(run(anna.take()));
    EXPECT_FALSE(run(bert.take()));
    clock.advance(Claim::lease);
    ASSERT_TRUE(run(bert.take()));
    auto notice = due(*a, clock.now()).at(0);
    notice.state = NoticeState::told;
    const auto save = [&](db::Transaction& tx) { save_notice(tx, notice); };
    EXPECT_EQ(refusal_of([&] { run(anna.write(save)); }), Errc::concurrent_modification);
    EXPECT_EQ(due(*b, clock.now()).size(), 1U) << "nothing of Anna's is kept";
    run(bert.write(save));
    EXPECT_TRUE(due(*a, clock.now()).empty());
}

TEST_P(LogoutNoticesStore, are_noted_when_all_browsers_of_a_user_are_signed_out) {
    write(*a, [&](db::Transaction& tx) {
        BrowserSession session{.pool_id = pool.id, .hash = Bytes{1}, .user_id = jane, .auth_time = noon};
        session.expires = noon + 24h;
        BrowserSessions(tx).create(session);
        session.hash = Bytes{2};
        session.user_id = john;
        BrowserSessions(tx).create(session);
        BrowserSessions(tx).end_all_of_user(pool.id, jane, noon + 2h);
        EXPECT_FALSE(BrowserSessions(tx).find(pool.id, Bytes{1}));
        EXPECT_TRUE(BrowserSessions(tx).find(pool.id, Bytes{2}));
    });
    ASSERT_EQ(due(*b, noon + 2h).size(), 1U) << "the sign-in of that browser, and no other";
    EXPECT_EQ(due(*b, noon + 2h)[0].auth_time, noon);
}

INSTANTIATE_TEST_SUITE_P(Engines, LogoutNoticesStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
