// Refresh tokens that are replaced at every use (cognito-api.md §3.8, attack row 14).
#include "oauth/tokens/rotation.hpp"
#include "crypto/hash.hpp"
#include "directory/grants.hpp"
#include "directory/stored.hpp"
#include "oauth/house.hpp"

#include <future>
#include <set>
#include <string>
#include <vector>

namespace symbolon::oauth {
namespace {

using namespace std::chrono_literals;

class Rotation : public House {
protected:
    Rotation() { set_rotation(60); }

    void set_rotation(std::int64_t grace) {
        change_client(web, [&](auto& settings) {
            settings.RefreshTokenRotation = directory::RefreshTokenRotationType{directory::FeatureType::ENABLED, grace};
        });
    }
    /// The refresh token of a refresh that must be answered.
    std::string next(const std::string& token) {
        const auto answer = refresh(token);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return text(json_of(answer), "refresh_token");
    }
    void expect_refused(const net::Response& answer, const std::string& description) {
        EXPECT_EQ(answer.status, 400) << answer.body;
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_grant");
        EXPECT_EQ(text(json_of(answer), "error_description"), description);
    }
    void expect_reused(const net::Response& answer) {
        expect_refused(answer, "Refresh token has been used before. All of its tokens are revoked.");
    }
    directory::Grant grant_of(const std::string& token) {
        const auto find = [&](db::Transaction& tx) { return directory::Grants(tx).find(pool_id, token.substr(0, 36)); };
        return run(db->read(find)).value();
    }

