#include "oauth/house.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

class TokenVerification : public House {
protected:
    void expect_refused(const std::string& token, const std::string& message) {
        const auto refused = refusal_of([&] { run(tokens->verify_access(token)); });
        EXPECT_EQ(refused.code, Errc::token_not_accepted);
        EXPECT_EQ(refused.message, message);
    }
    /// A token of our own key with other claims.
    std::string sign(const std::function<void(boost::json::object&)>& change, bool by_id_key = false) {
        auto claims = claims_of(text(genuine, "access_token"));
        change(claims);
        const auto keys = run(catalog->get_keys(pool_id));
        return crypto::jose::sign_jwt(by_id_key ? keys->id_token : keys->access_token, claims);
    }
    std::string part(const boost::json::object& object) {
        return to_base64url(bytes_of(boost::json::serialize(object)));
    }

    boost::json::object genuine = get_tokens();
};

TEST_F(TokenVerification, says_whose_the_token_is) {
    const auto live = run(tokens->verify_access(text(genuine, "access_token")));
    EXPECT_EQ(live.pool->id, pool_id);
    EXPECT_EQ(live.client->id, web);
    EXPECT_EQ(live.user->username, "alice");
    EXPECT_EQ(live.token->user_id, user_id);
    EXPECT_EQ(live.token->scopes, (std::vector<std::string>{"openid", "phone"}));
    EXPECT_EQ(live.token->grant_id, text(claims_of(text(genuine, "access_token")), "origin_jti"));
    EXPECT_EQ(live.token->issued, clock.now());
}

// The messages of cognito-api.md §1.7.
TEST_F(TokenVerification, refuses_in_cognitos_words) {
    expect_refused("x", "Invalid Access Token");
    expect_refused("", "Invalid Access Token");
    expect_refused(text(genuine, "id_token"), "Invalid Access Token");
    expect_refused(text(genuine, "refresh_token"), "Invalid Access Token");
    auto forged = text(genuine, "access_token");
    const auto last_part = forged.rfind('.') + 10;
    forged[last_part] = forged[last_part] == 'A' ? 'B' : 'A';
    expect_refused(forged, "Could not verify signature for Access Token");
    clock.advance(std::chrono::hours(1));
    expect_refused(text(genuine, "access_token"), "Access Token has expired");
}

TEST_F(TokenVerification, refuses_revoked_tokens_disabled_and_deleted_users) {
    const auto token = text(genuine, "access_token");
    change_user([](auto& user) { user.enabled = false; });
    const auto disabled = refusal_of([&] { run(tokens->verify_access(token)); });
    EXPECT_EQ(disabled.code, Errc::not_authorized);
    EXPECT_EQ(disabled.message, "User is disabled.");
    change_user([](auto& user) { user.enabled = true; });
    run(tokens->revoke(pool(), client(web), text(genuine, "refresh_token")));
    expect_refused(token, "Access Token has been revoked");
    write([&](db::Transaction& tx) { directory::Users(tx).erase(*pool(), user_id); });
    EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(token)); }).code, Errc::user_not_found);
}

// Attack class 11.
TEST_F(TokenVerification, the_algorithm_is_not_the_tokens_to_choose) {
    const auto claims = claims_of(text(genuine, "access_token"));
    const auto keys = run(catalog->get_keys(pool_id));
    const auto kid = keys->access_token.kid();
    for (const char* alg : {"none", "None", "NONE", "", "HS256", "RS512", "PS256", "ES256"}) {
        const auto signed_part = part({{"kid", kid}, {"alg", alg}}) + "." + part(claims);
        const auto public_key = boost::json::serialize(keys->access_token.public_jwk());
        const auto mac = crypto::hmac_sha256(bytes_of(public_key), bytes_of(signed_part));
        for (const auto& signature : {std::string{}, to_base64url(mac)}) {
            EXPECT_NE(refusal_of([&] { run(tokens->verify_access(signed_part + "." + signature)); }).message, "")
                << alg;
        }
    }
}

TEST_F(TokenVerification, the_key_of_id_tokens_proves_no_access_token) {
    expect_refused(sign([](auto&) {}, true), "Could not verify signature for Access Token");
}

TEST_F(TokenVerification, the_pool_of_the_issuer_is_the_pool_of_the_key) {
    EXPECT_EQ(run(tokens->verify_access(sign([](auto&) {}))).user->id, user_id) << "the control: unchanged is accepted";
    for (const char* issuer :
         {"", "https://id.example", "https://id.example/", "https://evil.example/us-east-1_OkPool123",
          "https://id.example.evil/us-east-1_OkPool123"}) {
        EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(sign([&](auto& c) { c["iss"] = issuer; }))); }).code,
                  Errc::token_not_accepted)
            << issuer;
    }
    const auto gone = sign([](auto& claims) { claims["iss"] = "https://id.example/us-east-1_Gone12345"; });
    EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(gone)); }).code, Errc::resource_not_found);
}

TEST_F(TokenVerification, wants_every_claim_in_its_type) {
    for (const char* name : {"sub", "client_id", "exp", "iat", "auth_time", "token_use"}) {
        expect_refused(sign([&](auto& claims) { claims.erase(name); }), "Invalid Access Token");
        expect_refused(sign([&](auto& claims) { claims[name] = boost::json::array{}; }), "Invalid Access Token");
    }
    for (const auto& exp : {boost::json::value(-1), boost::json::value(1e300), boost::json::value("9999999999"),
                            boost::json::value(INT64_MAX)}) {
        expect_refused(sign([&](auto& claims) { claims["exp"] = exp; }), "Invalid Access Token");
    }
}

// Attack class 13.
TEST_F(TokenVerification, oversized_and_odd_tokens_are_refused_at_once) {
    const auto token = text(genuine, "access_token");
    for (const auto& odd : {std::string(1 << 20, '.'), std::string(1 << 20, 'a'), token + ".", "." + token,
                            token + token, token + "=", std::string("..")}) {
        expect_refused(odd, "Invalid Access Token");
    }
}

TEST_F(TokenVerification, a_token_without_a_family_ends_with_a_sign_out_everywhere_too) {
    change_client(web, [](auto& settings) { settings.EnableTokenRevocation = false; });
    const auto token = text(get_tokens(), "access_token");
    EXPECT_NO_THROW(run(tokens->verify_access(token)));
    clock.advance(std::chrono::seconds(1));
    run(tokens->sign_out_everywhere(pool_id, user_id));
    expect_refused(token, "Access Token has been revoked");
}

TEST_F(TokenVerification, a_disabled_user_gets_no_new_tokens) {
    change_user([](auto& user) { user.enabled = false; });
    EXPECT_EQ(refusal_of([&] { run(tokens->issue(pool(), client(web), signed_in(), {})); }).code, Errc::not_authorized);
}

}  // namespace
}  // namespace symbolon::oauth
