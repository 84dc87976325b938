#include "federation/saml/saml_house.hpp"

// SAML providers, from the authorize endpoint to the client and back (oauth-and-hosted-ui.md §4.4).
namespace symbolon::federation::saml {
namespace {

using oauth::location;
using oauth::parameter_of;
using oauth::text;

TEST_F(SamlSignIn, first_makes_a_profile_and_later_ones_find_it) {
    const auto journey = go();
    EXPECT_TRUE(location(journey.departure).starts_with("https://saml.example/sso?SAMLRequest="));
    auto message = answer_to(journey);
    const auto first = id_claims(post_response(journey, message.with_signed_assertion()));
    EXPECT_EQ(text(first, "cognito:username"), "saml_jane");
    EXPECT_EQ(text(first.at("identities").as_array().at(0).as_object(), "providerType"), "SAML");
    EXPECT_EQ(user("Saml_jane")->attribute("email"), "jane@saml.example");

    const auto again = go();
    message = answer_to(again);
    message.assertion_id = "_a2";
    EXPECT_EQ(text(id_claims(post_response(again, message.with_signed_response())), "sub"), text(first, "sub"));
}

// Attack class 28: an assertion is taken once, also on another journey that it fits.
TEST_F(SamlSignIn, takes_an_assertion_once) {
    const auto first = go();
    auto message = answer_to(first);
    EXPECT_NE(parameter_of(location(post_response(first, message.with_signed_assertion())), "code"), "");
    const auto second = go();
    message.request_id = answer_to(second).request_id;
    EXPECT_EQ(told(post_response(second, message.with_signed_assertion())), invalid);
}

TEST_F(SamlSignIn, takes_an_answer_to_its_own_request_alone) {
    const auto first = go();
    const auto second = go();
    EXPECT_EQ(told(post_response(second, answer_to(first).with_signed_assertion())), invalid);
    auto unasked = answer_to(first);
    unasked.request_id.clear();
    EXPECT_EQ(told(post_response(first, unasked.with_signed_assertion())), invalid);
    EXPECT_FALSE(user("Saml_jane"));
}

TEST_F(SamlSignIn, takes_nothing_that_is_no_response) {
    for (const std::string& response : {std::string("x"), std::string(), std::string(100'001, '<')})
        EXPECT_EQ(told(post_response(go(), response)), invalid);
}

TEST_F(SamlSignIn, is_of_the_browser_that_left) {
    auto journey = go();
    const auto response = answer_to(journey).with_signed_assertion();
    journey.cookie = "csrf-state=" + std::string(43, 'x');
    EXPECT_TRUE(location(post_response(journey, response)).ends_with("/error?error=Invalid+state"));
}

TEST_F(SamlSignIn, an_oidc_answer_does_not_end_a_saml_journey) {
    const auto journey = go();
    EXPECT_EQ(parameter_of(location(come_back(journey)), "error"), "invalid_request");
}

TEST_F(SamlSignIn, requests_are_signed_where_it_is_asked_for) {
    change("RequestSigningAlgorithm", "rsa-sha256");
    EXPECT_EQ(told(go().departure), "invalid_request: The user pool has no signing certificate yet");
    give_certificate();
    EXPECT_NE(parameter_of(location(go().departure), "Signature"), "");
    add("Strict", {{"MetadataFile", idp_metadata("HTTP-Redirect", "true")}});
    allow_providers({"Strict"});
    EXPECT_NE(parameter_of(location(go("Strict").departure), "Signature"), "");
}

TEST_F(SamlSignIn, requests_go_by_form_where_there_is_no_other_way) {
    give_certificate();
    change("MetadataFile", idp_metadata("HTTP-POST", "true"));
    const auto departure = go().departure;
    EXPECT_EQ(departure.status, 200);
    EXPECT_NE(departure.body.find("action=\"https://saml.example/sso\""), std::string::npos);
    const auto begin = departure.body.find("name=\"SAMLRequest\" value=\"") + 26;
    const auto message = parse_base64(departure.body.substr(begin, departure.body.find('"', begin) - begin));
    ASSERT_TRUE(message);
    const auto document = Document::parse(text_of(*message));
    ASSERT_TRUE(document);
    EXPECT_TRUE(signed_part(*document, document->root(), {certificate(1)}));
}

TEST_F(SamlSignIn, metadata_is_fetched_and_kept_for_six_hours) {
    add("Remote", {{"MetadataURL", "https://saml.example/metadata"}});
    allow_providers({"Remote"});
    EXPECT_EQ(told(go("Remote").departure), "invalid_request: Could not connect to the IdP metadata");
    fetcher.put("https://saml.example/metadata", idp_metadata());
    go("Remote");
    const auto asked = fetcher.asked.size();
    clock.advance(std::chrono::hours(6));
    go("Remote");
    EXPECT_EQ(fetcher.asked.size(), asked);
    clock.advance(std::chrono::milliseconds(1));
    fetcher.put("https://saml.example/metadata", "<html/>");
    EXPECT_EQ(told(go("Remote").departure), "invalid_request: The metadata of the identity provider is not valid");
}

TEST_F(SamlSignIn, our_metadata_says_where_responses_go) {
    give_certificate();
    const auto answer = get("/saml2/metadata");
    EXPECT_EQ(oauth::header(answer, "Content-Type"), "application/samlmetadata+xml");
    EXPECT_NE(answer.body.find("entityID=\"urn:amazon:cognito:sp:" + pool_id.str() + "\""), std::string::npos);
    EXPECT_NE(answer.body.find("Location=\"" + std::string(pool_url) + "/saml2/idpresponse\""), std::string::npos);
    EXPECT_NE(answer.body.find(std::string(test_certificate(1))), std::string::npos);
}

class ProviderBegins : public SamlSignIn {
protected:
    net::Response begin(const std::string& query) {
        Message message;
        message.request_id.clear();
        return post("/saml2/idpresponse", Pairs{{"SAMLResponse", to_base64(bytes_of(message.with_signed_assertion()))},
                                                {"RelayState", query}});
    }
    std::string query() { return authorize_query({{"identity_provider", "Saml"}}); }
};

TEST_F(ProviderBegins, where_provider_and_client_allow_it) {
    EXPECT_TRUE(location(begin(query())).ends_with("/error?error=Invalid+state"));
    change("IDPInit", "true");
    EXPECT_TRUE(location(begin(query())).ends_with("/error?error=Invalid+state"));
    allow_providers({"Saml", "Corp"});
    EXPECT_TRUE(location(begin(query())).ends_with("/error?error=Invalid+state"));
    allow_providers({"Saml"});
    EXPECT_NE(parameter_of(location(begin(query())), "code"), "");
    EXPECT_EQ(told(begin(query())), invalid);  // once
}

TEST_F(ProviderBegins, only_with_a_request_that_an_app_could_make) {
    change("IDPInit", "true");
    allow_providers({"Saml"});
    for (const auto& relay_state :
         {std::string(), std::string("x"), authorize_query(),
          authorize_query({{"identity_provider", "Saml"}, {"redirect_uri", "https://evil.example/"}}),
          authorize_query({{"identity_provider", "Saml"}, {"client_id", stranger.str()}})})
        EXPECT_TRUE(location(begin(relay_state)).ends_with("/error?error=Invalid+state")) << relay_state;
}

}  // namespace
}  // namespace symbolon::federation::saml