    const boost::json::object given = get_tokens();
    const std::string first = text(given, "refresh_token");
};

TEST_F(Rotation, gives_another_token_at_every_refresh) {
    std::set<std::string> seen{first};
    std::string token = first;
    for (int i = 0; i < 12; ++i) {
        clock.advance(50min);
        token = next(token);
        EXPECT_TRUE(seen.insert(token).second) << token;
    }
    EXPECT_EQ(token.substr(0, 36), first.substr(0, 36)) << "one family";
}

TEST_F(Rotation, does_not_prolong_the_family) {
    clock.advance(std::chrono::hours(24 * 30) - 300s);
    const auto answer = json_of(refresh(first));
    EXPECT_EQ(answer.at("expires_in").as_int64(), 300);
    clock.advance(300s);
    expect_refused(refresh(text(answer, "refresh_token")), "Refresh Token has expired");
}

TEST_F(Rotation, answers_a_retry_with_the_same_token_as_before) {
    const auto second = next(first);
    clock.advance(59s);
    EXPECT_EQ(next(first), second);
    EXPECT_EQ(next(first), second);
    clock.advance(1s);
    EXPECT_NE(next(second), "") << "the retries have not used it up";
}

TEST_F(Rotation, answers_the_retry_of_a_slow_client_with_the_token_that_is_current) {
    const auto second = next(first);
    clock.advance(10s);
    const auto third = next(second);
    EXPECT_EQ(next(first), third);
    clock.advance(49s);
    EXPECT_EQ(next(first), third) << "each token has a grace of its own";
    clock.advance(1s);
    expect_reused(refresh(first));
}

TEST_F(Rotation, sixty_four_refreshes_at_once_get_one_successor) {
    std::vector<std::future<std::string>> asked;
    for (int i = 0; i < 64; ++i) asked.push_back(std::async(std::launch::async, [&] { return next(first); }));
    std::set<std::string> successors;
    for (auto& answer : asked) successors.insert(answer.get());
    EXPECT_EQ(successors.size(), 1U);
    EXPECT_NE(next(*successors.begin()), "");
}

TEST_F(Rotation, two_nodes_give_one_successor) {
    directory::Catalog other_catalog{*db, *sealer, clock};
    signin::Services other_services{*db, other_catalog, *sealer, *hasher, random, clock, *outbox, triggers};
    Tokens other_tokens{other_services, std::string(base_url), client_keys};
    std::vector<std::future<std::string>> asked;
    for (int i = 0; i < 32; ++i) {
        auto& node = i % 2 == 0 ? *tokens : other_tokens;
        asked.push_back(std::async(std::launch::async,
                                   [&] { return run(node.refresh(pool(), client(web), {first})).refresh_token; }));
    }
    std::set<std::string> successors;
    for (auto& answer : asked) successors.insert(answer.get());
    EXPECT_EQ(successors.size(), 1U);
}

TEST_F(Rotation, ends_the_family_when_a_token_is_used_again_later) {
    const auto second = next(first);
    const auto access = text(json_of(refresh(second)), "access_token");
    clock.advance(60s);
    expect_reused(refresh(first));
    expect_refused(refresh(second), "Refresh Token has been revoked");
    EXPECT_EQ(user_info(access).status, 401);
    EXPECT_EQ(user_info(text(given, "access_token")).status, 401);
}

TEST_F(Rotation, without_a_grace_lets_a_token_die_at_once) {
    set_rotation(0);
    const auto second = next(first);
    expect_reused(refresh(first));
    expect_refused(refresh(second), "Refresh Token has been revoked");
}

TEST_F(Rotation, lets_nobody_end_a_family_with_a_guess) {
    const auto second = next(first);
    const auto third = next(second);
    clock.advance(61s);
    const auto id = first.substr(0, 36);
    const auto secret_of_second = second.substr(39);
    for (const auto& guess :
         {id + "." + std::string(43, 'A'), id + ".1." + std::string(43, 'A'), id + ".0." + secret_of_second,
          id + ".01." + secret_of_second, id + ".2." + secret_of_second, id + ".3." + third.substr(39),
          id + ".-1." + secret_of_second, id + "..", id + ".1" + secret_of_second,
          id + ".99999999999999999999." + secret_of_second, second + "x", third.substr(0, third.size() - 1)}) {
        expect_refused(refresh(guess), "Invalid Refresh Token");
    }
    EXPECT_NE(next(third), "") << "the family lives";
}

TEST_F(Rotation, binds_a_successor_to_its_family) {
    const auto second = next(first);
    const auto other = next(text(get_tokens(), "refresh_token"));
    EXPECT_NE(second.substr(39), other.substr(39));
    expect_refused(refresh(other.substr(0, 36) + second.substr(36)), "Invalid Refresh Token");
}

TEST_F(Rotation, happens_for_refreshes_that_are_answered) {
    set_rotation(0);
    EXPECT_EQ(text(json_of(refresh(first, {{"scope", "profile openid wider"}})), "error"), "invalid_scope");
    const Pairs of_another{{"grant_type", "refresh_token"}, {"refresh_token", first}, {"client_id", app.str()}};
    expect_refused(post("/oauth2/token", of_another), "Invalid Refresh Token");
    change_user([](auto& user) { user.enabled = false; });
    expect_refused(refresh(first), "User is disabled.");
    change_user([](auto& user) { user.enabled = true; });
    EXPECT_NE(next(first), "");
}

TEST_F(Rotation, narrows_the_scope_of_one_answer_alone) {
    const auto narrow = json_of(refresh(first, {{"scope", "phone"}}));
    EXPECT_EQ(text(narrow, "scope"), "phone");
    EXPECT_EQ(text(json_of(refresh(text(narrow, "refresh_token"))), "scope"), "openid phone");
}

TEST_F(Rotation, keeps_its_rules_for_what_it_gave_when_it_is_switched_off) {
    const auto second = next(first);
    change_client(web, [](auto& settings) { settings.RefreshTokenRotation.reset(); });
    EXPECT_EQ(next(second), "");
    EXPECT_EQ(next(second), "") << "the same token again and again";
    expect_reused(refresh(first));
    expect_refused(refresh(second), "Refresh Token has been revoked");
}

TEST_F(Rotation, takes_up_a_family_that_began_without_it) {
    change_client(web, [](auto& settings) { settings.RefreshTokenRotation.reset(); });
    const auto token = text(get_tokens(), "refresh_token");
    EXPECT_EQ(next(token), "");
    set_rotation(60);
    EXPECT_NE(next(token), "");
}

TEST_F(Rotation, revokes_with_every_token_of_the_family) {
    for (const bool former : {true, false}) {
        const auto one = text(get_tokens(), "refresh_token");
        const auto two = next(one);
        const Pairs form{{"token", former ? one : two}};
        EXPECT_EQ(post("/oauth2/revoke", form, {{"Authorization", basic(web.str(), secret)}}).status, 200);
        expect_refused(refresh(two), "Refresh Token has been revoked");
    }
}

TEST_F(Rotation, knows_whose_a_successor_is) {
    const auto owner = run(tokens->find_refresh_owner(pool(), next(first)));
    ASSERT_TRUE(owner);
    EXPECT_EQ(owner->id, user_id);
}

TEST_F(Rotation, stores_no_token) {
    const auto second = next(first);
    const auto grant = grant_of(second);
    const auto stored = directory::to_stored(grant.details) + to_string(*grant.refresh_hash);
    for (const auto& token : {first, second}) {
        const auto secret_part = token.substr(token.rfind('.') + 1);
        EXPECT_EQ(stored.find(secret_part), std::string::npos);
    }
    EXPECT_EQ(grant.generation, 1);
}

TEST_F(Rotation, marks_tokens_of_clients_that_cannot_revoke) {
    change_client(web, [](auto& settings) { settings.EnableTokenRevocation = false; });
    const auto claims = claims_of(text(json_of(refresh(first)), "access_token"));
    EXPECT_EQ(text(claims, "origin_jti"), first.substr(0, 36));
}

// The row of a family that is refreshed all the time stays small.
TEST(RotationTimes, of_a_family_are_few) {
    directory::Grant grant;
    Instant now = from_ms(1'800'000'000'000);
    for (int i = 0; i < 200; ++i) {
        note_rotation(grant, now);
        ++grant.generation;
        now += 100ms;
    }
    EXPECT_EQ(grant.details.rotated_ms->size(), 32U);
    EXPECT_EQ(standing_of(grant, 199, 60s, now), Standing::retried);
    EXPECT_EQ(standing_of(grant, 168, 60s, now), Standing::retried);
    EXPECT_EQ(standing_of(grant, 167, 60s, now), Standing::reused);
    now += 60s;
    note_rotation(grant, now);
    ++grant.generation;
    EXPECT_EQ(grant.details.rotated_ms->size(), 1U);
    EXPECT_EQ(standing_of(grant, 200, 60s, now), Standing::retried);
    EXPECT_EQ(standing_of(grant, 199, 60s, now), Standing::reused);
}

// Whatever wrote such a row: nobody is let in by what it does not say.
TEST(RotationTimes, that_are_not_there_are_no_grace) {
    const Instant now = from_ms(1'800'000'000'000);
    directory::Grant grant;
    grant.generation = 2;
    EXPECT_EQ(standing_of(grant, 2, 60s, now), Standing::current);
    EXPECT_EQ(standing_of(grant, 1, 60s, now), Standing::reused);
    grant.details.rotated_ms.emplace();
    EXPECT_EQ(standing_of(grant, 1, 60s, now), Standing::reused);
}

}  // namespace
}  // namespace symbolon::oauth
