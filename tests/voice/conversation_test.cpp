#include "linking_fixture.hpp"
#include "model_fixture.hpp"

#include "base/run.hpp"
#include "base/utf8.hpp"
#include "voice/log/exchange_log.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

namespace json = boost::json;

constexpr auto stays_open = R"({"version":"1.0","sessionAttributes":{"step":1},"response":{
    "outputSpeech":{"type":"PlainText","text":"And now?"},
    "reprompt":{"outputSpeech":{"type":"PlainText","text":"Still there?"}},"shouldEndSession":false}})";

class TalkingTo : public test::LinkingFixture {
protected:
    json::value simulate(const std::string& utterance = "open", const json::object& more = {}) {
        json::object body{{"input", {{"content", utterance}}}};
        for (const auto& [name, value] : more) body[name] = value;
        const auto answer = house.rest(net::Method::post, "/v2/skills/" + skill + "/stages/development/simulations",
                                       json::serialize(body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json::parse(answer.body);
    }
    void give_model(const std::string& locale = "en-US") {
        const auto answer = house.rest(net::Method::put,
                                       "/v1/skills/" + skill + "/stages/development/interactionModel/locales/" + locale,
                                       json::serialize(json::object{{"interactionModel", test::pizza_model()}}));
        ASSERT_EQ(answer.status, 202) << answer.body;
    }
    /// The last request that the skill got.
    json::value request() { return partner.skill_requests().back(); }
    std::string text(std::string_view pointer) { return std::string(request().at_pointer(pointer).as_string()); }
    void act(const std::string& what) {
        EXPECT_EQ(post("/app/skills/" + skill + "/ask", what + "=true").status, 303) << what;
    }
};

TEST_F(TalkingTo, a_skill_that_answers_is_shown_and_heard) {
    EXPECT_EQ(simulate().at("status").as_string(), "SUCCESSFUL");
    EXPECT_NE(app_page().body.find("Hello."), std::string::npos);
}

TEST_F(TalkingTo, a_skill_that_answers_nonsense_is_a_failure_and_not_one_of_ours) {
    for (const std::string body : {"<html>", "", "[]", "{\"response\":7}", "\xFF\xFE", "{\"response\":{"}) {
        auto answer = test::json_answer(body);
        partner.skill_answers(answer);
        EXPECT_EQ(simulate().at("status").as_string(), "FAILED") << body;
        const auto page = get("/skills/" + skill);
        EXPECT_EQ(page.status, 200) << body;
        EXPECT_EQ(replace_invalid_utf8(page.body), page.body) << "a page is UTF-8";
    }
    partner.skill_answers(test::json_answer("{}", 500));
    EXPECT_EQ(simulate().at("status").as_string(), "FAILED");
}

TEST_F(TalkingTo, what_a_skill_says_is_never_markup) {
    const std::string hostile = "<script>alert(1)</script><img src=x>";
    const json::object card{{"type", hostile}, {"title", hostile}, {"content", hostile}, {"text", hostile}};
    const json::object speech{{"type", "PlainText"}, {"text", hostile}};
    const json::object answer{{"version", hostile}, {"response", {{"outputSpeech", speech}, {"card", card}}}};
    partner.skill_answers(test::json_answer(json::serialize(answer)));
    simulate();
    for (const auto& page :
         {app_page(), get("/skills/" + skill), get("/skills/" + skill + "/log"), get("/skills/" + skill + "/log/1")}) {
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.body.find("<script>alert"), std::string::npos);
        EXPECT_EQ(page.body.find("<img src=x"), std::string::npos);
    }
}

TEST_F(TalkingTo, a_skill_shows_the_token_to_nobody_but_the_skill) {
    must_link();
    const auto shown = json::serialize(simulate());
    EXPECT_EQ(shown.find("access-1"), std::string::npos) << shown;
    EXPECT_NE(shown.find("8 characters"), std::string::npos) << shown;
    EXPECT_NE(json::serialize(partner.skill_requests().back()).find("access-1"), std::string::npos);
    const auto logged = house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body;
    EXPECT_EQ(logged.find("access-1"), std::string::npos);
    EXPECT_NE(logged.find("8 characters"), std::string::npos);
}

TEST_F(TalkingTo, a_session_stays_while_the_skill_keeps_it_open) {
    partner.skill_answers(test::json_answer(stays_open));
    simulate();
    const auto first = text("/session/sessionId");
    EXPECT_TRUE(request().at_pointer("/session/new").as_bool());
    simulate("help");
    EXPECT_EQ(text("/session/sessionId"), first);
    EXPECT_FALSE(request().at_pointer("/session/new").as_bool());
    EXPECT_EQ(request().at_pointer("/session/attributes/step").as_int64(), 1);
    EXPECT_EQ(text("/request/intent/name"), "AMAZON.HelpIntent");
    simulate("open", {{"session", {{"mode", "FORCE_NEW_SESSION"}}}});
    EXPECT_NE(text("/session/sessionId"), first);
    EXPECT_TRUE(request().at_pointer("/session/attributes").as_object().empty());
}

TEST_F(TalkingTo, silence_is_answered_with_the_reprompt_and_then_with_the_end) {
    partner.skill_answers(test::json_answer(stays_open));
    simulate();
    const auto before = partner.skill_requests().size();
    act("silence");
    EXPECT_NE(app_page().body.find("Still there?"), std::string::npos);
    EXPECT_EQ(partner.skill_requests().size(), before) << "the reprompt is the platform's to say";
    act("silence");
    EXPECT_EQ(text("/request/type"), "SessionEndedRequest");
    EXPECT_EQ(text("/request/reason"), "EXCEEDED_MAX_REPROMPTS");
    EXPECT_EQ(post("/app/skills/" + skill + "/ask", "silence=true").status, 400) << "no session is open";
}

TEST_F(TalkingTo, BR12_time_ends_a_session_that_nobody_goes_on_with) {
    partner.skill_answers(test::json_answer(stays_open));
    behave("BR-12", "platform");
    simulate();
    house.clock.advance(std::chrono::seconds(7));
    EXPECT_NE(app_page().body.find("Listening"), std::string::npos);
    house.clock.advance(std::chrono::seconds(1));
    const auto page = app_page().body;
    EXPECT_NE(page.find("The assistant said:</span> Still there?"), std::string::npos);
    EXPECT_EQ(text("/request/type"), "LaunchRequest");
    simulate("help");
    EXPECT_FALSE(request().at_pointer("/session/new").as_bool()) << "who answers the reprompt goes on";
    house.clock.advance(std::chrono::seconds(20));
    EXPECT_EQ(app_page().body.find("Listening"), std::string::npos);
    EXPECT_EQ(text("/request/type"), "SessionEndedRequest");
    EXPECT_EQ(text("/request/reason"), "EXCEEDED_MAX_REPROMPTS");
    simulate("help");
    EXPECT_TRUE(request().at_pointer("/session/new").as_bool());
}

TEST_F(TalkingTo, BR12_who_types_has_ten_minutes) {
    partner.skill_answers(test::json_answer(stays_open));
    simulate();
    house.clock.advance(std::chrono::minutes(9));
    simulate("help");
    EXPECT_FALSE(request().at_pointer("/session/new").as_bool());
    house.clock.advance(std::chrono::minutes(10));
    simulate("help");
    EXPECT_TRUE(request().at_pointer("/session/new").as_bool());
    const auto requests = partner.skill_requests();
    const json::value end(requests.at(requests.size() - 2));
    EXPECT_EQ(end.at_pointer("/request/reason").as_string(), "EXCEEDED_MAX_REPROMPTS");
}

TEST_F(TalkingTo, who_leaves_ends_the_session) {
    partner.skill_answers(test::json_answer(stays_open));
    simulate();
    simulate("exit");
    EXPECT_EQ(text("/request/type"), "SessionEndedRequest");
    EXPECT_EQ(text("/request/reason"), "USER_INITIATED");
    simulate();
    act("leave");
    EXPECT_EQ(text("/request/reason"), "USER_INITIATED");
}

TEST_F(TalkingTo, an_answer_that_is_refused_ends_the_session_with_its_reason) {
    partner.skill_answers(test::json_answer(R"({"version":"1.0","response":{"card":{"type":"Fancy"}}})"));
    const auto result = simulate();
    EXPECT_EQ(result.at_pointer("/result/error/code").as_string(), "INVALID_RESPONSE");
    EXPECT_EQ(text("/request/reason"), "ERROR");
    EXPECT_EQ(text("/request/error/type"), "INVALID_RESPONSE");
}

TEST_F(TalkingTo, slots_and_their_resolutions_reach_the_skill) {
    give_model();
    const auto result = simulate("ask pizza house to order a family size pizza");
    EXPECT_EQ(text("/request/intent/slots/size/value"), "family size");
    EXPECT_EQ(text("/request/intent/slots/size/resolutions/resolutionsPerAuthority/0/values/0/value/id"), "L");
    EXPECT_EQ(text("/request/dialogState"), "STARTED");
    EXPECT_EQ(result.at_pointer("/result/alexaExecutionInfo/consideredIntents/0/name").as_string(), "OrderIntent");
}

TEST_F(TalkingTo, a_delegated_dialog_asks_and_then_tells_the_skill) {
    give_model();
    partner.skill_answers(test::json_answer(
        R"({"version":"1.0","response":{"directives":[{"type":"Dialog.Delegate"}],"shouldEndSession":false}})"));
    const auto asked = simulate("order a pizza");
    EXPECT_EQ(asked.at_pointer("/result/alexaExecutionInfo/alexaResponses/0/content/caption").as_string(), "How big?");
    simulate("large");
    partner.skill_answers(test::json_answer(R"({"version":"1.0","response":{"shouldEndSession":true}})"));
    simulate("yes");
    EXPECT_EQ(text("/request/dialogState"), "COMPLETED");
    EXPECT_EQ(text("/request/intent/confirmationStatus"), "CONFIRMED");
    EXPECT_EQ(text("/request/intent/slots/size/value"), "large");
}

TEST_F(TalkingTo, a_dialog_in_circles_comes_to_an_end) {
    give_model();
    partner.skill_answers(test::json_answer(R"({"version":"1.0","response":{"directives":[{"type":"Dialog.Delegate",
        "updatedIntent":{"name":"RemindIntent"}}],"shouldEndSession":false}})"));
    simulate("remind me in ten minutes");
    EXPECT_LE(partner.skill_requests().size(), 5U);
}

