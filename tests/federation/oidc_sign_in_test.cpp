#include "directory/groups.hpp"
#include "directory/linked_identities.hpp"
#include "directory/log_lines.hpp"
#include "federation/journey.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace symbolon::federation {
namespace {

namespace json = boost::json;
using oauth::location;
using oauth::parameter_of;
using oauth::text;

class OidcSignIn : public Travels {
protected:
    static constexpr const char* pre_sign_up = "arn:aws:lambda:us-east-1:123456789012:function:pre-sign-up";

    void set_hooks(const std::function<void(directory::LambdaConfigType&)>& set) {
        change_pool([&](directory::Pool& changed) { set(changed.settings.LambdaConfig.emplace()); });
    }
    void link(const directory::ExternalIdentity& identity, const UserId& to = user_id) {
        const auto in = pool();
        write([&](db::Transaction& tx) {
            auto known = *directory::Users(tx).find(pool_id, to);
            directory::link_identity(tx, *sealer, *in, known, identity, clock.now());
        });
    }
};

TEST_F(OidcSignIn, sends_the_browser_with_state_nonce_and_pkce) {
    const auto journey = leave({{"login_hint", "jane"}, {"prompt", "login select_account"}});
    const auto to = location(journey.departure);
    EXPECT_EQ(to.substr(0, to.find('?')), "https://idp.example/authorize");
    EXPECT_EQ(parameter_of(to, "client_id"), "corp-client");
    EXPECT_EQ(parameter_of(to, "redirect_uri"), std::string(pool_url) + "/oauth2/idpresponse");
    EXPECT_EQ(parameter_of(to, "response_type"), "code");
    EXPECT_EQ(parameter_of(to, "scope"), "openid email");
    EXPECT_EQ(parameter_of(to, "login_hint"), "jane");
    EXPECT_EQ(parameter_of(to, "prompt"), "login select_account");
    EXPECT_EQ(parameter_of(to, "code_challenge_method"), "S256");
    EXPECT_EQ(parameter_of(to, "code_challenge").size(), 43U);
    EXPECT_GE(journey.state.size(), 43U);
    EXPECT_NE(parameter_of(to, "nonce"), journey.state);
    const auto cookie = oauth::header(journey.departure, "Set-Cookie");
    for (const auto* attribute : {"HttpOnly", "Secure", "SameSite=None"})
        EXPECT_NE(cookie.find(attribute), std::string::npos) << cookie;
}

TEST_F(OidcSignIn, proves_itself_with_secret_and_verifier) {
    travel();
    ASSERT_EQ(provider.token_requests.size(), 1U);
    const auto form = net::Form::parse(provider.token_requests[0].body);
    EXPECT_EQ(form.get("code"), "code-1");
    EXPECT_EQ(form.get("client_secret"), "corp secret&");
    EXPECT_EQ(form.get("redirect_uri"), std::string(pool_url) + "/oauth2/idpresponse");
    EXPECT_EQ(form.get("code_verifier").size(), 43U);
}

TEST_F(OidcSignIn, first_sign_in_makes_a_profile) {
    const auto arrival = travel();
    EXPECT_EQ(parameter_of(location(arrival), "state"), "xyz +&=é");
    EXPECT_NE(cookie_of(arrival, "cognito"), "");
    const auto made = user("Corp_Person-1");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->username, "corp_person-1");
    EXPECT_EQ(made->status, directory::UserStatus::EXTERNAL_PROVIDER);
    EXPECT_EQ(made->attribute("email"), "jane@corp.example");
    EXPECT_EQ(made->attribute("email_verified"), "false");
    EXPECT_EQ(made->attribute("nickname"), "Janie");
    const auto groups = write([&](db::Transaction& tx) { return directory::Groups(tx).of_user(pool_id, made->id); });
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].name, pool_id.str() + "_Corp");

    const auto claims = id_claims(arrival);
    EXPECT_EQ(text(claims, "sub"), made->id.str());
    EXPECT_EQ(text(claims, "cognito:username"), "corp_person-1");
    EXPECT_FALSE(claims.contains("nonce"));  // the provider's is nobody else's business
    const auto& identity = claims.at("identities").as_array().at(0).as_object();
    EXPECT_EQ(text(identity, "userId"), "Person-1");
    EXPECT_EQ(text(identity, "providerName"), "Corp");
    EXPECT_EQ(text(identity, "providerType"), "OIDC");
    EXPECT_EQ(text(identity, "issuer"), "https://idp.example");
    EXPECT_EQ(text(identity, "primary"), "true");
}

