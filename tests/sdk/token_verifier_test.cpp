#include "symbolon/skill/token_verifier.hpp"

#include "sdk/token_issuer.hpp"

#include "base/bytes.hpp"
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/test_keys.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include <chrono>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace symbolon::skill::testing {
namespace {

using namespace std::chrono_literals;
using crypto::jose::Algorithm;
using crypto::jose::SigningKey;

class TokenVerifierTest : public ::testing::Test {
protected:
    TokenIssuer server;

    /// "" for a good token, else what is wrong with it.
    static std::string verdict(const TokenVerifier& verifier, const AccessToken& token) {
        const auto outcome = verifier.verify(token);
        if (const auto* invalid = std::get_if<InvalidToken>(&outcome)) return "invalid: " + invalid->reason;
        if (const auto* missing = std::get_if<MissingScope>(&outcome)) return "missing: " + missing->scope;
        if (const auto* unavailable = std::get_if<Unavailable>(&outcome)) return "unavailable: " + unavailable->reason;
        return {};
    }
    std::string verdict(const AccessToken& token) { return verdict(TokenVerifier(server.options()), token); }
    std::int64_t seconds() const { return server.now.time_since_epoch().count() / 1000; }
};

TEST_F(TokenVerifierTest, says_what_a_good_token_says) {
    const auto outcome = TokenVerifier(server.options()).verify(server.issue());
    ASSERT_TRUE(std::holds_alternative<TokenClaims>(outcome));
    const auto& claims = std::get<TokenClaims>(outcome);
    EXPECT_EQ(claims.subject, "user-1");
    EXPECT_EQ(claims.client_id, client_id);
    EXPECT_EQ(claims.scopes, (std::vector<std::string>{"openid", "orders/read"}));
    EXPECT_TRUE(claims.has_scope("openid"));
    EXPECT_FALSE(claims.has_scope("orders"));
    EXPECT_EQ(claims.expires, server.now + 1h);
    EXPECT_EQ(claims.all.at("username"), "anna");
    EXPECT_EQ(server.asked, std::vector{std::string(issuer) + "/.well-known/jwks.json"});
}

TEST_F(TokenVerifierTest, takes_each_algorithm_that_a_key_pair_signs_with) {
    for (const auto& key : {test_key(0), SigningKey::from_der(test_key(1).to_der(), Algorithm::ps256),
                            SigningKey::generate(Algorithm::es256), SigningKey::generate(Algorithm::eddsa)}) {
        server.key = key;
        server.published = {server.key.public_jwk()};
        EXPECT_EQ(verdict(server.issue()), "");
    }
}

TEST_F(TokenVerifierTest, takes_an_access_token_by_the_type_of_rfc_9068) {
    auto claims = server.claims();
    claims.erase("token_use");
    EXPECT_EQ(verdict(server.issue(claims, "at+jwt")), "");
    EXPECT_EQ(verdict(server.issue(claims, "application/AT+JWT")), "");
    EXPECT_EQ(verdict(server.issue(claims, "JWT")), "invalid: no access token");
    EXPECT_EQ(verdict(server.issue(claims)), "invalid: no access token");
}

struct ForgedToken {
    std::string name;
    std::string verdict;
    std::function<void(json::object& claims, std::int64_t now)> change;
};
std::ostream& operator<<(std::ostream& out, const ForgedToken& forgery) {
    return out << forgery.name;
}

std::vector<ForgedToken> forgeries() {
    const auto set = [](std::string_view name, json::value value) {
        return [name, value](json::object& claims, std::int64_t) { claims[name] = value; };
    };
    const auto drop = [](std::string_view name) {
        return [name](json::object& claims, std::int64_t) { claims.erase(name); };
    };
    const auto at = [](std::string_view name, std::int64_t offset) {
        return [name, offset](json::object& claims, std::int64_t now) { claims[name] = now + offset; };
    };
    return {
        {"other_issuer", "invalid: another issuer", set("iss", "https://id.example.com/us-east-1_Other")},
        {"issuer_with_a_slash_more", "invalid: another issuer",
         set("iss", json::value_from(std::string(issuer) + "/"))},
        {"issuer_as_list", "invalid: another issuer", set("iss", json::array{std::string(issuer)})},
        {"no_issuer", "invalid: another issuer", drop("iss")},
        {"id_token", "invalid: no access token", set("token_use", "id")},
        {"token_use_as_list", "invalid: no access token", set("token_use", json::array{"access"})},
        {"other_client", "invalid: another client", set("client_id", "2another")},
        {"no_client", "invalid: another client", drop("client_id")},
        {"no_subject", "invalid: no subject", drop("sub")},
        {"expired", "invalid: expired", at("exp", -60)},
        {"no_expiry", "invalid: no expiry", drop("exp")},
        {"expiry_as_text", "invalid: no expiry", set("exp", "4102444800")},
        {"expiry_beyond_time", "invalid: no expiry", set("exp", 1e300)},
        {"negative_expiry", "invalid: no expiry", set("exp", -1)},
        {"not_valid_yet", "invalid: not valid yet", at("nbf", 61)},
        {"valid_from_a_text", "invalid: not valid yet", set("nbf", "0")},
        {"no_scope", "missing: orders/read", drop("scope")},
        {"other_scope", "missing: orders/read", set("scope", "openid orders/write")},
        {"scope_as_prefix", "missing: orders/read", set("scope", "orders/readall")},
        {"scope_in_other_case", "missing: orders/read", set("scope", "Orders/Read")},
        {"scope_as_list", "missing: orders/read", set("scope", json::array{"orders/read"})},
    };
}

class TokenForgeries : public TokenVerifierTest, public ::testing::WithParamInterface<ForgedToken> {};

TEST_P(TokenForgeries, are_refused_for_the_right_reason) {
    auto claims = server.claims();
    GetParam().change(claims, seconds());
    EXPECT_EQ(verdict(server.issue(claims)), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(Claims, TokenForgeries, ::testing::ValuesIn(forgeries()),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_F(TokenVerifierTest, lets_the_clocks_differ_by_a_minute) {
    auto claims = server.claims();
    claims["exp"] = seconds() - 59;
    claims["nbf"] = seconds() + 60;
    EXPECT_EQ(verdict(server.issue(claims)), "");
}

TEST_F(TokenVerifierTest, a_token_changed_after_signing_is_refused) {
    std::string text = server.issue().reveal();
    auto claims = server.claims();
    claims["sub"] = "user-2";
    const auto other = server.issue(claims).reveal();
    const auto dot = text.find('.');
    const auto last = text.rfind('.');
    const auto mixed = other.substr(0, other.rfind('.')) + text.substr(last);
    EXPECT_EQ(verdict(AccessToken(mixed)), "invalid: the signature does not fit");
    EXPECT_EQ(verdict(AccessToken(text.substr(0, last + 1))), "invalid: no signed JWT");
    EXPECT_EQ(verdict(AccessToken(text.substr(dot))), "invalid: no signed JWT");
    EXPECT_EQ(verdict(AccessToken("opaque")), "invalid: no signed JWT");
}

TEST_F(TokenVerifierTest, no_algorithm_but_the_keys_own_is_believed) {
    const auto part = [](const json::object& object) { return to_base64url(bytes_of(json::serialize(object))); };
    const auto kid = server.key.kid();
    const std::string claims = part(server.claims());
    const std::string none = part({{"alg", "none"}, {"kid", kid}}) + "." + claims + ".";
    EXPECT_EQ(verdict(AccessToken(none)), "invalid: no signed JWT");
    // The public key as the secret of an HMAC: everybody has it.
    const std::string symmetric = part({{"alg", "HS256"}, {"kid", kid}}) + "." + claims;
    const auto mac = crypto::hmac_sha256(bytes_of(json::serialize(server.key.public_jwk())), bytes_of(symmetric));
    EXPECT_EQ(verdict(AccessToken(symmetric + "." + to_base64url(mac))), "invalid: no signed JWT");
    const std::string renamed = part({{"alg", "RS256"}, {"kid", kid}}) + "." + claims;
    EXPECT_EQ(verdict(AccessToken(renamed + "." + to_base64url(server.key.sign(bytes_of(renamed))))),
              "invalid: the signature does not fit");
}

TEST_F(TokenVerifierTest, a_key_in_the_tokens_own_header_is_not_looked_at) {
    const auto mine = SigningKey::generate(Algorithm::es256);
    const json::object header{{"alg", "ES256"},
                              {"kid", server.key.kid()},
                              {"jwk", mine.public_jwk()},
                              {"jku", "https://evil.example/jwks.json"}};
    const std::string part = to_base64url(bytes_of(json::serialize(header))) + "." +
                             to_base64url(bytes_of(json::serialize(server.claims())));
    EXPECT_EQ(verdict(AccessToken(part + "." + to_base64url(mine.sign(bytes_of(part))))),
              "invalid: the signature does not fit");
    EXPECT_EQ(server.asked.size(), 1U);
}

TEST_F(TokenVerifierTest, an_audience_is_looked_at_where_one_is_named) {
    auto options = server.options();
    options.client_ids.clear();
    options.audiences = {"https://orders.example.com"};
    const TokenVerifier verifier(options);
    EXPECT_EQ(verdict(verifier, server.issue()), "invalid: another audience");
    for (const json::value& audience : std::vector<json::value>{
             "https://orders.example.com", json::array{"https://x.example", "https://orders.example.com"}}) {
        auto claims = server.claims();
        claims["aud"] = audience;
        EXPECT_EQ(verdict(verifier, server.issue(claims)), "");
    }
    auto claims = server.claims();
    claims["aud"] = json::array{"https://x.example", 7};
    EXPECT_EQ(verdict(verifier, server.issue(claims)), "invalid: another audience");
}

TEST_F(TokenVerifierTest, a_token_of_another_issuer_fetches_nothing) {
    auto claims = server.claims();
    claims["iss"] = "https://evil.example";
    verdict(server.issue(claims));
    EXPECT_TRUE(server.asked.empty());
}

TEST_F(TokenVerifierTest, keeps_the_keys_for_an_hour) {
    const TokenVerifier verifier(server.options());
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    server.now += 59min;
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    EXPECT_EQ(server.asked.size(), 1U);
    server.now += 1min;
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    EXPECT_EQ(server.asked.size(), 2U);
}

TEST_F(TokenVerifierTest, follows_a_rotation_at_once) {
    const TokenVerifier verifier(server.options());
    const auto old_token = server.issue();
    EXPECT_EQ(verdict(verifier, old_token), "");
    server.now += 31s;
    server.key = SigningKey::generate(Algorithm::es256);
    server.published.push_back(server.key.public_jwk());
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    EXPECT_EQ(verdict(verifier, old_token), "");
    EXPECT_EQ(server.asked.size(), 2U);
}

TEST_F(TokenVerifierTest, a_key_that_was_taken_back_is_not_believed_any_more) {
    const TokenVerifier verifier(server.options());
    const auto token = server.issue();
    EXPECT_EQ(verdict(verifier, token), "");
    server.published = {SigningKey::generate(Algorithm::es256).public_jwk()};
    server.now += 59min;
    auto claims = server.claims();
    server.now += 1min;
    EXPECT_EQ(verdict(verifier, server.issue(claims)), "invalid: signed with an unknown key");
}

TEST_F(TokenVerifierTest, made_up_key_ids_do_not_make_it_ask_every_time) {
    const TokenVerifier verifier(server.options());
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    server.key = SigningKey::generate(Algorithm::es256);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(verdict(verifier, server.issue()), "invalid: signed with an unknown key");
    EXPECT_EQ(server.asked.size(), 1U);
    server.now += 30s;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(verdict(verifier, server.issue()), "invalid: signed with an unknown key");
    EXPECT_EQ(server.asked.size(), 2U);
}

TEST_F(TokenVerifierTest, without_keys_nothing_can_be_said_of_a_token) {
    server.reachable = false;
    const TokenVerifier verifier(server.options());
    EXPECT_EQ(verdict(verifier, server.issue()), "unavailable: the key set: connection refused");
    EXPECT_EQ(verdict(verifier, server.issue()), "unavailable: the key set: connection refused");
    EXPECT_EQ(server.asked.size(), 1U) << "not again within five seconds";
    server.reachable = true;
    server.now += 5s;
    for (const auto& failure :
         std::vector<HttpResponse>{{503, {}, ""}, {200, {}, "<html>"}, {200, {}, "[]"}, {200, {}, R"({"keys":7})"}}) {
        server.failure = failure;
        EXPECT_TRUE(verdict(verifier, server.issue()).starts_with("unavailable: ")) << failure.body;
        server.now += 5s;
    }
    server.failure = {200, {}, {}};
    EXPECT_EQ(verdict(verifier, server.issue()), "");
}

TEST_F(TokenVerifierTest, uses_the_keys_it_has_for_a_day_while_the_issuer_is_down) {
    const TokenVerifier verifier(server.options());
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    server.reachable = false;
    server.now += 23h;
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    server.now += 1h;
    EXPECT_EQ(verdict(verifier, server.issue()), "unavailable: the key set: connection refused");
}

TEST_F(TokenVerifierTest, an_unknown_key_is_no_verdict_while_the_newest_keys_cannot_be_had) {
    const TokenVerifier verifier(server.options());
    EXPECT_EQ(verdict(verifier, server.issue()), "");
    server.now += 31s;
    server.key = SigningKey::generate(Algorithm::es256);
    server.reachable = false;
    EXPECT_EQ(verdict(verifier, server.issue()), "unavailable: the key set: connection refused");
}

TEST_F(TokenVerifierTest, leaves_out_keys_that_it_cannot_use) {
    auto for_encryption = SigningKey::generate(Algorithm::es256).public_jwk();
    for_encryption["use"] = "enc";
    server.published = {
        {{"kty", "oct"}, {"kid", "x"}, {"k", "c2VjcmV0"}}, {{"kid", "y"}}, for_encryption, server.key.public_jwk()};
    EXPECT_EQ(verdict(server.issue()), "");
}

TEST_F(TokenVerifierTest, is_not_made_for_the_tokens_of_everybody) {
    auto options = server.options();
    options.client_ids.clear();
    EXPECT_THROW(TokenVerifier{options}, std::invalid_argument);
    options = server.options();
    options.issuer.clear();
    EXPECT_THROW(TokenVerifier{options}, std::invalid_argument);
}

}  // namespace
}  // namespace symbolon::skill::testing
