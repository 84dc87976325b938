// The rules of passkeys, and what the sign-in engine asks of them. What the ceremonies check is in
// tests/crypto/web_authn, the operations are in tests/aws/web_authn_test.cpp.
#include "signin/passkeys.hpp"

#include "base/encoding.hpp"
#include "crypto/web_authn/authenticator.hpp"
#include "signin/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace symbolon::signin {
namespace {

namespace json = boost::json;
using crypto::web_authn::Authenticator;

class RelyingParty : public testing::Test {
protected:
    std::optional<std::string> id() const { return relying_party_id(pool, names); }

    directory::Pool pool;
    PublicNames names{.base_url = "https://id.example:8443", .domain_host = ""};
};

TEST_F(RelyingParty, is_what_the_pool_says_else_its_custom_domain_else_its_domain) {
    EXPECT_EQ(id(), std::nullopt) << "a pool without a domain has none";
    pool.domain = "acme";
    EXPECT_EQ(id(), "id.example");
    names.domain_host = "{domain}.auth.example.com";
    EXPECT_EQ(id(), "acme.auth.example.com");
    pool.custom_domain = "login.acme.example";
    EXPECT_EQ(id(), "login.acme.example");
    pool.settings.WebAuthnConfiguration.emplace();
    EXPECT_EQ(id(), "login.acme.example");
    pool.settings.WebAuthnConfiguration->RelyingPartyId = "Acme.example";
    EXPECT_EQ(id(), "acme.example");
}

TEST_F(RelyingParty, is_a_name_and_no_address) {
    pool.domain = "acme";
    for (const char* url : {"http://127.0.0.1:8400", "http://[::1]:8400", "http://192.0.2.1", ""}) {
        names.base_url = url;
        EXPECT_EQ(id(), std::nullopt) << url;
    }
    names.base_url = "http://localhost:8400";
    EXPECT_EQ(id(), "localhost");
}

TEST(PasskeyOrigins, are_the_relying_partys_host_and_what_is_below) {
    for (const char* origin :
         {"https://example.com", "https://app.example.com", "https://a.b.example.com", "https://example.com:8443"})
        EXPECT_TRUE(is_allowed_origin(origin, "example.com")) << origin;
    for (const char* origin :
         {"http://example.com", "https://example.com.evil.example", "https://evilexample.com", "https://com",
          "https://example.com@evil.example", "https://evil.example/example.com", "https://example.com/", "example.com",
          "", "null", "android:apk-key-hash:example.com", "https://evil.example:443.example.com",
          "https://.example.com:", "wss://example.com", "https://EXAMPLE.COM"})
        EXPECT_FALSE(is_allowed_origin(origin, "example.com")) << origin;
}

TEST(PasskeyOrigins, are_without_tls_on_localhost_alone) {
    EXPECT_TRUE(is_allowed_origin("http://localhost:3000", "localhost"));
    EXPECT_TRUE(is_allowed_origin("http://app.localhost", "localhost"));
    EXPECT_FALSE(is_allowed_origin("http://localhost", "example.com"));
    EXPECT_FALSE(is_allowed_origin("http://notlocalhost", "localhost"));
    EXPECT_FALSE(is_allowed_origin("https://example.com", ""));
}

class PasskeySignIn : public House {
protected:
    PasskeySignIn() {
        change_pool([](directory::Pool& changed) {
            changed.settings.Policies.emplace().SignInPolicy.emplace().AllowedFirstAuthFactors =
                List<directory::AuthFactorType, 1, 4>{directory::AuthFactorType::PASSWORD,
                                                      directory::AuthFactorType::WEB_AUTHN};
            changed.settings.WebAuthnConfiguration.emplace().RelyingPartyId = "example.com";
        });
        id = add_user();
        register_passkey();
    }
    void register_passkey() {
        const auto user = std::make_shared<const directory::User>(*this->user(id));
        const auto options = run(passkeys.begin(pool, client, user));
        run(passkeys.complete(pool, client, id, authenticator.create(options)));
    }
    json::object request(const std::string& proof = "proof", std::optional<UserId> of = std::nullopt) {
        const auto text = run(db->read(
            [&](db::Transaction& tx) { return make_passkey_request(tx, services, *pool, of.value_or(id), proof); }));
        return json::parse(text).as_object();
    }
    Verdict<PasskeyProof> check(const json::value& credential, const std::string& proof = "proof",
                                std::optional<UserId> of = std::nullopt) {
        return check_text(json::serialize(credential), proof, std::move(of));
    }
    Verdict<PasskeyProof> check_text(const std::string& text, const std::string& proof = "proof",
                                     std::optional<UserId> of = std::nullopt) {
        return run(db->write([&](db::Transaction& tx) {
            return check_passkey(tx, services, *pool, of.value_or(id),
                                 passkey_challenge(services, *pool, of.value_or(id), proof), text);
        }));
    }
    static bool is_taken(const Verdict<PasskeyProof>& verdict) {
        if (const auto* error = std::get_if<Error>(&verdict)) {
            EXPECT_EQ(error->code, Errc::not_authorized);
            EXPECT_EQ(error->message, "The passkey was not accepted.") << "which check failed is nobody's business";
            return false;
        }
        return true;
    }
    bool has_usable() {
        return run(db->read([&](db::Transaction& tx) { return has_usable_passkey(tx, services, *pool, id); }));
    }

