// The modules of the OpenID Foundation's plans for RP-initiated, back-channel and front-channel logout
// (docs/conformance.md), one by one: what the suite's relying party sends, and what has to become of it.

#include "base/encoding.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "directory/logout_notices.hpp"
#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

class LogoutPlan : public House {
protected:
    static constexpr const char* bye = "https://ok.example/bye";

    LogoutPlan() {
        extend_pool([](auto& e) { e.strict_oidc = true; });
    }
    /// The suite signs somebody in first: the tokens of the relying party.
    boost::json::object sign_in() {
        const auto code = parameter_of(location(authorize({{"scope", "openid"}}, {browser})), "code");
        return json_of(post("/oauth2/token", code_form(code)));
    }
    net::Response logout(const Pairs& parameters) { return get("/logout?" + encode(parameters), {browser}); }
    std::string asked_silently() {
        return parameter_of(location(authorize({{"prompt", "none"}, {"scope", "openid"}}, {browser})), "error");
    }
    /// No redirect to the relying party: an error page of ours, and nothing has ended.
    void expect_error_page(const Pairs& parameters) {
        const auto to = location(logout(parameters));
        EXPECT_TRUE(to.starts_with(std::string(pool_url) + "/error?error=")) << to;
        EXPECT_EQ(asked_silently(), "");
    }
    /// The person is asked on a page of ours, which is as far as the request goes by itself.
    void expect_question(const Pairs& parameters) {
        const auto to = location(logout(parameters));
        EXPECT_TRUE(to.starts_with(std::string(pool_url) + "/logout/confirm?")) << to;
        EXPECT_EQ(to.find("ok.example"), std::string::npos);
    }
    boost::json::object document() { return json_of(get("/.well-known/openid-configuration")); }

    const std::pair<std::string, std::string> browser = sign_in_browser();
};

TEST_F(LogoutPlan, discovery_names_the_endpoint) {
    const auto endpoint = text(document(), "end_session_endpoint");
    EXPECT_TRUE(endpoint.starts_with("https://")) << endpoint;
    EXPECT_TRUE(endpoint.ends_with("/logout")) << endpoint;
}

TEST_F(LogoutPlan, a_logout_with_everything_ends_the_sign_in_and_comes_back_with_the_state) {
    const auto id_token = text(sign_in(), "id_token");
    const auto answer = logout({{"id_token_hint", id_token}, {"post_logout_redirect_uri", bye}, {"state", "s 1"}});
    EXPECT_EQ(location(answer), std::string(bye) + "?state=s+1");
    EXPECT_EQ(asked_silently(), "login_required");
}

TEST_F(LogoutPlan, without_a_state_none_is_made_up) {
    const auto id_token = text(sign_in(), "id_token");
    EXPECT_EQ(location(logout({{"id_token_hint", id_token}, {"post_logout_redirect_uri", bye}})), bye);
    EXPECT_EQ(asked_silently(), "login_required");
}

TEST_F(LogoutPlan, another_place_is_no_place) {
    const auto id_token = text(sign_in(), "id_token");
    for (const auto& place :
         {std::string(bye) + "/bad", std::string(bye) + "?foo=bar", std::string("https://evil.example/")})
        expect_error_page({{"id_token_hint", id_token}, {"post_logout_redirect_uri", place}, {"state", "s"}});
}

TEST_F(LogoutPlan, a_hint_that_nobody_signed_is_none) {
    const auto id_token = text(sign_in(), "id_token");
    const auto begin = id_token.find('.') + 1;
    const auto payload = id_token.substr(begin, id_token.find('.', begin) - begin);
    const auto header = to_base64url(bytes_of(R"({"alg":"none"})"));
    for (const auto& hint : {header + "." + payload + ".", header + "." + payload})
        expect_error_page({{"id_token_hint", hint}, {"post_logout_redirect_uri", bye}, {"state", "s"}});
}

TEST_F(LogoutPlan, a_hint_that_somebody_else_signed_is_none) {
    const auto claims = claims_of(text(sign_in(), "id_token"));
    const auto hint = crypto::jose::sign_jwt(test_key(2), claims);
    expect_error_page({{"id_token_hint", hint}, {"post_logout_redirect_uri", bye}, {"state", "s"}});
}

TEST_F(LogoutPlan, without_a_hint_nobody_is_sent_anywhere) {
    sign_in();
    expect_question({{"post_logout_redirect_uri", bye}, {"state", "s"}});
    expect_question({{"client_id", web.str()}, {"post_logout_redirect_uri", bye}, {"state", "s"}});
}

TEST_F(LogoutPlan, without_anything_the_person_is_asked) {
    sign_in();
    expect_question({});
    expect_question({{"state", "s"}});
}

TEST_F(LogoutPlan, with_a_hint_and_no_place_the_person_is_told_that_it_is_over) {
    const auto id_token = text(sign_in(), "id_token");
    EXPECT_EQ(location(logout({{"id_token_hint", id_token}, {"state", "s"}})), std::string(pool_url) + "/signedout");
    EXPECT_EQ(asked_silently(), "login_required");
}

TEST_F(LogoutPlan, discovery_tells_of_both_channels_and_their_sessions) {
    const auto said = document();
    for (const char* member : {"backchannel_logout_supported", "backchannel_logout_session_supported",
                               "frontchannel_logout_supported", "frontchannel_logout_session_supported"})
        EXPECT_TRUE(said.at(member).as_bool()) << member;
}

TEST_F(LogoutPlan, by_the_back_channel_the_app_is_told_and_the_browser_comes_back) {
    extend_client(web, [](auto& e) {
        e.backchannel_logout_uri = "https://rp.example/logout";
        e.backchannel_logout_session_required = true;
    });
    const auto id_token = text(sign_in(), "id_token");
    EXPECT_NE(text(claims_of(id_token), "sid"), "");
    const auto answer = logout({{"id_token_hint", id_token}, {"post_logout_redirect_uri", bye}, {"state", "s"}});
    EXPECT_EQ(location(answer), std::string(bye) + "?state=s");
    EXPECT_EQ(asked_silently(), "login_required");
    const auto notices = write([&](db::Transaction& tx) { return directory::list_notices(tx, pool_id, 10); });
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0].client_id, web);
    EXPECT_EQ(directory::sid_of(*sealer, pool_id, user_id, notices[0].auth_time), text(claims_of(id_token), "sid"));
}

TEST_F(LogoutPlan, by_the_front_channel_the_browser_comes_by_the_app) {
    extend_client(web, [](auto& e) {
        e.frontchannel_logout_uri = "https://rp.example/logout";
        e.frontchannel_logout_session_required = true;
    });
    const auto id_token = text(sign_in(), "id_token");
    EXPECT_NE(text(claims_of(id_token), "sid"), "");
    const auto answer = logout({{"id_token_hint", id_token}, {"post_logout_redirect_uri", bye}, {"state", "s"}});
    EXPECT_TRUE(location(answer).starts_with(std::string(pool_url) + "/logout/apps?")) << location(answer);
    EXPECT_EQ(asked_silently(), "login_required");
}

}  // namespace
}  // namespace symbolon::oauth
