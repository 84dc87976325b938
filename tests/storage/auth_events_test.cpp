#include "directory/auth_events.hpp"

#include "directory/cleaning.hpp"
#include "storage/directory_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace symbolon::storage {
namespace {

using namespace std::chrono_literals;
using namespace symbolon::directory;

class AuthEventsStore : public DirectoryTest {
protected:
    std::string put(const UserId& user, Instant at, EventResponseType response = EventResponseType::Pass,
                    const std::string& id = "") {
        AuthEvent event;
        event.pool_id = pool.id;
        event.user_id = user;
        event.id = id.empty() ? make_event_id(random_, at) : id;
        event.details.EventType = EventType::SignIn;
        event.details.EventResponse = response;
        event.details.CreationDate = at;
        event.details.ChallengeResponses = {{EventChallengeName::Password, EventChallengeResponse::Success}};
        event.details.EventContextData.IpAddress = "192.0.2.1";
        write([&](db::Transaction& tx) { AuthEvents(tx).put(event); });
        return event.id;
    }
    std::vector<AuthEvent> list(const UserId& user, const std::string& before = "", int limit = 1000) {
        return read([&](db::Transaction& tx) { return AuthEvents(tx).list(pool.id, user, before, limit); });
    }

    Pool pool = create_pool("us-east-1_a");
    UserId jane = create_user(pool, "id-jane", "jane").id;
    UserId john = create_user(pool, "id-john", "john").id;
};

TEST_P(AuthEventsStore, are_listed_latest_first_and_page_by_page) {
    const auto first = put(jane, noon);
    const auto second = put(jane, noon + 1ms);
    const auto third = put(jane, noon + 2ms);
    put(john, noon);
    const auto page = list(jane, "", 2);
    ASSERT_EQ(page.size(), 2u);
    EXPECT_EQ(page[0].id, third);
    EXPECT_EQ(page[1].id, second);
    const auto rest = list(jane, second);
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest[0].id, first);
    EXPECT_EQ(rest[0].details.EventContextData.IpAddress, "192.0.2.1");
    EXPECT_EQ(rest[0].details.ChallengeResponses.size(), 1u);
}

TEST_P(AuthEventsStore, of_one_id_are_replaced) {
    const auto id = put(jane, noon, EventResponseType::InProgress);
    put(jane, noon, EventResponseType::Pass, id);
    ASSERT_EQ(list(jane).size(), 1u);
    EXPECT_EQ(list(jane)[0].details.EventResponse, EventResponseType::Pass);
}

TEST_P(AuthEventsStore, are_a_hundred_of_a_user_at_most) {
    const auto first = put(jane, noon);
    const auto of_john = put(john, noon);
    std::string last;
    for (int i = 1; i <= AuthEvents::most_of_a_user; ++i) last = put(jane, noon + std::chrono::milliseconds(i));
    const auto events = list(jane);
    EXPECT_EQ(events.size(), static_cast<std::size_t>(AuthEvents::most_of_a_user));
    EXPECT_EQ(events.front().id, last);
    EXPECT_NE(events.back().id, first);
    EXPECT_EQ(list(john).front().id, of_john);
}

TEST_P(AuthEventsStore, are_rated_by_their_user_alone) {
    const auto id = put(jane, noon);
    const EventFeedbackType feedback{FeedbackValueType::Invalid, "Admin", Timestamp(noon)};
    write([&](db::Transaction& tx) { AuthEvents(tx).rate(pool.id, jane, id, feedback); });
    EXPECT_EQ(list(jane)[0].details.EventFeedback->FeedbackValue, FeedbackValueType::Invalid);
    const auto rate = [&](const UserId& user, const std::string& event) {
        return refusal_of(
            [&] { write([&](db::Transaction& tx) { AuthEvents(tx).rate(pool.id, user, event, feedback); }); });
    };
    EXPECT_EQ(rate(john, id), Errc::invalid_parameter);
    EXPECT_EQ(rate(jane, "other"), Errc::invalid_parameter);
}

TEST_P(AuthEventsStore, go_after_two_years_and_with_their_user) {
    put(jane, noon);
    put(john, noon + 1h);
    write([&](db::Transaction& tx) { remove_expired(tx, noon + 2 * 365 * 24h, 100); });
    EXPECT_TRUE(list(jane).empty());
    EXPECT_EQ(list(john).size(), 1u);
    write([&](db::Transaction& tx) { Users(tx).erase(pool, john); });
    EXPECT_TRUE(list(john).empty());
}

TEST_P(AuthEventsStore, are_kept_where_threat_protection_watches) {
    EXPECT_FALSE(keeps_auth_events(pool));
    pool.settings.UserPoolAddOns.emplace().AdvancedSecurityMode = AdvancedSecurityModeType::OFF;
    EXPECT_FALSE(keeps_auth_events(pool));
    EXPECT_EQ(refusal_of([&] { check_threat_protection(pool); }), Errc::add_on_not_enabled);
    for (const auto mode : {AdvancedSecurityModeType::AUDIT, AdvancedSecurityModeType::ENFORCED}) {
        pool.settings.UserPoolAddOns->AdvancedSecurityMode = mode;
        EXPECT_TRUE(keeps_auth_events(pool));
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, AuthEventsStore, engines(), engine_name);

TEST(EventIds, are_uuids_of_version_7_that_grow) {
    crypto::SeededRandom random{1};
    std::string former;
    for (int i = 0; i < 100; ++i) {
        const auto id = make_event_id(random, noon + std::chrono::milliseconds(i));
        EXPECT_EQ(id.size(), 36u);
        EXPECT_EQ(id[14], '7');
        EXPECT_GT(id, former);
        former = id;
    }
}

}  // namespace
}  // namespace symbolon::storage
