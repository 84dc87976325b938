#include "oauth/client_authentication.hpp"

#include "oauth/house.hpp"

namespace symbolon::oauth {
namespace {

class ClientAuthenticationTest : public House {
protected:
    ClientAuthentication clients{*services, client_keys, {}};

    ClientId prove(ClientCredentials credentials) {
        auto found = run(sites->find("id.example", "/" + pool_id.str() + "/oauth2/token"));
        auto endpoint = std::string(pool_url) + "/oauth2/token";
        return run(clients.prove(std::move(found->site), std::move(endpoint), std::move(credentials)))->id;
    }
    Error refusal(ClientCredentials credentials) {
        return refusal_of([&] { prove(credentials); });
    }
    Errc refused(ClientCredentials credentials) { return refusal(std::move(credentials)).code; }
    static ClientCredentials read(std::optional<std::string> authorization, const Pairs& fields) {
        net::Request request;
        if (authorization) request.headers.add("Authorization", *authorization);
        net::Form form;
        for (const auto& [name, value] : fields) form.add(name, value);
        return read_client_credentials(request, form);
    }
};

TEST_F(ClientAuthenticationTest, by_header_by_body_and_by_both_when_they_agree) {
    const auto with_header = basic(web.str(), secret);
    EXPECT_EQ(prove(read(with_header, {})), web);
    EXPECT_EQ(prove(read(with_header, {{"client_id", web.str()}})), web);
    const Pairs post{{"client_id", web.str()}, {"client_secret", std::string(secret)}};
    EXPECT_EQ(prove(read(std::nullopt, post)), web);
    EXPECT_EQ(prove(read(with_header, post)), web);
}

// RFC 6749 §2.3.1 wants the parts form-encoded; many clients send them as they are.
TEST_F(ClientAuthenticationTest, takes_a_header_that_was_not_form_encoded) {
    EXPECT_EQ(prove(read(basic(web.str(), secret, true), {})), web);
}

TEST_F(ClientAuthenticationTest, the_scheme_is_read_without_case) {
    auto lower = basic(web.str(), secret);
    lower.replace(0, 5, "bAsIc");
    EXPECT_EQ(prove(read(lower, {})), web);
}

TEST_F(ClientAuthenticationTest, refuses_header_and_body_that_contradict_each_other) {
    const auto with_header = basic(web.str(), secret);
    for (const auto& fields : {Pairs{{"client_id", app.str()}}, Pairs{{"client_secret", "other"}}}) {
        EXPECT_EQ(refusal_of([&] { read(with_header, fields); }).code, Errc::oauth_invalid_client);
    }
}

TEST_F(ClientAuthenticationTest, refuses_a_header_that_is_not_basic_credentials) {
    for (const char* value : {"", "Basic", "Basic ", "Basic !!!!", "Basic bm9jb2xvbg==", "Bearer abc", "Digest x"}) {
        const auto refused = refusal_of([&] { read(value, {{"client_id", web.str()}}); });
        EXPECT_EQ(refused.code, Errc::oauth_invalid_client) << value;
    }
}

TEST_F(ClientAuthenticationTest, a_confidential_client_needs_the_right_secret) {
    EXPECT_EQ(refused({web.str()}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), "wrong"}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(secret) + "x"}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(secret).substr(1)}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({web.str(), std::string(2000, 'x')}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthenticationTest, either_of_two_secrets_is_right_while_it_lives) {
    const std::string second = "another_secret_of_24_chars";
    const auto id = write([&](db::Transaction& tx) {
        directory::Clients all(tx, *sealer);
        return all.add_secret(all.get(pool_id, web), ClientSecret(second), clock.now()).id;
    });
    catalog->forget(pool_id);
    EXPECT_EQ(prove({web.str(), std::string(secret)}), web);
    EXPECT_EQ(prove({web.str(), second}), web);
    EXPECT_EQ(refused({web.str(), second + "x"}), Errc::oauth_invalid_client);
    write([&](db::Transaction& tx) {
        directory::Clients all(tx, *sealer);
        all.erase_secret(all.get(pool_id, web), id);
    });
    catalog->forget(pool_id);
    EXPECT_EQ(refused({web.str(), second}), Errc::oauth_invalid_client);
    EXPECT_EQ(prove({web.str(), std::string(secret)}), web);
}

TEST_F(ClientAuthenticationTest, a_public_client_names_itself_and_shows_no_secret) {
    EXPECT_EQ(prove({app.str()}), app);
    EXPECT_EQ(refused({app.str(), "guess"}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthenticationTest, refuses_unknown_clients_and_those_of_another_pool) {
    EXPECT_EQ(refused({"nobody"}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({stranger.str()}), Errc::oauth_invalid_client);
    EXPECT_EQ(refused({std::string(5000, 'x')}), Errc::oauth_invalid_client);
}

TEST_F(ClientAuthenticationTest, the_reason_is_the_same_for_a_missing_and_a_wrong_secret) {
    EXPECT_EQ(refusal({web.str()}).message, "invalid_client_secret");
    EXPECT_EQ(refusal({web.str(), "wrong"}).message, "invalid_client_secret");
}

// A secret that is there is never there for nothing.
TEST_F(ClientAuthenticationTest, registering_the_method_none_does_not_make_a_secret_needless) {
    extend_client(web, [](auto& e) { e.token_endpoint_auth_method = directory::ClientAuthMethod::none; });
    EXPECT_EQ(refused({web.str()}), Errc::oauth_invalid_client);
    EXPECT_EQ(prove({web.str(), std::string(secret)}), web);
}

}  // namespace
}  // namespace symbolon::oauth