TEST_F(TalkingTo, each_person_has_a_user_id_a_language_and_a_session) {
    give_model("de-DE");
    partner.skill_answers(test::json_answer(stays_open));
    const auto made =
        house.rest(net::Method::put, "/v1/accounts/anna", R"({"name":"Anna","locale":"de-DE","recognized":true})");
    ASSERT_EQ(made.status, 200) << made.body;
    simulate("open");
    const auto mine = text("/session/user/userId");
    EXPECT_FALSE(request().at_pointer("/context/System").as_object().contains("person"));
    simulate("hilfe", {{"account", "anna"}});
    EXPECT_NE(text("/session/user/userId"), mine);
    EXPECT_EQ(text("/request/locale"), "de-DE");
    EXPECT_EQ(text("/request/intent/name"), "AMAZON.HelpIntent");
    EXPECT_TRUE(request().at_pointer("/session/new").as_bool());
    EXPECT_EQ(text("/context/System/person/personId"), "amzn1.ask.person.anna");
    const auto unknown = house.rest(net::Method::post, "/v2/skills/" + skill + "/stages/development/simulations",
                                    R"({"input":{"content":"open"},"account":"nobody"})");
    EXPECT_EQ(unknown.status, 400);
}

TEST_F(TalkingTo, who_moves_out_leaves_no_link_behind) {
    house.rest(net::Method::put, "/v1/accounts/anna", R"({"name":"Anna"})");
    simulate("open", {{"account", "anna"}});
    const auto find = [&](db::Transaction& tx) { return Store(tx, house.sealer).find_enablement(skill, "anna"); };
    const auto before = run(house.db->read(find));
    ASSERT_TRUE(before);
    EXPECT_EQ(house.rest(net::Method::delete_, "/v1/accounts/anna").status, 204);
    EXPECT_FALSE(run(house.db->read(find)));
    house.rest(net::Method::put, "/v1/accounts/anna", R"({"name":"Another Anna"})");
    simulate("open", {{"account", "anna"}});
    EXPECT_NE(run(house.db->read(find))->user_id, before->user_id);
}

