// The second factors of users (cognito-api.md §2.10, §3.9; attack rows 18, 20, 23).
#include "aws/house.hpp"
#include "base/bytes.hpp"
#include "crypto/totp.hpp"
#include "directory/software_tokens.hpp"

#include <chrono>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;
namespace totp = crypto::totp;

const Refused mismatch{"EnableSoftwareTokenMFA", "Code mismatch"};
const object on{{"Enabled", true}};
const object preferred{{"Enabled", true}, {"PreferredMfa", true}};
const object off{{"Enabled", false}};

class Mfa : public House {
protected:
    explicit Mfa(std::string_view mode = "OPTIONAL")
        : pool(add_pool(parse(R"({"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}})"))),
          client(add_client(pool)) {
        call("AdminCreateUser", {{"UserPoolId", pool},
                                 {"Username", "alice"},
                                 {"MessageAction", "SUPPRESS"},
                                 {"UserAttributes", array{object{{"Name", "phone_number"}, {"Value", jane}}}}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "alice"}, {"Password", good}, {"Permanent", true}});
        access = text(part(sign_in(client, "alice"), "AuthenticationResult"), "AccessToken");
        call("SetUserPoolMfaConfig",
             {{"UserPoolId", pool},
              {"MfaConfiguration", mode},
              {"SoftwareTokenMfaConfiguration", on},
              {"SmsMfaConfiguration",
               object{{"SmsConfiguration", object{{"SnsCallerArn", "arn:aws:iam::000000000000:role/sms"}}}}}});
    }
    object of(const object& more = {}) const { return with({{"UserPoolId", pool}, {"Username", "alice"}}, more); }
    object token(const object& more = {}) const { return with({{"AccessToken", access}}, more); }
    void prefer(const object& change) { EXPECT_EQ(call("SetUserMFAPreference", token(change)), object{}); }
    Refused prefer_refusal(const object& change) { return refusal("SetUserMFAPreference", token(change)); }

    std::string code(std::int64_t steps_away = 0) {
        const auto find = [&](db::Transaction& tx) {
            const auto user = directory::Users(tx).get_by_login(directory::Pools(tx).get(PoolId(pool)), "alice");
            directory::SoftwareTokens apps(tx, sealer);
            auto app = apps.find_pending(user.pool_id, user.id);
            if (!app) app = apps.find(user.pool_id, user.id);
            return app ? totp::make_code(bytes_of(app->secret.reveal()), totp::step_of(clock.now()) + steps_away)
                       : std::string();
        };
        return run(db->read(find));
    }
    object verify_request(const std::string& with_code) const { return token({{"UserCode", with_code}}); }
    void set_up_app() {
        call("AssociateSoftwareToken", token());
        EXPECT_EQ(call("VerifySoftwareToken", verify_request(code())), (object{{"Status", "SUCCESS"}}));
    }
    array factors() {
        const auto user = call("AdminGetUser", of());
        return user.contains("UserMFASettingList") ? user.at("UserMFASettingList").as_array() : array{};
    }
    std::string preferred_factor() { return text(call("AdminGetUser", of()), "PreferredMfaSetting"); }
    const std::string pool;
    const std::string client;
    std::string access;
};

TEST_F(Mfa, an_app_is_set_up_and_turned_on) {
    const auto secret = call("AssociateSoftwareToken", token());
    EXPECT_EQ(text(secret, "SecretCode").size(), 52U);
    EXPECT_FALSE(secret.contains("Session"));
    EXPECT_EQ(refusal("VerifySoftwareToken", verify_request(other_than(code()))), mismatch);
    EXPECT_EQ(prefer_refusal({{"SoftwareTokenMfaSettings", on}}),
              (Refused{"InvalidParameter", "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"}));
    EXPECT_EQ(call("VerifySoftwareToken", verify_request(code())), (object{{"Status", "SUCCESS"}}));
    EXPECT_EQ(factors(), array{});
    prefer({{"SoftwareTokenMfaSettings", preferred}});
    EXPECT_EQ(factors(), array{"SOFTWARE_TOKEN_MFA"});
    EXPECT_EQ(preferred_factor(), "SOFTWARE_TOKEN_MFA");
    const auto seen = call("GetUser", token());
    EXPECT_EQ(seen.at("UserMFASettingList"), array{"SOFTWARE_TOKEN_MFA"});
    EXPECT_EQ(text(seen, "PreferredMfaSetting"), "SOFTWARE_TOKEN_MFA");
}

