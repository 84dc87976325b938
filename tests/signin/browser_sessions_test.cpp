#include "signin/browser_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "signin/house.hpp"

#include <memory>
#include <optional>

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class BrowserSessionsTest : public House {
protected:
    BrowserSessionsTest() : id(add_user()) {}
    std::string begin() {
        return run(sessions.begin(pool, {pool->id, client->id, id, id.str(), clock.now()}, "Test/1")).handle;
    }
    std::optional<SignedIn> find(const std::string& handle) { return run(sessions.find(pool, client, handle)); }
    const UserId id;
};

TEST_F(BrowserSessionsTest, finds_who_signed_in_and_when) {
    const auto began = clock.now();
    const auto handle = begin();
    clock.advance(10min);
    const auto found = find(handle);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->user_id, id);
    EXPECT_EQ(found->username, id.str());
    EXPECT_EQ(found->auth_time, began);
    EXPECT_EQ(found->client_id, client->id);
    EXPECT_GE(handle.size(), 43U) << "32 random bytes";
}

// They had one `sid`, and the end of one was the end of both.
TEST_F(BrowserSessionsTest, two_sign_ins_in_one_millisecond_are_two) {
    const SignedIn person{pool->id, client->id, id, id.str(), clock.now()};
    const auto first = run(sessions.begin(pool, person, "")), second = run(sessions.begin(pool, person, ""));
    EXPECT_EQ(first.signed_in.auth_time, clock.now());
    EXPECT_EQ(second.signed_in.auth_time, clock.now() + 1ms);
    EXPECT_EQ(find(second.handle)->auth_time, second.signed_in.auth_time);
    EXPECT_EQ(find(first.handle)->auth_time, first.signed_in.auth_time);
}

TEST_F(BrowserSessionsTest, lasts_an_hour_and_does_not_slide) {
    const auto handle = begin();
    clock.advance(1h - 1ms);
    EXPECT_TRUE(find(handle));
    clock.advance(1ms);
    EXPECT_FALSE(find(handle));
}

TEST_F(BrowserSessionsTest, lasts_as_long_as_the_pool_says) {
    change_pool([](directory::Pool& changed) { changed.extensions.session_life_minutes = 120; });
    const auto handle = begin();
    clock.advance(2h - 1ms);
    EXPECT_TRUE(find(handle));
    clock.advance(1ms);
    EXPECT_FALSE(find(handle));
}

TEST_F(BrowserSessionsTest, ends_when_nobody_uses_it_where_the_pool_wants_that) {
    change_pool([](directory::Pool& changed) {
        changed.extensions.session_life_minutes = 1440;
        changed.extensions.session_idle_minutes = 30;
    });
    const auto used = begin();
    const auto idle = begin();
    for (int i = 0; i < 3; ++i) {
        clock.advance(29min);
        EXPECT_TRUE(find(used)) << i;
    }
    EXPECT_FALSE(find(idle));
    clock.advance(30min);
    EXPECT_FALSE(find(used));
    clock.advance(-1min);
    EXPECT_TRUE(find(used));
}

TEST_F(BrowserSessionsTest, ends_at_its_time_however_often_it_is_used) {
    change_pool([](directory::Pool& changed) { changed.extensions.session_idle_minutes = 30; });
    const auto handle = begin();
    clock.advance(29min);
    EXPECT_TRUE(find(handle));
    clock.advance(29min);
    EXPECT_TRUE(find(handle));
    clock.advance(2min);
    EXPECT_FALSE(find(handle)) << "an hour is over";
}

TEST_F(BrowserSessionsTest, is_noted_to_be_used_once_a_minute_at_most) {
    const auto handle = begin();
    const auto before = db->counters().writes;
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(find(handle));
    EXPECT_EQ(db->counters().writes, before);
    clock.advance(1min);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(find(handle));
    EXPECT_EQ(db->counters().writes, before + 1);
}

// oauth-and-hosted-ui.md §1.16: MaxValidityMinutes.
TEST_F(BrowserSessionsTest, is_as_good_for_a_client_as_the_client_says_where_sessions_are_tracked) {
    change_pool([](directory::Pool& changed) {
        changed.settings.UserSessionTracking = directory::UserSessionTrackingType::ENABLED;
    });
    const auto handle = begin();
    const auto find_for = [&](std::optional<int> minutes) {
        const auto asking = std::make_shared<directory::Client>();
        asking->pool_id = pool->id;
        asking->id = client->id;
        if (minutes) asking->sso_session = directory::ClientSSOSessionConfigType{*minutes};
        return run(sessions.find(pool, asking, handle)).has_value();
    };
    EXPECT_FALSE(find_for(0)) << "it always asks";
    EXPECT_TRUE(find_for(std::nullopt));
    EXPECT_TRUE(run(sessions.find(pool, handle))) << "the pool's own pages";
    clock.advance(2h);
    EXPECT_FALSE(find_for(std::nullopt)) << "an hour unless it says otherwise";
    EXPECT_TRUE(find_for(10080));
}