    Passkeys passkeys{services};
    Authenticator authenticator;
    UserId id;
};

TEST_F(PasskeySignIn, asks_for_the_users_passkeys) {
    const auto options = request();
    EXPECT_EQ(options.at("rpId").as_string(), "example.com");
    EXPECT_EQ(options.at("userVerification").as_string(), "preferred");
    EXPECT_EQ(options.at("timeout").as_int64(), 60'000);
    EXPECT_EQ(parse_base64url(std::string_view(options.at("challenge").as_string()))->size(), 32U);
    const auto& allowed = options.at("allowCredentials").as_array();
    ASSERT_EQ(allowed.size(), 1U);
    EXPECT_EQ(allowed[0].at("type").as_string(), "public-key");
    EXPECT_EQ(allowed[0].at("id").as_string(), to_base64url(authenticator.id));
    EXPECT_EQ(allowed[0].at("transports"), (json::array{"internal", "hybrid"}));
}

TEST_F(PasskeySignIn, takes_an_answer_to_the_question) {
    const auto verdict = check(authenticator.get(request(), id.str()));
    ASSERT_TRUE(is_taken(verdict));
    EXPECT_TRUE(std::get<PasskeyProof>(verdict).user_verified);
    authenticator.flags = 0x01;
    const auto unverified = check(authenticator.get(request()));
    ASSERT_TRUE(is_taken(unverified)) << "also without a user handle";
    EXPECT_FALSE(std::get<PasskeyProof>(unverified).user_verified);
}

// Attack row 42.
TEST_F(PasskeySignIn, an_answer_is_of_one_proof_and_one_user) {
    const auto answer = authenticator.get(request("proof"), id.str());
    EXPECT_FALSE(is_taken(check(answer, "another proof")));
    const auto other = add_user(john);
    EXPECT_FALSE(is_taken(check(answer, "proof", other)));
    EXPECT_NE(request("proof").at("challenge"), request("proof", other).at("challenge"));
    EXPECT_FALSE(is_taken(check(authenticator.get(request("proof", other)), "proof", other)))
        << "it is not the other's passkey";
    EXPECT_FALSE(is_taken(check(authenticator.get(request(), other.str()))));
    EXPECT_TRUE(is_taken(check(answer)));
}

TEST_F(PasskeySignIn, an_answer_of_another_origin_relying_party_or_key_is_refused) {
    authenticator.origin = "https://example.com.evil.example";
    EXPECT_FALSE(is_taken(check(authenticator.get(request()))));
    authenticator.origin = "https://example.com";
    authenticator.relying_party = "evil.example";
    EXPECT_FALSE(is_taken(check(authenticator.get(request()))));
    authenticator.relying_party = "example.com";
    Authenticator other;
    EXPECT_FALSE(is_taken(check(other.get(request())))) << "the same id, another key";
    EXPECT_TRUE(is_taken(check(authenticator.get(request()))));
}

TEST_F(PasskeySignIn, verification_is_required_where_the_pool_says_so) {
    change_pool([](directory::Pool& changed) {
        changed.settings.WebAuthnConfiguration->UserVerification = directory::UserVerificationType::required;
    });
    EXPECT_EQ(request().at("userVerification").as_string(), "required");
    authenticator.flags = 0x01;
    EXPECT_FALSE(is_taken(check(authenticator.get(request()))));
    authenticator.flags = 0x05;
    EXPECT_TRUE(is_taken(check(authenticator.get(request()))));
}

TEST_F(PasskeySignIn, a_copied_authenticator_is_seen_by_its_counter) {
    authenticator.sign_count = 5;
    EXPECT_TRUE(is_taken(check(authenticator.get(request()))));
    EXPECT_FALSE(is_taken(check(authenticator.get(request()))));
    authenticator.sign_count = 4;
    EXPECT_FALSE(is_taken(check(authenticator.get(request()))));
    authenticator.sign_count = 6;
    EXPECT_TRUE(is_taken(check(authenticator.get(request()))));
}

TEST_F(PasskeySignIn, what_is_no_answer_is_refused) {
    const auto right = authenticator.get(request());
    for (const std::string& text : {std::string(), std::string("null"), std::string("[]"), std::string("{}"),
                                    std::string("{"), std::string(70000, ' '), std::string(1000, '[')})
        EXPECT_FALSE(is_taken(check_text(text))) << text.substr(0, 20);
    for (const char* member : {"id", "rawId", "type", "response"}) {
        auto cut = right;
        cut.erase(member);
        EXPECT_FALSE(is_taken(check(cut))) << member;
    }
    for (const char* member : {"clientDataJSON", "authenticatorData", "signature"}) {
        auto cut = right;
        cut["response"].as_object().erase(member);
        EXPECT_FALSE(is_taken(check(cut))) << member;
        cut["response"].as_object()[member] = "a+b";
        EXPECT_FALSE(is_taken(check(cut))) << member;
    }
    auto other_id = right;
    other_id["id"] = "AAAA";
    EXPECT_FALSE(is_taken(check(other_id)));
    EXPECT_TRUE(is_taken(check(right)));
}

TEST_F(PasskeySignIn, passkeys_of_a_former_relying_party_are_of_no_use) {
    EXPECT_TRUE(has_usable());
    const auto former = request();
    change_pool(
        [](directory::Pool& changed) { changed.settings.WebAuthnConfiguration->RelyingPartyId = "other.example"; });
    EXPECT_FALSE(has_usable());
    EXPECT_FALSE(is_taken(check(authenticator.get(former))));
}

TEST_F(PasskeySignIn, is_off_where_the_pool_does_not_allow_it) {
    const auto options = request();
    change_pool([](directory::Pool& changed) {
        changed.settings.Policies->SignInPolicy->AllowedFirstAuthFactors =
            List<directory::AuthFactorType, 1, 4>{directory::AuthFactorType::PASSWORD};
    });
    EXPECT_FALSE(passkeys_enabled(*pool));
    EXPECT_FALSE(has_usable());
    EXPECT_FALSE(is_taken(check(authenticator.get(options))));
}

// Attack row 33.
TEST_F(PasskeySignIn, who_has_none_is_asked_for_one_that_nobody_has) {
    const UserId nobody_key("nobody-abc");
    const auto asked = request("proof", nobody_key);
    ASSERT_EQ(asked.at("allowCredentials").as_array().size(), 1U);
    EXPECT_EQ(asked.at("allowCredentials"), request("another", nobody_key).at("allowCredentials"));
    EXPECT_NE(asked.at("allowCredentials"), request("proof", UserId("nobody-abd")).at("allowCredentials"));
    const auto real = request();
    for (const auto& [name, value] : asked) EXPECT_TRUE(real.contains(name)) << name;
    EXPECT_EQ(asked.size(), real.size());
}

TEST_F(PasskeySignIn, counts_for_both_factors_only_where_the_pool_says_so) {
    EXPECT_FALSE(passkey_is_multi_factor(*pool));
    change_pool([](directory::Pool& changed) {
        changed.settings.WebAuthnConfiguration->FactorConfiguration =
            directory::WebAuthnFactorConfigurationType::MULTI_FACTOR_WITH_USER_VERIFICATION;
    });
    EXPECT_TRUE(passkey_is_multi_factor(*pool));
}

}  // namespace
}  // namespace symbolon::signin
