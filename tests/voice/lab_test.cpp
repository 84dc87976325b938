// The lab: rules and faults by API and page, the clock, the soak (voice-account-linking.md chapter 7).
#include "linking_fixture.hpp"

#include "base/error.hpp"
#include "base/run.hpp"
#include "voice/clock/lab_clock.hpp"
#include "voice/clock/soak.hpp"
#include "voice/faults/behaviours.hpp"
#include "voice/identity.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <set>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using net::Method;
using test::tokens;
using namespace std::chrono_literals;

TEST(LabClock, goes_ahead_runs_faster_and_comes_back) {
    ManualClock real{from_ms(1'790'000'000'000)};
    LabClock clock{real};
    EXPECT_EQ(clock.now(), real.now());
    clock.advance(24h);
    EXPECT_EQ(clock.now(), real.now() + 24h);
    clock.set_rate(3600);
    real.advance(2s);
    EXPECT_EQ(clock.now(), real.now() - 2s + 24h + 2h);
    clock.set_rate(1);
    real.advance(1s);
    EXPECT_EQ(clock.ahead(), 24h + 2h - 2s);
    clock.reset();
    EXPECT_EQ(clock.now(), real.now());
}

TEST(LabClock, goes_neither_back_nor_out_of_the_calendar) {
    ManualClock real{from_ms(1'790'000'000'000)};
    LabClock clock{real};
    EXPECT_THROW(clock.advance(-1h), Error);
    EXPECT_THROW(clock.advance(std::chrono::years(500)), Error);
    EXPECT_THROW(clock.set_rate(0), Error);
    EXPECT_THROW(clock.set_rate(LabClock::fastest + 1), Error);
    clock.set_rate(LabClock::fastest);
    real.advance(std::chrono::years(100));
    EXPECT_LE(clock.now(), Instant(std::chrono::sys_days(std::chrono::year(2200) / 1 / 1)));
}

class LabTest : public test::LinkingFixture {
protected:
    std::string lab_path(const std::string& what) const { return "/v1/skills/" + skill + "/lab/" + what; }
    SoakReport soak(std::chrono::seconds span) {
        const Assistant::Parts parts{*house.db, house.sealer, house.random, house.clock, house.client};
        const auto identity = load_identity(parts);
        Soak soak(parts, identity, "http://127.0.0.1:1");
        SoakOrder order;
        order.skill_id = skill;
        order.account = "main";
        order.span = span;
        return run(soak.run(order));
    }
    Behaviour behaviour() {
        return run(house.db->read([&](db::Transaction& tx) { return Behaviours(tx).find(skill); }));
    }
};

TEST_F(LabTest, switches_every_rule_and_fault_by_its_id) {
    const auto list = json::parse(house.rest(Method::get, "/v1/lab/knobs").body).at("knobs").as_array();
    EXPECT_GE(list.size(), 28U);
    for (const auto& knob : list) {
        for (const auto& choice : knob.at("choices").as_array()) {
            const json::object wanted{{knob.at("id").as_string(), choice.at("name")}};
            const auto answer = house.rest(Method::put, lab_path("knobs"), json::serialize(json::value(wanted)));
            ASSERT_EQ(answer.status, 200) << answer.body;
            const auto now = json::parse(house.rest(Method::get, lab_path("knobs")).body);
            EXPECT_EQ(now.at(knob.at("id").as_string()), choice.at("name"));
        }
    }
    EXPECT_EQ(house.rest(Method::put, lab_path("knobs"), R"({"FI-77":"on"})").status, 400);
    EXPECT_EQ(house.rest(Method::put, lab_path("knobs"), R"({"FI-03":1})").status, 400);
    EXPECT_EQ(house.rest(Method::put, "/v1/skills/none/lab/knobs", "{}").status, 404);
}

TEST_F(LabTest, wants_the_bearer_token) {
    for (const auto& path : {std::string("/v1/lab/knobs"), std::string("/v1/lab/clock"), std::string("/v1/lab/tap"),
                             lab_path("knobs"), lab_path("link"), "/v1/skills/" + skill + "/credentials"}) {
        EXPECT_EQ(house.ask(Method::get, path).status, 401) << path;
    }
    EXPECT_EQ(house.ask(Method::put, lab_path("knobs"), R"({"FI-03":"on"})").status, 401);
    EXPECT_EQ(house.ask(Method::post, lab_path("soak"), "{}").status, 401);
    EXPECT_EQ(house.ask(Method::put, "/v1/lab/clock", R"({"advanceSeconds":60})").status, 401);
    EXPECT_TRUE(behaviour().changes().empty());
}

