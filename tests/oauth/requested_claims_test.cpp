// What a request asks of a sign-in and of tokens: OpenID Connect Core §5.5 (claims), §3.1.2.1 (acr_values,
// id_token_hint, max_age), §8 (pairwise subjects), §5.3.2 (signed userInfo).
#include "oauth/house.hpp"

#include "oauth/acr.hpp"
#include "oauth/requested_claims.hpp"
#include "oauth/subjects.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace symbolon::oauth {
namespace {

using boost::json::array;

class Requested : public House {
protected:
    boost::json::object tokens_for(Pairs parameters, std::vector<std::string> amr = {}) {
        const auto answer = authorize(std::move(parameters), {sign_in_browser(std::move(amr))});
        const auto code = parameter_of(location(answer), "code");
        EXPECT_NE(code, "") << location(answer);
        return json_of(post("/oauth2/token", code_form(code)));
    }
    boost::json::object id_token_for(Pairs parameters, std::vector<std::string> amr = {}) {
        return claims_of(text(tokens_for(std::move(parameters), std::move(amr)), "id_token"));
    }
    std::string error_of(Pairs parameters, std::vector<std::string> amr = {}) {
        return parameter_of(location(authorize(std::move(parameters), {sign_in_browser(std::move(amr))})), "error");
    }
    bool goes_to_login(const net::Response& answer) {
        return location(answer).rfind(std::string(pool_url) + "/login?", 0) == 0;
    }
};

TEST_F(Requested, claims_come_beside_those_of_the_scopes) {
    change_client(web, [](auto& settings) {
        settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone", "email", "profile"};
    });
    const auto tokens_of_request = tokens_for({{"claims", R"({"id_token":{"name":null},"userinfo":{"email":null}})"}});
    const auto id_token = claims_of(text(tokens_of_request, "id_token"));
    EXPECT_EQ(text(id_token, "phone_number"), "+14155550123");
    EXPECT_TRUE(id_token.contains("name"));
    EXPECT_FALSE(id_token.contains("email"));
    const auto info = json_of(user_info(text(tokens_of_request, "access_token")));
    EXPECT_EQ(text(info, "email"), "alice@example.com");
    EXPECT_FALSE(info.contains("name"));
    const auto again = json_of(refresh(text(tokens_of_request, "refresh_token")));
    EXPECT_TRUE(claims_of(text(again, "id_token")).contains("name")) << "a refresh gives the same";
    EXPECT_TRUE(json_of(user_info(text(again, "access_token"))).contains("email"));
}

TEST_F(Requested, claims_give_no_more_than_the_clients_scopes_could) {
    // `openid` alone would release all, but this client may not read it.
    change_client(web, [](auto& settings) {
        settings.ReadAttributes = List<directory::shape::ClientPermission>{"phone_number"};
    });
    const auto id_token = id_token_for({{"claims", R"({"id_token":{"email":{"essential":true}}})"}});
    EXPECT_FALSE(id_token.contains("email"));
    change_client(web, [](auto& settings) { settings.ReadAttributes.reset(); });
    extend_pool([](auto& extensions) { extensions.strict_oidc = true; });
    EXPECT_FALSE(id_token_for({{"claims", R"({"id_token":{"email":null}})"}}).contains("email"))
        << "the client has no scope that gives it";
}

TEST_F(Requested, malformed_claims_are_refused) {
    for (const char* claims : {"x", "[]", R"({"id_token":[]})", R"({"id_token":{"a":1}})",
                               R"({"userinfo":{"a":{"essential":"yes"}}})", R"({"userinfo":{"a":{"values":"x"}}})"}) {
        EXPECT_EQ(error_of({{"claims", claims}}), "invalid_request") << claims;
    }
    EXPECT_EQ(error_of({{"claims", R"({"id_token":{"a":{"value":")" + std::string(9000, 'x') + R"("}}})"}}),
              "invalid_request");
    for (const char* claims :
         {"{}", R"({"id_token":null})", R"({"other":{"a":1}})", R"({"id_token":{"a":{"purpose":1}}})"}) {
        EXPECT_EQ(error_of({{"claims", claims}}), "") << claims;
    }
}

TEST_F(Requested, acr_and_amr_say_what_was_really_used) {
    EXPECT_FALSE(id_token_for({}, {"pwd"}).contains("acr")) << "nobody asked";
    const Pairs asks{{"acr_values", "urn:cognito:loa:4 urn:cognito:loa:1"}};
    const auto one = id_token_for(asks, {"pwd"});
    EXPECT_EQ(text(one, "acr"), "urn:cognito:loa:1");
    EXPECT_EQ(one.at("amr"), (array{"pwd"}));
    EXPECT_EQ(text(id_token_for(asks, {"pwd", "sms", "mfa"}), "acr"), "urn:cognito:loa:3");
    EXPECT_EQ(text(id_token_for(asks, {"pwd", "otp", "mfa"}), "acr"), "urn:cognito:loa:4");
    EXPECT_FALSE(id_token_for(asks).contains("acr")) << "nothing is known of an older session";
    EXPECT_TRUE(id_token_for({{"claims", R"({"id_token":{"acr":null}})"}}, {"pwd"}).contains("acr"));
    const auto access = claims_of(text(tokens_for(asks, {"pwd"}), "access_token"));
    EXPECT_EQ(text(access, "acr"), "urn:cognito:loa:1") << "the access token says it, too";
}

TEST_F(Requested, levels_have_the_pools_names) {
    write([&](db::Transaction& tx) {
        directory::Pools pools(tx);
        auto changed = pools.get(pool_id);
        changed.settings.AcrConfiguration = directory::AcrConfigurationMap{{"Level3", {"strong"}}};
        pools.save(changed);
    });
    catalog->forget(pool_id);
    EXPECT_EQ(text(id_token_for({{"acr_values", "strong"}}, {"swk"}), "acr"), "strong");
    EXPECT_EQ(text(id_token_for({{"acr_values", "strong"}}, {"pwd"}), "acr"), "urn:cognito:loa:1");
}

TEST_F(Requested, an_essential_acr_that_is_not_met_asks_again) {
    const std::string claims = R"({"id_token":{"acr":{"essential":true,"values":["urn:cognito:loa:2"]}}})";
    EXPECT_TRUE(goes_to_login(authorize({{"claims", claims}}, {sign_in_browser({"pwd"})})));
    EXPECT_EQ(error_of({{"claims", claims}, {"prompt", "none"}}, {"pwd"}), "login_required");
    EXPECT_EQ(text(id_token_for({{"claims", claims}}, {"pwd", "otp", "mfa"}), "acr"), "urn:cognito:loa:2")
        << "what was asked for, though more was reached";
    // A sign-in that ended without it is not passed off as one with it (Unmet Authentication Requirements 1.0).
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    auto asked = std::get<AuthorizationRequest>(run(authorization->check(site, authorize_query({{"claims", claims}}))));
    const auto answer = run(authorization->respond(site, std::move(asked), signed_in()));
    EXPECT_EQ(parameter_of(location(answer), "error"), "unmet_authentication_requirements");
}

TEST(AuthenticationLevel, follows_from_the_factors) {
    EXPECT_EQ(level_of({}), 0);
    EXPECT_EQ(level_of({"fed"}), 1);
    EXPECT_EQ(level_of({"pwd"}), 1);
    EXPECT_EQ(level_of({"otp"}), 2);
    EXPECT_EQ(level_of({"sms"}), 2);
    EXPECT_EQ(level_of({"swk"}), 3);
    EXPECT_EQ(level_of({"pwd", "email_otp", "mfa"}), 3);
    EXPECT_EQ(level_of({"pwd", "otp", "mfa"}), 4);
}

TEST_F(Requested, an_id_token_hint_names_the_person) {
    const auto hint = text(get_tokens(), "id_token");
    EXPECT_NE(
        parameter_of(location(authorize({{"id_token_hint", hint}, {"prompt", "none"}}, {sign_in_browser()})), "code"),
        "");
    clock.advance(std::chrono::hours(24));
    EXPECT_NE(parameter_of(location(authorize({{"id_token_hint", hint}}, {sign_in_browser()})), "code"), "")
        << "also one that has expired";
    EXPECT_EQ(error_of({{"id_token_hint", "forged"}}), "invalid_request");
    EXPECT_EQ(error_of({{"id_token_hint", text(get_tokens(), "access_token")}}), "invalid_request");
}

TEST_F(Requested, somebody_else_is_not_the_answer) {
    const std::string claims = R"({"id_token":{"sub":{"value":"00000000-0000-4000-8000-000000000000"}}})";
    EXPECT_EQ(error_of({{"claims", claims}, {"prompt", "none"}}), "login_required");
    EXPECT_TRUE(goes_to_login(authorize({{"claims", claims}}, {sign_in_browser()})));
    const auto site = run(sites->find("id.example", "/" + pool_id.str() + "/login"))->site;
    auto asked = std::get<AuthorizationRequest>(run(authorization->check(site, authorize_query({{"claims", claims}}))));
    const auto answer = run(authorization->respond(site, std::move(asked), signed_in()));
    EXPECT_EQ(parameter_of(location(answer), "error"), "login_required");
    const std::string hers = R"({"userinfo":{"sub":{"value":")" + user_id.str() + R"("}}})";
    EXPECT_EQ(error_of({{"claims", hers}}), "");
}

TEST_F(Requested, the_clients_usual_max_age_counts) {
    extend_client(web, [](auto& extensions) { extensions.default_max_age = directory::shape::ExtensionAge(60); });
    const auto cookie = sign_in_browser();
    clock.advance(std::chrono::seconds(61));
    EXPECT_TRUE(goes_to_login(authorize({}, {cookie})));
    EXPECT_FALSE(goes_to_login(authorize({{"max_age", "100"}}, {cookie})));
}

TEST_F(Requested, select_account_asks_who_it_is) {
    EXPECT_TRUE(goes_to_login(authorize({{"prompt", "select_account"}}, {sign_in_browser()})));
}

class Pairwise : public Requested {
protected:
    Pairwise() {
        extend_client(web,
                      [](auto& extensions) { extensions.subject_type = directory::shape::ExtensionWord("pairwise"); });
    }
};

TEST_F(Pairwise, a_client_knows_the_user_by_a_name_of_its_own) {
    const auto answer = get_tokens();
    const auto id_token = claims_of(text(answer, "id_token"));
    const auto subject = text(id_token, "sub");
    EXPECT_EQ(subject, subject_of(*sealer, *client(web), user_id));
    EXPECT_EQ(subject.size(), 43U);
    EXPECT_FALSE(id_token.contains("cognito:username"));
    const auto info = json_of(user_info(text(answer, "access_token")));
    EXPECT_EQ(text(info, "sub"), subject);
    EXPECT_FALSE(info.contains("username"));
}

TEST_F(Pairwise, nothing_that_the_client_holds_names_the_user) {
    const auto answer = get_tokens();
    EXPECT_EQ(boost::json::serialize(claims_of(text(answer, "id_token"))).find(user_id.str()), std::string::npos);
    EXPECT_EQ(std::ranges::count(text(answer, "access_token"), '.'), 1) << "an access token of its says nothing";
    EXPECT_EQ(json_of(refresh(text(answer, "refresh_token"))).contains("access_token"), true);
}

directory::Client pairwise_client(const char* id, List<directory::shape::RedirectUrl, 0, 100> callbacks) {
    directory::Client client;
    client.pool_id = PoolId("us-east-1_a");
    client.id = ClientId(id);
    client.settings.CallbackURLs = std::move(callbacks);
    client.extensions.subject_type = directory::shape::ExtensionWord("pairwise");
    return client;
}

TEST_F(Pairwise, subjects_are_the_same_within_a_sector_only) {
    const auto subject = [&](const directory::Client& client) { return subject_of(*sealer, client, user_id); };
    const auto first = pairwise_client("first", {"https://ok.example/a"});
    EXPECT_EQ(subject(first), subject(pairwise_client("second", {"https://OK.example:8443/b"})));
    EXPECT_NE(subject(first), subject(pairwise_client("other", {"https://other.example/a"})));
    EXPECT_NE(subject(first), subject(pairwise_client("app", {"ok.example://a"}))) << "an app's scheme is no host";
    auto several = pairwise_client("several", {"https://ok.example/a", "https://other.example/a"});
    EXPECT_NE(subject(first), subject(several)) << "a sector of its own";
    several.extensions.sector_identifier_uri = directory::shape::ExtensionUri("https://ok.example/sector.json");
    EXPECT_EQ(subject(first), subject(several));
    several.pool_id = PoolId("us-east-1_b");
    EXPECT_NE(subject(first), subject(several));
}

TEST_F(Pairwise, a_hint_is_understood) {
    const auto hint = text(get_tokens(), "id_token");
    EXPECT_NE(parameter_of(location(authorize({{"id_token_hint", hint}}, {sign_in_browser()})), "code"), "");
}

TEST_F(Requested, user_info_is_signed_for_who_asks) {
    extend_client(
        web, [](auto& extensions) { extensions.userinfo_signed_response_alg = directory::SignatureAlgorithm::RS256; });
    const auto answer = user_info(text(get_tokens(), "access_token"));
    EXPECT_EQ(header(answer, "Content-Type"), "application/jwt");
    const auto claims = claims_of(answer.body);
    EXPECT_EQ(text(claims, "iss"), pool_url);
    EXPECT_EQ(text(claims, "aud"), web.str());
    EXPECT_EQ(text(claims, "sub"), user_id.str());
    EXPECT_EQ(claims.at("phone_number_verified"), true);
    EXPECT_FALSE(claims.contains("token_use"));
    EXPECT_EQ(user_info(answer.body).status, 401) << "it is no token";
    EXPECT_EQ(error_of({{"id_token_hint", answer.body}}), "invalid_request");
}

class Strict : public Requested {
protected:
    Strict() {
        extend_pool([](auto& extensions) { extensions.strict_oidc = true; });
    }
};

TEST_F(Strict, openid_alone_releases_the_subject) {
    const auto answer = tokens_for({{"scope", "openid"}}, {"pwd"});
    const auto id_token = claims_of(text(answer, "id_token"));
    EXPECT_FALSE(id_token.contains("phone_number"));
    EXPECT_EQ(text(id_token, "acr"), "urn:cognito:loa:1");
    EXPECT_EQ(json_of(user_info(text(answer, "access_token"))), (boost::json::object{{"sub", user_id.str()}}));
}

TEST_F(Strict, user_info_has_types) {
    const auto info = json_of(user_info(text(get_tokens(), "access_token")));
    EXPECT_EQ(info.at("phone_number_verified"), true);
}

TEST_F(Strict, scopes_that_are_not_understood_are_ignored) {
    EXPECT_EQ(text(tokens_for({{"scope", "openid nonsense"}}), "scope"), "openid");
    EXPECT_EQ(error_of({{"scope", "nonsense"}}), "invalid_scope");
}

TEST_F(Strict, unknown_response_types_have_their_own_error) {
    EXPECT_EQ(error_of({{"response_type", "none"}}), "unsupported_response_type");
}

TEST_F(Strict, a_token_comes_without_an_id_token) {
    const auto url = location(
        authorize({{"client_id", app.str()}, {"response_type", "token"}, {"scope", "openid"}}, {sign_in_browser()}));
    EXPECT_NE(parameter_of(url, "access_token", '#'), "");
    EXPECT_EQ(parameter_of(url, "id_token", '#'), "");
}

}  // namespace
}  // namespace symbolon::oauth
