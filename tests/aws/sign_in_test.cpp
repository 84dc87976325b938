// Signing in by USER_PASSWORD_AUTH, SMS_MFA and NEW_PASSWORD_REQUIRED (cognito-api.md §3.1, §3.3, §3.9, §3.13).
#include "aws/house.hpp"

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

const Refused wrong_mfa_code{"CodeMismatch", "Invalid code or auth state for the user."};

class SignInCalls : public House {
protected:
    Refused answer_refusal(const object& challenge, std::string_view code, std::string_view username = jane) {
        return refusal("RespondToAuthChallenge", answer_request(client, challenge, code, username));
    }
    object initiate(const object& parameters) const {
        return {{"AuthFlow", "USER_PASSWORD_AUTH"}, {"ClientId", client}, {"AuthParameters", parameters}};
    }
    const std::string pool = add_pool(tutorial());
    std::string client = add_client(pool);
    const std::string sub = add_user(pool, client);
};

TEST_F(SignInCalls, a_right_password_is_asked_for_a_code_and_then_given_tokens) {
    const auto challenge = sign_in(client);
    EXPECT_EQ(text(challenge, "ChallengeName"), "SMS_MFA");
    const auto session = text(challenge, "Session");
    EXPECT_GE(session.size(), 20U);
    EXPECT_LE(session.size(), 2048U);
    EXPECT_EQ(challenge.at("ChallengeParameters"), (object{{"CODE_DELIVERY_DELIVERY_MEDIUM", "SMS"},
                                                           {"CODE_DELIVERY_DESTINATION", "+*******0123"},
                                                           {"USER_ID_FOR_SRP", sub}}));
    EXPECT_FALSE(challenge.contains("AuthenticationResult"));

    const auto done = call("RespondToAuthChallenge", answer_request(client, challenge, last_code(pool)));
    EXPECT_FALSE(done.contains("ChallengeName"));
    EXPECT_FALSE(done.contains("Session"));
    EXPECT_EQ(done.at("ChallengeParameters"), object{});
    const auto result = part(done, "AuthenticationResult");
    EXPECT_EQ(result.at("ExpiresIn"), 3600);
    EXPECT_EQ(text(result, "TokenType"), "Bearer");
    for (const char* token : {"AccessToken", "IdToken", "RefreshToken"}) EXPECT_NE(text(result, token), "") << token;

    const auto user = call("GetUser", {{"AccessToken", text(result, "AccessToken")}});
    EXPECT_EQ(text(user, "Username"), sub);
    const auto& attributes = user.at("UserAttributes").as_array();
    EXPECT_EQ(text(attributes.front().as_object(), "Name"), "sub");
    EXPECT_EQ(attribute(attributes, "phone_number"), jane);
    EXPECT_EQ(attribute(attributes, "phone_number_verified"), "true");
}

TEST_F(SignInCalls, a_wrong_password_is_refused_alike_whoever_asks) {
    EXPECT_EQ(sign_in_refusal(client, jane, bad), wrong_password);
    EXPECT_EQ(sign_in_refusal(client, nobody, bad), unknown_user);
    client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"}});
    EXPECT_EQ(sign_in_refusal(client, jane, bad), wrong_password);
    EXPECT_EQ(sign_in_refusal(client, nobody, bad), wrong_password);
}

TEST_F(SignInCalls, the_hash_of_another_system_is_ours_after_the_first_sign_in) {
    const auto hash = [&](const std::string& replacement = "") {
        return write([&](db::Transaction& tx) {
            directory::Users users(tx);
            auto user = users.find(PoolId(pool), UserId(sub)).value();
            if (replacement.empty()) return user.password_hash;
            user.password_hash = replacement;
            users.save(directory::Pools(tx).get(PoolId(pool)), user);
            return replacement;
        });
    };
    hash("$2b$04$CCCCCCCCCCCCCCCCCCCCC.m65cb65/mUCIk5iSh759DCb9.yc6hzW");
    EXPECT_EQ(sign_in_refusal(client, jane, bad), wrong_password);
    EXPECT_TRUE(hash().starts_with("$2b$"));
    EXPECT_NE(text(tokens(pool, client), "AccessToken"), "");
    EXPECT_TRUE(hash().starts_with("$argon2id$"));
    EXPECT_NE(text(tokens(pool, client), "AccessToken"), "");
}