TEST_F(LabTest, page_shows_and_saves_what_is_chosen) {
    EXPECT_EQ(post("/skills/" + skill + "/lab", "knobs=true&FI-03=on&FI-01=off").status, 303);
    EXPECT_TRUE(behaviour().has("FI-03", "on"));
    const auto page = get("/skills/" + skill + "/lab");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("<option value=\"on\" selected>"), std::string::npos);
    for (const auto& knob : knobs()) EXPECT_NE(page.body.find(knob.id), std::string::npos) << knob.id;
    EXPECT_EQ(post("/skills/" + skill + "/lab", "usual=true").status, 303);
    EXPECT_TRUE(behaviour().changes().empty());
}

TEST_F(LabTest, time_that_is_moved_renews_the_token) {
    must_link();
    partner.answer(tokens("access-2", ""));
    EXPECT_EQ(house.rest(Method::put, "/v1/lab/clock", R"({"advanceSeconds":3600})").status, 200);
    EXPECT_EQ(spoken_token(), "access-2");
    EXPECT_EQ(house.rest(Method::put, "/v1/lab/clock", R"({"rate":0})").status, 400);
    EXPECT_EQ(house.rest(Method::put, "/v1/lab/clock", R"({"advanceSeconds":-1})").status, 400);
    const auto back = json::parse(house.rest(Method::delete_, "/v1/lab/clock").body);
    EXPECT_EQ(back.at("aheadSeconds").as_int64(), 0);
}

TEST_F(LabTest, shows_the_link_without_its_tokens) {
    must_link();
    const auto body = house.rest(Method::get, lab_path("link")).body;
    EXPECT_NE(body.find("\"linked\""), std::string::npos);
    EXPECT_NE(body.find("8 characters"), std::string::npos) << "length and hash";
    for (const auto* token : {"access-1", "refresh-1", "the-code", "the+client", "the%2Bclient"}) {
        EXPECT_EQ(body.find(token), std::string::npos) << token;
        EXPECT_EQ(get("/skills/" + skill + "/lab").body.find(token), std::string::npos) << token;
    }
}

TEST_F(LabTest, soak_renews_a_week_of_tokens_and_leaves_the_link_as_good_as_new) {
    must_link();
    int count = 0;
    partner.answer([&](const net::Form&) {
        const auto n = std::to_string(++count);
        return tokens("access-r" + n, "refresh-r" + n);
    });
    const auto report = soak(24h * 7);
    EXPECT_TRUE(report.alive);
    EXPECT_TRUE(report.finished);
    EXPECT_GE(report.refreshes, 166);
    EXPECT_LE(report.refreshes, 169);
    EXPECT_EQ(report.rotations, report.refreshes);
    EXPECT_EQ(report.unanswered, 0);
    EXPECT_EQ(report.passed, 24h * 7);
    EXPECT_LE(*stored()->expires, house.clock.now() + 1h);
    EXPECT_GT(*stored()->expires, house.clock.now() - 1h);
    EXPECT_NE(to_text(report).find("alive after 7 days"), std::string::npos);
}

TEST_F(LabTest, soak_survives_lost_answers_where_the_server_allows_for_them) {
    must_link();
    behave("FI-01", "refresh");
    partner.answer([](const net::Form& form) { return tokens("access", form.get("refresh_token") + "x"); });
    const auto report = soak(6h);
    EXPECT_TRUE(report.alive);
    EXPECT_EQ(report.unanswered, report.refreshes);
    EXPECT_GT(report.same_access_token, 0);
}

TEST_F(LabTest, soak_tells_why_a_link_died) {
    must_link();
    behave("FI-01", "refresh");
    std::set<std::string> used;
    int count = 0;
    partner.answer([&](const net::Form& form) {
        if (!used.insert(form.get("refresh_token")).second) {
            return test::json_answer(R"({"error":"invalid_grant"})", 400);
        }
        return tokens("access", "refresh-" + std::to_string(100 + ++count));
    });
    const auto report = soak(24h * 30);
    EXPECT_FALSE(report.alive);
    EXPECT_TRUE(report.finished);
    EXPECT_EQ(report.cause, "oauth_error:invalid_grant");
    EXPECT_NE(to_text(report).find("grace period"), std::string::npos);
    EXPECT_EQ(stored()->status, LinkStatus::broken);
}

TEST_F(LabTest, soak_wants_a_link_that_is_renewed) {
    EXPECT_THROW(soak(24h), Error);
    must_link();
    EXPECT_THROW(soak(1min), Error);
    behave("BR-07", "never");
    EXPECT_THROW(soak(24h), Error);
}

TEST_F(LabTest, soak_by_API_and_by_page) {
    must_link();
    const auto answer = house.rest(Method::post, lab_path("soak"), R"({"days":1})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(json::parse(answer.body).at("alive").as_bool());
    const auto page = post("/skills/" + skill + "/lab", "soak=true&days=1");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("The link is alive after 1 days"), std::string::npos);
    EXPECT_EQ(house.rest(Method::post, lab_path("soak"), R"({"days":99999})").status, 400);
}

}  // namespace
}  // namespace symbolon::voice