TEST_F(OidcSignIn, the_first_counts_as_a_sign_up_where_the_client_has_analytics) {
    services->delivers_logs = true;
    change_client(web, [](directory::ClientSettings& settings) {
        settings.AnalyticsConfiguration.emplace().ApplicationId = std::string(32, 'a');
    });
    const auto types = [&] {
        std::vector<std::string> out;
        for (const auto& line : write([](db::Transaction& tx) { return directory::LogLines(tx).take(100); }))
            out.push_back(text(json::parse(line.line).as_object(), "event_type"));
        std::sort(out.begin(), out.end());  // of one moment, they lie in no order
        return out;
    };
    travel();
    EXPECT_EQ(types(), (std::vector<std::string>{"_userauth.sign_in", "_userauth.sign_up"}));
    travel();
    EXPECT_EQ(types(), std::vector<std::string>{"_userauth.sign_in"});
}

TEST_F(OidcSignIn, later_sign_ins_update_what_changed) {
    travel();
    const auto first = user("Corp_Person-1");
    provider.claims["name"] = "Jane Roe";
    provider.claims.erase("email");
    provider.user_info["nickname"] = "";
    const auto claims = id_claims(travel());
    const auto second = user("Corp_Person-1");
    ASSERT_TRUE(first && second);
    EXPECT_EQ(second->id, first->id);
    EXPECT_EQ(text(claims, "sub"), first->id.str());
    EXPECT_EQ(second->attribute("name"), "Jane Roe");
    EXPECT_EQ(second->attribute("email"), "jane@corp.example");  // a claim that is gone deletes nothing
    EXPECT_FALSE(second->attributes.contains("nickname"));       // an empty one does
}

TEST_F(OidcSignIn, email_is_verified_only_as_far_as_the_provider_says_so) {
    change_provider([](auto& changed) { changed.attribute_mapping["email_verified"] = "email_verified"; });
    provider.claims["email_verified"] = true;
    travel();
    EXPECT_EQ(user("Corp_Person-1")->attribute("email_verified"), "true");
    provider.claims["email"] = "other@corp.example";
    provider.claims.erase("email_verified");
    travel();
    EXPECT_EQ(user("Corp_Person-1")->attribute("email"), "other@corp.example");
    EXPECT_EQ(user("Corp_Person-1")->attribute("email_verified"), "false");
}

TEST_F(OidcSignIn, linked_people_sign_in_as_the_local_user) {
    link({"Corp", std::string(directory::ExternalIdentity::subject), "Person-1"});
    const auto claims = id_claims(travel());
    EXPECT_EQ(text(claims, "sub"), user_id.str());
    EXPECT_EQ(text(claims, "cognito:username"), "alice");
    EXPECT_FALSE(user("Corp_Person-1"));
    EXPECT_EQ(text(claims.at("identities").as_array().at(0).as_object(), "primary"), "false");
}

TEST_F(OidcSignIn, people_are_linked_by_a_mapped_attribute_too) {
    link({"Corp", "email", "jane@corp.example"});
    EXPECT_EQ(text(id_claims(travel()), "sub"), user_id.str());
}

TEST_F(OidcSignIn, an_address_that_the_provider_calls_unverified_links_nobody) {
    change_provider([](auto& changed) { changed.attribute_mapping["email_verified"] = "email_verified"; });
    link({"Corp", "email", "jane@corp.example"});
    provider.claims["email_verified"] = false;
    EXPECT_NE(text(id_claims(travel()), "sub"), user_id.str());
}

TEST_F(OidcSignIn, who_is_linked_by_the_hook_signs_in_at_once) {
    set_hooks([](auto& config) { config.PreSignUp = directory::shape::Arn(pre_sign_up); });
    functions.add(pre_sign_up, [&](json::object event) {
        EXPECT_EQ(event.at("triggerSource").as_string(), "PreSignUp_ExternalProvider");
        EXPECT_EQ(event.at("userName").as_string(), "corp_person-1");
        link({"Corp", std::string(directory::ExternalIdentity::subject), "Person-1"});
        return event;
    });
    EXPECT_EQ(text(id_claims(travel()), "sub"), user_id.str());
}

TEST_F(OidcSignIn, hooks_are_asked_in_their_order) {
    const std::string arn = pre_sign_up;
    set_hooks([&](auto& config) {
        config.PreSignUp = config.PostConfirmation = config.PreAuthentication = config.PostAuthentication =
            directory::shape::Arn(arn);
    });
    functions.add_answer(arn, {});
    travel();
    EXPECT_EQ(functions.sources(),
              (std::vector<std::string>{"PreSignUp_ExternalProvider", "PostConfirmation_ConfirmSignUp",
                                        "PostAuthentication_Authentication"}));
    functions.seen.clear();
    travel();
    EXPECT_EQ(functions.sources(),
              (std::vector<std::string>{"PreAuthentication_Authentication", "PostAuthentication_Authentication"}));
}

TEST_F(OidcSignIn, a_hook_that_refuses_is_heard_by_the_client) {
    set_hooks([](auto& config) { config.PreSignUp = directory::shape::Arn(pre_sign_up); });
    functions.add(pre_sign_up, [](json::object) -> json::object { throw std::runtime_error("not you"); });
    const auto to = location(travel());
    EXPECT_EQ(parameter_of(to, "error"), "invalid_request");
    EXPECT_EQ(parameter_of(to, "error_description"), "PreSignUp failed with error not you.");
    EXPECT_FALSE(user("Corp_Person-1"));
}

