// Proofs of possession (RFC 9449), at the token endpoint and at userInfo.

#include "oauth/dpop.hpp"
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwt.hpp"
#include "oauth/house.hpp"

#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::object;
using crypto::jose::Algorithm;
using crypto::jose::SigningKey;

class Dpop : public House {
protected:
    const SigningKey key = SigningKey::generate(Algorithm::es256);
    const std::string token_url = std::string(pool_url) + "/oauth2/token";
    const std::string user_info_url = std::string(pool_url) + "/oauth2/userInfo";
    int made = 0;

    object header() const {
        return {{"typ", "dpop+jwt"}, {"alg", to_text(key.algorithm())}, {"jwk", key.public_jwk()}};
    }
    object claims(std::string_view method, std::string_view url) {
        return {{"jti", "proof " + std::to_string(++made)},
                {"htm", method},
                {"htu", url},
                {"iat", to_seconds(clock.now())}};
    }
    static std::string sign(const SigningKey& by, const object& head, const object& said) {
        auto part = to_base64url(bytes_of(boost::json::serialize(head))) + "." +
                    to_base64url(bytes_of(boost::json::serialize(said)));
        const auto signature = by.sign(bytes_of(part));
        return part + "." + to_base64url(signature);
    }
    std::string proof(const object& said) { return sign(key, header(), said); }
    std::string token_proof() { return proof(claims("POST", token_url)); }
    std::string proof_for(const std::string& access) {
        auto said = claims("GET", user_info_url);
        said["ath"] = to_base64url(crypto::sha256(access));
        return proof(said);
    }
    std::string jkt() const {
        const auto digest = parse_base64(crypto::jose::thumbprint_of(key.public_jwk()));
        return to_base64url(*digest);
    }

    net::Response exchange(const std::string& code, const std::string& dpop, Pairs overrides = {}) {
        return post("/oauth2/token", code_form(code, std::move(overrides)), {{"DPoP", dpop}});
    }
    std::string refusal_of_proof(const std::string& dpop) { return text(json_of(exchange(get_code(), dpop)), "error"); }
    net::Response look(const std::string& access, const std::string& dpop) {
        return get("/oauth2/userInfo", {{"Authorization", "DPoP " + access}, {"DPoP", dpop}});
    }
    std::string bound_token() { return text(json_of(exchange(get_code(), token_proof())), "access_token"); }
    Pairs public_code(Pairs more = {}) {
        Pairs query{{"client_id", app.str()},
                    {"scope", "openid"},
                    {"code_challenge", std::string(challenge)},
                    {"code_challenge_method", "S256"}};
        for (auto& field : more) query.push_back(std::move(field));
        return query;
    }
    Pairs as_public() const {
        return {{"client_id", app.str()}, {"client_secret", ""}, {"code_verifier", std::string(verifier)}};
    }
};

TEST_F(Dpop, RFC9449_5_a_token_is_bound_to_the_key_of_the_proof) {
    const auto answer = exchange(get_code(), token_proof());
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto got = json_of(answer);
    EXPECT_EQ(text(got, "token_type"), "DPoP");
    const auto said = claims_of(text(got, "access_token"));
    EXPECT_EQ(text(said.at("cnf").as_object(), "jkt"), jkt());
}

TEST_F(Dpop, without_a_proof_nothing_is_bound) {
    const auto got = json_of(post("/oauth2/token", code_form(get_code())));
    EXPECT_EQ(text(got, "token_type"), "Bearer");
    EXPECT_FALSE(claims_of(text(got, "access_token")).contains("cnf"));
}

TEST_F(Dpop, RFC9449_4_3_refuses_what_is_no_proof_for_this_request) {
    const auto now = to_seconds(clock.now());
    const std::vector<WrongClaim> wrong{
        {"htm", "GET"},
        {"htm", "post"},
        {"htm", nullptr},
        {"htu", user_info_url},
        {"htu", "https://elsewhere.example/oauth2/token"},
        {"htu", nullptr},
        {"iat", now - 60},
        {"iat", now + 31},
        {"iat", nullptr},
        {"iat", "now"},
        {"jti", ""},
        {"jti", nullptr},
    };
    for (const auto& [name, value] : wrong) {
        auto said = claims("POST", token_url);
        said[name] = value;
        if (value.is_null()) said.erase(name);
        EXPECT_EQ(refusal_of_proof(proof(said)), "invalid_dpop_proof") << name << boost::json::serialize(value);
    }
}