TEST_F(SignInCalls, guessing_passwords_locks_for_a_while) {
    for (const bool known : {true, false}) {
        SCOPED_TRACE(known);
        client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"}});
        const auto name = known ? jane : nobody;
        int wrong = 0;
        while (sign_in_refusal(client, name, bad) == wrong_password && wrong < 50) ++wrong;
        EXPECT_EQ(wrong, 5) << "five are free";
        EXPECT_EQ(sign_in_refusal(client, name, bad), locked);
        EXPECT_EQ(sign_in_refusal(client, name, good), locked) << "even with the right one";
        clock.advance(1s);
        EXPECT_EQ(sign_in_refusal(client, name, bad), wrong_password);
        EXPECT_EQ(sign_in_refusal(client, name, bad), locked);
        clock.advance(20min);
    }
    EXPECT_EQ(text(sign_in(client), "ChallengeName"), "SMS_MFA");
}

TEST_F(SignInCalls, missing_parameters_are_named) {
    const auto missing = [](std::string_view name) {
        return Refused{"InvalidParameter", "Missing required parameter " + std::string(name)};
    };
    EXPECT_EQ(refusal("InitiateAuth", initiate({})), missing("USERNAME"));
    EXPECT_EQ(refusal("InitiateAuth", initiate({{"USERNAME", jane}})), missing("PASSWORD"));
    EXPECT_EQ(refusal("InitiateAuth", initiate({{"USERNAME", ""}, {"PASSWORD", good}})), missing("USERNAME"));
    EXPECT_EQ(refusal("InitiateAuth", {{"AuthFlow", "USER_PASSWORD_AUTH"}, {"ClientId", client}}), missing("USERNAME"));
    EXPECT_EQ(refusal("InitiateAuth", {{"AuthFlow", "REFRESH_TOKEN_AUTH"}, {"ClientId", client}}),
              missing("REFRESH_TOKEN"));
    const auto challenge = sign_in(client);
    auto answer = answer_request(client, challenge, "123456");
    answer["ChallengeResponses"] = object{{"USERNAME", jane}};
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), missing("SMS_MFA_CODE"));
    answer["ChallengeResponses"] = object{{"SMS_MFA_CODE", "123456"}};
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), missing("USERNAME"));
    answer.erase("Session");
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), missing("Session"));
}

TEST_F(SignInCalls, flows_that_the_client_or_the_operation_does_not_allow_are_refused) {
    const auto flow = [&](std::string_view name) {
        return refusal("InitiateAuth", with(initiate({{"USERNAME", jane}, {"PASSWORD", good}, {"REFRESH_TOKEN", "x"}}),
                                            {{"AuthFlow", name}}));
    };
    const Refused unsupported{"InvalidParameter", "Initiate Auth method not supported."};
    EXPECT_EQ(flow("ADMIN_USER_PASSWORD_AUTH"), unsupported);
    EXPECT_EQ(flow("ADMIN_NO_SRP_AUTH"), unsupported);
    client = add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_CUSTOM_AUTH"}}});
    EXPECT_EQ(flow("USER_PASSWORD_AUTH"),
              (Refused{"InvalidParameter", "USER_PASSWORD_AUTH flow not enabled for this client"}));
    for (const char* name : {"REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"}) {
        EXPECT_EQ(flow(name), (Refused{"InvalidParameter", "REFRESH_TOKEN_AUTH is not enabled for the client."}));
    }
}

TEST_F(SignInCalls, a_wrong_code_leaves_the_session_and_a_right_one_uses_it_up) {
    const auto challenge = sign_in(client);
    const auto code = last_code(pool);
    EXPECT_EQ(answer_refusal(challenge, other_than(code)), wrong_mfa_code);
    EXPECT_EQ(answer_refusal(challenge, "abc"), wrong_mfa_code);
    call("RespondToAuthChallenge", answer_request(client, challenge, code));
    EXPECT_EQ(answer_refusal(challenge, code), used_session);
    const auto second = sign_in(client);
    if (last_code(pool) != code) {
        EXPECT_EQ(answer_refusal(second, code), wrong_mfa_code) << "replayed";
    }
}

