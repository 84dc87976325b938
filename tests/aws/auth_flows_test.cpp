// The flows of signing in beside USER_PASSWORD_AUTH, as SDKs see them (cognito-api.md §3.1, §3.4 to §3.6, §3.9).
#include "aws/house.hpp"
#include "base/encoding.hpp"
#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"
#include "signin/srp_person.hpp"

#include <boost/json/parse.hpp>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;
using signin::SrpPerson;

class AuthFlows : public House {
protected:
    object parameters_of(const object& challenge) { return part(challenge, "ChallengeParameters"); }
    object initiate(std::string_view flow, const object& parameters) const {
        return {{"AuthFlow", flow}, {"ClientId", client}, {"AuthParameters", parameters}};
    }
    object respond(std::string_view name, const object& challenge, const object& responses) const {
        object request{{"ClientId", client}, {"ChallengeName", name}, {"ChallengeResponses", responses}};
        if (challenge.contains("Session")) request["Session"] = challenge.at("Session");
        return request;
    }
    static object as_admin(object request, const std::string& pool) {
        request["UserPoolId"] = pool;
        return request;
    }
    /// What a client answers PASSWORD_VERIFIER with.
    object claim(const object& challenge, const SrpPerson& by) {
        const auto given = parameters_of(challenge);
        signin::Challenge asked;
        asked.username = text(given, "USER_ID_FOR_SRP");
        asked.srp = signin::SrpQuestion{text(given, "SALT"), text(given, "SRP_B"), text(given, "SECRET_BLOCK")};
        directory::Pool of;
        of.id = PoolId(pool);
        const auto shown = by.claim(of, asked, clock.now());
        return {{"USERNAME", asked.username},
                {"PASSWORD_CLAIM_SECRET_BLOCK", shown.secret_block},
                {"TIMESTAMP", shown.timestamp},
                {"PASSWORD_CLAIM_SIGNATURE", shown.signature}};
    }

    const std::string pool = add_pool(tutorial());
    std::string client =
        add_client(pool, {{"ExplicitAuthFlows",
                           array{"ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                                 "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}}});
    const std::string sub = add_user(pool, client);
    const SrpPerson person{std::string(good)};
};

TEST_F(AuthFlows, srp_asks_for_a_proof_and_then_goes_on_as_with_a_password) {
    const auto asked = call("InitiateAuth", initiate("USER_SRP_AUTH", {{"USERNAME", jane}, {"SRP_A", person.a()}}));
    EXPECT_EQ(text(asked, "ChallengeName"), "PASSWORD_VERIFIER");
    EXPECT_FALSE(asked.contains("Session")) << "as live";
    const auto given = parameters_of(asked);
    EXPECT_EQ(given.size(), 5U);
    EXPECT_EQ(text(given, "USERNAME"), sub);
    EXPECT_EQ(text(given, "USER_ID_FOR_SRP"), sub);
    EXPECT_TRUE(parse_base64(text(given, "SECRET_BLOCK")));
    const auto code = call("RespondToAuthChallenge", respond("PASSWORD_VERIFIER", asked, claim(asked, person)));
    EXPECT_EQ(text(code, "ChallengeName"), "SMS_MFA");
    const auto done = call("RespondToAuthChallenge", answer_request(client, code, last_code(pool)));
    EXPECT_NE(text(done, "AuthenticationResult.AccessToken"), "");
}

TEST_F(AuthFlows, a_wrong_proof_is_a_wrong_password) {
    const SrpPerson wrong{std::string(bad)};
    const auto asked = call("InitiateAuth", initiate("USER_SRP_AUTH", {{"USERNAME", jane}, {"SRP_A", wrong.a()}}));
    EXPECT_EQ(refusal("RespondToAuthChallenge", respond("PASSWORD_VERIFIER", asked, claim(asked, wrong))),
              wrong_password);
    EXPECT_EQ(refusal("RespondToAuthChallenge", respond("PASSWORD_VERIFIER", asked, claim(asked, person))),
              used_session);
}