TEST_F(Mfa, who_sets_up_an_app_shows_one_proof_of_two) {
    EXPECT_EQ(refusal("AssociateSoftwareToken", {}).type, "InvalidParameter");
    EXPECT_EQ(refusal("VerifySoftwareToken", {{"UserCode", "123456"}}).type, "InvalidParameter");
    const object both{{"AccessToken", access}, {"Session", std::string(40, 'x')}};
    EXPECT_EQ(refusal("AssociateSoftwareToken", both).type, "InvalidParameter");
    EXPECT_EQ(refusal("VerifySoftwareToken", with(both, {{"UserCode", "123456"}})).type, "InvalidParameter");
    EXPECT_EQ(refusal("AssociateSoftwareToken", {{"Session", std::string(40, 'x')}}), invalid_session);
}

TEST_F(Mfa, a_pool_without_apps_sets_none_up) {
    const auto plain = add_pool();
    const auto its_client = add_client(plain);
    call("AdminCreateUser", {{"UserPoolId", plain}, {"Username", "bob"}, {"MessageAction", "SUPPRESS"}});
    call("AdminSetUserPassword", {{"UserPoolId", plain}, {"Username", "bob"}, {"Password", good}, {"Permanent", true}});
    access = text(part(sign_in(its_client, "bob"), "AuthenticationResult"), "AccessToken");
    const Refused none{"SoftwareTokenMFANotFound", "Software Token MFA has not been enabled by the userPool"};
    EXPECT_EQ(refusal("AssociateSoftwareToken", token()), none);
    EXPECT_EQ(refusal("VerifySoftwareToken", verify_request("123456")), none);
}

TEST_F(Mfa, sections_that_are_absent_keep_their_state) {
    set_up_app();
    prefer({{"SMSMfaSettings", preferred}});
    prefer({{"SoftwareTokenMfaSettings", on}});
    EXPECT_EQ(factors(), (array{"SMS_MFA", "SOFTWARE_TOKEN_MFA"}));
    EXPECT_EQ(preferred_factor(), "SMS_MFA");
    EXPECT_EQ(prefer_refusal({{"SMSMfaSettings", preferred}, {"SoftwareTokenMfaSettings", preferred}}).type,
              "InvalidParameter");
    EXPECT_EQ(prefer_refusal({{"SMSMfaSettings", object{{"Enabled", false}, {"PreferredMfa", true}}}}).type,
              "InvalidParameter");
    EXPECT_EQ(prefer_refusal({{"EmailMfaSettings", on}}),
              (Refused{"InvalidParameter", "User does not have delivery config set to turn on EMAIL_OTP"}));
    prefer({{"SMSMfaSettings", off}});
    EXPECT_EQ(factors(), array{"SOFTWARE_TOKEN_MFA"});
    EXPECT_EQ(preferred_factor(), "") << "what is off is not preferred";
    prefer({{"SoftwareTokenMfaSettings", off}});
    EXPECT_FALSE(call("AdminGetUser", of()).contains("UserMFASettingList"));
}

TEST_F(Mfa, administrators_do_the_same_for_confirmed_users) {
    EXPECT_EQ(call("AdminSetUserMFAPreference", of({{"SMSMfaSettings", preferred}})), object{});
    EXPECT_EQ(factors(), array{"SMS_MFA"});
    EXPECT_EQ(refusal("AdminSetUserMFAPreference", of({{"SoftwareTokenMfaSettings", on}})).type, "InvalidParameter");
    EXPECT_EQ(refusal("AdminSetUserMFAPreference", of({{"Username", "nobody"}})), unknown_user);
    call("SignUp", {{"ClientId", client}, {"Username", "bob"}, {"Password", good}});
    EXPECT_EQ(refusal("AdminSetUserMFAPreference", of({{"Username", "bob"}, {"SMSMfaSettings", on}})).type,
              "UserNotConfirmed");
    EXPECT_EQ(refusal("AdminDeleteSoftwareToken", of({{"Username", "bob"}})).type, "UserNotConfirmed");
}