TEST_F(OidcSignIn, disabled_people_do_not_come_in) {
    travel();
    const auto in = pool();
    write([&](db::Transaction& tx) {
        auto known = *directory::Users(tx).find_by_login(*in, "Corp_Person-1");
        known.enabled = false;
        directory::Users(tx).save(*in, known);
    });
    const auto arrival = travel();
    EXPECT_EQ(parameter_of(location(arrival), "error"), "invalid_request");
    EXPECT_EQ(cookie_of(arrival, "cognito"), "");
}

// Attack class 26: a local user of that name, made beforehand, gets nobody's sign-in.
TEST_F(OidcSignIn, a_local_user_of_that_name_is_not_the_person) {
    const auto in = pool();
    const UserId squatter("99999999-2222-4333-8444-555555555555");
    write([&](db::Transaction& tx) {
        auto local = *directory::Users(tx).find(pool_id, user_id);
        local.id = squatter;
        local.username = "Corp_Person-1";
        local.attributes = {};
        directory::Users(tx).create(*in, local);
    });
    const auto to = location(travel());
    EXPECT_EQ(parameter_of(to, "error"), "invalid_request");
    EXPECT_EQ(parameter_of(to, "error_description"), "Already found an entry for username corp_person-1");
}

TEST_F(OidcSignIn, what_the_client_may_not_write_is_left_out) {
    change_client(web, [](directory::ClientSettings& settings) {
        settings.WriteAttributes = List<directory::shape::ClientPermission>{"name"};
    });
    travel();
    const auto made = user("Corp_Person-1");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->attribute("name"), "Jane Doe");
    EXPECT_FALSE(made->attributes.contains("email"));
    EXPECT_FALSE(made->attributes.contains("email_verified"));
}

TEST_F(OidcSignIn, where_names_are_addresses_a_provider_takes_nobodys_address) {
    change_pool([](directory::Pool& changed) {
        changed.settings.UsernameAttributes =
            List<directory::UsernameAttributeType>{directory::UsernameAttributeType::email};
    });
    const auto in = pool();
    const UserId local_id("99999999-2222-4333-8444-555555555555");
    write([&](db::Transaction& tx) {
        auto local = *directory::Users(tx).find(pool_id, user_id);
        local.id = local_id;
        local.username = local_id.str();
        local.attributes = {{"email", "jane@corp.example"}, {"email_verified", "true"}};
        directory::Users(tx).create(*in, local);
    });
    EXPECT_NE(text(id_claims(travel()), "sub"), local_id.str());
    EXPECT_EQ(user("jane@corp.example")->id, local_id);
    EXPECT_EQ(user("corp_Person-1")->status, directory::UserStatus::EXTERNAL_PROVIDER);
}

TEST_F(OidcSignIn, a_live_session_of_the_provider_goes_straight_through) {
    const auto arrival = travel();
    const std::pair<std::string, std::string> signed_in{"Cookie", "cognito=" + cookie_of(arrival, "cognito")};
    const auto again = location(authorize({{"identity_provider", "Corp"}}, {signed_in}));
    EXPECT_NE(parameter_of(again, "code"), "") << again;
    // Another's session is no sign-in at this provider.
    const auto local = location(authorize({{"identity_provider", "Corp"}}, {sign_in_browser()}));
    EXPECT_TRUE(local.starts_with("https://idp.example/authorize")) << local;
}

TEST_F(OidcSignIn, an_identifier_leads_to_its_provider) {
    const auto to = location(authorize({{"idp_identifier", "CORP.example"}}));
    EXPECT_TRUE(to.starts_with("https://idp.example/authorize")) << to;
}

TEST_F(OidcSignIn, the_only_provider_needs_no_choice) {
    allow_providers({"Corp"});
    const auto to = location(authorize());
    EXPECT_TRUE(to.starts_with("https://idp.example/authorize")) << to;
}

TEST_F(OidcSignIn, inbound_federation_changes_the_claims) {
    const std::string arn = pre_sign_up;
    set_hooks([&](auto& config) {
        config.InboundFederation.emplace();
        config.InboundFederation->LambdaArn = directory::shape::Arn(arn);
    });
    functions.add(arn, [](json::object event) {
        const auto& told = event.at("request").as_object().at("attributes").as_object();
        EXPECT_TRUE(told.contains("tokenResponse") && told.contains("idToken") && told.contains("userInfo"));
        event.at("response").as_object()["userAttributesToMap"] = json::object{{"name", "By Hook"}};
        return event;
    });
    travel();
    const auto made = user("Corp_Person-1");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->attribute("name"), "By Hook");
    EXPECT_FALSE(made->attributes.contains("email"));
}

}  // namespace
}  // namespace symbolon::federation
