// Authorization responses as JWTs: JWT Secured Authorization Response Mode (JARM).
#include "oauth/house.hpp"

#include "crypto/jose/jwe.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "oauth/jarm.hpp"

#include <boost/json/array.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using Word = directory::shape::ExtensionWord;

class Jarm : public House {
protected:
    Jarm() {
        extend_client(app, [](auto& extensions) {
            extensions.response_types = List<Word, 0, 8>{"code", "token", "id_token", "code id_token"};
        });
    }
    std::string ask(const std::string& mode, const std::string& type = "code", Pairs more = {}) {
        Pairs all{{"client_id", app.str()},
                  {"response_type", type},
                  {"response_mode", mode},
                  {"scope", "openid"},
                  {"nonce", "n"}};
        for (auto& field : more) all.push_back(std::move(field));
        return location(authorize(all, {sign_in_browser()}));
    }
    /// What our key signed for the client.
    object read(const std::string& jwt) const {
        const auto parsed = crypto::jose::parse_jwt(jwt);
        if (!parsed || !crypto::jose::verifies(test_key(0), *parsed)) return {};
        return parsed->claims;
    }
    void encrypt(const char* alg = "ECDH-ES") {
        extend_client(app, [&](auto& extensions) {
            extensions.jwks = object{{"keys", array{client_key.public_jwk()}}};
            extensions.authorization_encrypted_response_alg = Word(std::string_view(alg));
        });
    }
    const crypto::jose::DecryptionKey client_key = crypto::jose::DecryptionKey::derive(test_key(2));
};

TEST_F(Jarm, section_2_1_the_answer_is_all_in_one_jwt_for_the_client) {
    const auto url = ask("query.jwt");
    EXPECT_EQ(url.find('&'), std::string::npos) << "nothing beside it: " << url;
    const auto claims = read(parameter_of(url, "response"));
    EXPECT_EQ(text(claims, "iss"), pool_url);
    EXPECT_EQ(text(claims, "aud"), app.str());
    EXPECT_EQ(text(claims, "state"), "xyz +&=é");
    EXPECT_EQ(claims.at("exp").as_int64(), to_seconds(clock.now()) + 300);
    const auto answer = post("/oauth2/token", Pairs{{"grant_type", "authorization_code"},
                                                    {"code", text(claims, "code")},
                                                    {"redirect_uri", std::string(callback)},
                                                    {"client_id", app.str()}});
    EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_F(Jarm, section_2_3_goes_every_way) {
    EXPECT_NE(text(read(parameter_of(ask("jwt"), "response")), "code"), "") << "a code goes into the query";
    EXPECT_NE(text(read(parameter_of(ask("jwt", "token"), "response", '#')), "access_token"), "");
    EXPECT_NE(text(read(parameter_of(ask("fragment.jwt"), "response", '#')), "code"), "");
    const auto page = authorize({{"client_id", app.str()}, {"response_mode", "form_post.jwt"}}, {sign_in_browser()});
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("name=\"response\""), std::string::npos);
    EXPECT_EQ(page.body.find("name=\"code\""), std::string::npos);
    EXPECT_EQ(page.body.find("name=\"iss\""), std::string::npos);
}

TEST_F(Jarm, section_2_3_1_tokens_go_into_a_query_only_where_nobody_else_can_read_them) {
    const auto url = ask("query.jwt", "token");
    EXPECT_EQ(parameter_of(url, "error", '#'), "invalid_request") << url;
    EXPECT_EQ(url.find('?'), std::string::npos);
    encrypt();
    const auto message = crypto::jose::parse_jwe(parameter_of(ask("query.jwt", "token"), "response"));
    ASSERT_TRUE(message);
    EXPECT_NE(text(read(client_key.decrypt(*message).value_or("")), "access_token"), "");
}

TEST_F(Jarm, refusals_are_brought_in_the_same_way) {
    const auto url = ask("jwt", "code", {{"prompt", "none login"}});
    const auto claims = read(parameter_of(url, "response"));
    EXPECT_EQ(text(claims, "error"), "invalid_request") << url;
    EXPECT_EQ(text(claims, "state"), "xyz +&=é");
    EXPECT_EQ(text(claims, "iss"), pool_url);
    EXPECT_EQ(parameter_of(url, "error"), "");
}

TEST_F(Jarm, section_2_2_is_encrypted_to_who_wants_it) {
    encrypt("ECDH-ES+A256KW");
    const auto url = ask("query.jwt");
    const auto message = crypto::jose::parse_jwe(parameter_of(url, "response"));
    ASSERT_TRUE(message) << url;
    EXPECT_EQ(message->content_type, "JWT");
    EXPECT_EQ(text(read(client_key.decrypt(*message).value_or("")), "aud"), app.str());
}

TEST_F(Jarm, a_client_without_a_key_for_it_is_told_and_gets_no_code) {
    encrypt();
    extend_client(app, [](auto& extensions) { extensions.jwks.reset(); });
    const auto url = ask("query.jwt");
    EXPECT_EQ(parameter_of(url, "error"), "invalid_request");
    EXPECT_EQ(parameter_of(url, "response"), "");
    EXPECT_EQ(parameter_of(url, "code"), "");
}

// Attack class 11: a JWT that was made for something else.
TEST_F(Jarm, an_answer_is_good_for_nothing_else) {
    const auto response = parameter_of(ask("query.jwt"), "response");
    EXPECT_EQ(user_info(response).status, 401);
    EXPECT_EQ(parameter_of(ask("query", "code", {{"id_token_hint", response}}), "error"), "invalid_request");
}

TEST_F(Jarm, other_modes_are_none) {
    for (const char* mode : {"JWT", ".jwt", "query.jwt.jwt", "web_message.jwt", "form_post.", "jwt.query"})
        EXPECT_EQ(parameter_of(ask(mode), "error"), "invalid_request") << mode;
}

TEST_F(Jarm, is_offered) {
    const auto document = json_of(get("/.well-known/openid-configuration"));
    const auto holds = [&](const char* list, const char* word) {
        const auto& values = document.at(list).as_array();
        return std::ranges::any_of(values, [&](const auto& value) { return value.as_string() == word; });
    };
    for (const char* mode : {"jwt", "query.jwt", "fragment.jwt", "form_post.jwt"})
        EXPECT_TRUE(holds("response_modes_supported", mode)) << mode;
    EXPECT_TRUE(holds("authorization_signing_alg_values_supported", "RS256"));
    EXPECT_TRUE(holds("authorization_encryption_alg_values_supported", "RSA-OAEP-256"));
    EXPECT_TRUE(holds("id_token_encryption_alg_values_supported", "ECDH-ES+A128KW"));
    EXPECT_TRUE(holds("userinfo_encryption_enc_values_supported", "A128CBC-HS256"));
}

}  // namespace
}  // namespace symbolon::oauth
