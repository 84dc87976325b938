#include "federation/oidc/requests.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/jose/jwt.hpp"
#include "net/form.hpp"

#include <gtest/gtest.h>

namespace symbolon::federation::oidc {
namespace {

using Type = directory::IdentityProviderTypeType;

directory::IdentityProvider provider(Type type) {
    directory::IdentityProvider out;
    out.name = "P";
    out.type = type;
    out.details = {{"client_id", "me"}, {"client_secret", "a b"}, {"authorize_scopes", "profile"}};
    return out;
}

Metadata metadata() {
    Metadata out;
    out.authorization_endpoint = "https://p.example/a?x=1";
    out.token_endpoint = "https://p.example/t";
    out.user_info_endpoint = "https://p.example/me?fields=";
    return out;
}

AuthorizationParameters parameters() {
    AuthorizationParameters out;
    out.redirect_uri = "https://id.example/cb";
    out.state = "s";
    out.nonce = "n";
    out.code_challenge = "c";
    out.login_hint = "jane";
    out.prompt = "login";
    return out;
}

net::Form query_of(const std::string& url) {
    return net::Form::parse(url.substr(url.find('?') + 1));
}

TEST(OidcRequests, every_provider_is_asked_in_its_way) {
    auto query = query_of(authorization_url(provider(Type::OIDC), metadata(), parameters()));
    EXPECT_EQ(query.get("x"), "1");  // what the endpoint's own query says stays
    EXPECT_EQ(query.get("scope"), "openid profile");
    EXPECT_EQ(query.get("login_hint"), "jane");
    EXPECT_EQ(query.get("nonce"), "n");

    query = query_of(authorization_url(provider(Type::Facebook), metadata(), parameters()));
    EXPECT_EQ(query.get("scope"), "profile");
    for (const auto* absent : {"login_hint", "nonce", "code_challenge"}) EXPECT_EQ(query.get(absent), "") << absent;

    query = query_of(authorization_url(provider(Type::SignInWithApple), metadata(), parameters()));
    EXPECT_EQ(query.get("response_mode"), "form_post");
    EXPECT_EQ(query.get("scope"), "profile");
    EXPECT_EQ(query.get("login_hint"), "");
}

TEST(OidcRequests, the_secret_goes_where_the_provider_takes_it) {
    auto places = metadata();
    const auto request = [&] { return token_request(provider(Type::OIDC), places, "a b", "c", "r", "v"); };
    EXPECT_EQ(net::Form::parse(request().body).get("client_secret"), "a b");  // as the service does
    places.discovered = true;
    places.token_auth_methods = {"client_secret_basic", "client_secret_post"};
    EXPECT_EQ(net::Form::parse(request().body).get("client_secret"), "a b");
    for (const auto& methods : {std::vector<std::string>{}, std::vector<std::string>{"client_secret_basic"}}) {
        places.token_auth_methods = methods;
        EXPECT_EQ(net::Form::parse(request().body).get("client_secret"), "");
        EXPECT_EQ(request().headers.find("Authorization"), "Basic " + to_base64(bytes_of("me:a+b")));
    }
}

TEST(OidcRequests, a_public_client_sends_no_secret) {
    const auto request = token_request(provider(Type::OIDC), metadata(), "", "c", "r", "v");
    const auto form = net::Form::parse(request.body);
    EXPECT_EQ(form.get("client_id"), "me");
    EXPECT_EQ(form.count("client_secret"), 0U);
    EXPECT_FALSE(request.headers.find("Authorization"));
}

TEST(OidcRequests, wanted_claims_are_named_where_they_have_to_be) {
    auto facebook = provider(Type::Facebook);
    facebook.details["attributes_url_add_attributes"] = "true";
    facebook.attribute_mapping = {{"username", "id"}, {"email", "email"}, {"name", "name"}};
    const auto request = user_info_request(facebook, metadata(), "at");
    EXPECT_EQ(request.url, "https://p.example/me?fields=email%2Cid%2Cname");
    EXPECT_EQ(request.headers.find("Authorization"), "Bearer at");
}

TEST(OidcRequests, apple_is_shown_a_signed_secret) {
    const auto key = crypto::jose::SigningKey::generate(crypto::jose::Algorithm::es256);
    auto apple = provider(Type::SignInWithApple);
    apple.details["team_id"] = "TEAM";
    apple.details["key_id"] = "KEY";
    apple.details["oidc_issuer"] = "https://appleid.apple.com";
    const Instant now = from_ms(1'800'000'000'000);
    const auto body = to_base64(key.to_der());
    for (const auto& text : {body, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n"}) {
        apple.details["private_key"] = text;
        const auto secret = crypto::jose::parse_jwt(apple_client_secret(apple, now));
        ASSERT_TRUE(secret);
        EXPECT_EQ(secret->kid, "KEY");
        EXPECT_TRUE(crypto::jose::verifies(key, *secret));
        EXPECT_EQ(secret->claims.at("iss").as_string(), "TEAM");
        EXPECT_EQ(secret->claims.at("sub").as_string(), "me");
        EXPECT_EQ(secret->claims.at("aud").as_string(), "https://appleid.apple.com");
        EXPECT_EQ(secret->claims.at("exp").as_int64(), 1'800'000'300);
    }
    apple.details["private_key"] = "no key";
    EXPECT_THROW(apple_client_secret(apple, now), Error);
}

TEST(OidcRequests, a_providers_words_are_cleaned_and_cut) {
    net::ClientResponse response;
    response.status = 400;
    response.body = R"({"error":"e\r\nX: y","error_description":")" + std::string(1000, 'x') + R"("})";
    try {
        parse_tokens(provider(Type::OIDC), response);
        FAIL();
    } catch (const Error& error) {
        EXPECT_TRUE(error.message.starts_with("P Error - 400 e  X: y xxx")) << error.message;
        EXPECT_LT(error.message.size(), 300U);
    }
}

}  // namespace
}  // namespace symbolon::federation::oidc
