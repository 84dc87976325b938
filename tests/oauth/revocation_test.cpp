#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Revocation : public House {
protected:
    net::Response revoke(const std::string& token, Pairs headers = {}) {
        if (headers.empty()) headers = {{"Authorization", basic(web.str(), secret)}};
        return post("/oauth2/revoke", Pairs{{"token", token}}, std::move(headers));
    }
};

// Attack class 15, and the compat acceptance case 11.
TEST_F(Revocation, ends_the_whole_family_and_no_other) {
    const auto one = get_tokens(), other = get_tokens();
    const auto refreshed = json_of(refresh(text(one, "refresh_token")));
    const auto answer = revoke(text(one, "refresh_token"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(user_info(text(one, "access_token")).status, 401);
    EXPECT_EQ(user_info(text(refreshed, "access_token")).status, 401);
    EXPECT_EQ(refresh(text(one, "refresh_token")).status, 400);
    EXPECT_EQ(text(json_of(refresh(text(one, "refresh_token"))), "error"), "invalid_grant");
    EXPECT_EQ(user_info(text(other, "access_token")).status, 200);
    EXPECT_EQ(refresh(text(other, "refresh_token")).status, 200);
}

TEST_F(Revocation, of_a_token_that_nobody_knows_or_that_was_revoked_is_fine) {
    const auto token = text(get_tokens(), "refresh_token");
    EXPECT_EQ(revoke(token).status, 200);
    EXPECT_EQ(revoke(token).status, 200);
    EXPECT_EQ(revoke("unknown").status, 200);
    EXPECT_EQ(revoke(token.substr(0, 37) + std::string(43, 'A')).status, 200);
}

TEST_F(Revocation, a_guess_at_the_secret_revokes_nothing) {
    const auto tokens_of_family = get_tokens();
    revoke(text(tokens_of_family, "refresh_token").substr(0, 37) + std::string(43, 'A'));
    EXPECT_EQ(user_info(text(tokens_of_family, "access_token")).status, 200);
}

// RevokeAssociatedSessions LINKED of the API.
TEST_F(Revocation, of_a_linked_session_signs_the_browser_out) {
    const auto cookie = sign_in_browser();
    const auto tokens_of = [&](const std::pair<std::string, std::string>& browser) {
        const auto code = parameter_of(location(authorize({}, {browser})), "code");
        return json_of(post("/oauth2/token", code_form(code)));
    };
    const auto one = tokens_of(cookie), sibling = tokens_of(cookie);
    clock.advance(std::chrono::milliseconds(1));
    const auto other_cookie = sign_in_browser();
    const auto other = tokens_of(other_cookie);
    using Also = Tokens::RevokeAlso;
    run(tokens->revoke(pool(), client(web), text(one, "refresh_token"), Also::nothing));
    EXPECT_NE(parameter_of(location(authorize({}, {cookie})), "code"), "");
    run(tokens->revoke(pool(), client(web), text(one, "refresh_token"), Also::linked_session));
    EXPECT_EQ(parameter_of(location(authorize({}, {cookie})), "code"), "") << "the browser is signed out";
    EXPECT_EQ(refresh(text(sibling, "refresh_token")).status, 200) << "what it gave before lives";
    EXPECT_EQ(refresh(text(other, "refresh_token")).status, 200) << "another browser of the same user";
    EXPECT_NE(parameter_of(location(authorize({}, {other_cookie})), "code"), "");
}

TEST_F(Revocation, is_for_refresh_tokens) {
    const auto body = get_tokens();
    for (const char* token : {"access_token", "id_token"}) {
        const auto answer = revoke(text(body, token));
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(text(json_of(answer), "error"), "unsupported_token_type");
    }
    EXPECT_EQ(user_info(text(body, "access_token")).status, 200);
}

TEST_F(Revocation, wants_a_token_and_revocation_switched_on) {
    EXPECT_EQ(text(json_of(revoke("")), "error"), "invalid_request");
    const auto token = text(get_tokens(), "refresh_token");
    change_client(web, [](auto& settings) { settings.EnableTokenRevocation = false; });
    EXPECT_EQ(text(json_of(revoke(token)), "error"), "invalid_request");
    EXPECT_EQ(refresh(token).status, 200);
}

TEST_F(Revocation, wants_the_client_proven_and_says_401_otherwise) {
    const auto token = text(get_tokens(), "refresh_token");
    const auto in_header = revoke(token, {{"Authorization", basic(web.str(), "wrong")}});
    const auto in_body = post("/oauth2/revoke", Pairs{{"token", token}, {"client_id", web.str()}});
    for (const auto& answer : {in_header, in_body}) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_client");
        EXPECT_EQ(header(answer, "WWW-Authenticate").rfind("Basic", 0), 0U);
    }
    EXPECT_EQ(refresh(token).status, 200);
}

TEST_F(Revocation, of_another_clients_token_is_refused) {
    const auto token = text(get_tokens(), "refresh_token");
    const auto answer = post("/oauth2/revoke", Pairs{{"token", token}, {"client_id", app.str()}});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(refresh(token).status, 200);
}

TEST_F(Revocation, works_for_public_clients_by_their_id) {
    const auto code = get_code({{"client_id", app.str()}, {"scope", "openid"}});
    const auto body =
        json_of(post("/oauth2/token", code_form(code, {{"client_id", app.str()}, {"client_secret", ""}})));
    const Pairs form{
        {"token", text(body, "refresh_token")}, {"client_id", app.str()}, {"token_type_hint", "refresh_token"}};
    EXPECT_EQ(post("/oauth2/revoke", form).status, 200);
    EXPECT_EQ(user_info(text(body, "access_token")).status, 401);
}

TEST_F(Revocation, of_a_family_by_its_id) {
    const auto body = get_tokens();
    run(tokens->revoke_family(pool_id, text(claims_of(text(body, "access_token")), "origin_jti")));
    EXPECT_EQ(user_info(text(body, "access_token")).status, 401);
}

}  // namespace
}  // namespace symbolon::oauth
