// Refreshing, revoking, signing out everywhere, changing and recovering a password (cognito-api.md §3.7, §3.8, §3.11).
#include "aws/house.hpp"

#include <future>
#include <vector>

namespace symbolon::aws {
namespace {

using namespace std::chrono_literals;

const Refused revoked_access{"NotAuthorized", "Access Token has been revoked"};

class TokenCalls : public House {
protected:
    object refresh_request(const std::string& token, const object& more = {}) const {
        return {{"AuthFlow", "REFRESH_TOKEN_AUTH"},
                {"ClientId", client},
                {"AuthParameters", with({{"REFRESH_TOKEN", token}}, more)}};
    }
    Refused refresh_refusal(const std::string& token) { return refusal("InitiateAuth", refresh_request(token)); }
    Refused get_refusal(const object& tokens) {
        return refusal("GetUser", {{"AccessToken", text(tokens, "AccessToken")}});
    }
    const std::string pool = add_pool(tutorial());
    std::string client = add_client(pool);
    const std::string sub = add_user(pool, client);
    const object given = tokens(pool, client);
    const std::string access = text(given, "AccessToken");
    const std::string refresh_token = text(given, "RefreshToken");
};

TEST_F(TokenCalls, a_refresh_gives_new_tokens_and_no_new_refresh_token) {
    clock.advance(30min);
    auto request = refresh_request(refresh_token, {{"DEVICE_KEY", nullptr}});
    request["AuthParameters"].as_object()["DEVICE_KEY"] = nullptr;  // as amazon-cognito-identity-js has it
    const auto done = call("InitiateAuth", request);
    EXPECT_EQ(done.at("ChallengeParameters"), object{});
    const auto result = part(done, "AuthenticationResult");
    EXPECT_FALSE(result.contains("RefreshToken"));
    EXPECT_NE(text(result, "AccessToken"), access);
    EXPECT_NE(text(result, "IdToken"), "");
    EXPECT_EQ(text(call("GetUser", {{"AccessToken", text(result, "AccessToken")}}), "Username"), sub);
    request["AuthFlow"] = "REFRESH_TOKEN";
    call("InitiateAuth", request);
}

/// Attack row 14: however many refresh at once, there is one family, and it ends as one.
TEST_F(TokenCalls, sixty_four_parallel_refreshes_are_one_family) {
    std::vector<std::future<object>> asked;
    for (int thread = 0; thread < 64; ++thread) {
        asked.push_back(
            std::async(std::launch::async, [&] { return call("InitiateAuth", refresh_request(refresh_token)); }));
    }
    std::vector<std::string> given_tokens;
    for (auto& answer : asked) {
        const auto result = part(answer.get(), "AuthenticationResult");
        EXPECT_FALSE(result.contains("RefreshToken"));
        given_tokens.push_back(text(result, "AccessToken"));
        call("GetUser", {{"AccessToken", given_tokens.back()}});
    }
    call("RevokeToken", {{"Token", refresh_token}, {"ClientId", client}});
    for (const auto& token : given_tokens) EXPECT_EQ(get_refusal({{"AccessToken", token}}), revoked_access);
    EXPECT_EQ(refresh_refusal(refresh_token), revoked_refresh);
}

TEST_F(TokenCalls, what_is_no_refresh_token_of_this_client_is_invalid) {
    EXPECT_EQ(refresh_refusal("rubbish"), invalid_refresh);
    EXPECT_EQ(refresh_refusal(access), invalid_refresh);
    auto tampered = refresh_token;
    tampered[tampered.size() / 2] = tampered[tampered.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refresh_refusal(tampered), invalid_refresh);
    client = add_client(pool);
    EXPECT_EQ(refresh_refusal(refresh_token), invalid_refresh);
    client = add_client(add_pool(tutorial()));
    EXPECT_EQ(refresh_refusal(refresh_token), invalid_refresh);
}

TEST_F(TokenCalls, a_refresh_token_expires) {
    clock.advance(std::chrono::hours(24 * 30));
    EXPECT_EQ(refresh_refusal(refresh_token), (Refused{"NotAuthorized", "Refresh Token has expired"}));
}

TEST_F(TokenCalls, a_client_with_a_secret_refreshes_with_the_hash_of_the_real_username) {
    client = add_client(pool, {{"GenerateSecret", true}});
    const auto secret = secret_of(pool, client);
    const auto start =
        call("InitiateAuth",
             {{"AuthFlow", "USER_PASSWORD_AUTH"},
              {"ClientId", client},
              {"AuthParameters",
               object{{"USERNAME", jane}, {"PASSWORD", good}, {"SECRET_HASH", hash(secret, jane, client)}}}});
    auto answer = answer_request(client, start, last_code(pool));
    answer["ChallengeResponses"].as_object()["SECRET_HASH"] = hash(secret, jane, client);
    const auto token = text(call("RespondToAuthChallenge", answer), "AuthenticationResult.RefreshToken");

    EXPECT_EQ(
        refresh_refusal(token),
        (Refused{"NotAuthorized", "Client " + client + " is configured with secret but SECRET_HASH was not received"}));
    EXPECT_EQ(refusal("InitiateAuth", refresh_request(token, {{"SECRET_HASH", hash(secret, jane, client)}})),
              (Refused{"NotAuthorized", "Unable to verify secret hash for client " + client}));
    call("InitiateAuth", refresh_request(token, {{"SECRET_HASH", hash(secret, sub, client)}}));

    // RevokeToken takes the secret in clear.
    const object revoke{{"Token", token}, {"ClientId", client}};
    EXPECT_EQ(refusal("RevokeToken", revoke),
              (Refused{"Unauthorized", "Client " + client + " is configured for secret but secret was not received"}));
    EXPECT_EQ(refusal("RevokeToken", with(revoke, {{"ClientSecret", std::string(52, 'a')}})),
              (Refused{"Unauthorized", "Unable to verify secret for client " + client}));
    EXPECT_EQ(call("RevokeToken", with(revoke, {{"ClientSecret", secret}})), object{});
    EXPECT_EQ(refusal("InitiateAuth", refresh_request(token, {{"SECRET_HASH", hash(secret, sub, client)}})),
              revoked_refresh);
}

TEST_F(TokenCalls, a_client_with_a_secret_refreshes_with_the_hash_of_the_sub_as_well) {
    const auto named = add_pool();
    client = add_client(named, {{"GenerateSecret", true}});
    const auto secret = secret_of(named, client);
    call("AdminCreateUser", {{"UserPoolId", named}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
    call("AdminSetUserPassword",
         {{"UserPoolId", named}, {"Username", "alice"}, {"Password", good}, {"Permanent", true}});
    const auto alice = call("AdminGetUser", {{"UserPoolId", named}, {"Username", "alice"}});
    const auto alices_sub = attribute(alice.at("UserAttributes").as_array(), "sub");
    const object parameters{{"USERNAME", "alice"}, {"PASSWORD", good}, {"SECRET_HASH", hash(secret, "alice", client)}};
    const auto started = call(
        "InitiateAuth", {{"AuthFlow", "USER_PASSWORD_AUTH"}, {"ClientId", client}, {"AuthParameters", parameters}});
    const auto token = text(started, "AuthenticationResult.RefreshToken");
    for (const auto& name : {std::string("alice"), alices_sub}) {
        call("InitiateAuth", refresh_request(token, {{"SECRET_HASH", hash(secret, name, client)}}));
    }
    for (const auto& name : {std::string("Alice"), std::string(), sub}) {
        EXPECT_EQ(refusal("InitiateAuth", refresh_request(token, {{"SECRET_HASH", hash(secret, name, client)}})),
                  (Refused{"NotAuthorized", "Unable to verify secret hash for client " + client}))
            << name;
    }
}

TEST_F(TokenCalls, the_secret_hash_is_asked_for_before_the_refresh_token_is_judged) {
    client = add_client(pool, {{"GenerateSecret", true}});
    EXPECT_EQ(
        refresh_refusal("rubbish"),
        (Refused{"NotAuthorized", "Client " + client + " is configured with secret but SECRET_HASH was not received"}));
}

TEST_F(TokenCalls, a_revoked_refresh_token_takes_its_access_tokens_along) {
    const auto other = tokens(pool, client);
    const auto refreshed = part(call("InitiateAuth", refresh_request(refresh_token)), "AuthenticationResult");
    const object revoke{{"Token", refresh_token}, {"ClientId", client}};
    EXPECT_EQ(call("RevokeToken", revoke), object{});
    EXPECT_EQ(get_refusal(given), revoked_access);
    EXPECT_EQ(get_refusal(refreshed), revoked_access);
    EXPECT_EQ(refresh_refusal(refresh_token), revoked_refresh);
    EXPECT_EQ(call("RevokeToken", revoke), object{}) << "again";
    call("GetUser", {{"AccessToken", text(other, "AccessToken")}});
}

TEST_F(TokenCalls, only_refresh_tokens_of_ones_own_are_revoked) {
    EXPECT_EQ(refusal("RevokeToken", {{"Token", access}, {"ClientId", client}}).type, "UnsupportedTokenType");
    EXPECT_EQ(call("RevokeToken", {{"Token", "rubbish"}, {"ClientId", client}}), object{});
    EXPECT_EQ(refusal("RevokeToken", {{"Token", refresh_token}, {"ClientId", add_client(pool)}}).type, "Unauthorized");
    const auto foreign = add_client(add_pool(tutorial()));
    EXPECT_EQ(call("RevokeToken", {{"Token", refresh_token}, {"ClientId", foreign}}), object{});
    const auto fixed = add_client(pool, {{"EnableTokenRevocation", false}});
    EXPECT_EQ(refusal("RevokeToken", {{"Token", refresh_token}, {"ClientId", fixed}}).type, "UnsupportedOperation");
    call("GetUser", {{"AccessToken", access}});
    call("InitiateAuth", refresh_request(refresh_token));
}

TEST_F(TokenCalls, signing_out_everywhere_ends_every_token_of_the_user_alone) {
    const auto second = tokens(pool, client);
    add_user(pool, client, john);
    const auto johns = tokens(pool, client, john);
    clock.advance(1s);
    EXPECT_EQ(call("GlobalSignOut", {{"AccessToken", access}}), object{});
    EXPECT_EQ(get_refusal(given), revoked_access);
    EXPECT_EQ(get_refusal(second), revoked_access);
    EXPECT_EQ(refresh_refusal(refresh_token), revoked_refresh);
    EXPECT_EQ(refusal("GlobalSignOut", {{"AccessToken", access}}), revoked_access);
    call("GetUser", {{"AccessToken", text(johns, "AccessToken")}});
    clock.advance(1s);
    call("GetUser", {{"AccessToken", text(tokens(pool, client), "AccessToken")}});
}

TEST_F(TokenCalls, a_deleted_users_tokens_say_so) {
    call("AdminDeleteUser", {{"UserPoolId", pool}, {"Username", sub}});
    EXPECT_EQ(get_refusal(given), unknown_user);
    EXPECT_NE(refresh_refusal(refresh_token).type, "(not refused)");
}

TEST_F(TokenCalls, only_readable_attributes_are_shown_to_the_user) {
    client = add_client(pool, {{"ReadAttributes", array{"name"}}});
    const auto seen = call("GetUser", {{"AccessToken", text(tokens(pool, client), "AccessToken")}});
    EXPECT_EQ(seen.at("UserAttributes"), (array{object{{"Name", "sub"}, {"Value", sub}}}));
}

TEST_F(TokenCalls, a_password_is_changed_with_the_old_one) {
    const auto change = [&](std::string_view previous, std::string_view proposed) {
        return object{{"AccessToken", access}, {"PreviousPassword", previous}, {"ProposedPassword", proposed}};
    };
    EXPECT_EQ(refusal("ChangePassword", change(bad, "Another-Horse-8")), wrong_password);
    EXPECT_EQ(refusal("ChangePassword", change(good, "weakling")).type, "InvalidPassword");
    EXPECT_EQ(refusal("ChangePassword", with(change(good, "Another-Horse-8"), {{"PreviousPassword", nullptr}})),
              (Refused{"InvalidParameter", "Missing required parameter PreviousPassword"}));
    EXPECT_EQ(call("ChangePassword", change(good, "Another-Horse-8")), object{});
    EXPECT_EQ(sign_in_refusal(client, jane, good), wrong_password);
    EXPECT_EQ(text(sign_in(client, jane, "Another-Horse-8"), "ChallengeName"), "SMS_MFA");
    call("GetUser", {{"AccessToken", access}});
}

TEST_F(TokenCalls, changing_the_password_is_limited) {
    const object wrong{{"AccessToken", access}, {"PreviousPassword", bad}, {"ProposedPassword", "Another-Horse-8"}};
    for (int i = 0; i < services.limits.password_changes_per_hour; ++i) {
        EXPECT_EQ(refusal("ChangePassword", wrong), wrong_password);
    }
    EXPECT_EQ(refusal("ChangePassword", wrong).type, "LimitExceeded");
}

class Forgotten : public TokenCalls {
protected:
    object of(std::string_view username) const { return {{"ClientId", client}, {"Username", username}}; }
    object confirm(std::string_view username, std::string_view code,
                   std::string_view password = "Another-Horse-8") const {
        return with(of(username), {{"ConfirmationCode", code}, {"Password", password}});
    }
    void hide_users() { client = add_client(pool, {{"PreventUserExistenceErrors", "ENABLED"}}); }
};

TEST_F(Forgotten, a_code_sets_a_new_password) {
    EXPECT_EQ(call("ForgotPassword", of(jane)),
              parse(R"({"CodeDeliveryDetails": {"Destination": "+*******0123", "DeliveryMedium": "SMS",
                                                "AttributeName": "phone_number"}})"));
    const auto code = last_code(pool);
    EXPECT_EQ(text(sign_in(client), "ChallengeName"), "SMS_MFA") << "the old password works until then";
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, other_than(code))), wrong_code);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, code, "weakling")).type, "InvalidPassword");
    EXPECT_EQ(call("ConfirmForgotPassword", confirm(jane, code)), object{});
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, code)), expired_code) << "replayed";
    EXPECT_EQ(sign_in_refusal(client, jane, good), wrong_password);
    EXPECT_EQ(text(sign_in(client, jane, "Another-Horse-8"), "ChallengeName"), "SMS_MFA");
}