// A sign-in at one client let people in at another by a way that it does not have.
TEST_F(BrowserSessionsTest, is_of_use_to_clients_that_let_the_person_in_by_a_way_of_theirs) {
    using Providers = List<directory::shape::ProviderName>;
    const auto handle = begin();
    const auto find_for = [&](std::optional<Providers> providers) {
        const auto asking = std::make_shared<directory::Client>();
        asking->pool_id = pool->id;
        asking->id = client->id;
        asking->settings.SupportedIdentityProviders = std::move(providers);
        return run(sessions.find(pool, asking, handle)).has_value();
    };
    EXPECT_TRUE(find_for(std::nullopt));
    EXPECT_TRUE(find_for(Providers{"Corp", "COGNITO"}));
    EXPECT_FALSE(find_for(Providers{"Corp"}));
    change_user(jane,
                [](directory::User& changed) { changed.attributes["identities"] = R"([{"providerName":"Corp"}])"; });
    EXPECT_TRUE(find_for(Providers{"Corp"})) << "linked";
    EXPECT_TRUE(find_for(Providers{"COGNITO"}));
    change_user(jane, [](directory::User& changed) { changed.status = directory::UserStatus::EXTERNAL_PROVIDER; });
    EXPECT_TRUE(find_for(Providers{"Corp"}));
    EXPECT_FALSE(find_for(Providers{"COGNITO", "Other"})) << "nobody signs in here as a person of Corp";
}

TEST_F(BrowserSessionsTest, keeps_what_the_browser_calls_itself_as_plain_text) {
    signin::SignedIn signed_in{pool->id, client->id, id, id.str(), clock.now()};
    const auto handle = run(sessions.begin(pool, signed_in, "Good\r\n\x01\xC3\xA9" + std::string(1000, 'x'))).handle;
    const auto stored = run(db->read([&](db::Transaction& tx) {
        return directory::BrowserSessions(tx).find(pool->id, sessions.hash_of(pool->id, handle));
    }));
    EXPECT_EQ(stored->agent, "Good" + std::string(252, 'x'));
}

// RFC 9700 §4.14.
TEST_F(BrowserSessionsTest, every_other_browser_is_signed_out_by_a_new_password) {
    const auto handle = begin();
    run(administration.set_password(pool, std::string(jane), Password("Another-Horse-8"), true));
    EXPECT_FALSE(find(handle));
}

// Attack class 29, 30.
TEST_F(BrowserSessionsTest, every_sign_in_has_a_handle_of_its_own_that_ends_with_it) {
    const auto first = begin();
    const auto second = begin();
    EXPECT_NE(first, second);
    run(sessions.end(pool, first));
    EXPECT_FALSE(find(first));
    EXPECT_TRUE(find(second));
    EXPECT_FALSE(find(""));
    EXPECT_FALSE(find("made-up"));
}

TEST_F(BrowserSessionsTest, the_database_does_not_hold_the_handle) {
    const auto handle = begin();
    EXPECT_FALSE(run(db->read([&](db::Transaction& tx) {
        return directory::BrowserSessions(tx).find(pool->id, bytes_of(handle)).has_value();
    })));
}

TEST_F(BrowserSessionsTest, is_not_valid_in_another_pool) {
    const auto handle = begin();
    change_pool([](directory::Pool& changed) { changed.id = PoolId("us-east-1_Other0000"); });
    EXPECT_FALSE(find(handle));
}

// Attack classes 15, 16.
TEST_F(BrowserSessionsTest, ends_when_its_user_is_disabled_signed_out_or_deleted) {
    auto handle = begin();
    change_user(jane, [](directory::User& changed) { changed.enabled = false; });
    EXPECT_FALSE(find(handle));
    change_user(jane, [](directory::User& changed) { changed.enabled = true; });
    EXPECT_TRUE(find(handle));

    change_user(jane, [&](directory::User& changed) { changed.tokens_from = clock.now() + 1ms; });
    EXPECT_FALSE(find(handle));
    clock.advance(1ms);
    handle = begin();
    EXPECT_TRUE(find(handle));
    clock.advance(1ms);
    run(db->write([&](db::Transaction& tx) { directory::Users(tx).sign_out_everywhere(pool->id, id, clock.now()); }));
    EXPECT_FALSE(find(handle));

    handle = begin();
    run(administration.erase(pool, std::string(jane)));
    EXPECT_FALSE(find(handle));
}

}  // namespace
}  // namespace symbolon::signin
