#include "directory/password_policy.hpp"

#include "directory/pool_rules.hpp"
#include "directory/refusals.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace symbolon::directory {
namespace {

std::string problem_of(std::string_view text, const PasswordPolicy& policy = {}) {
    return std::string(find_password_problem(policy, text).value_or(""));
}

TEST(PasswordPolicy, names_the_first_rule_that_is_broken) {
    EXPECT_EQ(problem_of("Aa1!Aa1"), "Password not long enough");
    EXPECT_EQ(problem_of("aaaaaaaa"), "Password must have uppercase characters");
    EXPECT_EQ(problem_of("AAAAAAAA"), "Password must have lowercase characters");
    EXPECT_EQ(problem_of("Aaaaaaaa"), "Password must have numeric characters");
    EXPECT_EQ(problem_of("Aaaaaaa1"), "Password must have symbol characters");
    EXPECT_EQ(problem_of("Aaaaaa1!"), "");
}

TEST(PasswordPolicy, knows_every_symbol_of_the_api) {
    for (const char symbol : std::string(R"(^$*.[]{}()?"!@#%&/\,><':;|_~`=+-)"))
        EXPECT_EQ(problem_of(std::string("Aaaaaaa1") + symbol), "") << symbol;
    EXPECT_EQ(problem_of("Aaaaaaa1\u00e9"), "Password must have symbol characters");
}

TEST(PasswordPolicy, counts_characters_and_not_bytes) {
    EXPECT_EQ(problem_of("Aa1!\u00e9\u00e9\u00e9"), "Password not long enough");
    EXPECT_EQ(problem_of("Aa1!" + std::string(253, 'x')), "Password too long");
    EXPECT_EQ(problem_of("Aa1!" + std::string(252, 'x')), "");
    EXPECT_EQ(problem_of("Aa1!xxxx\xff"), "Password must be valid text");
}

TEST(PasswordPolicy, refuses_white_space_and_controls) {
    for (const char* text : {" Aaaaaa1!", "Aaaaaa1! ", "Aaaa aa1!", "Aaaaaa1!\n", "Aaaaaa1!\u00a0"})
        EXPECT_EQ(problem_of(text), "Password must not contain white space") << text;
}

TEST(PasswordPolicy, is_refused_in_the_words_of_the_api) {
    const auto refusal = refusal_of([] { check_password({}, "short"); });
    EXPECT_EQ(refusal.code, Errc::invalid_password);
    EXPECT_EQ(refusal.message, "Password did not conform with policy: Password not long enough");
}

TEST(PasswordPolicy, of_a_pool_has_its_defaults_only_where_no_policy_is_given) {
    PoolSettings settings;
    apply_defaults(settings);
    EXPECT_EQ(password_policy(settings).min_length, 8u);
    EXPECT_TRUE(password_policy(settings).symbols);
    EXPECT_EQ(password_policy(settings).temporary_life, std::chrono::days(7));

    settings = {};
    settings.Policies = UserPoolPolicyType{.PasswordPolicy = PasswordPolicyType{.MinimumLength = {},
                                                                                .RequireUppercase = {},
                                                                                .RequireLowercase = {},
                                                                                .RequireNumbers = true,
                                                                                .RequireSymbols = {},
                                                                                .PasswordHistorySize = {},
                                                                                .TemporaryPasswordValidityDays = 3},
                                           .SignInPolicy = {}};
    apply_defaults(settings);
    const auto policy = password_policy(settings);
    EXPECT_EQ(policy.min_length, 6u);
    EXPECT_FALSE(policy.uppercase);
    EXPECT_TRUE(policy.numbers);
    EXPECT_EQ(policy.temporary_life, std::chrono::days(3));
    EXPECT_EQ(problem_of("aaaaa1", policy), "");
}

TEST(PasswordPolicy, lets_those_do_without_who_can_be_let_in_by_a_code) {
    const Attributes mail{{"email", "a@b.c"}};
    const Attributes phone{{"phone_number", "+14155550123"}};
    PoolSettings settings;
    EXPECT_FALSE(may_lack_password(settings, mail));
    apply_defaults(settings);
    EXPECT_FALSE(may_lack_password(settings, mail));
    settings.Policies->SignInPolicy = SignInPolicyType{
        List<AuthFactorType, 1, 4>{AuthFactorType::PASSWORD, AuthFactorType::EMAIL_OTP, AuthFactorType::WEB_AUTHN}};
    EXPECT_TRUE(may_lack_password(settings, mail));
    EXPECT_FALSE(may_lack_password(settings, phone));
    EXPECT_FALSE(may_lack_password(settings, {{"email", ""}}));
    EXPECT_FALSE(may_lack_password(settings, {}));
    settings.Policies->SignInPolicy = SignInPolicyType{List<AuthFactorType, 1, 4>{AuthFactorType::SMS_OTP}};
    EXPECT_TRUE(may_lack_password(settings, phone));
}

TEST(GeneratedPassword, conforms_to_every_policy_and_is_never_the_same) {
    crypto::SeededRandom random(5);
    std::set<std::string> seen;
    for (const std::size_t length : {6u, 8u, 12u, 99u}) {
        PasswordPolicy policy;
        policy.min_length = length;
        for (int i = 0; i < 50; ++i) {
            const auto password = generate_password(policy, random);
            EXPECT_EQ(problem_of(password.reveal(), policy), "");
            EXPECT_GE(password.reveal().size(), 12u);
            EXPECT_TRUE(seen.emplace(password.reveal()).second);
        }
    }
}

}  // namespace
}  // namespace symbolon::directory