TEST_F(Mfa, the_old_settings_know_texts_only_and_are_shown_as_such) {
    const auto sms = array{object{{"DeliveryMedium", "SMS"}, {"AttributeName", "phone_number"}}};
    EXPECT_EQ(call("SetUserSettings", token({{"MFAOptions", sms}})), object{});
    EXPECT_EQ(factors(), array{"SMS_MFA"});
    EXPECT_EQ(call("AdminGetUser", of()).at("MFAOptions"), sms);
    EXPECT_EQ(call("GetUser", token()).at("MFAOptions"), sms);
    const auto listed = call("ListUsers", {{"UserPoolId", pool}}).at("Users").as_array().front().as_object();
    EXPECT_EQ(listed.at("MFAOptions"), sms);
    EXPECT_EQ(call("AdminSetUserSettings", of({{"MFAOptions", array{}}})), object{});
    EXPECT_EQ(factors(), array{});
    EXPECT_FALSE(call("AdminGetUser", of()).contains("MFAOptions"));
    call("AdminSetUserSettings", of({{"MFAOptions", sms}}));
    prefer({{"SMSMfaSettings", on}});
    EXPECT_FALSE(call("GetUser", token()).contains("MFAOptions")) << "the new way was taken";
    EXPECT_EQ(factors(), array{"SMS_MFA"});
    EXPECT_EQ(refusal("SetUserSettings",
                      token({{"MFAOptions", array{object{{"DeliveryMedium", "EMAIL"}, {"AttributeName", "email"}}}}}))
                  .type,
              "InvalidParameter");
}

TEST_F(Mfa, an_administrator_removes_a_lost_app) {
    set_up_app();
    prefer({{"SoftwareTokenMfaSettings", preferred}, {"SMSMfaSettings", on}});
    EXPECT_EQ(call("AdminDeleteSoftwareToken", of()), object{});
    EXPECT_EQ(factors(), array{"SMS_MFA"});
    EXPECT_EQ(preferred_factor(), "");
    EXPECT_EQ(call("AdminDeleteSoftwareToken", of()), object{}) << "gone is gone";
    EXPECT_EQ(refusal("AdminDeleteSoftwareToken", of({{"Username", "nobody"}})), unknown_user);
}

TEST_F(Mfa, the_factors_of_a_user_are_listed) {
    set_up_app();
    prefer({{"SoftwareTokenMfaSettings", preferred}});
    const object expected{{"Username", "alice"},
                          {"PreferredMfaSetting", "SOFTWARE_TOKEN_MFA"},
                          {"UserMFASettingList", array{"SOFTWARE_TOKEN_MFA"}},
                          {"ConfiguredUserAuthFactors", array{"PASSWORD"}}};
    EXPECT_EQ(call("GetUserAuthFactors", token()), expected);
    EXPECT_EQ(call("AdminGetUserAuthFactors", of()), expected);
    EXPECT_EQ(refusal("AdminGetUserAuthFactors", of({{"Username", "nobody"}})), unknown_user);
}

// Attack row 18.
TEST_F(Mfa, guesses_at_the_first_code_are_limited) {
    call("AssociateSoftwareToken", token());
    int evaluated = 0;
    for (int i = 0; i < 100; ++i) {
        if (refusal("VerifySoftwareToken", verify_request(other_than(code()))) == mismatch) ++evaluated;
    }
    EXPECT_EQ(evaluated, 15);
    EXPECT_EQ(refusal("VerifySoftwareToken", verify_request(code())).type, "EnableSoftwareTokenMFA");
}

class RequiredMfa : public Mfa {
protected:
    RequiredMfa() : Mfa("ON") {}
};

// Attack row 23.
TEST_F(RequiredMfa, the_last_factor_cannot_be_turned_off) {
    prefer({{"SMSMfaSettings", on}});
    EXPECT_EQ(prefer_refusal({{"SMSMfaSettings", off}}).type, "InvalidParameter");
    EXPECT_EQ(refusal("SetUserSettings", token({{"MFAOptions", array{}}})).type, "InvalidParameter");
    EXPECT_EQ(factors(), array{"SMS_MFA"});
    set_up_app();
    prefer({{"SMSMfaSettings", off}, {"SoftwareTokenMfaSettings", on}});
    EXPECT_EQ(factors(), array{"SOFTWARE_TOKEN_MFA"});
}

