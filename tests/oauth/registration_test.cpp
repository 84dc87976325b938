// Dynamic registration and its management (RFC 7591, RFC 7592).

#include "oauth/registration_tokens.hpp"

#include "crypto/jose/jwe.hpp"
#include "crypto/test_keys.hpp"
#include "oauth/house.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::oauth {
namespace {

using boost::json::array;
using boost::json::object;

class Registration : public House {
protected:
    std::string initial_token(std::chrono::seconds life = std::chrono::hours(1)) {
        return make_initial_access_token(*sealer, random, pool_id, clock.now() + life);
    }
    static object metadata() {
        return {
            {"client_name", "Lamp"}, {"redirect_uris", array{"https://lamp.example/cb"}}, {"scope", "openid email"}};
    }
    net::Response send_to(net::Method method, const std::string& query, const std::string& token,
                          const std::string& body = {}) {
        net::Request request;
        request.method = method;
        request.path = "/" + pool_id.str() + "/oauth2/register";
        request.query = query;
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        request.headers.add("Content-Type", "application/json");
        request.body = body;
        return send(std::move(request));
    }
    void set_registration(const directory::DcrConfigurationType& dcr) {
        write([&](db::Transaction& tx) {
            auto in = directory::Pools(tx).get(pool_id);
            in.settings.DcrConfiguration = dcr;
            directory::Pools(tx).save(in);
        });
        catalog->forget(pool_id);
    }
    net::Response enrol(const object& said, const std::string& token) {
        return send_to(net::Method::post, "", token, boost::json::serialize(said));
    }
    object enrolled(const object& said = metadata()) {
        const auto answer = enrol(said, initial_token());
        EXPECT_EQ(answer.status, 201) << answer.body;
        return json_of(answer);
    }
    static std::string query_of(const object& client) { return "client_id=" + text(client, "client_id"); }
    static std::string token_of(const object& client) { return text(client, "registration_access_token"); }
    std::string error_of(const object& said) { return text(json_of(enrol(said, initial_token())), "error"); }
};

TEST_F(Registration, RFC7591_3_2_1_makes_a_client_and_says_all_of_it) {
    const auto answer = enrol(metadata(), initial_token());
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos);
    const auto said = json_of(answer);
    EXPECT_EQ(text(said, "client_id").size(), 26U);
    EXPECT_EQ(text(said, "client_secret").size(), 52U);
    EXPECT_EQ(said.at("client_secret_expires_at").as_int64(), 0);
    EXPECT_EQ(said.at("client_id_issued_at").as_int64(), to_seconds(clock.now()));
    EXPECT_EQ(text(said, "client_name"), "Lamp");
    EXPECT_EQ(text(said, "token_endpoint_auth_method"), "client_secret_basic");
    EXPECT_EQ(said.at("grant_types"), (array{"authorization_code", "refresh_token"}));
    EXPECT_EQ(said.at("response_types"), array{"code"});
    EXPECT_EQ(said.at("redirect_uris"), array{"https://lamp.example/cb"});
    EXPECT_EQ(text(said, "scope"), "openid email");
    EXPECT_FALSE(said.contains("d"));
    const auto made = client(ClientId(text(said, "client_id")));
    EXPECT_EQ(made->type, directory::ClientTypeType::DCR);
    EXPECT_TRUE(*made->extensions.require_pkce);
    EXPECT_TRUE(*made->extensions.require_consent);
}

TEST_F(Registration, RFC7591_3_wants_an_initial_access_token_and_takes_it_once) {
    EXPECT_EQ(enrol(metadata(), "").status, 401);
    EXPECT_EQ(enrol(metadata(), "made up").status, 401);
    const auto late = initial_token();
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(enrol(metadata(), late).status, 401);
    const auto foreign =
        make_initial_access_token(*sealer, random, foreign_pool_id, clock.now() + std::chrono::hours(1));
    EXPECT_EQ(enrol(metadata(), foreign).status, 401);
    const auto token = initial_token();
    EXPECT_EQ(enrol(object{{"client_name", 7}}, token).status, 400);  // uses nothing up
    EXPECT_EQ(enrol(metadata(), token).status, 201);
    const auto again = enrol(metadata(), token);
    EXPECT_EQ(again.status, 401);
    EXPECT_TRUE(header(again, "WWW-Authenticate").starts_with("Bearer error=\"invalid_token\""));
}