TEST_F(AuthFlows, a_client_without_a_flow_refuses_it_in_its_words) {
    client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_REFRESH_TOKEN_AUTH"}}});
    const object given{{"USERNAME", jane}, {"PASSWORD", good}, {"SRP_A", person.a()}};
    const auto flow = [&](std::string_view name) { return refusal("InitiateAuth", initiate(name, given)).message; };
    EXPECT_EQ(flow("USER_SRP_AUTH"), "USER_SRP_AUTH is not enabled for the client.");
    EXPECT_EQ(flow("USER_AUTH"), "USER_AUTH is not enabled for the client.");
    EXPECT_EQ(flow("CUSTOM_AUTH"), "CUSTOM_AUTH is not enabled for the client.");
    EXPECT_EQ(refusal("AdminInitiateAuth", as_admin(initiate("ADMIN_USER_PASSWORD_AUTH", given), pool)),
              (Refused{"InvalidParameter", "Auth flow not enabled for this client"}));
}

TEST_F(AuthFlows, custom_sign_in_needs_the_pools_own_code) {
    EXPECT_EQ(refusal("InitiateAuth", initiate("CUSTOM_AUTH", {{"USERNAME", jane}})),
              (Refused{"InvalidParameter", "Custom auth lambda trigger is not configured for the user pool."}));
}

TEST_F(AuthFlows, an_administrators_password_flow_is_the_same_with_a_pool) {
    const object given{{"USERNAME", jane}, {"PASSWORD", good}};
    for (const char* flow : {"ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"}) {
        const auto asked = call("AdminInitiateAuth", as_admin(initiate(flow, given), pool));
        EXPECT_EQ(text(asked, "ChallengeName"), "SMS_MFA");
        const auto done =
            call("AdminRespondToAuthChallenge", as_admin(answer_request(client, asked, last_code(pool)), pool));
        EXPECT_NE(text(done, "AuthenticationResult.IdToken"), "");
        clock.advance(1s);
    }
    EXPECT_EQ(refusal("AdminInitiateAuth", as_admin(initiate("USER_PASSWORD_AUTH", given), pool)),
              (Refused{"InvalidParameter", "Initiate Auth method not supported."}));
    const auto refused_password =
        refusal("AdminInitiateAuth",
                as_admin(initiate("ADMIN_USER_PASSWORD_AUTH", {{"USERNAME", jane}, {"PASSWORD", bad}}), pool));
    EXPECT_EQ(refused_password, wrong_password);
}

TEST_F(AuthFlows, the_old_flow_of_administrators_asks_for_a_password_that_is_not_given) {
    const object named{{"USERNAME", jane}};
    const auto asked = call("AdminInitiateAuth", as_admin(initiate("ADMIN_NO_SRP_AUTH", named), pool));
    EXPECT_EQ(text(asked, "ChallengeName"), "ADMIN_NO_SRP_AUTH");
    EXPECT_FALSE(asked.contains("AvailableChallenges"));
    const auto give = [&](std::string_view password) {
        return respond("ADMIN_NO_SRP_AUTH", asked, {{"USERNAME", jane}, {"PASSWORD", password}});
    };
    EXPECT_EQ(refusal("RespondToAuthChallenge", give(good)), invalid_session) << "administrators alone";
    EXPECT_EQ(refusal("AdminRespondToAuthChallenge", as_admin(give(bad), pool)), wrong_password);
    EXPECT_EQ(refusal("AdminRespondToAuthChallenge", as_admin(give(""), pool)),
              (Refused{"InvalidParameter", "Missing required parameter PASSWORD"}));
    const auto code = call("AdminRespondToAuthChallenge", as_admin(give(good), pool));
    EXPECT_EQ(text(code, "ChallengeName"), "SMS_MFA");
    EXPECT_EQ(refusal("AdminRespondToAuthChallenge", as_admin(give(good), pool)), used_session);
    EXPECT_EQ(refusal("AdminInitiateAuth", as_admin(initiate("ADMIN_USER_PASSWORD_AUTH", named), pool)),
              (Refused{"InvalidParameter", "Missing required parameter PASSWORD"}));
}

