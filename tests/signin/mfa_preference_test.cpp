// Which second factors a user may turn on and off (cognito-api.md §3.9).
#include "signin/mfa_preference.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace symbolon::signin {
namespace {

using directory::AuthFactorType;
using directory::MfaFactor;
using directory::MfaPreference;
using Factors = std::vector<MfaFactor>;

constexpr FactorSetting on{.enabled = true};
constexpr FactorSetting off{.enabled = false};
constexpr FactorSetting preferred{.enabled = true, .preferred = true};

class MfaPreferenceTest : public testing::Test {
protected:
    MfaPreferenceTest() {
        auto& settings = pool.settings;
        settings.MfaConfiguration = directory::UserPoolMfaType::OPTIONAL;
        settings.SmsConfiguration = directory::SmsConfigurationType{
            .SnsCallerArn = "arn:aws:iam::000000000000:role/sms", .ExternalId = {}, .SnsRegion = {}};
        settings.SoftwareTokenMfaConfiguration = directory::SoftwareTokenMfaConfigType{true};
        settings.EmailMfaConfiguration = directory::EmailMfaConfigType{};
        user.attributes = {{"phone_number", "+14155550123"}, {"email", "jane@example.com"}};
        user.status = directory::UserStatus::CONFIRMED;
    }
    MfaPreference change(const MfaChange& wanted) {
        user.mfa = change_preference(pool, user, wanted, has_app);
        return user.mfa;
    }
    std::string refusal(const MfaChange& wanted) {
        try {
            change_preference(pool, user, wanted, has_app);
        } catch (const Error& error) {
            EXPECT_EQ(error.code, Errc::invalid_parameter);
            return error.message;
        }
        return "";
    }
    directory::Pool pool;
    directory::User user;
    bool has_app = true;
};

TEST_F(MfaPreferenceTest, factors_are_turned_on_and_off_and_what_is_absent_stays) {
    EXPECT_EQ(change({.sms = on, .software_token = on}).enabled,
              (Factors{MfaFactor::SMS_MFA, MfaFactor::SOFTWARE_TOKEN_MFA}));
    EXPECT_EQ(change({.email = on}).enabled.size(), 3U);
    EXPECT_EQ(change({.sms = off}).enabled, (Factors{MfaFactor::SOFTWARE_TOKEN_MFA, MfaFactor::EMAIL_OTP}));
    EXPECT_EQ(change({}).enabled.size(), 2U);
    EXPECT_EQ(user.mfa.preferred, std::nullopt);
}

TEST_F(MfaPreferenceTest, one_factor_is_preferred_as_long_as_it_is_on) {
    EXPECT_EQ(change({.sms = preferred, .software_token = on}).preferred, MfaFactor::SMS_MFA);
    EXPECT_EQ(change({.sms = on}).preferred, MfaFactor::SMS_MFA) << "nothing was said of the preference";
    EXPECT_EQ(change({.software_token = preferred}).preferred, MfaFactor::SOFTWARE_TOKEN_MFA);
    EXPECT_EQ(change({.sms = FactorSetting{true, false}}).preferred, MfaFactor::SOFTWARE_TOKEN_MFA);
    EXPECT_EQ(change({.software_token = FactorSetting{true, false}}).preferred, std::nullopt);
    change({.software_token = preferred});
    EXPECT_EQ(change({.software_token = off}).preferred, std::nullopt);
}

TEST_F(MfaPreferenceTest, two_cannot_be_preferred_nor_one_that_is_off) {
    EXPECT_NE(refusal({.sms = preferred, .software_token = preferred}), "");
    EXPECT_NE(refusal({.sms = FactorSetting{false, true}}), "");
    EXPECT_TRUE(user.mfa.enabled.empty());
}

TEST_F(MfaPreferenceTest, a_factor_needs_what_it_works_with) {
    const std::string start = "User does not have delivery config set to turn on ";
    has_app = false;
    EXPECT_EQ(refusal({.software_token = on}), start + "SOFTWARE_TOKEN_MFA");
    user.attributes.clear();
    EXPECT_EQ(refusal({.sms = on}), start + "SMS_MFA");
    EXPECT_EQ(refusal({.email = on}), start + "EMAIL_OTP");
    EXPECT_EQ(refusal({.web_authn = on}), start + "WEB_AUTHN");
    EXPECT_EQ(refusal({.sms = off, .software_token = off, .email = off, .web_authn = off}), "");
}

TEST_F(MfaPreferenceTest, a_factor_needs_a_pool_that_has_it) {
    pool.settings.SmsConfiguration.reset();
    pool.settings.EmailMfaConfiguration.reset();
    EXPECT_NE(refusal({.sms = on}), "");
    EXPECT_NE(refusal({.email = on}), "");
    pool.settings.SoftwareTokenMfaConfiguration->Enabled = false;
    EXPECT_NE(refusal({.software_token = on}), "");
    pool.settings.SoftwareTokenMfaConfiguration.reset();
    EXPECT_NE(refusal({.software_token = on}), "");
    pool.settings.WebAuthnConfiguration.emplace().FactorConfiguration =
        directory::WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
    EXPECT_EQ(refusal({.web_authn = on}), "");
}

TEST_F(MfaPreferenceTest, the_last_factor_stays_where_one_is_required) {
    change({.sms = on, .software_token = on});
    pool.settings.MfaConfiguration = directory::UserPoolMfaType::ON;
    EXPECT_NE(refusal({.sms = off, .software_token = off}), "");
    change({.sms = off});
    EXPECT_NE(refusal({.software_token = off}), "");
    EXPECT_EQ(refusal({.sms = on, .software_token = off}), "") << "another one takes its place";
    pool.settings.MfaConfiguration = directory::UserPoolMfaType::OPTIONAL;
    EXPECT_EQ(refusal({.software_token = off}), "");
}

TEST_F(MfaPreferenceTest, first_factors_are_what_the_pool_allows_and_the_user_has) {
    user.password_hash = "hash";
    user.attributes["email_verified"] = "true";
    EXPECT_EQ(configured_first_factors(pool, user, true), std::vector{AuthFactorType::PASSWORD});
    pool.settings.Policies.emplace().SignInPolicy = directory::SignInPolicyType{List<AuthFactorType, 1, 4>{
        AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP, AuthFactorType::SMS_OTP, AuthFactorType::WEB_AUTHN}};
    EXPECT_EQ(configured_first_factors(pool, user, true),
              (std::vector{AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP, AuthFactorType::WEB_AUTHN}))
        << "the phone number is not verified";
    user.password_hash.clear();
    user.attributes["phone_number_verified"] = "true";
    EXPECT_EQ(configured_first_factors(pool, user, false),
              (std::vector{AuthFactorType::EMAIL_OTP, AuthFactorType::SMS_OTP}));
}

}  // namespace
}  // namespace symbolon::signin