// Attack class 5.
TEST_F(Registration, RFC7591_3_2_2_refuses_redirect_uris_that_are_none) {
    for (const char* uri : {"javascript:alert(1)", "https://lamp.example/cb#x", "//lamp.example",
                            "http://lamp.example/cb", "data:text/html,x", "https://u@lamp.example/cb", ""}) {
        auto said = metadata();
        said["redirect_uris"] = array{uri};
        EXPECT_EQ(error_of(said), "invalid_redirect_uri") << uri;
    }
    auto none = metadata();
    none.erase("redirect_uris");
    EXPECT_EQ(error_of(none), "invalid_redirect_uri");
}

// Attack class 17: nobody registers more than the pool lets everybody have.
TEST_F(Registration, RFC7591_3_2_2_refuses_metadata_that_gives_too_much) {
    const std::vector<WrongClaim> wrong{{"scope", "openid aws.cognito.signin.user.admin"},
                                        {"scope", "https://api.example/v1/read"},
                                        {"grant_types", array{"password"}},
                                        {"grant_types", array{"urn:ietf:params:oauth:grant-type:token-exchange"}},
                                        {"grant_types", array{"implicit"}},
                                        {"grant_types", array{"authorization_code", "client_credentials"}},
                                        {"response_types", array{"token"}},
                                        {"token_endpoint_auth_method", "magic"},
                                        {"token_endpoint_auth_method", "private_key_jwt"},
                                        {"jwks", "text"},
                                        {"jwks_uri", "http://169.254.169.254/"},
                                        {"subject_type", "odd"},
                                        {"client_name", std::string(200, 'x')}};
    for (const auto& [name, value] : wrong) {
        auto said = metadata();
        said[name] = value;
        EXPECT_EQ(error_of(said), "invalid_client_metadata") << name << boost::json::serialize(value);
    }
    auto power = metadata();
    power["resource_servers"] = array{"https://api.example/v1"};
    power["exchanges_tokens_of"] = array{web.str()};
    power["require_pkce"] = false;
    power["require_consent"] = false;
    const auto made = client(ClientId(text(enrolled(power), "client_id")));
    EXPECT_FALSE(made->extensions.resource_servers);
    EXPECT_FALSE(made->extensions.exchanges_tokens_of);
    EXPECT_TRUE(*made->extensions.require_pkce);
    EXPECT_TRUE(*made->extensions.require_consent);
}

TEST_F(Registration, the_pool_says_which_grants_and_scopes_can_be_registered) {
    directory::DcrConfigurationType dcr;
    dcr.AuthenticatedGrantTypes = List<directory::OAuthFlowType, 0, 3>{directory::OAuthFlowType::client_credentials};
    dcr.AllowedScopes =
        List<directory::shape::Scope, 0, 50>{"https://api.example/v1/read", "https://api.example/v1/gone"};
    set_registration(dcr);
    EXPECT_EQ(error_of(metadata()), "invalid_client_metadata");
    object machine{{"grant_types", array{"client_credentials"}}, {"scope", "https://api.example/v1/read"}};
    EXPECT_EQ(text(enrolled(machine), "scope"), "https://api.example/v1/read");
    machine["scope"] = "https://api.example/v1/gone";
    EXPECT_EQ(error_of(machine), "invalid_client_metadata");
    machine["scope"] = "https://api.example/v1/write";
    EXPECT_EQ(error_of(machine), "invalid_client_metadata");
}

TEST_F(Registration, the_pool_can_close_it) {
    directory::DcrConfigurationType dcr;
    dcr.EnableStatus = directory::StatusType::Disabled;
    set_registration(dcr);
    EXPECT_EQ(enrol(metadata(), initial_token()).status, 403);
}

TEST_F(Registration, a_body_that_is_no_object_is_refused) {
    for (const char* body : {"", "[]", "7", "{", "null"}) {
        const auto answer = send_to(net::Method::post, "", initial_token(), body);
        EXPECT_EQ(text(json_of(answer), "error"), "invalid_client_metadata") << body;
    }
}

TEST_F(Registration, a_public_client_gets_no_secret) {
    auto said = metadata();
    said["token_endpoint_auth_method"] = "none";
    EXPECT_FALSE(enrolled(said).contains("client_secret"));
}

TEST_F(Registration, RFC7592_2_1_the_client_reads_what_is_registered) {
    const auto made = enrolled();
    EXPECT_EQ(text(made, "registration_client_uri"),
              std::string(base_url) + "/ok-domain/oauth2/register?" + query_of(made));
    const auto answer = send_to(net::Method::get, query_of(made), token_of(made));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json_of(answer), made);
}

