// What is encrypted to clients, and by them: OpenID Connect Core §2, §5.3.2, §6.1, §10.2, RFC 9101 §6.1.
#include "oauth/house.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "crypto/jose/jwe.hpp"
#include "crypto/jose/jwt.hpp"
#include "crypto/test_keys.hpp"
#include "directory/signing_keys.hpp"
#include "oauth/device_authorization.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;
using crypto::jose::ContentEncryption;
using crypto::jose::DecryptionKey;
using crypto::jose::Encryption;
using crypto::jose::KeyManagement;
using Word = directory::shape::ExtensionWord;

object header_of(const std::string& message) {
    return boost::json::parse(to_string(parse_base64url(message.substr(0, message.find('.'))).value())).as_object();
}

class Encrypted : public House {
protected:
    static constexpr std::string_view jwks_uri = "https://ok.example/jwks";

    Encrypted() {
        extend_client(web, [&](auto& extensions) { extensions.jwks = client_keys_document(); });
    }
    object client_keys_document() const { return {{"keys", array{test_key(2).public_jwk(), client_key.public_jwk()}}}; }
    void want_id_tokens(std::string_view alg, std::optional<std::string_view> enc = {}) {
        extend_client(web, [&](auto& extensions) {
            extensions.id_token_encrypted_response_alg = Word(alg);
            if (enc) extensions.id_token_encrypted_response_enc = Word(*enc);
        });
    }
    /// What the client reads.
    std::string open(const std::string& text) const {
        const auto message = crypto::jose::parse_jwe(text);
        return message ? client_key.decrypt(*message).value_or("of another") : "not encrypted: " + text;
    }
    /// What our ID token key signed.
    static object signed_claims(const std::string& jwt) {
        const auto parsed = crypto::jose::parse_jwt(jwt);
        EXPECT_TRUE(parsed && crypto::jose::verifies(test_key(0), *parsed)) << jwt;
        return parsed ? parsed->claims : object{};
    }

    const DecryptionKey client_key = DecryptionKey::derive(test_key(2));
};

TEST_F(Encrypted, id_tokens_are_signed_first) {
    want_id_tokens("ECDH-ES");
    const auto given = get_tokens();
    const auto id_token = text(given, "id_token");
    const auto header = header_of(id_token);
    EXPECT_EQ(text(header, "alg"), "ECDH-ES");
    EXPECT_EQ(text(header, "enc"), "A128CBC-HS256") << "the default of Dynamic Registration §2";
    EXPECT_EQ(text(header, "cty"), "JWT");
    EXPECT_EQ(text(header, "kid"), client_key.kid());
    const auto claims = signed_claims(open(id_token));
    EXPECT_EQ(text(claims, "aud"), web.str());
    const auto digest = crypto::sha256(text(given, "access_token"));
    EXPECT_EQ(text(claims, "at_hash"), to_base64url(ByteView(digest).first(16)));
    EXPECT_TRUE(crypto::jose::parse_jwt(text(given, "access_token"))) << "the access token is for others to read";
}

TEST_F(Encrypted, id_tokens_stay_encrypted_after_a_refresh_and_over_the_front_channel) {
    want_id_tokens("ECDH-ES+A256KW", "A256GCM");
    const auto again = json_of(refresh(text(get_tokens(), "refresh_token")));
    EXPECT_EQ(text(header_of(text(again, "id_token")), "enc"), "A256GCM");
    EXPECT_EQ(text(signed_claims(open(text(again, "id_token"))), "token_use"), "id");
    change_client(web, [](auto& settings) {
        settings.AllowedOAuthFlows =
            List<directory::OAuthFlowType, 0, 3>{directory::OAuthFlowType::code, directory::OAuthFlowType::implicit};
    });
    extend_client(
        web, [](auto& extensions) { extensions.response_types = List<Word, 0, 8>{std::string_view("code id_token")}; });
    const auto url = location(
        authorize({{"response_type", "code id_token"}, {"nonce", "n"}, {"scope", "openid"}}, {sign_in_browser()}));
    const auto claims = signed_claims(open(parameter_of(url, "id_token", '#')));
    EXPECT_EQ(text(claims, "nonce"), "n");
    EXPECT_NE(text(claims, "c_hash"), "");
}

