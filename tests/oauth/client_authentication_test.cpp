#include "oauth/client_authentication.hpp"

#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class ClientAuthentication : public House {
protected:
    Errc refused(ClientCredentials credentials) {
        return refusal_of([&] { run(authenticate_client(*catalog, pool_id, credentials)); }).code;
    }
    ClientId proven(ClientCredentials credentials) {
        return run(authenticate_client(*catalog, pool_id, std::move(credentials)))->id;
    }
    net::Form body(Pairs fields) {
        net::Form form;
        for (auto& [name, value] : fields) form.add(name, value);
        return form;
    }
};

TEST_F(ClientAuthentication, by_header_by_body_and_by_both_when_they_agree) {
    const auto with_header = basic(web.str(), secret);
    EXPECT_EQ(proven(read_client_credentials(with_header, body({}))), web);
    EXPECT_EQ(proven(read_client_credentials(with_header, body({{"client_id", web.str()}}))), web);
    const auto post = body({{"client_id", web.str()}, {"client_secret", std::string(secret)}});
    EXPECT_EQ(proven(read_client_credentials(std::nullopt, post)), web);
    EXPECT_EQ(proven(read_client_credentials(with_header, post)), web);
}

// RFC 6749 §2.3.1 wants the parts form-encoded; many clients send them as they are.
TEST_F(ClientAuthentication, takes_a_header_that_was_not_form_encoded) {
    EXPECT_EQ(proven(read_client_credentials(basic(web.str(), secret, true), body({}))), web);
}

TEST_F(ClientAuthentication, the_scheme_is_read_without_case) {
    auto lower = basic(web.str(), secret);
    lower.replace(0, 5, "bAsIc");
    EXPECT_EQ(proven(read_client_credentials(lower, body({}))), web);
}

TEST_F(ClientAuthentication, refuses_header_and_body_that_contradict_each_other) {
    const auto with_header = basic(web.str(), secret);
    for (const auto& fields : {Pairs{{"client_id", app.str()}}, Pairs{{"client_secret", "other"}}}) {
        const auto refused = refusal_of([&] { read_client_credentials(with_header, body(fields)); });
        EXPECT_EQ(refused.code, Errc::oauth_invalid_client);
    }
}

TEST_F(ClientAuthentication, refuses_a_header_that_is_not_basic_credentials) {
    for (const char* value : {"", "Basic", "Basic ", "Basic !!!!", "Basic bm9jb2xvbg==", "Bearer abc", "Digest x"}) {
        const auto refused = refusal_of([&] { read_client_credentials(value, body({{"client_id", web.str()}})); });
        EXPECT_EQ(refused.code, Errc::oauth_invalid_client) << value;
    }
}

TEST_F(ClientAuthentication, a_confidential_client_needs_the_right_secret) {
    EXPECT_EQ(refused({web.str(), "", ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), "wrong", ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(secret) + "x", ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(secret).substr(1), ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(2000, 'x'), ""}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthentication, either_of_two_secrets_is_right_while_it_lives) {
    const std::string second = "another_secret_of_24_chars";
    const auto id = write([&](db::Transaction& tx) {
        directory::Clients clients(tx, *sealer);
        return clients.add_secret(clients.get(pool_id, web), ClientSecret(second), clock.now()).id;
    });
    catalog->forget(pool_id);
    EXPECT_EQ(proven({web.str(), std::string(secret), ""}), web);
    EXPECT_EQ(proven({web.str(), second, ""}), web);
    EXPECT_EQ(refused({web.str(), second + "x", ""}), Errc::oauth_invalid_client);
    write([&](db::Transaction& tx) {
        directory::Clients clients(tx, *sealer);
        clients.erase_secret(clients.get(pool_id, web), id);
    });
    catalog->forget(pool_id);
    EXPECT_EQ(refused({web.str(), second, ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(proven({web.str(), std::string(secret), ""}), web);
}

TEST_F(ClientAuthentication, a_public_client_names_itself_and_shows_no_secret) {
    EXPECT_EQ(proven({app.str(), "", ""}), app);
    EXPECT_EQ(refused({app.str(), "guess", ""}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthentication, refuses_unknown_clients_and_those_of_another_pool) {
    EXPECT_EQ(refused({"nobody", "", ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({stranger.str(), "", ""}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({std::string(5000, 'x'), "", ""}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthentication, the_reason_is_the_same_for_a_missing_and_a_wrong_secret) {
    const auto missing = refusal_of([&] { run(authenticate_client(*catalog, pool_id, {web.str(), "", ""})); });
    const auto wrong = refusal_of([&] { run(authenticate_client(*catalog, pool_id, {web.str(), "wrong", ""})); });
    EXPECT_EQ(missing.message, "invalid_client_secret");
    EXPECT_EQ(wrong.message, missing.message);
}

}  // namespace
}  // namespace symbolon::oauth
