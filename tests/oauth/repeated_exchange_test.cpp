// A code that is exchanged again, where the pool behaves as the service does: what looks like a retry is refused and
// ends nothing, everything else ends what the first exchange gave (RFC 6749 §4.1.2). Attack class 7.

#include "base/encoding.hpp"
#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;

class RepeatedExchange : public House {
protected:
    net::Response exchange(const std::string& code, Pairs overrides = {}) {
        return post("/oauth2/token", code_form(code, std::move(overrides)));
    }
    /// Exchanges a code, and then, after a while, once more; true when what the first exchange gave lives on.
    bool survives(std::chrono::milliseconds later, const Pairs& first, const Pairs& second, Pairs request = {}) {
        const auto code = get_code(std::move(request));
        const auto given = json_of(exchange(code, first));
        EXPECT_NE(text(given, "access_token"), "") << "the first exchange was refused";
        clock.advance(later);
        const auto again = exchange(code, second);
        EXPECT_EQ(again.status, 400);
        EXPECT_EQ(text(json_of(again), "error"), "invalid_grant");
        EXPECT_FALSE(json_of(again).contains("access_token"));
        const bool looked = user_info(text(given, "access_token")).status == 200;
        const bool refreshed = post("/oauth2/token", as(first, text(given, "refresh_token"))).status == 200;
        EXPECT_EQ(looked, refreshed);
        return looked;
    }
    /// A refresh by whoever made the exchange.
    static Pairs as(const Pairs& overrides, const std::string& refresh_token) {
        Pairs form{{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
        const bool is_app = std::ranges::find(overrides, Pairs::value_type{"client_id", app.str()}) != overrides.end();
        form.emplace_back("client_id", is_app ? app.str() : web.str());
        if (!is_app) form.emplace_back("client_secret", std::string(secret));
        return form;
    }
    static Pairs pkce() { return {{"code_challenge", std::string(challenge)}, {"code_challenge_method", "S256"}}; }
    const Pairs with_verifier{{"code_verifier", std::string(verifier)}};
};

TEST_F(RepeatedExchange, within_a_minute_ends_nothing) {
    EXPECT_TRUE(survives(0ms, {}, {}));
    EXPECT_TRUE(survives(60s - 1ms, {}, {}));
    EXPECT_TRUE(survives(1s, with_verifier, with_verifier, pkce()));
}

TEST_F(RepeatedExchange, however_often) {
    const auto code = get_code();
    const auto access = text(json_of(exchange(code)), "access_token");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(exchange(code).status, 400);
    EXPECT_EQ(user_info(access).status, 200);
}

TEST_F(RepeatedExchange, later_ends_what_the_first_gave) {
    EXPECT_FALSE(survives(60s, {}, {}));
    EXPECT_FALSE(survives(4min, {}, {}));
}

TEST_F(RepeatedExchange, that_differs_ends_what_the_first_gave) {
    EXPECT_FALSE(survives(1s, {}, {{"redirect_uri", "myapp://cb"}}));
    EXPECT_FALSE(survives(1s, {}, {{"redirect_uri", ""}}));
    EXPECT_FALSE(survives(1s, {}, with_verifier));
    EXPECT_FALSE(survives(1s, with_verifier, {}, pkce()));
    EXPECT_FALSE(survives(1s, with_verifier, {{"code_verifier", std::string(43, 'a')}}, pkce()));
}

// Whoever has the code of a public client shows what the client shows.
TEST_F(RepeatedExchange, of_a_public_client_ends_what_the_first_gave) {
    const Pairs native{{"client_id", app.str()}, {"client_secret", ""}};
    EXPECT_FALSE(survives(1s, native, native, {{"client_id", app.str()}, {"scope", "openid"}}));
}

TEST_F(RepeatedExchange, without_the_clients_secret_ends_nothing_and_spares_nothing) {
    const auto code = get_code();
    const auto access = text(json_of(exchange(code)), "access_token");
    EXPECT_EQ(text(json_of(exchange(code, {{"client_secret", "wrong"}})), "error"), "invalid_client");
    EXPECT_EQ(user_info(access).status, 200);
    clock.advance(60s);
    EXPECT_EQ(exchange(code).status, 400);
    EXPECT_EQ(user_info(access).status, 401);
}

TEST_F(RepeatedExchange, in_a_pool_that_keeps_to_the_standards_ends_what_the_first_gave) {
    extend_pool([](auto& e) { e.strict_oidc = true; });
    EXPECT_FALSE(survives(0ms, {}, {}));
    EXPECT_FALSE(survives(0ms, with_verifier, with_verifier, pkce()));
}

}  // namespace
}  // namespace symbolon::oauth