TEST_F(SignInCalls, a_forged_session_is_invalid) {
    const auto challenge = sign_in(client);
    const auto code = last_code(pool);
    const auto session = text(challenge, "Session");
    for (std::size_t at = 0; at + 2 < session.size(); at += 5) {
        auto tampered = session;
        tampered[at] = tampered[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(answer_refusal({{"Session", tampered}}, code), invalid_session) << at;
    }
    EXPECT_EQ(answer_refusal({{"Session", std::string(64, 'A')}}, code), invalid_session);
    EXPECT_EQ(answer_refusal({{"Session", session.substr(0, session.size() / 2)}}, code), invalid_session);
    EXPECT_EQ(answer_refusal({{"Session", sealer.seal_text("page", "ListUsers", "1:2")}}, code), invalid_session);
    call("RespondToAuthChallenge", answer_request(client, challenge, code));
}

TEST_F(SignInCalls, a_session_is_of_one_client_pool_user_and_step) {
    const auto challenge = sign_in(client);
    const auto code = last_code(pool);
    add_user(pool, client, john);
    EXPECT_EQ(answer_refusal(challenge, code, john), invalid_session);
    const auto own = client;
    client = add_client(pool);
    EXPECT_EQ(answer_refusal(challenge, code), invalid_session);
    const auto foreign = add_pool(tutorial());
    client = add_client(foreign);
    EXPECT_EQ(answer_refusal(challenge, code), invalid_session);
    client = own;
    auto other_step = answer_request(client, challenge, code);
    for (const char* step : {"NEW_PASSWORD_REQUIRED", "MFA_SETUP", "SOFTWARE_TOKEN_MFA", "PASSWORD_VERIFIER"}) {
        other_step["ChallengeName"] = step;
        other_step["ChallengeResponses"] = object{{"USERNAME", jane},
                                                  {"SMS_MFA_CODE", code},
                                                  {"SOFTWARE_TOKEN_MFA_CODE", code},
                                                  {"NEW_PASSWORD", "Another-Horse-8"},
                                                  {"PASSWORD_CLAIM_SIGNATURE", "QQ=="},
                                                  {"PASSWORD_CLAIM_SECRET_BLOCK", "QQ=="},
                                                  {"TIMESTAMP", "Tue Nov 3 08:05:09 UTC 2026"}};
        EXPECT_EQ(refusal("RespondToAuthChallenge", other_step), invalid_session) << step;
    }
    call("RespondToAuthChallenge", answer_request(client, challenge, code, sub));
}

TEST_F(SignInCalls, a_session_lives_as_long_as_the_client_says) {
    const auto challenge = sign_in(client);
    clock.advance(3min);
    EXPECT_EQ(answer_refusal(challenge, last_code(pool)), expired_session);
    client = add_client(pool, {{"AuthSessionValidity", 15}});
    const auto longer = sign_in(client);
    clock.advance(15min - 1ms);
    call("RespondToAuthChallenge", answer_request(client, longer, last_code(pool)));
}

TEST_F(SignInCalls, guessing_codes_ends) {
    const auto challenge = sign_in(client);
    const auto code = last_code(pool);
    for (int i = 0; i < services.limits.tries_per_code; ++i) {
        EXPECT_EQ(answer_refusal(challenge, other_than(code)), wrong_mfa_code);
    }
    EXPECT_EQ(answer_refusal(challenge, code), expired_code);
}

TEST_F(SignInCalls, a_client_with_a_secret_proves_it_in_both_steps) {
    client = add_client(pool, {{"GenerateSecret", true}});
    const auto secret = secret_of(pool, client);
    const object parameters{{"USERNAME", jane}, {"PASSWORD", good}};
    const Refused missing{"NotAuthorized",
                          "Client " + client + " is configured with secret but SECRET_HASH was not received"};
    const Refused wrong{"NotAuthorized", "Unable to verify secret hash for client " + client};
    EXPECT_EQ(refusal("InitiateAuth", initiate(parameters)), missing);
    EXPECT_EQ(refusal("InitiateAuth", initiate(with(parameters, {{"SECRET_HASH", hash(secret, john, client)}}))),
              wrong);
    const auto challenge =
        call("InitiateAuth", initiate(with(parameters, {{"SECRET_HASH", hash(secret, jane, client)}})));
    auto answer = answer_request(client, challenge, last_code(pool));
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), missing);
    auto& responses = answer["ChallengeResponses"].as_object();
    responses["SECRET_HASH"] = hash(secret, john, client);
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer), wrong);
    responses["USERNAME"] = sub;  // as clients do that take USER_ID_FOR_SRP
    responses["SECRET_HASH"] = hash(secret, sub, client);
    EXPECT_TRUE(call("RespondToAuthChallenge", answer).contains("AuthenticationResult"));
}