TEST_F(Forgotten, the_code_lives_an_hour_and_some_guesses) {
    call("ForgotPassword", of(jane));
    clock.advance(1h);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, last_code(pool))), expired_code);
    call("ForgotPassword", of(jane));
    const auto code = last_code(pool);
    for (int i = 0; i < services.limits.tries_per_code; ++i) {
        EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, other_than(code))), wrong_code);
    }
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, code)), expired_code);
}

TEST_F(Forgotten, the_code_of_another_purpose_does_not_do) {
    sign_in(client);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(jane, last_code(pool))), expired_code);
}

TEST_F(Forgotten, an_unknown_user_is_told_or_hidden_as_the_client_says) {
    EXPECT_EQ(refusal("ForgotPassword", of(nobody)), unknown_user_of_client);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(nobody, "123456")), unknown_user_of_client);
    hide_users();
    const auto sent = messages(pool).size();
    const auto hidden = part(call("ForgotPassword", of(nobody)), "CodeDeliveryDetails");
    EXPECT_EQ(text(hidden, "DeliveryMedium"), "SMS");
    EXPECT_EQ(text(hidden, "Destination"), "+*******0177");
    EXPECT_EQ(messages(pool).size(), sent);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(nobody, "123456")), wrong_code);
    EXPECT_EQ(refusal("ConfirmForgotPassword", confirm(john, "123456")), expired_code);
}

TEST_F(Forgotten, asking_is_limited) {
    for (int i = 0; i < services.limits.recoveries_per_hour; ++i) {
        if (refusal("ForgotPassword", of(jane)).type == "LimitExceeded") break;
    }
    EXPECT_EQ(refusal("ForgotPassword", of(jane)),
              (Refused{"LimitExceeded", "Attempt limit exceeded, please try after some time."}));
}

}  // namespace
}  // namespace symbolon::aws
