#include "signin/browser_sessions.hpp"

#include "directory/browser_sessions.hpp"
#include "signin/house.hpp"

namespace symbolon::signin {
namespace {

using namespace std::chrono_literals;

class BrowserSessionsTest : public House {
protected:
    BrowserSessionsTest() : id(add_user()) {}
    std::string begin() { return run(sessions.begin({pool->id, client->id, id, id.str(), clock.now()})); }
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

TEST_F(BrowserSessionsTest, lasts_an_hour_and_does_not_slide) {
    const auto handle = begin();
    clock.advance(1h - 1ms);
    EXPECT_TRUE(find(handle));
    clock.advance(1ms);
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