TEST_F(Dpop, RFC9449_4_3_the_url_is_compared_without_query_fragment_and_usual_port) {
    const std::vector<std::string> same{token_url + "?state=x#y",
                                        "HTTPS://ID.example:443/us-east-1_OkPool123/oauth2/token",
                                        std::string(base_url) + "/ok-domain/oauth2/token"};
    for (const auto& url : same) {
        EXPECT_EQ(exchange(get_code(), proof(claims("POST", url))).status, 200) << url;
    }
}

// Attack class 11.
TEST_F(Dpop, RFC9449_4_3_refuses_headers_that_are_not_those_of_a_proof) {
    const auto said = [&] { return claims("POST", token_url); };
    const auto other = SigningKey::generate(Algorithm::es256);
    EXPECT_EQ(refusal_of_proof(sign(other, header(), said())), "invalid_dpop_proof");  // signed by another key
    for (const char* typ : {"JWT", "", "dpop"}) {
        auto head = header();
        head["typ"] = typ;
        EXPECT_EQ(refusal_of_proof(sign(key, head, said())), "invalid_dpop_proof") << typ;
    }
    for (const char* alg : {"none", "HS256", "RS256", "ES512"}) {
        auto head = header();
        head["alg"] = alg;
        EXPECT_EQ(refusal_of_proof(sign(key, head, said())), "invalid_dpop_proof") << alg;
    }
    auto head = header();
    head.at("jwk").as_object()["d"] = "secret";
    EXPECT_EQ(refusal_of_proof(sign(key, head, said())), "invalid_dpop_proof");
    head.erase("jwk");
    EXPECT_EQ(refusal_of_proof(sign(key, head, said())), "invalid_dpop_proof");
    EXPECT_EQ(refusal_of_proof("no jwt"), "invalid_dpop_proof");
}

TEST_F(Dpop, RFC9449_4_3_one_proof_a_request) {
    const auto answer =
        post("/oauth2/token", code_form(get_code()), {{"DPoP", token_proof()}, {"dpop", token_proof()}});
    EXPECT_EQ(text(json_of(answer), "error"), "invalid_dpop_proof");
}

TEST_F(Dpop, RFC9449_11_1_a_proof_is_used_up) {
    const auto once = token_proof();
    EXPECT_EQ(exchange(get_code(), once).status, 200);
    EXPECT_EQ(refusal_of_proof(once), "invalid_dpop_proof");
}

TEST_F(Dpop, RFC9449_7_1_user_info_wants_the_proof_with_the_token) {
    const auto access = bound_token();
    EXPECT_EQ(look(access, proof_for(access)).status, 200);
    auto no_hash = claims("GET", user_info_url);
    const std::vector<std::string> wrong{proof(no_hash), proof_for("another token"), "no jwt", token_proof()};
    for (const auto& dpop : wrong) {
        const auto answer = look(access, dpop);
        EXPECT_EQ(answer.status, 401);
        EXPECT_TRUE(
            symbolon::oauth::header(answer, "WWW-Authenticate").starts_with("DPoP error=\"invalid_dpop_proof\""))
            << symbolon::oauth::header(answer, "WWW-Authenticate");
        EXPECT_NE(symbolon::oauth::header(answer, "WWW-Authenticate").find("algs=\"RS256 PS256 ES256 EdDSA\""),
                  std::string::npos);
    }
}

// A stolen token is of no use without the key.
TEST_F(Dpop, RFC9449_7_2_a_bound_token_is_no_bearer_token) {
    const auto access = bound_token();
    EXPECT_EQ(user_info(access).status, 401);
    EXPECT_EQ(get("/oauth2/userInfo", {{"Authorization", "Bearer " + access}, {"DPoP", proof_for(access)}}).status,
              401);
    EXPECT_EQ(get("/oauth2/userInfo", {{"Authorization", "DPoP " + access}}).status, 401);
    const auto thief = SigningKey::generate(Algorithm::es256);
    auto head = header();
    head["jwk"] = thief.public_jwk();
    auto said = claims("GET", user_info_url);
    said["ath"] = to_base64url(crypto::sha256(access));
    EXPECT_EQ(look(access, sign(thief, head, said)).status, 401);
    EXPECT_EQ(refusal_of([&] { run(tokens->verify_access(access)); }).code, Errc::token_not_accepted);
}

TEST_F(Dpop, RFC9449_7_1_an_unbound_token_is_not_taken_with_a_proof) {
    const auto access = text(get_tokens(), "access_token");
    EXPECT_EQ(look(access, proof_for(access)).status, 401);
    EXPECT_EQ(user_info(access).status, 200);
}

