// What one node does to a token, another knows of at once, although it has checked the token before and remembers it,
// and its pool, client and keys as well.

#include "directory/domains.hpp"
#include "directory/pools.hpp"
#include "oauth/house.hpp"

#include <functional>
#include <string>

namespace symbolon::oauth {
namespace {

class OtherNode : public House {
protected:
    /// Shows a new token at the other node, lets `happen` happen on this one, and shows it there again: what it is
    /// refused with then.
    Errc refused_there_after(const std::function<void(const boost::json::object& tokens)>& happen) {
        const auto given = get_tokens();
        const auto token = text(given, "access_token");
        for (int i = 0; i < 2; ++i) EXPECT_EQ(run(other_tokens.verify_access(token)).user->id, user_id);
        happen(given);
        return refusal_of([&] { run(other_tokens.verify_access(token)); }).code;
    }
    void on_user(const std::function<void(directory::Users)>& change) {
        write([&](db::Transaction& tx) { change(directory::Users(tx)); });
    }

    directory::Catalog other_catalog{*db, *sealer, clock};
    signin::Services other_services{*db, other_catalog, *sealer, *hasher, random, clock, *outbox, triggers};
    Tokens other_tokens{other_services, std::string(base_url), client_keys};
};

TEST_F(OtherNode, refuses_a_revoked_token_at_once) {
    const auto revoke = [&](const boost::json::object& given) {
        const auto form = Pairs{{"token", text(given, "refresh_token")}};
        EXPECT_EQ(post("/oauth2/revoke", form, {{"Authorization", basic(web.str(), secret)}}).status, 200);
    };
    EXPECT_EQ(refused_there_after(revoke), Errc::token_not_accepted);
}

TEST_F(OtherNode, refuses_the_tokens_of_a_user_who_signed_out_everywhere) {
    const auto sign_out = [&](const auto&) {
        on_user([&](directory::Users users) { users.sign_out_everywhere(pool_id, user_id, clock.now()); });
    };
    EXPECT_EQ(refused_there_after(sign_out), Errc::token_not_accepted);
}

TEST_F(OtherNode, refuses_the_tokens_of_a_disabled_user) {
    const auto disable = [&](const auto&) { change_user([](directory::User& user) { user.enabled = false; }); };
    EXPECT_EQ(refused_there_after(disable), Errc::not_authorized);
}

TEST_F(OtherNode, refuses_the_tokens_of_a_deleted_user) {
    const auto there_is = pool();
    const auto erase = [&](const auto&) { on_user([&](directory::Users users) { users.erase(*there_is, user_id); }); };
    EXPECT_EQ(refused_there_after(erase), Errc::user_not_found);
}

TEST_F(OtherNode, refuses_the_tokens_of_a_deleted_pool) {
    const auto erase = [&](const auto&) {
        write([&](db::Transaction& tx) {
            directory::Domains(tx).erase("ok-domain", pool_id);
            directory::Pools(tx).erase(pool_id);
        });
    };
    EXPECT_EQ(refused_there_after(erase), Errc::user_not_found);
}

// In an emergency: the former keys may be in somebody else's hands.
TEST_F(OtherNode, refuses_the_tokens_of_keys_that_were_withdrawn_within_two_seconds) {
    const auto roll = [&](const auto&) {
        const auto keys = directory::make_keys(crypto::jose::Algorithm::es256);
        write(
            [&](db::Transaction& tx) { directory::SigningKeys(tx, *sealer).replace_all(pool_id, keys, clock.now()); });
        clock.advance(std::chrono::seconds(2));
    };
    EXPECT_EQ(refused_there_after(roll), Errc::token_not_accepted);
}

TEST_F(OtherNode, accepts_the_tokens_of_keys_that_were_replaced_in_order) {
    const auto given = get_tokens();
    const auto keys = directory::make_keys(crypto::jose::Algorithm::eddsa);
    write([&](db::Transaction& tx) { directory::SigningKeys(tx, *sealer).publish_next(pool_id, keys, clock.now()); });
    clock.advance(directory::Catalog::oldest);
    EXPECT_EQ(kid_of(text(get_tokens(), "access_token")), kid_of(text(given, "access_token"))) << "not yet";
    clock.advance(directory::publication_lead - std::chrono::seconds(2));
    const auto last = get_tokens();
    clock.advance(std::chrono::seconds(2));
    const auto next = get_tokens();
    EXPECT_EQ(kid_of(text(next, "access_token")), keys.access_token.kid());
    EXPECT_EQ(kid_of(text(next, "id_token")), keys.id_token.kid());
    for (const auto& tokens_of : {last, next})
        EXPECT_EQ(run(other_tokens.verify_access(text(tokens_of, "access_token"))).user->id, user_id);
    EXPECT_TRUE(run(other_tokens.read_id_token_hint(pool(), text(given, "id_token")))) << "expired, and still a hint";
}

// The node that issues a token remembers what it says without reading it; the other one reads it.
TEST_F(OtherNode, reads_from_a_token_what_the_node_that_issued_it_remembers) {
    const auto given = get_tokens();
    const auto form = Pairs{{"grant_type", "refresh_token"}, {"refresh_token", text(given, "refresh_token")}};
    const auto refreshed = post("/oauth2/token", form, {{"Authorization", basic(web.str(), secret)}});
    for (const auto& answer : {given, json_of(refreshed)}) {
        const auto token = text(answer, "access_token");
        const auto remembered = run(tokens->verify_access(token)).token;
        const auto read = run(other_tokens.verify_access(token)).token;
        EXPECT_EQ(remembered->kid, read->kid);
        EXPECT_EQ(remembered->pool_id, read->pool_id);
        EXPECT_EQ(remembered->client_id, read->client_id);
        EXPECT_EQ(remembered->user_id, read->user_id);
        EXPECT_EQ(remembered->scopes, read->scopes);
        EXPECT_EQ(remembered->grant_id, read->grant_id);
        EXPECT_EQ(remembered->id, read->id);
        EXPECT_EQ(remembered->issued, read->issued);
        EXPECT_EQ(remembered->expires, read->expires);
        EXPECT_EQ(remembered->auth_time, read->auth_time);
        EXPECT_EQ(remembered->more, read->more);
    }
}

// Clients are remembered for a second.
TEST_F(OtherNode, refuses_the_tokens_of_a_deleted_client_after_a_second) {
    const auto erase = [&](const auto&) {
        write([&](db::Transaction& tx) { directory::Clients(tx, *sealer).erase(pool_id, web); });
        clock.advance(directory::Catalog::oldest);
    };
    EXPECT_EQ(refused_there_after(erase), Errc::token_not_accepted);
}

}  // namespace
}  // namespace symbolon::oauth