TEST_F(TalkingTo, whether_a_skill_could_is_asked_without_a_session) {
    give_model();
    partner.skill_answers(
        test::json_answer(R"({"version":"1.0","response":{"canFulfillIntent":{"canFulfill":"YES","slots":{}}}})"));
    EXPECT_EQ(post("/skills/" + skill + "/ask", "utterance=order+a+pizza&can_fulfill=true").status, 303);
    EXPECT_EQ(text("/request/type"), "CanFulfillIntentRequest");
    EXPECT_FALSE(request().as_object().contains("session"));
    EXPECT_EQ(text("/request/intent/name"), "OrderIntent");
}

TEST_F(TalkingTo, a_logged_request_can_be_sent_again_with_a_fresh_token) {
    must_link();
    simulate("help");
    const auto before = request();
    house.clock.advance(std::chrono::minutes(5));
    const auto answer = house.rest(net::Method::post, "/v1/skills/" + skill + "/exchanges/1/replay");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text("/request/intent/name"), "AMAZON.HelpIntent");
    EXPECT_EQ(text("/context/System/user/accessToken"), "access-1");
    EXPECT_EQ(text("/session/sessionId"), std::string(before.at_pointer("/session/sessionId").as_string()));
    EXPECT_NE(text("/request/requestId"), std::string(before.at_pointer("/request/requestId").as_string()));
    EXPECT_NE(text("/request/timestamp"), std::string(before.at_pointer("/request/timestamp").as_string()));
    EXPECT_EQ(house.rest(net::Method::post, "/v1/skills/" + skill + "/exchanges/99/replay").status, 404);
    EXPECT_EQ(house.rest(net::Method::post, "/v1/skills/" + skill + "/exchanges/x/replay").status, 400);
}

