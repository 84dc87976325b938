#include "base/encoding.hpp"
#include "directory/pool_rules.hpp"
#include "federation/journey.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace symbolon::federation {
namespace {

namespace json = boost::json;
using oauth::location;
using oauth::parameter_of;

/// What a client is told, and that nobody came in.
class OidcRefusals : public Travels {
protected:
    std::string refusal(const net::Response& arrival) {
        const auto to = location(arrival);
        EXPECT_TRUE(to.starts_with(callback)) << to;
        EXPECT_EQ(parameter_of(to, "state"), "xyz +&=é");
        EXPECT_EQ(parameter_of(to, "code"), "");
        EXPECT_EQ(cookie_of(arrival, "cognito"), "");
        EXPECT_FALSE(user("Corp_Person-1"));
        return parameter_of(to, "error") + ": " + parameter_of(to, "error_description");
    }
    static std::string with_header(const std::string& token, const json::object& header) {
        return to_base64url(bytes_of(json::serialize(header))) + token.substr(token.find('.'));
    }
};

constexpr std::string_view bad_token = "invalid_request: The ID token of the identity provider is not valid";

TEST_F(OidcRefusals, claims_that_are_not_of_this_sign_in) {
    const auto now = to_seconds(clock.now());
    using Claim = std::pair<std::string, json::value>;
    const std::vector<Claim> wrong{
        Claim("nonce", "another"),
        Claim("aud", "another-client"),
        Claim("aud", json::array{"corp-client", "another-client"}),
        Claim("azp", "another-client"),
        Claim("iss", "https://other.example"),
        Claim("iss", "https://idp.example/"),
        Claim("exp", now - 61),
        Claim("exp", "soon"),
        Claim("iat", now + 61),
        Claim("nbf", now + 61),
        Claim("sub", ""),
        Claim("sub", 7),
        Claim("sub", json::string(256, 'x')),
    };
    for (const auto& [claim, value] : wrong) {
        provider.claims[claim] = value;
        EXPECT_EQ(refusal(travel()), bad_token) << claim << ": " << json::serialize(value);
        provider.claims.erase(claim);
        provider.claims["sub"] = "Person-1";
    }
    EXPECT_NE(parameter_of(location(travel()), "code"), "");
}

TEST_F(OidcRefusals, signatures_that_are_not_the_providers) {
    provider.key = 1;  // published nowhere
    EXPECT_EQ(refusal(travel()), bad_token);
    provider.key = 2;
    provider.change_token = [](std::string token) {  // another's signature under the right kid
        const auto claims = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
        const auto part =
            to_base64url(bytes_of(json::serialize(json::object{{"kid", test_key(2).kid()}, {"alg", "RS256"}}))) + "." +
            claims;
        return part + "." + to_base64url(test_key(1).sign(bytes_of(part)));
    };
    EXPECT_EQ(refusal(travel()), bad_token);
    provider.change_token = [](std::string token) { return token.substr(0, token.rfind('.') + 1); };
    EXPECT_EQ(refusal(travel()), bad_token);
    provider.change_token = [](const std::string&) { return std::string("no token"); };
    EXPECT_EQ(refusal(travel()), bad_token);
}

// Attack class 11.
TEST_F(OidcRefusals, algorithms_that_a_token_chooses) {
    for (const auto* alg : {"none", "None", "HS256", "PS256", "RS512", ""}) {
        provider.change_token = [&](const std::string& token) {
            return with_header(token, {{"kid", test_key(2).kid()}, {"alg", alg}});
        };
        EXPECT_EQ(refusal(travel()), bad_token) << alg;
    }
}

TEST_F(OidcRefusals, attributes_of_another_person) {
    provider.user_info["sub"] = "Person-2";
    EXPECT_EQ(refusal(travel()),
              "invalid_request: The userInfo endpoint of the identity provider answers for another person");
}

TEST_F(OidcRefusals, an_error_of_the_token_endpoint) {
    net::ClientResponse answer;
    answer.status = 400;
    answer.body = R"({"error":"invalid_grant","error_description":"code is <used>"})";
    provider.token_answer = answer;
    EXPECT_EQ(refusal(travel()), "invalid_request: Corp Error - 400 invalid_grant code is <used>");
    provider.token_answer->status = 200;
    provider.token_answer->body = R"({"access_token":"a"})";
    EXPECT_EQ(refusal(travel()), "invalid_request: Corp Error - the answer of the token endpoint has no ID token");
}

TEST_F(OidcRefusals, a_person_who_does_not_want_to) {
    EXPECT_EQ(refusal(come_back(leave(), {{"code", ""}, {"error", "access_denied"}})),
              "access_denied: The user did not sign in.");
    EXPECT_EQ(refusal(come_back(leave(), {{"code", ""}, {"error", "server_error"}, {"error_description", "Sorry"}})),
              "invalid_request: Corp Error - server_error Sorry");
    EXPECT_EQ(refusal(come_back(leave(), {{"code", ""}})), "invalid_request: Corp Error - the answer has no code");
}

TEST_F(OidcRefusals, a_provider_that_does_not_answer) {
    fetcher.remove("https://idp.example/.well-known/openid-configuration");
    const auto journey = leave();
    EXPECT_EQ(refusal(journey.departure), "invalid_request: Could not connect to the IdP discovery document");
}

TEST_F(OidcRefusals, a_document_that_is_not_the_issuers) {
    provider.publish({{"issuer", "https://other.example"}});
    EXPECT_EQ(refusal(leave().departure), "invalid_request: The IdP discovery document is of another issuer");
    clock.advance(std::chrono::minutes(11));
    for (const auto* place : {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"}) {
        for (const auto* url : {"http://idp.example/x", "javascript:alert(1)", "file:///etc/passwd"}) {
            provider.publish({{place, url}});
            clock.advance(std::chrono::minutes(11));
            EXPECT_EQ(refusal(leave().departure), "invalid_request: The IdP discovery document is not valid")
                << place << " " << url;
        }
    }
}

TEST_F(OidcRefusals, providers_that_are_not_the_clients) {
    const std::string refused = "invalid_request: The identity provider is not enabled for this client.";
    EXPECT_EQ(refusal(authorize({{"identity_provider", "Nobody"}})), refused);
    EXPECT_EQ(refusal(authorize({{"idp_identifier", "nobody.example"}})), refused);
    allow_providers({"COGNITO"});
    EXPECT_EQ(refusal(authorize({{"identity_provider", "Corp"}})), refused);
    EXPECT_EQ(refusal(authorize({{"idp_identifier", "corp.example"}})), refused);
    allow_providers({"Corp"});
    EXPECT_EQ(refusal(authorize({{"identity_provider", "COGNITO"}})), refused);
}

TEST_F(OidcRefusals, without_a_word_nobody_is_sent_away) {
    const auto to = location(authorize({{"identity_provider", "Corp"}, {"prompt", "none"}}));
    EXPECT_EQ(parameter_of(to, "error"), "login_required");
}

TEST_F(OidcRefusals, required_attributes_that_the_provider_does_not_say) {
    change_pool([](directory::Pool& changed) {
        auto schema = directory::standard_schema();
        for (auto& attribute : schema)
            if (attribute.Name->str() == "family_name") attribute.Required = true;
        changed.settings.SchemaAttributes = List<directory::SchemaAttributeType>(schema);
    });
    EXPECT_EQ(refusal(travel()),
              "invalid_request: Attributes did not conform to the schema: family_name: The attribute is required");
}

TEST_F(OidcRefusals, a_subject_that_is_no_name) {
    provider.claims["sub"] = provider.user_info["sub"] = std::string(200, 'x');
    EXPECT_EQ(refusal(travel()), "invalid_request: Invalid ProviderName/Username combination. Please check again");
}

TEST_F(OidcRefusals, new_keys_are_looked_for_once_in_a_while) {
    travel();
    provider.publish_keys({1, 2});
    provider.key = 1;
    clock.advance(std::chrono::seconds(11));
    EXPECT_NE(parameter_of(location(travel()), "code"), "");
    const auto count = [&] { return std::ranges::count(fetcher.asked, "https://idp.example/keys"); };
    const auto before = count();
    provider.key = 0;  // made-up kids do not become a flood
    for (int i = 0; i < 5; ++i) EXPECT_NE(parameter_of(location(travel()), "error"), "");
    EXPECT_LE(count(), before + 1);
}

}  // namespace
}  // namespace symbolon::federation