TEST_F(Dpop, RFC9449_5_2_a_client_can_be_held_to_proofs) {
    extend_client(web, [](auto& e) { e.dpop_bound_access_tokens = true; });
    const auto code = get_code();
    EXPECT_EQ(text(json_of(post("/oauth2/token", code_form(code))), "error"), "invalid_dpop_proof");
    EXPECT_EQ(exchange(code, token_proof()).status, 200);
}

TEST_F(Dpop, RFC9449_5_the_refresh_token_of_a_public_client_is_bound) {
    const auto got = json_of(exchange(get_code(public_code()), token_proof(), as_public()));
    const Pairs again{
        {"grant_type", "refresh_token"}, {"refresh_token", text(got, "refresh_token")}, {"client_id", app.str()}};
    EXPECT_EQ(text(json_of(post("/oauth2/token", again)), "error"), "invalid_grant");
    const auto other = SigningKey::generate(Algorithm::es256);
    auto head = header();
    head["jwk"] = other.public_jwk();
    const auto theirs = sign(other, head, claims("POST", token_url));
    EXPECT_EQ(text(json_of(post("/oauth2/token", again, {{"DPoP", theirs}})), "error"), "invalid_grant");
    const auto mine = post("/oauth2/token", again, {{"DPoP", token_proof()}});
    EXPECT_EQ(mine.status, 200) << mine.body;
    EXPECT_EQ(text(json_of(mine), "token_type"), "DPoP");
}

TEST_F(Dpop, RFC9449_5_that_of_a_confidential_client_is_not) {
    const auto got = json_of(exchange(get_code(), token_proof()));
    EXPECT_EQ(refresh(text(got, "refresh_token")).status, 200);
}

TEST_F(Dpop, RFC9449_8_a_client_can_be_held_to_nonces) {
    extend_client(web, [](auto& e) { e.require_dpop_nonce = true; });
    const auto asked = exchange(get_code(), token_proof());
    EXPECT_EQ(asked.status, 400);
    EXPECT_EQ(text(json_of(asked), "error"), "use_dpop_nonce");
    const auto nonce = symbolon::oauth::header(asked, "DPoP-Nonce");
    ASSERT_NE(nonce, "");
    auto said = claims("POST", token_url);
    said["nonce"] = nonce;
    const auto answer = exchange(get_code(), proof(said));
    EXPECT_EQ(answer.status, 200) << answer.body;
    clock.advance(DpopProofs::nonce_life * 2);
    auto late = claims("POST", token_url);
    late["nonce"] = nonce;
    EXPECT_EQ(refusal_of_proof(proof(late)), "use_dpop_nonce");
    late["nonce"] = "made up";
    EXPECT_EQ(refusal_of_proof(proof(late)), "use_dpop_nonce");
}

TEST_F(Dpop, RFC9449_10_a_code_can_be_bound_to_a_key) {
    const auto bound = [&] { return get_code({{"dpop_jkt", jkt()}}); };
    EXPECT_EQ(text(json_of(post("/oauth2/token", code_form(bound()))), "error"), "invalid_grant");
    const auto other = SigningKey::generate(Algorithm::es256);
    auto head = header();
    head["jwk"] = other.public_jwk();
    const auto stolen = bound();
    EXPECT_EQ(text(json_of(exchange(stolen, sign(other, head, claims("POST", token_url)))), "error"), "invalid_grant");
    EXPECT_EQ(text(json_of(exchange(stolen, token_proof())), "error"), "invalid_grant");  // burnt by the attempt
    EXPECT_EQ(exchange(bound(), token_proof()).status, 200);
}

TEST_F(Dpop, takes_every_algorithm_that_is_published) {
    for (const auto algorithm : {Algorithm::es256, Algorithm::eddsa}) {
        const auto by = SigningKey::generate(algorithm);
        const object head{{"typ", "dpop+jwt"}, {"alg", to_text(algorithm)}, {"jwk", by.public_jwk()}};
        EXPECT_EQ(exchange(get_code(), sign(by, head, claims("POST", token_url))).status, 200) << to_text(algorithm);
    }
}

TEST(NormalUrl, has_one_form_for_what_is_the_same) {
    EXPECT_EQ(normal_url("HTTPS://A.example:443/X?y#z"), "https://a.example/X");
    EXPECT_EQ(normal_url("http://a.example:80"), "http://a.example/");
    EXPECT_EQ(normal_url("http://a.example:443/x"), "http://a.example:443/x");
    EXPECT_NE(normal_url("https://a.example/x"), normal_url("https://a.example/X"));
    EXPECT_EQ(normal_url("no url"), "no url");
}

}  // namespace
}  // namespace symbolon::oauth
