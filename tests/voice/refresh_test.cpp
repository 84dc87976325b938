#include "linking_fixture.hpp"

#include "base/run.hpp"
#include "voice/identity.hpp"
#include "voice/linking/journey.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

namespace symbolon::voice {
namespace {

using test::tokens;
using namespace std::chrono_literals;

/// A link that was made with an access token of an hour, access-1, and refresh-1.
class Refresh : public test::LinkingFixture {
protected:
    Refresh() {
        must_link();
        partner.answer(tokens("access-2", ""));
    }
    std::size_t refreshes() const { return partner.token_requests().size() - 1; }
    net::Response refusal(std::string_view error, int status = 400) const {
        return test::json_answer(R"({"error":")" + std::string(error) + "\"}", status);
    }
};

TEST_F(Refresh, happens_in_the_last_minute_of_the_token_and_not_before) {
    house.clock.advance(1h - 61s);
    EXPECT_EQ(spoken_token(), "access-1");
    EXPECT_EQ(refreshes(), 0U);
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "access-2");
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_EQ(spoken_token(), "access-2");
    EXPECT_EQ(refreshes(), 1U) << "the new token is good for another hour";
}

TEST_F(Refresh, proves_the_client_as_the_exchange_does) {
    house.clock.advance(1h);
    say();
    auto form = partner.last_form();
    EXPECT_EQ(form.get("grant_type"), "refresh_token");
    EXPECT_EQ(form.get("refresh_token"), "refresh-1");
    EXPECT_EQ(form.get("client_id"), "the-client");
    EXPECT_TRUE(partner.token_requests().back().headers.find("Authorization"));
    EXPECT_FALSE(form.find("client_secret"));
    configure({{"accessTokenScheme", "REQUEST_BODY_CREDENTIALS"}});
    house.clock.advance(1h);
    say();
    EXPECT_EQ(partner.last_form().get("client_secret"), secret);
    EXPECT_FALSE(partner.token_requests().back().headers.find("Authorization"));
}

TEST_F(Refresh, keeps_the_refresh_token_unless_a_new_one_comes) {
    house.clock.advance(1h);
    say();
    EXPECT_EQ(stored()->refresh_token, "refresh-1");
    partner.answer(tokens("access-3", "refresh-3"));
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-3");
    EXPECT_EQ(stored()->refresh_token, "refresh-3");
}

TEST_F(Refresh, that_is_refused_breaks_the_link) {
    partner.answer(refusal("invalid_grant"));
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "") << "the skill sees a person who is not linked";
    EXPECT_EQ(stored()->status, LinkStatus::broken);
    EXPECT_EQ(stored()->access_token + stored()->refresh_token, "") << "nothing of the link is kept";
    EXPECT_EQ(spoken_token(), "");
    EXPECT_EQ(refreshes(), 1U) << "a dead token is not tried again";
    EXPECT_NE(app_page().body.find("/link\""), std::string::npos) << "the page offers to link again";
    partner.answer(tokens("access-9", "refresh-9"));
    must_link();
    EXPECT_EQ(spoken_token(), "access-9");
}

TEST_F(Refresh, that_is_refused_keeps_the_person_the_same_to_the_skill) {
    const auto before = say();
    partner.answer(refusal("invalid_grant"));
    house.clock.advance(1h);
    EXPECT_EQ(say().at("userId"), before.at("userId"));
}

TEST_F(Refresh, with_a_wrong_client_secret_breaks_the_link) {
    partner.answer(refusal("invalid_client", 401));
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "");
    EXPECT_EQ(stored()->status, LinkStatus::broken);
}

TEST_F(Refresh, at_a_server_that_is_down_keeps_the_link_for_the_next_time) {
    for (const int status : {500, 502, 503, 429}) {
        partner.answer(refusal("server_error", status));
        house.clock.advance(1h);
        EXPECT_EQ(spoken_token(), "access-1") << status;
        EXPECT_EQ(stored()->status, LinkStatus::linked) << status;
        EXPECT_EQ(stored()->refresh_token, "refresh-1") << status;
    }
    partner.answer(tokens("access-2", "refresh-2"));
    house.clock.advance(5min);
    EXPECT_EQ(spoken_token(), "access-2");
}