TEST_F(AuthFlows, a_password_that_is_asked_for_locks_like_any_other) {
    const auto asked = call("AdminInitiateAuth", as_admin(initiate("ADMIN_NO_SRP_AUTH", {{"USERNAME", jane}}), pool));
    const auto give = [&](std::string_view password) {
        return refusal(
            "AdminRespondToAuthChallenge",
            as_admin(respond("ADMIN_NO_SRP_AUTH", asked, {{"USERNAME", jane}, {"PASSWORD", password}}), pool));
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(give(bad), wrong_password);
    EXPECT_EQ(give(good), locked);
}

// Attack class 37.
TEST_F(AuthFlows, an_administrator_names_the_clients_own_pool) {
    const auto foreign = add_pool(tutorial());
    const object given{{"USERNAME", jane}, {"PASSWORD", good}};
    const Refused unknown{"ResourceNotFound", "User pool client " + client + " does not exist."};
    EXPECT_EQ(refusal("AdminInitiateAuth", as_admin(initiate("ADMIN_USER_PASSWORD_AUTH", given), foreign)), unknown);
    const auto asked = call("AdminInitiateAuth", as_admin(initiate("ADMIN_USER_PASSWORD_AUTH", given), pool));
    EXPECT_EQ(refusal("AdminRespondToAuthChallenge", as_admin(answer_request(client, asked, last_code(pool)), foreign)),
              unknown);
}

TEST_F(AuthFlows, user_auth_says_what_can_be_chosen) {
    const auto asked = call("InitiateAuth", initiate("USER_AUTH", {{"USERNAME", jane}}));
    EXPECT_EQ(text(asked, "ChallengeName"), "SELECT_CHALLENGE");
    EXPECT_EQ(asked.at("AvailableChallenges"), (array{"PASSWORD_SRP", "PASSWORD"}));
    EXPECT_EQ(asked.at("ChallengeParameters"), object{});
    EXPECT_EQ(refusal("RespondToAuthChallenge",
                      respond("SELECT_CHALLENGE", asked, {{"USERNAME", jane}, {"ANSWER", "SMS_OTP"}}))
                  .type,
              "InvalidParameter");
    EXPECT_EQ(
        refusal("RespondToAuthChallenge", respond("SELECT_CHALLENGE", asked, {{"USERNAME", jane}, {"ANSWER", "MAGIC"}}))
            .type,
        "InvalidParameter");
    const auto later = call("RespondToAuthChallenge",
                            respond("SELECT_CHALLENGE", asked, {{"USERNAME", jane}, {"ANSWER", "PASSWORD"}}));
    EXPECT_EQ(text(later, "ChallengeName"), "PASSWORD");
    const auto code =
        call("RespondToAuthChallenge", respond("PASSWORD", later, {{"USERNAME", jane}, {"PASSWORD", good}}));
    EXPECT_EQ(text(code, "ChallengeName"), "SMS_MFA");
    EXPECT_EQ(
        refusal("InitiateAuth", initiate("USER_AUTH", {{"USERNAME", jane}, {"PREFERRED_CHALLENGE", "MAGIC"}})).type,
        "InvalidParameter");
}

TEST_F(AuthFlows, user_auth_by_srp_has_a_session) {
    const auto asked = call(
        "InitiateAuth",
        initiate("USER_AUTH", {{"USERNAME", jane}, {"PREFERRED_CHALLENGE", "PASSWORD_SRP"}, {"SRP_A", person.a()}}));
    EXPECT_EQ(text(asked, "ChallengeName"), "PASSWORD_VERIFIER");
    EXPECT_NE(text(asked, "Session"), "");
    const auto code = call("RespondToAuthChallenge", respond("PASSWORD_VERIFIER", asked, claim(asked, person)));
    EXPECT_EQ(text(code, "ChallengeName"), "SMS_MFA");
}

TEST_F(AuthFlows, an_apps_code_and_the_choice_of_a_factor) {
    const std::string secret(32, 's');
    write([&](db::Transaction& tx) {
        auto changed = directory::Pools(tx).get(PoolId(pool));
        changed.settings.SoftwareTokenMfaConfiguration.emplace().Enabled = true;
        directory::Pools(tx).save(changed);
        directory::SoftwareTokens tokens(tx, sealer);
        tokens.save_pending(PoolId(pool), UserId(sub), directory::SoftwareTokenSecret(secret), clock.now());
        EXPECT_TRUE(tokens.verify_pending(PoolId(pool), UserId(sub), "phone", 1));
    });
    catalog.forget(PoolId(pool));
    const auto asked = sign_in(client);
    EXPECT_EQ(text(asked, "ChallengeName"), "SELECT_MFA_TYPE");
    EXPECT_EQ(text(asked, "ChallengeParameters.MFAS_CAN_CHOOSE"), R"(["SMS_MFA","SOFTWARE_TOKEN_MFA"])");
    const auto app = call("RespondToAuthChallenge",
                          respond("SELECT_MFA_TYPE", asked, {{"USERNAME", jane}, {"ANSWER", "SOFTWARE_TOKEN_MFA"}}));
    EXPECT_EQ(text(app, "ChallengeName"), "SOFTWARE_TOKEN_MFA");
    EXPECT_EQ(text(app, "ChallengeParameters.FRIENDLY_DEVICE_NAME"), "phone");
    const auto code = crypto::totp::make_code(bytes_of(secret), crypto::totp::step_of(clock.now()));
    EXPECT_EQ(
        refusal("RespondToAuthChallenge", respond("SOFTWARE_TOKEN_MFA", app,
                                                  {{"USERNAME", jane}, {"SOFTWARE_TOKEN_MFA_CODE", other_than(code)}})),
        (Refused{"CodeMismatch", "Invalid code received for user"}));
    const auto done = call("RespondToAuthChallenge",
                           respond("SOFTWARE_TOKEN_MFA", app, {{"USERNAME", jane}, {"SOFTWARE_TOKEN_MFA_CODE", code}}));
    EXPECT_TRUE(done.contains("AuthenticationResult"));
}

TEST_F(AuthFlows, a_pool_that_tracks_devices_offers_one) {
    write([&](db::Transaction& tx) {
        auto changed = directory::Pools(tx).get(PoolId(pool));
        changed.settings.DeviceConfiguration.emplace().ChallengeRequiredOnNewDevice = true;
        directory::Pools(tx).save(changed);
    });
    catalog.forget(PoolId(pool));
    const auto asked = sign_in(client);
    const auto done = call("RespondToAuthChallenge", answer_request(client, asked, last_code(pool)));
    const auto offered = part(done, "AuthenticationResult.NewDeviceMetadata");
    EXPECT_TRUE(text(offered, "DeviceKey").starts_with("us-east-1_"));
    EXPECT_NE(text(offered, "DeviceGroupKey"), "");
}

// Attack class 33.
TEST_F(AuthFlows, nobody_is_asked_as_somebody_is) {
    client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"}},
                               {"PreventUserExistenceErrors", "ENABLED"}});
    const auto shape_of = [&](std::string_view flow, std::string_view username) {
        const auto asked = call("InitiateAuth", initiate(flow, {{"USERNAME", username}, {"SRP_A", person.a()}}));
        std::vector<std::string> names;
        for (const auto& entry : asked) names.emplace_back(entry.key());
        for (const auto& entry : parameters_of(asked)) names.emplace_back(entry.key());
        names.push_back(std::to_string(text(asked, "Session").size()));
        names.push_back(std::to_string(text(asked, "ChallengeParameters.SECRET_BLOCK").size()));
        names.push_back(std::to_string(text(asked, "ChallengeParameters.USER_ID_FOR_SRP").size()));
        return names;
    };
    EXPECT_EQ(shape_of("USER_SRP_AUTH", jane), shape_of("USER_SRP_AUTH", nobody));
    EXPECT_EQ(shape_of("USER_AUTH", jane), shape_of("USER_AUTH", nobody));
}