TEST_F(Encrypted, with_an_rsa_key_too) {
    auto key = test_key(2).public_jwk();
    key["use"] = "enc";
    key.erase("alg");
    extend_client(web, [&](auto& extensions) { extensions.jwks = object{{"keys", array{key}}}; });
    want_id_tokens("RSA-OAEP-256", "A128GCM");
    const auto header = header_of(text(get_tokens(), "id_token"));
    EXPECT_EQ(text(header, "alg"), "RSA-OAEP-256");
    EXPECT_EQ(text(header, "enc"), "A128GCM");
    EXPECT_EQ(text(header, "kid"), text(key, "kid"));
}

TEST_F(Encrypted, a_client_whose_key_cannot_be_had_keeps_its_code) {
    extend_client(web, [](auto& extensions) {
        extensions.jwks.reset();
        extensions.jwks_uri = directory::shape::ExtensionUri(jwks_uri);
    });
    want_id_tokens("ECDH-ES");
    const auto code = get_code();
    const auto refused = post("/oauth2/token", code_form(code));
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(text(json_of(refused), "error"), "invalid_client_metadata");
    fetcher.put(std::string(jwks_uri), boost::json::serialize(client_keys_document()));
    clock.advance(std::chrono::minutes(1));  // what could not be read is asked for again then
    const auto answer = post("/oauth2/token", code_form(code));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text(signed_claims(open(text(json_of(answer), "id_token"))), "aud"), web.str());
}

// The device had been let in, and had to begin anew.
TEST_F(Encrypted, a_client_whose_key_cannot_be_had_keeps_its_device_code) {
    extend_client(web, [](auto& extensions) {
        extensions.jwks.reset();
        extensions.jwks_uri = directory::shape::ExtensionUri(jwks_uri);
        extensions.grant_types = List<Word, 0, 20>{std::string(device_grant_type)};
    });
    want_id_tokens("ECDH-ES");
    DeviceAuthorizationService devices(*services);
    const auto codes = run(devices.begin(client(web), {"openid"}));
    run(devices.approve(*run(devices.find_again(pool_id, *read_user_code(codes.user_code))), signed_in()));
    const auto ask = [&] {
        return post("/oauth2/token", Pairs{{"grant_type", std::string(device_grant_type)},
                                           {"client_id", web.str()},
                                           {"client_secret", std::string(secret)},
                                           {"device_code", codes.device_code}});
    };
    EXPECT_EQ(text(json_of(ask()), "error"), "invalid_client_metadata");
    fetcher.put(std::string(jwks_uri), boost::json::serialize(client_keys_document()));
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(ask().status, 200);
}

// Attack class 11: what one kind of message says is taken for no other.
TEST_F(Encrypted, an_id_token_is_no_access_token_and_no_hint) {
    want_id_tokens("ECDH-ES");
    const auto id_token = text(get_tokens(), "id_token");
    EXPECT_EQ(user_info(id_token).status, 401);
    const auto url = location(authorize({{"id_token_hint", id_token}}, {sign_in_browser()}));
    EXPECT_EQ(parameter_of(url, "error"), "invalid_request") << "the client sends what was inside (Core §3.1.2.1)";
    const auto inside = location(authorize({{"id_token_hint", open(id_token)}}, {sign_in_browser()}));
    EXPECT_NE(parameter_of(inside, "code"), "");
}

