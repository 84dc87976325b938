#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class Implicit : public House {
protected:
    std::string ask(Pairs overrides = {}) {
        Pairs all{{"client_id", app.str()}, {"response_type", "token"}, {"scope", "openid"}, {"nonce", "n-2"}};
        for (auto& field : overrides) all.push_back(std::move(field));
        return location(authorize(all, {sign_in_browser()}));
    }
};

TEST_F(Implicit, puts_the_tokens_into_the_fragment_and_nothing_into_the_query) {
    const auto url = ask();
    EXPECT_EQ(url.rfind(std::string(callback) + "#id_token=", 0), 0U) << url;
    EXPECT_EQ(url.find('?'), std::string::npos);
    EXPECT_EQ(parameter_of(url, "token_type", '#'), "Bearer");
    EXPECT_EQ(parameter_of(url, "expires_in", '#'), "3600");
    EXPECT_EQ(parameter_of(url, "state", '#'), "xyz +&=é");
    EXPECT_EQ(parameter_of(url, "scope", '#'), "openid");
    EXPECT_EQ(parameter_of(url, "iss", '#'), pool_url);
    EXPECT_EQ(parameter_of(url, "refresh_token", '#'), "");
    EXPECT_EQ(text(claims_of(parameter_of(url, "id_token", '#')), "nonce"), "n-2");
    EXPECT_EQ(user_info(parameter_of(url, "access_token", '#')).status, 200);
}

TEST_F(Implicit, its_tokens_end_with_a_sign_out_everywhere) {
    const auto token = parameter_of(ask(), "access_token", '#');
    run(tokens->sign_out_everywhere(pool_id, user_id));
    EXPECT_EQ(user_info(token).status, 401);
}

TEST_F(Implicit, without_openid_gives_no_id_token) {
    change_client(app, [](auto& settings) {
        settings.AllowedOAuthScopes = List<directory::shape::Scope, 0, 50>{"openid", "phone"};
    });
    const auto url = ask({{"scope", "phone"}});
    EXPECT_EQ(parameter_of(url, "id_token", '#'), "");
    EXPECT_NE(parameter_of(url, "access_token", '#'), "");
}

}  // namespace
}  // namespace symbolon::oauth