/// USER_AUTH where every factor is allowed (cognito-api.md §3.6, the table of cases).
class PreferredChallenge : public House {
protected:
    object begin(object parameters) {
        parameters["USERNAME"] = "jane";
        return call("InitiateAuth",
                    {{"AuthFlow", "USER_AUTH"}, {"ClientId", client}, {"AuthParameters", std::move(parameters)}});
    }
    object prefer(std::string_view challenge) { return begin({{"PREFERRED_CHALLENGE", challenge}}); }
    void add_jane(const array& attributes) {
        call("AdminCreateUser", {{"UserPoolId", pool},
                                 {"Username", "jane"},
                                 {"MessageAction", "SUPPRESS"},
                                 {"UserAttributes", attributes},
                                 {"TemporaryPassword", good}});
    }
    void confirm() {
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "jane"}, {"Password", good}, {"Permanent", true}});
    }
    static array both() {
        return {object{{"Name", "email"}, {"Value", "jane@example.com"}},
                object{{"Name", "email_verified"}, {"Value", "true"}},
                object{{"Name", "phone_number"}, {"Value", jane}},
                object{{"Name", "phone_number_verified"}, {"Value", "true"}}};
    }

    const std::string pool = add_pool(parse(R"({
        "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]}},
        "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}})"));
    const std::string client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_AUTH"}}});
    const array all{"PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"};
};