TEST_F(Encrypted, user_info_is_signed_and_encrypted_as_the_client_asks) {
    const auto access_token = text(get_tokens(), "access_token");
    extend_client(web, [](auto& extensions) {
        extensions.userinfo_encrypted_response_alg = Word(std::string_view("ECDH-ES+A128KW"));
        extensions.userinfo_encrypted_response_enc = Word(std::string_view("A256CBC-HS512"));
    });
    const auto plain = user_info(access_token);
    EXPECT_EQ(header(plain, "Content-Type"), "application/jwt");
    EXPECT_FALSE(header_of(plain.body).contains("cty")) << "no JWT is inside";
    EXPECT_EQ(text(header_of(plain.body), "enc"), "A256CBC-HS512");
    EXPECT_EQ(text(boost::json::parse(open(plain.body)).as_object(), "sub"), user_id.str());
    extend_client(
        web, [](auto& extensions) { extensions.userinfo_signed_response_alg = directory::SignatureAlgorithm::RS256; });
    const auto both = user_info(access_token);
    EXPECT_EQ(text(header_of(both.body), "cty"), "JWT");
    EXPECT_EQ(text(signed_claims(open(both.body)), "aud"), web.str());
    extend_client(web, [](auto& extensions) { extensions.jwks.reset(); });
    EXPECT_EQ(user_info(access_token).status, 400) << "rather nothing than something that others can read";
}

class EncryptedRequests : public Encrypted {
protected:
    EncryptedRequests() {
        extend_pool([](auto& extensions) { extensions.encrypted_request_objects = true; });
    }
    std::string request_object(const char* state = "sealed") const {
        return crypto::jose::sign_jwt(test_key(2),
                                      {{"client_id", web.str()},
                                       {"response_type", "code"},
                                       {"redirect_uri", callback},
                                       {"scope", "openid"},
                                       {"state", state}},
                                      "oauth-authz-req+jwt");
    }
    /// The key that the pool publishes for this.
    object published_key() {
        const auto document = json_of(get("/.well-known/jwks.json"));
        for (const auto& key : document.at("keys").as_array())
            if (text(key.as_object(), "use") == "enc") return key.as_object();
        return {};
    }
    std::string encrypt(const std::string& plain, const object& key,
                        const Encryption& how = {KeyManagement::ecdh_es, ContentEncryption::a256gcm}) {
        return crypto::jose::Recipient::from_jwk(key, how).encrypt(plain, "JWT", random);
    }
    /// The state of the answer, or why there is none.
    std::string answer_to(const std::string& request) {
        const auto url = location(
            get("/oauth2/authorize?" +
                    encode({{"client_id", web.str()}, {"request", request}, {"redirect_uri", std::string(callback)}}),
                {sign_in_browser()}));
        return parameter_of(url, "code").empty() ? parameter_of(url, "error") : parameter_of(url, "state");
    }
};

TEST_F(EncryptedRequests, are_taken_whatever_the_way) {
    const auto key = published_key();
    ASSERT_FALSE(key.empty());
    EXPECT_FALSE(key.contains("d"));
    for (const auto alg : {KeyManagement::ecdh_es, KeyManagement::ecdh_es_a128kw, KeyManagement::ecdh_es_a256kw})
        for (const auto enc : crypto::jose::all_content_encryptions)
            EXPECT_EQ(answer_to(encrypt(request_object(), key, {alg, enc})), "sealed");
    EXPECT_EQ(answer_to(request_object()), "sealed") << "encryption is offered, not asked for";
}

TEST_F(EncryptedRequests, are_pushed_and_fetched_as_well) {
    const auto object_text = encrypt(request_object(), published_key());
    const auto pushed =
        post("/oauth2/par", Pairs{{"request", object_text}}, {{"Authorization", basic(web.str(), secret)}});
    EXPECT_EQ(pushed.status, 201) << pushed.body;
    constexpr std::string_view url = "https://ok.example/request.jwt";
    extend_client(web,
                  [](auto& extensions) { extensions.request_uris = List<directory::shape::ExtensionUri, 0, 20>{url}; });
    fetcher.put(std::string(url), object_text);
    const auto to =
        location(get("/oauth2/authorize?" + encode({{"client_id", web.str()}, {"request_uri", std::string(url)}}),
                     {sign_in_browser()}));
    EXPECT_EQ(parameter_of(to, "state"), "sealed");
}

