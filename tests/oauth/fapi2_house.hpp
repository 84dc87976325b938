#pragma once

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "directory/signing_keys.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace symbolon::oauth {

/// A pool whose clients are held to the FAPI 2.0 Security Profile, with a client that proves itself by a key and holds
/// tokens that a DPoP proof opens.
class Fapi2 : public House {
protected:
    using object = boost::json::object;
    using SigningKey = crypto::jose::SigningKey;
    using Algorithm = crypto::jose::Algorithm;

    static constexpr const char* token_path = "/oauth2/token";
    static constexpr const char* par_path = "/oauth2/par";

    Fapi2() {
        extend_pool([](auto& e) {
            e.security_profile = directory::SecurityProfile::fapi2;
            e.signing_alg = directory::SignatureAlgorithm::ES256;
            e.strict_oidc = true;
        });
        const auto keys = directory::make_keys(Algorithm::es256);
        write(
            [&](db::Transaction& tx) { directory::SigningKeys(tx, *sealer).replace_all(pool_id, keys, clock.now()); });
        hold_to_key(web, {key.public_jwk(), test_key(2).public_jwk()});
    }

    void hold_to_key(const ClientId& id, boost::json::array keys) {
        extend_client(id, [&](auto& e) {
            e.token_endpoint_auth_method = directory::ClientAuthMethod::private_key_jwt;
            e.jwks = object{{"keys", std::move(keys)}};
        });
    }

    static std::string sign(const SigningKey& by, const object& head, const object& said) {
        auto part = to_base64url(bytes_of(boost::json::serialize(head))) + "." +
                    to_base64url(bytes_of(boost::json::serialize(said)));
        const auto signature = by.sign(bytes_of(part));
        return part + "." + to_base64url(signature);
    }

    object assertion_claims(const ClientId& id = web) {
        const auto now = to_seconds(clock.now());
        return {{"iss", id.str()}, {"sub", id.str()}, {"aud", pool_url}, {"jti", "assertion " + std::to_string(++made)},
                {"iat", now},      {"exp", now + 60}};
    }
    /// The form with an assertion of these claims.
    Pairs proven(Pairs form, const object& said) {
        form.emplace_back("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.emplace_back("client_assertion", crypto::jose::sign_jwt(key, said));
        return form;
    }
    Pairs proven(Pairs form) { return proven(std::move(form), assertion_claims()); }

    object proof_claims(std::string_view method, const std::string& path) {
        return {{"jti", "proof " + std::to_string(++made)},
                {"htm", method},
                {"htu", std::string(pool_url) + path},
                {"iat", to_seconds(clock.now())}};
    }
    static std::string sign_proof(const SigningKey& by, const object& said) {
        return sign(by, {{"typ", "dpop+jwt"}, {"alg", to_text(by.algorithm())}, {"jwk", by.public_jwk()}}, said);
    }
    std::string proof(std::string_view method, const std::string& path) {
        return sign_proof(dpop_key, proof_claims(method, path));
    }
    static std::string jkt_of(const SigningKey& of) {
        const auto digest = parse_base64(crypto::jose::thumbprint_of(of.public_jwk()));
        return to_base64url(*digest);
    }

    static Pairs lay_over(Pairs all, Pairs overrides) {
        for (auto& [name, value] : overrides) {
            std::erase_if(all, [&](const auto& field) { return field.first == name; });
            if (!value.empty()) all.emplace_back(name, value);
        }
        return all;
    }
    /// What the client asks for; an empty value leaves one out.
    static Pairs request(Pairs overrides = {}) {
        Pairs all{{"response_type", "code"},
                  {"scope", "openid phone"},
                  {"state", "of this request"},
                  {"nonce", "of the ID token"},
                  {"redirect_uri", std::string(callback)},
                  {"code_challenge", std::string(challenge)},
                  {"code_challenge_method", "S256"}};
        return lay_over(std::move(all), std::move(overrides));
    }
    net::Response push(Pairs overrides = {}, Pairs headers = {}) {
        return post(par_path, proven(request(std::move(overrides))), std::move(headers));
    }
    std::string pushed(Pairs overrides = {}, Pairs headers = {}) {
        const auto answer = push(std::move(overrides), std::move(headers));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return text(json_of(answer), "request_uri");
    }
    std::string error_of_push(Pairs overrides, Pairs headers = {}) {
        const auto answer = push(std::move(overrides), std::move(headers));
        EXPECT_EQ(answer.status, 400) << answer.body;
        return text(json_of(answer), "error");
    }
    /// What a browser that is signed in is sent to.
    std::string visit(const std::string& request_uri, const ClientId& id = web) {
        return location(get("/oauth2/authorize?" + encode({{"client_id", id.str()}, {"request_uri", request_uri}}),
                            {sign_in_browser()}));
    }
    std::string code(Pairs overrides = {}) {
        const auto url = visit(pushed(std::move(overrides)));
        EXPECT_NE(parameter_of(url, "code"), "") << url;
        return parameter_of(url, "code");
    }
    Pairs exchange_form(const std::string& with, Pairs overrides = {}) const {
        return lay_over({{"grant_type", "authorization_code"},
                         {"code", with},
                         {"redirect_uri", std::string(callback)},
                         {"code_verifier", std::string(verifier)}},
                        std::move(overrides));
    }
    /// Asks the token endpoint, with a DPoP proof unless it says otherwise.
    net::Response ask(Pairs form, std::string dpop) {
        Pairs headers;
        if (!dpop.empty()) headers.emplace_back("DPoP", std::move(dpop));
        return post(token_path, form, std::move(headers));
    }
    net::Response ask(Pairs form) { return ask(std::move(form), proof("POST", token_path)); }
    net::Response exchange(const std::string& with, Pairs overrides = {}) {
        return ask(proven(exchange_form(with, std::move(overrides))));
    }
    object tokens_of(Pairs overrides = {}) {
        const auto answer = exchange(code(std::move(overrides)));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer);
    }
    static std::string error_of(const net::Response& answer) {
        EXPECT_GE(answer.status, 400) << answer.body;
        return text(json_of(answer), "error");
    }
    net::Response look(const std::string& access, const std::string& scheme = "DPoP") {
        auto said = proof_claims("GET", "/oauth2/userInfo");
        said["ath"] = to_base64url(crypto::sha256(access));
        return get("/oauth2/userInfo",
                   {{"Authorization", scheme + " " + access}, {"DPoP", sign_proof(dpop_key, said)}});
    }

    const SigningKey key = SigningKey::generate(Algorithm::es256);       // by which the client proves itself
    const SigningKey dpop_key = SigningKey::generate(Algorithm::es256);  // that its tokens are bound to
    int made = 0;
};

}  // namespace symbolon::oauth