TEST_F(Refresh, is_tried_again_after_1_5_30_and_every_300_seconds) {
    partner.answer(refusal("server_error", 503));
    house.clock.advance(1h);
    say();
    std::size_t tries = 1;
    for (const auto wait : {1s, 5s, 30s, 300s, 300s}) {
        house.clock.advance(wait - 1ms);
        say();
        EXPECT_EQ(refreshes(), tries) << "not before " << wait.count() << " s";
        house.clock.advance(1ms);
        say();
        EXPECT_EQ(refreshes(), ++tries) << wait.count();
    }
    partner.answer(tokens("access-2", ""));
    house.clock.advance(300s);
    EXPECT_EQ(spoken_token(), "access-2");
    EXPECT_EQ(stored()->failures, 0) << "the next failure begins with a second again";
}

TEST_F(Refresh, at_a_server_that_does_not_answer_in_time_keeps_the_link) {
    Assistant hasty({*house.db, house.sealer, house.random, house.clock, house.client, {.token_endpoint = 50ms}},
                    "http://127.0.0.1:1");
    assistant = &hasty;
    partner.fall_silent();
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-1");
    EXPECT_EQ(stored()->status, LinkStatus::linked);
    assistant = &house.assistant;
    partner.answer(tokens("access-2", ""));
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "access-2");
}

TEST_F(Refresh, does_not_bring_back_a_link_that_was_ended_meanwhile) {
    partner.answer([this](const net::Form&) {
        house.rest(net::Method::delete_, "/v1/skills/" + skill + "/stages/development/enablement");
        return tokens("access-2", "refresh-2");
    });
    const auto before = stored()->user_id;
    house.clock.advance(1h);
    const auto user = say();
    EXPECT_FALSE(user.contains("accessToken")) << "the person unlinked before the answer came";
    EXPECT_NE(user.at("userId").as_string(), before);
    EXPECT_EQ(stored()->status, LinkStatus::unlinked);
}

TEST_F(Refresh, that_is_refused_does_not_break_a_link_that_was_made_meanwhile) {
    partner.answer([this](const net::Form&) {
        run(house.db->write([this](db::Transaction& tx) {
            Store store(tx, house.sealer);
            auto link = *store.find_enablement(skill);
            link.access_token = "access-7";
            link.refresh_token = "refresh-7";
            link.expires = house.clock.now() + 1h;
            store.save_enablement(link);
        }));
        return refusal("invalid_grant");
    });
    house.clock.advance(1h);
    EXPECT_EQ(spoken_token(), "access-7");
    EXPECT_EQ(stored()->status, LinkStatus::linked);
}

/// A server that rotates refresh tokens and takes each one once, as many do.
TEST_F(Refresh, is_asked_for_once_by_requests_that_come_together) {
    const Assistant::Parts parts{*house.db, house.sealer, house.random, house.clock, house.client};
    const auto identity = load_identity(parts);
    Journey journey(parts, identity, "http://127.0.0.1:1");
    const auto ask = [&] { return run(journey.current(skill)).access_token; };
    std::future<std::string> second;
    partner.answer([&](const net::Form& form) {
        if (form.get("refresh_token") != "refresh-1" || second.valid()) return refusal("invalid_grant");
        const auto before = house.db->counters().writes;
        second = std::async(std::launch::async, ask);
        // The second looks at the link, finds it due, and must wait. Were it not to wait, it would look again at once.
        const auto deadline = std::chrono::steady_clock::now() + 100ms;
        while (house.db->counters().writes < before + 2 && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return tokens("access-2", "refresh-2");
    });
    house.clock.advance(1h);
    EXPECT_EQ(ask(), "access-2");
    ASSERT_TRUE(second.valid());
    EXPECT_EQ(second.get(), "access-2");
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_EQ(stored()->status, LinkStatus::linked);
    EXPECT_EQ(stored()->refresh_token, "refresh-2");
}

TEST_F(Refresh, without_a_stated_life_follows_the_configured_one) {
    configure({{"defaultTokenExpirationInSeconds", 600}});
    partner.answer(test::json_answer(R"({"access_token":"access-4","refresh_token":"r"})"));
    must_link();
    partner.answer(tokens("access-5", ""));
    house.clock.advance(539s);
    EXPECT_EQ(spoken_token(), "access-4");
    house.clock.advance(1s);
    EXPECT_EQ(spoken_token(), "access-5");
}

TEST_F(Refresh, never_happens_when_nobody_knows_how_long_the_token_lives) {
    partner.answer(test::json_answer(R"({"access_token":"access-4","refresh_token":"r"})"));
    must_link();
    const auto before = partner.token_requests().size();
    house.clock.advance(24h * 365);
    EXPECT_EQ(spoken_token(), "access-4");
    EXPECT_EQ(partner.token_requests().size(), before);
}

}  // namespace
}  // namespace symbolon::voice
