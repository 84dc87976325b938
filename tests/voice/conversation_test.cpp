#include "linking_fixture.hpp"

#include "base/utf8.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

class TalkingTo : public test::LinkingFixture {
protected:
    boost::json::value simulate() {
        const auto answer = house.rest(net::Method::post, "/v1/skills/" + skill + "/stages/development/simulations",
                                       R"({"input":{"content":"open"}})");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return boost::json::parse(answer.body);
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
    const boost::json::object card{{"type", hostile}, {"title", hostile}, {"content", hostile}, {"text", hostile}};
    const boost::json::object speech{{"type", "PlainText"}, {"text", hostile}};
    const boost::json::object answer{{"version", hostile}, {"response", {{"outputSpeech", speech}, {"card", card}}}};
    partner.skill_answers(test::json_answer(boost::json::serialize(answer)));
    simulate();
    for (const auto& page : {app_page(), get("/skills/" + skill)}) {
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.body.find("<script>alert"), std::string::npos);
        EXPECT_EQ(page.body.find("<img src=x"), std::string::npos);
    }
}

TEST_F(TalkingTo, a_skill_shows_the_token_to_nobody_but_the_skill) {
    must_link();
    const auto shown = boost::json::serialize(simulate());
    EXPECT_EQ(shown.find("access-1"), std::string::npos) << shown;
    EXPECT_NE(shown.find("8 characters"), std::string::npos) << shown;
    EXPECT_NE(boost::json::serialize(partner.skill_requests().back()).find("access-1"), std::string::npos);
}

}  // namespace
}  // namespace symbolon::voice
