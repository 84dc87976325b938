#include "linking_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace symbolon::voice {
namespace {

namespace json = boost::json;

/// A skill that subscribes to every event, at an endpoint of its own.
class Events : public test::LinkingFixture {
protected:
    Events() {
        partner.put_at("/events", [this](const net::Request&) { return test::json_answer("", status); });
        set_manifest(partner.url_of("/events"));
    }

    void set_manifest(const std::string& events_url) {
        json::array subscriptions;
        for (const auto* name : {"SKILL_ENABLED", "SKILL_DISABLED", "SKILL_ACCOUNT_LINKED", "SKILL_PERMISSION_ACCEPTED",
                                 "SKILL_PERMISSION_CHANGED"}) {
            subscriptions.push_back(json::object{{"eventName", name}});
        }
        const json::object custom{{"endpoint", {{"uri", partner.skill_url()}}}};
        const json::object manifest{
            {"apis", {{"custom", custom}}},
            {"permissions", json::array{json::object{{"name", "alexa::profile:mobile_number:read"}},
                                        json::object{{"name", "alexa::devices:all:address:full:read"}}}},
            {"events", {{"endpoint", {{"uri", events_url}}}, {"subscriptions", subscriptions}}}};
        const auto answer = house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
                                       json::serialize(json::object{{"manifest", manifest}}));
        ASSERT_EQ(answer.status, 202) << answer.body;
    }

    std::vector<json::value> heard() {
        std::vector<json::value> out;
        for (const auto& request : partner.requests_at("/events")) out.push_back(json::parse(request.body));
        return out;
    }
    std::vector<std::string> types() {
        std::vector<std::string> out;
        for (const auto& event : heard()) out.emplace_back(event.at_pointer("/request/type").as_string());
        return out;
    }

    int status = 200;  ///< what the skill answers to events
};

TEST_F(Events, a_skill_hears_of_enabling_linking_and_disabling) {
    must_link();
    const auto user = std::string(say().at("userId").as_string());
    post("/app/skills/" + skill + "/unlink", "unlink=true");
    EXPECT_EQ(types(), (std::vector<std::string>{"AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillAccountLinked",
                                                 "AlexaSkillEvent.SkillDisabled"}));
    for (const auto& event : heard()) {
        EXPECT_FALSE(event.as_object().contains("session"));
        EXPECT_EQ(event.at_pointer("/context/System/user/userId").as_string(), user);
        EXPECT_EQ(event.at_pointer("/context/System/application/applicationId").as_string(), skill);
        EXPECT_TRUE(event.at("request").as_object().contains("eventCreationTime"));
    }
    EXPECT_EQ(heard()[1].at_pointer("/request/body/accessToken").as_string(), "access-1");
    EXPECT_EQ(house.rest(net::Method::get, "/v1/skills/" + skill + "/exchanges").body.find("access-1"),
              std::string::npos);
}

TEST_F(Events, are_signed_like_every_request) {
    must_link();
    for (const auto& request : partner.requests_at("/events")) {
        EXPECT_TRUE(request.headers.find("signature-256"));
        EXPECT_TRUE(request.headers.find("signaturecertchainurl"));
    }
}

TEST_F(Events, that_were_not_taken_come_again_before_the_next_request_and_not_for_ever) {
    status = 500;
    must_link();
    const auto tried = types();
    EXPECT_GE(tried.size(), 2U);
    status = 200;
    say();
    const auto after = types();
    EXPECT_EQ(after.back(), "AlexaSkillEvent.SkillAccountLinked");
    say();
    EXPECT_EQ(types().size(), after.size()) << "what was taken does not come again";
}

TEST_F(Events, are_given_up_after_five_attempts) {
    status = 500;
    must_link();
    for (int i = 0; i < 8; ++i) say();
    const auto all = types();
    EXPECT_EQ(std::ranges::count(all, "AlexaSkillEvent.SkillAccountLinked"), 5);
}

TEST_F(Events, go_to_nobody_who_did_not_subscribe) {
    const json::object manifest{{"apis", {{"custom", {{"endpoint", {{"uri", partner.skill_url()}}}}}}}};
    house.rest(net::Method::put, "/v1/skills/" + skill + "/stages/development/manifest",
               json::serialize(json::object{{"manifest", manifest}}));
    must_link();
    EXPECT_TRUE(heard().empty());
    EXPECT_TRUE(partner.skill_requests().empty());
}

TEST_F(Events, an_endpoint_that_is_no_url_does_not_keep_anybody_from_linking) {
    set_manifest("arn:aws:lambda:us-east-1:1:function:events");
    must_link();
}

TEST_F(Events, permissions_are_told_once_they_change) {
    const auto save = [&](const std::string& form) {
        EXPECT_EQ(post("/app/skills/" + skill + "/permissions", form).status, 303);
    };
    save("permission.alexa%3A%3Aprofile%3Amobile_number%3Aread=true&permission.not-asked-for=true");
    save("permission.alexa%3A%3Aprofile%3Amobile_number%3Aread=true");
    save("none=true");
    const auto events = heard();
    ASSERT_EQ(types(),
              (std::vector<std::string>{"AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillPermissionAccepted",
                                        "AlexaSkillEvent.SkillPermissionChanged"}));
    const auto& accepted = events[1].at_pointer("/request/body/acceptedPermissions").as_array();
    ASSERT_EQ(accepted.size(), 1U);
    EXPECT_EQ(accepted[0].at("scope").as_string(), "alexa::profile:mobile_number:read");
    EXPECT_TRUE(events[2].at_pointer("/request/body/acceptedPermissions").as_array().empty());
    const auto user = say();
    EXPECT_EQ(json::value(user).at_pointer("/permissions/scopes/alexa::profile:mobile_number:read/status").as_string(),
              "DENIED");
}

}  // namespace
}  // namespace symbolon::voice
