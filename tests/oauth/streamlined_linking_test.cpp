// Assertions of providers for tokens (RFC 7523 §2.1), and Google's streamlined linking with the intents check, get and
// create (voice-account-linking.md §4.1).

#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "directory/identity_providers.hpp"
#include "directory/linked_identities.hpp"
#include "oauth/grants/grant.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using Words = List<directory::shape::ExtensionWord, 0, 20>;

constexpr const char* google_client = "123.apps.googleusercontent.com";
constexpr const char* jwks_uri = "https://www.googleapis.com/oauth2/v3/certs";

class StreamlinedLinking : public House {
protected:
    StreamlinedLinking() {
        make_provider("Google", directory::IdentityProviderTypeType::Google, "https://accounts.google.com");
        fetcher.put(jwks_uri, boost::json::serialize(object{{"keys", array{test_key(2).public_jwk()}}}));
        extend_client(web, [](auto& e) { e.grant_types = Words{std::string(jwt_bearer_type)}; });
        change_client(web, [](auto& settings) {
            settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO", "Google"};
        });
    }
    void make_provider(const std::string& name, directory::IdentityProviderTypeType type, const std::string& issuer) {
        directory::IdentityProvider provider;
        provider.pool_id = pool_id;
        provider.name = name;
        provider.type = type;
        provider.details = {{"client_id", google_client},
                            {"client_secret", "s"},
                            {"authorize_scopes", "openid email"},
                            {"oidc_issuer", issuer},
                            {"authorize_url", "https://accounts.google.com/o/oauth2/v2/auth"},
                            {"token_url", "https://www.googleapis.com/oauth2/v4/token"},
                            {"attributes_url", "https://people.googleapis.com/v1/people/me"},
                            {"attributes_request_method", "GET"},
                            {"jwks_uri", jwks_uri}};
        provider.attribute_mapping = {{"username", "sub"}, {"email", "email"}};
        provider.created = provider.modified = clock.now();
        write([&](db::Transaction& tx) { directory::IdentityProviders(tx, *sealer).create(provider); });
    }
    object claims(const std::string& subject = "g-1", const std::string& email = "bob@gmail.com") const {
        const auto now = to_seconds(clock.now());
        return {{"iss", "https://accounts.google.com"},
                {"aud", google_client},
                {"sub", subject},
                {"email", email},
                {"email_verified", true},
                {"jti", "j-" + subject},
                {"iat", now},
                {"exp", now + 600}};
    }
    static std::string sign(const object& said) { return crypto::jose::sign_jwt(test_key(2), said); }
    net::Response ask(const std::string& intent, const object& said) { return show(intent, sign(said)); }
    net::Response show(const std::string& intent, const std::string& assertion) {
        Pairs form{{"grant_type", std::string(jwt_bearer_type)}, {"assertion", assertion}, {"scope", "openid"}};
        if (!intent.empty()) form.emplace_back("intent", intent);
        return post("/oauth2/token", form, {{"Authorization", basic(web.str(), secret)}});
    }
    enum class Address { alias, username };

    /// Lets the house's user sign in by e-mail, with an address that is proven here or not.
    void give_address(const std::string& email, bool verified, Address is = Address::alias) {
        write([&](db::Transaction& tx) {
            auto in = directory::Pools(tx).get(pool_id);
            if (is == Address::alias)
                in.settings.AliasAttributes = List<directory::AliasAttributeType>{directory::AliasAttributeType::email};
            else
                in.settings.UsernameAttributes =
                    List<directory::UsernameAttributeType>{directory::UsernameAttributeType::email};
            directory::Pools(tx).save(in);
            directory::Users users(tx);
            auto user = *users.find(pool_id, user_id);
            user.attributes["email"] = email;
            user.attributes["email_verified"] = verified ? "true" : "false";
            users.save(in, user);
        });
        catalog->forget(pool_id);
    }
};

TEST_F(StreamlinedLinking, check_says_whether_there_is_an_account) {
    const auto none = ask("check", claims());
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.body, R"({"account_found":"false"})");
    EXPECT_EQ(ask("create", claims()).status, 200);
    const auto found = ask("check", claims());
    EXPECT_EQ(found.status, 200);
    EXPECT_EQ(found.body, R"({"account_found":"true"})");
}

TEST_F(StreamlinedLinking, a_client_whose_keys_cannot_be_read_asks_all_the_same_and_makes_nobody) {
    extend_client(web, [](auto& e) {
        e.jwks_uri = directory::shape::ExtensionUri("https://ok.example/jwks");
        e.id_token_encrypted_response_alg = directory::shape::ExtensionWord("ECDH-ES");
    });
    EXPECT_EQ(ask("check", claims()).status, 404);
    EXPECT_EQ(text(json_of(ask("create", claims())), "error"), "invalid_client_metadata");
    EXPECT_EQ(ask("check", claims()).status, 404);
}

TEST_F(StreamlinedLinking, get_gives_tokens_to_who_is_known_and_a_hint_for_who_is_not) {
    const auto refused = ask("get", claims());
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.body, R"({"error":"linking_error","login_hint":"bob@gmail.com"})");
    ask("create", claims());
    const auto answer = ask("get", claims());
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto got = json_of(answer);
    EXPECT_NE(text(got, "access_token"), "");
    EXPECT_NE(text(got, "refresh_token"), "");
    EXPECT_EQ(text(json_of(user_info(text(got, "access_token"))), "email"), "bob@gmail.com");
}