// The first app of a user who has to have one, set up in the middle of a sign-in.
class MfaSetup : public House {
protected:
    MfaSetup() : pool(add_pool()), client(add_client(pool)) {
        call("SetUserPoolMfaConfig",
             {{"UserPoolId", pool}, {"MfaConfiguration", "ON"}, {"SoftwareTokenMfaConfiguration", on}});
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
        call("AdminSetUserPassword",
             {{"UserPoolId", pool}, {"Username", "alice"}, {"Password", good}, {"Permanent", true}});
    }
    std::string begin() {
        const auto challenge = sign_in(client, "alice");
        EXPECT_EQ(text(challenge, "ChallengeName"), "MFA_SETUP");
        return text(challenge, "Session");
    }
    std::string associate(const std::string& session) {
        return text(call("AssociateSoftwareToken", {{"Session", session}}), "Session");
    }
    std::string code(bool pending = true) {
        const auto find = [&](db::Transaction& tx) {
            const auto user = directory::Users(tx).get_by_login(directory::Pools(tx).get(PoolId(pool)), "alice");
            directory::SoftwareTokens apps(tx, sealer);
            const auto app = pending ? apps.find_pending(user.pool_id, user.id) : apps.find(user.pool_id, user.id);
            return app ? totp::make_code(bytes_of(app->secret.reveal()), totp::step_of(clock.now())) : std::string();
        };
        return run(db->read(find));
    }
    object verify_request(const std::string& session, const std::string& with_code) const {
        return {{"Session", session}, {"UserCode", with_code}, {"FriendlyDeviceName", "phone"}};
    }
    object answer(std::string_view name, const std::string& session, const object& more = {}) const {
        return {{"ClientId", client},
                {"ChallengeName", name},
                {"Session", session},
                {"ChallengeResponses", with({{"USERNAME", "alice"}}, more)}};
    }
    const std::string pool;
    const std::string client;
};

TEST_F(MfaSetup, ends_in_a_sign_in_and_the_app_is_asked_for_from_then_on) {
    const auto session = associate(begin());
    EXPECT_EQ(refusal("VerifySoftwareToken", verify_request(session, other_than(code()))), mismatch);
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer("MFA_SETUP", session)).type, "NotAuthorized")
        << "no app was proven";
    const auto first_code = code();
    const auto verified = call("VerifySoftwareToken", verify_request(session, first_code));
    EXPECT_EQ(text(verified, "Status"), "SUCCESS");
    const auto done = call("RespondToAuthChallenge", answer("MFA_SETUP", text(verified, "Session")));
    EXPECT_TRUE(done.contains("AuthenticationResult"));
    const auto user = call("AdminGetUser", {{"UserPoolId", pool}, {"Username", "alice"}});
    EXPECT_EQ(user.at("UserMFASettingList"), array{"SOFTWARE_TOKEN_MFA"});
    EXPECT_EQ(text(user, "PreferredMfaSetting"), "SOFTWARE_TOKEN_MFA");

    const auto asked = sign_in(client, "alice");
    EXPECT_EQ(text(asked, "ChallengeName"), "SOFTWARE_TOKEN_MFA");
    EXPECT_EQ(text(asked, "ChallengeParameters.FRIENDLY_DEVICE_NAME"), "phone");
    const auto give = [&](const std::string& given) {
        return answer("SOFTWARE_TOKEN_MFA", text(asked, "Session"), {{"SOFTWARE_TOKEN_MFA_CODE", given}});
    };
    EXPECT_EQ(refusal("RespondToAuthChallenge", give(first_code)).type, "ExpiredCode") << "used when it was set up";
    clock.advance(30s);
    EXPECT_TRUE(call("RespondToAuthChallenge", give(code(false))).contains("AuthenticationResult"));
}

// Whoever knows the password alone, and began to set up an app before its owner did, must not take the owner's place.
TEST_F(MfaSetup, does_not_replace_an_app_that_was_set_up_meanwhile) {
    const auto attackers = associate(begin());
    const auto owners = associate(begin());
    call("VerifySoftwareToken", verify_request(owners, code()));
    EXPECT_EQ(refusal("AssociateSoftwareToken", {{"Session", attackers}}), used_session);
    EXPECT_EQ(refusal("VerifySoftwareToken", verify_request(attackers, "123456")), used_session);
    EXPECT_EQ(refusal("AssociateSoftwareToken", {{"Session", owners}}).type, "NotAuthorized");
}

}  // namespace
}  // namespace symbolon::aws