// Attack class 37: nobody reads or changes another client.
TEST_F(Registration, RFC7592_2_only_the_clients_own_token_counts) {
    const auto one = enrolled();
    const auto other = enrolled();
    for (const auto& token : {token_of(other), std::string("none"), std::string(), initial_token()}) {
        EXPECT_EQ(send_to(net::Method::get, query_of(one), token).status, 401);
        EXPECT_EQ(send_to(net::Method::put, query_of(one), token, "{}").status, 401);
        EXPECT_EQ(send_to(net::Method::delete_, query_of(one), token).status, 401);
    }
    EXPECT_EQ(send_to(net::Method::get, "client_id=" + web.str(), token_of(one)).status, 401);
    EXPECT_EQ(
        send_to(net::Method::get, "client_id=" + web.str(), registration_access_token(*sealer, *client(web))).status,
        401);  // it was not registered in this way
    EXPECT_EQ(send_to(net::Method::get, "", token_of(one)).status, 401);
}

TEST_F(Registration, RFC7592_2_2_the_client_replaces_its_description) {
    const auto made = enrolled();
    auto said = metadata();
    said["client_id"] = text(made, "client_id");
    said["client_name"] = "Better lamp";
    const auto answer = send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(said));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text(json_of(answer), "client_name"), "Better lamp");
    EXPECT_EQ(text(json_of(answer), "client_secret"), text(made, "client_secret"));
    EXPECT_EQ(text(json_of(answer), "registration_access_token"), token_of(made));
    said["client_id"] = web.str();
    EXPECT_EQ(send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(said)).status, 400);
    said["client_id"] = text(made, "client_id");
    said["client_secret"] = "chosen";
    EXPECT_EQ(send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(said)).status, 400);
}

TEST_F(Registration, RFC7592_2_3_the_client_goes_with_its_tokens) {
    const auto made = enrolled();
    EXPECT_EQ(send_to(net::Method::delete_, query_of(made), token_of(made)).status, 204);
    EXPECT_EQ(send_to(net::Method::get, query_of(made), token_of(made)).status, 401);
    EXPECT_FALSE(run(catalog->find_client(ClientId(text(made, "client_id")))));
}

TEST_F(Registration, a_token_for_many_registers_until_it_expires) {
    const auto token =
        make_initial_access_token(*sealer, random, pool_id, clock.now() + std::chrono::hours(1), Registrations::many);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(enrol(metadata(), token).status, 201);
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(enrol(metadata(), token).status, 401);
}

// RFC 9700 §2.1.1.
TEST_F(Registration, in_strict_pools_those_who_prove_themselves_may_do_without_pkce) {
    extend_pool([](auto& e) { e.strict_oidc = true; });
    const auto uses_pkce = [&](const object& said) {
        return run(catalog->get_client(ClientId(text(enrolled(said), "client_id"))))->extensions.require_pkce.value();
    };
    EXPECT_FALSE(uses_pkce(metadata()));
    auto open = metadata();
    open["token_endpoint_auth_method"] = "none";
    EXPECT_TRUE(uses_pkce(open));
}

// Else anybody could put a client into somebody else's sector, and know people by the same subjects.
TEST_F(Registration, a_sector_is_what_its_document_says) {
    const std::string url = "https://lamp.example/sector.json";
    auto said = metadata();
    said["subject_type"] = "pairwise";
    said["sector_identifier_uri"] = url;
    EXPECT_EQ(error_of(said), "invalid_client_metadata") << "nothing is there";
    for (const char* wrong : {"", "{}", "[]", R"(["https://lamp.example/other"])", R"([7])"}) {
        fetcher.put(url, wrong);
        EXPECT_EQ(error_of(said), "invalid_client_metadata") << wrong;
    }
    fetcher.put(url, R"(["https://other.example/cb", "https://lamp.example/cb"])");
    const auto made = enrolled(said);
    EXPECT_EQ(text(made, "sector_identifier_uri"), url);
    // So it is when the registration is replaced.
    said["client_id"] = text(made, "client_id");
    said["redirect_uris"] = array{"https://lamp.example/cb", "https://lamp.example/elsewhere"};
    const auto replaced = send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(said));
    EXPECT_EQ(text(json_of(replaced), "error"), "invalid_client_metadata");
}

TEST_F(Registration, takes_the_ways_to_encrypt) {
    auto said = metadata();
    said["id_token_encrypted_response_alg"] = "ECDH-ES";
    EXPECT_EQ(error_of(said), "invalid_client_metadata") << "to whom?";
    said["jwks"] = object{{"keys", array{crypto::jose::DecryptionKey::derive(test_key(2)).public_jwk()}}};
    const auto client = enrolled(said);
    EXPECT_EQ(text(client, "id_token_encrypted_response_alg"), "ECDH-ES");
    said["request_object_encryption_alg"] = "ECDH-ES";
    EXPECT_EQ(error_of(said), "invalid_client_metadata") << "the pool publishes no key";
}

}  // namespace
}  // namespace symbolon::oauth