// RFC 9101 §6.2: encrypting proves nobody, since everybody can.
TEST_F(EncryptedRequests, are_signed_by_the_client_inside) {
    const auto key = published_key();
    const auto claims = request_object().substr(0, request_object().rfind('.'));
    EXPECT_EQ(answer_to(encrypt(claims + ".", key)), "invalid_request_object");
    const auto unsigned_claims = boost::json::serialize(object{{"client_id", web.str()}, {"state", "sealed"}});
    EXPECT_EQ(answer_to(encrypt(unsigned_claims, key)), "invalid_request_object");
    const auto foreign = crypto::jose::sign_jwt(test_key(1), claims_of(request_object()));
    EXPECT_EQ(answer_to(encrypt(foreign, key)), "invalid_request_object");
    EXPECT_EQ(answer_to(encrypt(encrypt(request_object(), key), key)), "invalid_request_object") << "twice";
}

TEST_F(EncryptedRequests, are_for_the_pools_key_in_the_clients_way) {
    const auto key = published_key();
    EXPECT_EQ(answer_to(encrypt(request_object(), client_key.public_jwk())), "invalid_request_object");
    auto renamed = key;
    renamed["kid"] = "another";
    EXPECT_EQ(answer_to(encrypt(request_object(), renamed)), "invalid_request_object");
    renamed.erase("kid");
    EXPECT_EQ(answer_to(encrypt(request_object(), renamed)), "sealed") << "one that names no key may be for any";
    extend_client(web, [](auto& extensions) {
        extensions.request_object_encryption_alg = Word(std::string_view("ECDH-ES+A128KW"));
        extensions.request_object_encryption_enc = Word(std::string_view("A128GCM"));
    });
    const auto good = Encryption{KeyManagement::ecdh_es_a128kw, ContentEncryption::a128gcm};
    EXPECT_EQ(answer_to(encrypt(request_object(), key, good)), "sealed");
    EXPECT_EQ(answer_to(encrypt(request_object(), key)), "invalid_request_object");
    const auto other_content = Encryption{KeyManagement::ecdh_es_a128kw, ContentEncryption::a256gcm};
    EXPECT_EQ(answer_to(encrypt(request_object(), key, other_content)), "invalid_request_object");
}

TEST_F(EncryptedRequests, are_read_as_long_as_the_key_before_is_published) {
    const auto former = published_key();
    const auto next = directory::make_keys(crypto::jose::Algorithm::es256);
    write([&](db::Transaction& tx) { directory::SigningKeys(tx, *sealer).publish_next(pool_id, next, clock.now()); });
    clock.advance(directory::publication_lead + std::chrono::seconds(2));
    const auto current = published_key();
    EXPECT_NE(text(current, "kid"), text(former, "kid"));
    EXPECT_EQ(answer_to(encrypt(request_object(), former)), "sealed");
    EXPECT_EQ(answer_to(encrypt(request_object(), current)), "sealed");
    clock.advance(directory::publication_after);
    EXPECT_EQ(answer_to(encrypt(request_object(), former)), "invalid_request_object");
    EXPECT_EQ(answer_to(encrypt(request_object(), current)), "sealed");
}

TEST_F(EncryptedRequests, are_for_pools_that_publish_a_key) {
    const auto key = published_key();
    const auto offered = json_of(get("/.well-known/openid-configuration"));
    EXPECT_EQ(boost::json::serialize(offered.at("request_object_encryption_alg_values_supported")),
              R"(["ECDH-ES","ECDH-ES+A128KW","ECDH-ES+A256KW"])");
    extend_pool([](auto& extensions) { extensions.encrypted_request_objects.reset(); });
    EXPECT_TRUE(published_key().empty());
    EXPECT_EQ(answer_to(encrypt(request_object(), key)), "invalid_request_object");
    EXPECT_FALSE(
        json_of(get("/.well-known/openid-configuration")).contains("request_object_encryption_alg_values_supported"));
}

// Attack class 13.
TEST_F(EncryptedRequests, that_are_huge_or_no_messages_are_refused) {
    EXPECT_EQ(answer_to("...."), "invalid_request_object");
    EXPECT_EQ(answer_to(std::string(17 * 1024, '.')), "invalid_request_object");
    EXPECT_EQ(answer_to(encrypt(std::string(14 * 1024, 'x'), published_key())), "invalid_request_object");
}

}  // namespace
}  // namespace symbolon::oauth