TEST_F(TalkingTo, a_conversation_becomes_a_fixture_that_is_the_same_each_time) {
    must_link();
    simulate("open");
    simulate("help");
    const auto fixture = json::parse(house.rest(net::Method::get, "/v1/skills/" + skill + "/fixture").body);
    const auto& exchanges = fixture.at("exchanges").as_array();
    ASSERT_EQ(exchanges.size(), 2U);
    EXPECT_EQ(exchanges[0].at("utterance").as_string(), "open");
    EXPECT_EQ(exchanges[0].at_pointer("/request/request/requestId").as_string(), "requestId-1");
    EXPECT_EQ(exchanges[1].at_pointer("/request/request/requestId").as_string(), "requestId-2");
    EXPECT_EQ(exchanges[1].at_pointer("/request/session/user/userId").as_string(), "userId-1");
    EXPECT_EQ(exchanges[0].at_pointer("/response/response/outputSpeech/text").as_string(), "Hello.");
    EXPECT_EQ(json::serialize(fixture).find("access-1"), std::string::npos);
    EXPECT_EQ(json::parse(house.rest(net::Method::get, "/v1/skills/" + skill + "/fixture?from=2").body)
                  .at("exchanges")
                  .as_array()
                  .size(),
              1U);
}

TEST_F(TalkingTo, the_log_keeps_the_last_two_hundred) {
    const auto fill = [&](db::Transaction& tx) {
        ExchangeLog log(tx, house.sealer);
        for (int i = 0; i < 203; ++i) {
            Exchange exchange;
            exchange.type = "LaunchRequest";
            log.add(skill, exchange);
        }
    };
    run(house.db->write(fill));
    const auto listed = json::parse(house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body);
    const auto& exchanges = listed.at("exchanges").as_array();
    EXPECT_EQ(exchanges.size(), 200U);
    EXPECT_EQ(exchanges.front().at("number").as_int64(), 203);
    EXPECT_EQ(get("/skills/" + skill + "/log/1").status, 404);
}

}  // namespace
}  // namespace symbolon::voice
