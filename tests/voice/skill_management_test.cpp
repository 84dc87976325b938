#include "house.hpp"
#include "model_fixture.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace symbolon::voice {
namespace {

namespace json = boost::json;
using net::Method;

class SkillManagement : public testing::Test {
protected:
    test::House house;
    std::string skill = house.make_skill();
    std::string stage = "/v1/skills/" + skill + "/stages/development";
    std::string model_path = stage + "/interactionModel/locales/en-US";

    net::Response put_model(const json::object& model, net::Headers headers = {}) {
        return house.rest(Method::put, model_path, json::serialize(json::object{{"interactionModel", model}}),
                          std::move(headers));
    }
    json::value get(const std::string& target) { return json::parse(house.rest(Method::get, target).body); }
};

TEST_F(SkillManagement, a_model_is_kept_by_locale_with_its_version) {
    EXPECT_EQ(house.rest(Method::get, model_path).status, 404);
    ASSERT_EQ(put_model(test::pizza_model()).status, 202);
    ASSERT_EQ(put_model(test::pizza_model()).status, 202);
    const auto stored = get(model_path);
    EXPECT_EQ(stored.at("version").as_string(), "2");
    EXPECT_EQ(stored.at("interactionModel"), json::value(test::pizza_model()));
    EXPECT_EQ(house.rest(Method::get, stage + "/interactionModel/locales/de-DE").status, 404);
    const auto status = get("/v1/skills/" + skill + "/status");
    EXPECT_EQ(status.at_pointer("/interactionModel/en-US/lastUpdateRequest/status").as_string(), "SUCCEEDED");
    EXPECT_EQ(status.at_pointer("/manifest/lastUpdateRequest/status").as_string(), "SUCCEEDED");
}

TEST_F(SkillManagement, a_model_that_cannot_be_built_is_refused_with_every_problem) {
    auto model = test::pizza_model();
    json::value whole = model;
    whole.at("languageModel").at("intents").at(0).at("samples").at(0) = "an {unknown} one";
    whole.at("languageModel").at("invocationName") = "X";
    const auto answer = put_model(whole.as_object());
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(json::parse(answer.body).at("violations").as_array().size(), 2U);
    EXPECT_EQ(house.rest(Method::get, model_path).status, 404);
}

TEST_F(SkillManagement, changes_under_an_old_etag_are_refused) {
    net::Headers old;
    old.add("If-Match", "none");
    EXPECT_EQ(put_model(test::pizza_model(), old).status, 412);
    const auto made = put_model(test::pizza_model());
    net::Headers current;
    current.add("If-Match", std::string(*made.headers.find("ETag")));
    EXPECT_EQ(put_model(test::pizza_model(), current).status, 202);
    EXPECT_EQ(house.rest(Method::put, stage + "/manifest", R"({"manifest":{}})", old).status, 412);
}

TEST_F(SkillManagement, an_utterance_can_be_tried_without_the_skill) {
    ASSERT_EQ(put_model(test::pizza_model()).status, 202);
    const auto profile = [&](const json::object& body) {
        const auto answer = house.rest(Method::post, model_path + "/profileNlu", json::serialize(body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json::parse(answer.body);
    };
    const auto first = profile({{"utterance", "order a pizza"}});
    EXPECT_EQ(first.at_pointer("/selectedIntent/name").as_string(), "OrderIntent");
    EXPECT_EQ(first.at_pointer("/multiTurn/dialogAct/type").as_string(), "Dialog.ElicitSlot");
    EXPECT_EQ(first.at_pointer("/multiTurn/dialogAct/targetSlot").as_string(), "size");
    EXPECT_EQ(first.at_pointer("/multiTurn/prompt").as_string(), "How big?");
    const auto second = profile({{"utterance", "large"}, {"multiTurnToken", first.at_pointer("/multiTurn/token")}});
    EXPECT_EQ(second.at_pointer("/selectedIntent/slots/size/value").as_string(), "large");
    EXPECT_EQ(second.at_pointer("/multiTurn/dialogAct/type").as_string(), "Dialog.ConfirmIntent");
    EXPECT_EQ(house.rest(Method::post, model_path + "/profileNlu", "{}").status, 400);
}

TEST_F(SkillManagement, vendors_and_skills_are_listed) {
    EXPECT_EQ(get("/v1/vendors").at_pointer("/vendors/0/id").as_string(), house.assistant.vendor_id());
    const auto listed = get("/v1/skills?vendorId=" + house.assistant.vendor_id());
    EXPECT_EQ(listed.at_pointer("/skills/0/skillId").as_string(), skill);
    EXPECT_EQ(listed.at_pointer("/skills/0/apis/0").as_string(), "custom");
    EXPECT_FALSE(listed.at("isTruncated").as_bool());
}

TEST_F(SkillManagement, every_field_of_account_linking_is_kept_and_the_secret_ones_are_not_shown) {
    const json::object request{
        {"type", "AUTH_CODE"},
        {"authorizationUrl", "https://id.example/authorize"},
        {"accessTokenUrl", "https://id.example/token"},
        {"clientId", "client"},
        {"clientSecret", "hidden"},
        {"redirectUrls", json::array{"https://app.example/done"}},
        {"authorizationUrlsByPlatform",
         json::array{json::object{{"platformType", "iOS"}, {"platformAuthorizationUrl", "https://app.example/l"}}}},
        {"voiceForwardAccountLinking", "ENABLED"},
        {"reciprocalAccessTokenUrl", "https://id.example/reciprocal"}};
    const auto put = house.rest(Method::put, stage + "/accountLinkingClient",
                                json::serialize(json::object{{"accountLinkingRequest", request}}));
    ASSERT_EQ(put.status, 204) << put.body;
    const auto shown = get(stage + "/accountLinkingClient");
    EXPECT_EQ(shown.at_pointer("/authorizationUrlsByPlatform/0/platformType").as_string(), "iOS");
    EXPECT_EQ(shown.at("voiceForwardAccountLinking").as_string(), "ENABLED");
    for (const auto* hidden : {"clientSecret", "skipOnEnablement", "reciprocalAccessTokenUrl"}) {
        EXPECT_FALSE(shown.as_object().contains(hidden)) << hidden;
    }
}

TEST_F(SkillManagement, urls_that_a_browser_or_the_assistant_would_open_are_checked) {
    for (const auto* member : {"reciprocalAccessTokenUrl"}) {
        const json::object request{{"type", "IMPLICIT"},
                                   {"authorizationUrl", "https://id.example/a"},
                                   {"clientId", "c"},
                                   {member, "file:///etc/passwd"}};
        const auto answer = house.rest(Method::put, stage + "/accountLinkingClient",
                                       json::serialize(json::object{{"accountLinkingRequest", request}}));
        EXPECT_EQ(answer.status, 400) << member;
    }
}

TEST_F(SkillManagement, people_are_added_changed_and_removed_and_the_first_stays) {
    EXPECT_EQ(house.rest(Method::put, "/v1/accounts/anna", R"({"name":"Anna"})").status, 200);
    EXPECT_EQ(house.rest(Method::put, "/v1/accounts/anna", R"({"name":"Anna","locale":"fr-FR"})").status, 200);
    EXPECT_EQ(get("/v1/accounts").at("accounts").as_array().size(), 2U);
    EXPECT_EQ(house.rest(Method::delete_, "/v1/accounts/anna").status, 204);
    EXPECT_EQ(house.rest(Method::delete_, "/v1/accounts/anna").status, 404);
    EXPECT_EQ(house.rest(Method::delete_, "/v1/accounts/main").status, 400);
    for (const auto* target : {"/v1/accounts/An", "/v1/accounts/a%20b", "/v1/accounts/a%3b"}) {
        EXPECT_EQ(house.rest(Method::put, target, R"({"name":"A"})").status, 400) << target;
    }
    EXPECT_EQ(house.rest(Method::put, "/v1/accounts/b", R"({"name":""})").status, 400);
    EXPECT_EQ(house.rest(Method::put, "/v1/accounts/b", R"({"name":"B","locale":"english"})").status, 400);
    for (const auto* email : {"b", "@b", "b@", "b@b@b", "b @b"}) {
        const auto body = std::string(R"({"name":"B","email":")") + email + "\"}";
        EXPECT_EQ(house.rest(Method::put, "/v1/accounts/b", body).status, 400) << email;
    }
    for (int i = 0; i < 19; ++i) {
        house.rest(Method::put, "/v1/accounts/n" + std::to_string(i), R"({"name":"N"})");
    }
    EXPECT_EQ(house.rest(Method::put, "/v1/accounts/one-more", R"({"name":"N"})").status, 429);
}

TEST_F(SkillManagement, a_deleted_skill_leaves_nothing_behind) {
    ASSERT_EQ(put_model(test::pizza_model()).status, 202);
    EXPECT_EQ(house.rest(Method::delete_, "/v1/skills/" + skill).status, 204);
    EXPECT_EQ(house.rest(Method::get, model_path).status, 404);
    EXPECT_EQ(get("/v1/skills").at("skills").as_array().size(), 0U);
}

}  // namespace
}  // namespace symbolon::voice