TEST_F(StreamlinedLinking, create_makes_an_account_once) {
    const auto first = json_of(ask("create", claims()));
    const auto again = json_of(ask("create", claims()));  // the answer was lost
    EXPECT_EQ(text(claims_of(text(first, "access_token")), "sub"), text(claims_of(text(again, "access_token")), "sub"));
}

// Attack classes 26, 27, 53: an address links only where both sides have proven it.
TEST_F(StreamlinedLinking, an_address_links_only_where_both_sides_have_proven_it) {
    give_address("bob@gmail.com", true);
    auto unverified = claims("g-2");
    unverified["email_verified"] = false;
    EXPECT_EQ(ask("get", unverified).status, 401);
    EXPECT_EQ(ask("get", claims("g-2", "bob@elsewhere.example")).status, 401);
    auto hosted = claims("g-2", "bob@elsewhere.example");
    hosted["hd"] = "elsewhere.example";
    EXPECT_EQ(ask("get", hosted).status, 401);  // nobody here has that address
    EXPECT_EQ(ask("check", claims("g-2")).status, 200);
    const auto linked = ask("get", claims("g-2"));
    ASSERT_EQ(linked.status, 200) << linked.body;
    EXPECT_EQ(text(claims_of(text(json_of(linked), "access_token")), "sub"), user_id.str());
    EXPECT_EQ(ask("get", claims("g-2", "changed@gmail.com")).status, 200);  // by the subject from then on
}

// Somebody made an account with a victim's address and waits.
TEST_F(StreamlinedLinking, an_address_that_was_never_proven_here_links_nobody) {
    give_address("bob@gmail.com", false);
    EXPECT_EQ(ask("check", claims("g-3")).status, 404);
    EXPECT_EQ(ask("get", claims("g-3")).status, 401);
}

// An address that people sign in with leads to its user before it is proven, too.
TEST_F(StreamlinedLinking, an_address_that_is_a_user_name_links_nobody_before_it_is_proven) {
    give_address("bob@gmail.com", false, Address::username);
    EXPECT_EQ(ask("check", claims("g-3")).status, 404);
    EXPECT_EQ(ask("get", claims("g-3")).status, 401);
    give_address("bob@gmail.com", true, Address::username);
    EXPECT_EQ(ask("check", claims("g-3")).status, 200);
    EXPECT_EQ(ask("get", claims("g-3")).status, 200);
}

TEST_F(StreamlinedLinking, create_makes_no_second_account_of_an_address) {
    give_address("bob@gmail.com", true);
    const auto refused = ask("create", claims("g-4"));
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(text(json_of(refused), "login_hint"), "bob@gmail.com");
}

TEST_F(StreamlinedLinking, RFC7523_3_refuses_assertions_that_are_not_right) {
    const auto now = to_seconds(clock.now());
    const std::vector<WrongClaim> wrong{{"iss", "https://elsewhere.example"},
                                        {"iss", nullptr},
                                        {"aud", "another"},
                                        {"aud", std::string(pool_url)},
                                        {"sub", ""},
                                        {"sub", nullptr},
                                        {"exp", now - 120},
                                        {"exp", now + 7200},
                                        {"exp", nullptr},
                                        {"iat", now + 600},
                                        {"nonce", "of a sign-in"}};
    for (const auto& [name, value] : wrong) {
        auto said = claims();
        said[name] = value;
        if (value.is_null()) said.erase(name);
        const auto answer = ask("check", said);
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_grant") << name << answer.body;
    }
    EXPECT_EQ(text(json_of(show("check", "no jwt")), "error"), "invalid_grant");
    EXPECT_EQ(text(json_of(show("check", crypto::jose::sign_jwt(test_key(1), claims()))), "error"), "invalid_grant");
    EXPECT_EQ(text(json_of(show("check", "")), "error"), "invalid_request");
    EXPECT_EQ(text(json_of(ask("delete", claims())), "error"), "invalid_request");
}

TEST_F(StreamlinedLinking, is_for_clients_that_are_set_to_it_and_to_the_provider) {
    change_client(web, [](auto& settings) {
        settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"COGNITO"};
    });
    EXPECT_EQ(text(json_of(ask("check", claims())), "error"), "invalid_grant");
    extend_client(web, [](auto& e) { e.grant_types.reset(); });
    EXPECT_EQ(text(json_of(ask("check", claims())), "error"), "unauthorized_client");
}

// Without an intent the assertion is addressed to this server, and works once.
TEST_F(StreamlinedLinking, RFC7523_2_1_an_assertion_for_this_server_gives_tokens_once) {
    ask("create", claims());
    auto said = claims();
    EXPECT_EQ(text(json_of(ask("", said)), "error"), "invalid_grant");  // for Google's client, not for us
    said["aud"] = pool_url;
    const auto assertion = sign(said);
    EXPECT_EQ(show("", assertion).status, 200);
    EXPECT_EQ(text(json_of(show("", assertion)), "error"), "invalid_grant");
    said["jti"] = "another";
    said["sub"] = "nobody";
    EXPECT_EQ(text(json_of(ask("", said)), "error"), "invalid_grant");
}

}  // namespace
}  // namespace symbolon::oauth
