#include "directory/user_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "directory/grants.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class UserSessionsStore : public DirectoryTest {
protected:
    void add_grant(const std::string& id, Instant began, bool hosted = false, const std::string& user = "id-jane") {
        Grant grant;
        grant.pool_id = pool.id;
        grant.id = id;
        grant.client_id = ClientId("client");
        grant.user_id = UserId(user);
        grant.details.hosted = hosted;
        grant.auth_time = began;
        grant.expires = began + 24h;
        write([&](db::Transaction& tx) { Grants(tx).create(grant); });
    }
    void add_browser(std::uint8_t hash, Instant began, const std::string& user = "id-jane") {
        const BrowserSession session{pool.id, Bytes{hash}, UserId(user), began, began + 1h};
        write([&](db::Transaction& tx) { BrowserSessions(tx).create(session); });
    }
    std::vector<UserSession> list(Instant now = noon + 1min, int limit = 100,
                                  const std::optional<UserSession>& after = std::nullopt) {
        return read([&](db::Transaction& tx) { return UserSessions(tx, sealer_).list(jane, after, limit, now); });
    }
    void revoke(const UserSession& session, bool linked) {
        write([&](db::Transaction& tx) { UserSessions(tx, sealer_).revoke(jane, session, linked, noon); });
    }
    static const UserSession& of(const std::vector<UserSession>& sessions, UserSession::Kind kind) {
        return *std::find_if(sessions.begin(), sessions.end(), [&](const auto& s) { return s.kind == kind; });
    }

    Pool pool = create_pool("us-east-1_a");
    User jane = create_user(pool, "id-jane", "jane");
};

TEST_P(UserSessionsStore, are_the_live_ones_of_the_user_alone) {
    add_grant("g1", noon);
    add_grant("old", noon - 25h);
    add_grant("others", noon, false, "id-john");
    add_grant("revoked", noon);
    write([&](db::Transaction& tx) { Grants(tx).revoke(pool.id, "revoked"); });
    add_browser(1, noon);
    add_browser(2, noon - 2h);
    add_browser(3, noon, "id-john");
    const auto sessions = list();
    ASSERT_EQ(sessions.size(), 2u);
    EXPECT_EQ(of(sessions, UserSession::Kind::tokens).grant_id, "g1");
    EXPECT_EQ(of(sessions, UserSession::Kind::browser).session_hash, Bytes{1});
    jane.tokens_from = noon + 1ms;
    EXPECT_TRUE(list().empty()) << "signed out everywhere since";
}

TEST_P(UserSessionsStore, have_ids_that_say_nothing) {
    add_grant("g1", noon);
    add_browser(1, noon);
    const auto sessions = list();
    for (const auto& session : sessions) {
        const bool tokens = session.kind == UserSession::Kind::tokens;
        EXPECT_EQ(session.id.size(), 28u);
        EXPECT_TRUE(session.id.starts_with(tokens ? "tkn" : "sso")) << session.id;
        EXPECT_TRUE(std::all_of(session.id.begin(), session.id.end(),
                                [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }));
    }
    EXPECT_EQ(list()[0].id, sessions[0].id) << "and stays";
}

TEST_P(UserSessionsStore, are_found_by_their_user_alone) {
    add_grant("g1", noon);
    const auto id = list()[0].id;
    const User john = create_user(pool, "id-john", "john");
    const auto find = [&](const User& user, const std::string& text, Instant now) {
        return read([&](db::Transaction& tx) { return UserSessions(tx, sealer_).find(user, text, now).has_value(); });
    };
    EXPECT_TRUE(find(jane, id, noon));
    EXPECT_FALSE(find(john, id, noon));
    EXPECT_FALSE(find(jane, "tkn", noon));
    EXPECT_FALSE(find(jane, id, noon + 25h));
}

TEST_P(UserSessionsStore, of_tokens_name_the_browser_that_they_came_through) {
    add_browser(1, noon);
    add_grant("hosted", noon, true);
    add_grant("api", noon - 1ms);
    const auto sessions = list();
    ASSERT_EQ(sessions.size(), 3u);
    EXPECT_EQ(sessions[1].grant_id, "hosted");
    EXPECT_EQ(sessions[1].origin, sessions[0].id);
    EXPECT_EQ(sessions[2].origin, "");
}

TEST_P(UserSessionsStore, end_alone_or_with_what_is_linked) {
    for (const bool linked : {false, true}) {
        for (const auto kind : {UserSession::Kind::tokens, UserSession::Kind::browser}) {
            const Instant began = noon + std::chrono::seconds(linked ? 1 : 0) +
                                  std::chrono::seconds(kind == UserSession::Kind::tokens ? 2 : 0);
            const auto name = std::to_string(to_ms(began));
            add_browser(static_cast<std::uint8_t>(to_ms(began) / 1000 % 256), began);
            add_grant(name, began, true);
            add_grant("other" + name, began - 1ms);
            const auto before = list();
            ASSERT_EQ(before.size(), 3u);
            revoke(of(before, kind), linked);
            const auto left = list();
            EXPECT_EQ(left.size(), linked ? 1u : 2u);
            for (const auto& session : left) {
                EXPECT_TRUE(linked || session.id != of(before, kind).id);
                revoke(session, false);
            }
        }
    }
}

TEST_P(UserSessionsStore, come_page_by_page_each_once) {
    for (std::uint8_t i = 0; i < 5; ++i) {
        add_browser(i, noon - std::chrono::minutes(i / 2));
        add_grant("g" + std::to_string(i), noon - std::chrono::minutes(i / 2));
    }
    for (const int limit : {1, 2, 3, 4, 7, 100}) {
        std::set<std::string> seen;
        std::optional<UserSession> last;
        while (true) {
            const auto page = list(noon, limit, last);
            for (const auto& session : page) EXPECT_TRUE(seen.insert(session.id).second);
            if (page.size() < static_cast<std::size_t>(limit)) break;
            last = page.back();
        }
        EXPECT_EQ(seen.size(), 10u) << limit;
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, UserSessionsStore, engines(), engine_name);

}  // namespace
}  // namespace symbolon::storage