TEST_F(SignInCalls, an_unconfirmed_user_is_told_only_with_the_right_password) {
    call("SignUp", {{"ClientId", client}, {"Username", john}, {"Password", good}});
    EXPECT_EQ(sign_in_refusal(client, john, bad), wrong_password);
    EXPECT_EQ(sign_in_refusal(client, john, good), (Refused{"UserNotConfirmed", "User is not confirmed."}));
}

class NewPassword : public House {
protected:
    NewPassword() { call("AdminCreateUser", with(key, {{"TemporaryPassword", good}, {"MessageAction", "SUPPRESS"}})); }
    object answer(const object& challenge, const object& responses) const {
        return {{"ClientId", client},
                {"ChallengeName", "NEW_PASSWORD_REQUIRED"},
                {"Session", text(challenge, "Session")},
                {"ChallengeResponses", with({{"USERNAME", "alice"}}, responses)}};
    }
    const std::string pool = add_pool();
    const std::string client = add_client(pool);
    const object key{{"UserPoolId", pool}, {"Username", "alice"}};
};

TEST_F(NewPassword, a_temporary_password_asks_for_an_own_one) {
    const auto challenge = sign_in(client, "alice");
    EXPECT_EQ(text(challenge, "ChallengeName"), "NEW_PASSWORD_REQUIRED");
    EXPECT_EQ(challenge.at("ChallengeParameters"),
              (object{{"USER_ID_FOR_SRP", "alice"}, {"requiredAttributes", "[]"}, {"userAttributes", "{}"}}));
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer(challenge, {})),
              (Refused{"InvalidParameter", "Missing required parameter NEW_PASSWORD"}));
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer(challenge, {{"NEW_PASSWORD", "short"}})).type,
              "InvalidPassword");
    const auto done = call("RespondToAuthChallenge",
                           answer(challenge, {{"NEW_PASSWORD", "Another-Horse-8"}, {"userAttributes.name", "Alice"}}));
    const auto access = text(done, "AuthenticationResult.AccessToken");
    EXPECT_EQ(attribute(call("GetUser", {{"AccessToken", access}}).at("UserAttributes").as_array(), "name"), "Alice");
    EXPECT_EQ(text(call("AdminGetUser", key), "UserStatus"), "CONFIRMED");
    EXPECT_EQ(refusal("RespondToAuthChallenge", answer(challenge, {{"NEW_PASSWORD", "Another-Horse-9"}})).type,
              "NotAuthorized");
    EXPECT_EQ(sign_in_refusal(client, "alice", good), wrong_password);
    EXPECT_TRUE(sign_in(client, "alice", "Another-Horse-8").contains("AuthenticationResult"));
}

TEST_F(NewPassword, attributes_that_are_set_or_not_the_users_to_write_stay) {
    call("AdminDeleteUser", key);
    call("AdminCreateUser",
         with(key, {{"TemporaryPassword", good},
                    {"MessageAction", "SUPPRESS"},
                    {"UserAttributes", array{object{{"Name", "email"}, {"Value", "a@example.com"}}}}}));
    const auto challenge = sign_in(client, "alice");
    EXPECT_EQ(text(challenge, "ChallengeParameters.userAttributes"), R"({"email":"a@example.com"})");
    const auto refuse = [&](std::string_view name) {
        return refusal("RespondToAuthChallenge",
                       answer(challenge, {{"NEW_PASSWORD", "Another-Horse-8"}, {name, "x@example.com"}}));
    };
    EXPECT_EQ(refuse("userAttributes.email"), (Refused{"NotAuthorized", "Cannot modify an already provided email"}));
    EXPECT_NE(refuse("userAttributes.email_verified").type, "(not refused)");
    EXPECT_NE(refuse("userAttributes.sub").type, "(not refused)");
}

TEST_F(NewPassword, a_temporary_password_expires) {
    clock.advance(std::chrono::hours(24 * 7));
    EXPECT_EQ(sign_in_refusal(client, "alice", good),
              (Refused{"NotAuthorized", "Temporary password has expired and must be reset by an administrator."}));
    EXPECT_EQ(sign_in_refusal(client, "alice", bad), wrong_password);
}

}  // namespace
}  // namespace symbolon::aws