TEST_F(PreferredChallenge, a_code_is_sent_at_once) {
    add_jane(both());
    confirm();
    const auto mail = prefer("EMAIL_OTP");
    EXPECT_EQ(text(mail, "ChallengeName"), "EMAIL_OTP");
    EXPECT_EQ(text(mail, "ChallengeParameters.CODE_DELIVERY_DELIVERY_MEDIUM"), "EMAIL");
    EXPECT_EQ(text(mail, "ChallengeParameters.CODE_DELIVERY_DESTINATION"), "j***@e***");
    EXPECT_EQ(mail.at("AvailableChallenges"), all);
    EXPECT_EQ(last_code(pool).size(), 8U);
    const auto done = call("RespondToAuthChallenge",
                           {{"ClientId", client},
                            {"ChallengeName", "EMAIL_OTP"},
                            {"Session", text(mail, "Session")},
                            {"ChallengeResponses", object{{"USERNAME", "jane"}, {"EMAIL_OTP_CODE", last_code(pool)}}}});
    EXPECT_NE(text(done, "AuthenticationResult.AccessToken"), "");
    clock.advance(1s);
    const auto number = prefer("SMS_OTP");
    EXPECT_EQ(text(number, "ChallengeName"), "SMS_OTP");
    EXPECT_EQ(text(number, "ChallengeParameters.CODE_DELIVERY_DELIVERY_MEDIUM"), "SMS");
}

TEST_F(PreferredChallenge, a_password_goes_along_or_is_asked_for) {
    add_jane(both());
    confirm();
    const auto done = begin({{"PREFERRED_CHALLENGE", "PASSWORD"}, {"PASSWORD", good}});
    EXPECT_NE(text(done, "AuthenticationResult.AccessToken"), "");
    EXPECT_EQ(text(prefer("PASSWORD"), "ChallengeName"), "PASSWORD");
    EXPECT_EQ(prefer("PASSWORD").at("ChallengeParameters"), object{});
    EXPECT_EQ(text(prefer("PASSWORD_SRP"), "ChallengeName"), "PASSWORD_SRP");
    EXPECT_EQ(text(begin({{"PASSWORD", good}}), "ChallengeName"), "SELECT_CHALLENGE") << "nothing was preferred";
}

TEST_F(PreferredChallenge, what_the_user_cannot_do_is_asked_anew) {
    add_jane({object{{"Name", "email"}, {"Value", "jane@example.com"}}});
    confirm();
    for (const char* preferred : {"EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"}) {
        const auto asked = prefer(preferred);
        EXPECT_EQ(text(asked, "ChallengeName"), "SELECT_CHALLENGE") << preferred;
        EXPECT_EQ(asked.at("AvailableChallenges"), (array{"PASSWORD_SRP", "PASSWORD"})) << "nothing is verified";
        EXPECT_EQ(asked.at("ChallengeParameters"), object{});
    }
    EXPECT_TRUE(messages(pool).empty());
}

TEST_F(PreferredChallenge, a_temporary_password_comes_first) {
    add_jane(both());
    const auto asked = prefer("EMAIL_OTP");
    EXPECT_EQ(text(asked, "ChallengeName"), "SELECT_CHALLENGE");
    EXPECT_EQ(asked.at("AvailableChallenges"), (array{"PASSWORD_SRP", "PASSWORD"}));
    EXPECT_EQ(text(begin({{"PREFERRED_CHALLENGE", "PASSWORD"}, {"PASSWORD", good}}), "ChallengeName"),
              "NEW_PASSWORD_REQUIRED");
}

TEST_F(PreferredChallenge, with_a_second_factor_on_a_password_comes_first) {
    add_jane(both());
    confirm();
    call("SetUserPoolMfaConfig",
         {{"UserPoolId", pool},
          {"MfaConfiguration", "OPTIONAL"},
          {"SmsMfaConfiguration",
           object{{"SmsConfiguration", object{{"SnsCallerArn", "arn:aws:iam::000000000000:role/sms"}}}}}});
    EXPECT_EQ(text(prefer("EMAIL_OTP"), "ChallengeName"), "EMAIL_OTP");
    call("AdminSetUserMFAPreference", {{"UserPoolId", pool},
                                       {"Username", "jane"},
                                       {"SMSMfaSettings", object{{"Enabled", true}, {"PreferredMfa", true}}}});
    EXPECT_EQ(text(prefer("EMAIL_OTP"), "ChallengeName"), "SELECT_CHALLENGE");
    EXPECT_EQ(text(begin({{"PREFERRED_CHALLENGE", "PASSWORD"}, {"PASSWORD", good}}), "ChallengeName"), "SMS_MFA");
}

}  // namespace
}  // namespace symbolon::aws
