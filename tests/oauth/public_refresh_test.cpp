// Refresh tokens of public clients (RFC 9700 §2.2.2, §4.14.2): the service leaves them as they are; a pool that follows
// the standards replaces them at every use, unless a key is needed for them.
#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;

class PublicRefresh : public House {
protected:
    void be_strict() {
        extend_pool([](auto& e) { e.strict_oidc = true; });
    }
    std::string begin(Issue issue = {}) {
        issue.scopes = {"openid"};
        return run(tokens->issue(pool(), client(app), signed_in(app), std::move(issue))).refresh_token;
    }
    /// The next refresh token; "" when the one that is shown stays.
    std::string next(const std::string& token, Confirmation proven = {}) {
        Refresh shown{token};
        shown.proven = std::move(proven);
        return run(tokens->refresh(pool(), client(app), std::move(shown))).refresh_token;
    }
};

TEST_F(PublicRefresh, stay_as_they_are_by_default) {
    EXPECT_EQ(next(begin()), "");
}

TEST_F(PublicRefresh, RFC9700_4_14_2_are_replaced_in_strict_pools) {
    be_strict();
    const auto first = begin();
    const auto second = next(first);
    ASSERT_NE(second, "");
    clock.advance(59s);
    EXPECT_EQ(next(first), second) << "a lost answer unlinks nobody";
    clock.advance(1s);
    EXPECT_EQ(refusal_of([&] { next(first); }).code, Errc::refresh_token_reused);
    EXPECT_EQ(refusal_of([&] { next(second); }).code, Errc::oauth_invalid_grant);
}

TEST_F(PublicRefresh, RFC9700_2_2_2_stay_where_a_key_is_needed_for_them) {
    be_strict();
    Issue issue;
    issue.proven.jkt = "of a key";
    const auto token = begin(issue);
    EXPECT_EQ(next(token, issue.proven), "");
    EXPECT_EQ(refusal_of([&] { next(token); }).code, Errc::oauth_invalid_grant);
}

TEST_F(PublicRefresh, the_clients_own_setting_wins) {
    be_strict();
    change_client(app, [](auto& settings) {
        settings.RefreshTokenRotation = directory::RefreshTokenRotationType{directory::FeatureType::DISABLED, 0};
    });
    EXPECT_EQ(next(begin()), "");
}

TEST_F(PublicRefresh, the_json_apis_stay) {
    be_strict();
    Issue issue;
    issue.hosted = false;
    EXPECT_EQ(next(begin(issue)), "");
}

TEST_F(PublicRefresh, those_of_confidential_clients_stay) {
    be_strict();
    const auto got = get_tokens();
    EXPECT_FALSE(json_of(refresh(text(got, "refresh_token"))).contains("refresh_token"));
}

}  // namespace
}  // namespace symbolon::oauth
