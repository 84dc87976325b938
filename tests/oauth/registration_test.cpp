// Dynamic registration and its management (RFC 7591, RFC 7592).

#include "oauth/registration_house.hpp"

#include "crypto/jose/jwe.hpp"
#include "crypto/test_keys.hpp"
#include "directory/client_rules.hpp"
#include "oauth/unproven_requests.hpp"

namespace symbolon::oauth {
namespace {

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

directory::DcrConfigurationType open_to_anybody() {
    directory::DcrConfigurationType dcr;
    dcr.OpenDcrEnabled = true;
    return dcr;
}

TEST_F(Registration, anybody_may_where_the_pool_says_so) {
    directory::DcrConfigurationType dcr;
    dcr.OpenDcrEnabled = false;
    set_registration(dcr);
    EXPECT_EQ(enrol(metadata(), "").status, 401);
    set_registration(open_to_anybody());
    const auto answer = enrol(metadata(), "");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_TRUE(*client(ClientId(text(json_of(answer), "client_id")))->extensions.require_consent);
    EXPECT_EQ(enrol(metadata(), "made up").status, 401);  // what is shown has to be good
    dcr = open_to_anybody();
    dcr.EnableStatus = directory::StatusType::Disabled;
    set_registration(dcr);
    EXPECT_EQ(enrol(metadata(), "").status, 403);
}

// Attack class 17.
TEST_F(Registration, anybody_gets_no_more_than_the_pool_gives_to_everybody) {
    set_registration(open_to_anybody());
    object machine{{"grant_types", array{"client_credentials"}}};
    EXPECT_EQ(text(json_of(enrol(machine, "")), "error"), "invalid_client_metadata");
    const auto made = json_of(enrol(metadata(), ""));
    EXPECT_EQ(json_of(send_to(net::Method::get, query_of(made), token_of(made))), made);
    auto more = metadata();
    more["client_id"] = text(made, "client_id");
    more["grant_types"] = array{"client_credentials"};
    more["scope"] = "https://api.example/v1/read";
    const auto changed = send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(more));
    EXPECT_EQ(changed.status, 400) << changed.body;
    auto dcr = open_to_anybody();
    dcr.OpenDcrGrantTypes.emplace();
    set_registration(dcr);
    EXPECT_EQ(enrol(metadata(), "").status, 401) << "no grant: no door";
    EXPECT_EQ(enrol(metadata(), initial_token()).status, 201);
}

// Each is a row, of 10,000 that a pool can have: one address had taken the place of all clients to come in a moment.
TEST_F(Registration, of_anybody_are_counted_by_address) {
    set_registration(open_to_anybody());
    const auto enrol_from = [&](const std::string& address, const std::string& token) {
        net::Request request;
        request.method = net::Method::post;
        request.path = "/" + pool_id.str() + "/oauth2/register";
        request.client_address = address;
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        request.body = boost::json::serialize(metadata());
        return send(std::move(request)).status;
    };
    for (int i = 0; i < unproven_requests_per_minute; ++i) ASSERT_EQ(enrol_from("192.0.2.1", ""), 201) << i;
    EXPECT_EQ(enrol_from("192.0.2.1", ""), 429);
    EXPECT_EQ(enrol_from("192.0.2.1", initial_token()), 201) << "who has a token is not counted";
    EXPECT_EQ(enrol_from("192.0.2.2", ""), 201);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(enrol_from("192.0.2.1", ""), 201);
}

TEST_F(Registration, a_client_with_the_scope_for_it_registers_others) {
    change_client(robot, [](directory::ClientSettings& settings) {
        settings.AllowedOAuthScopes->push_back(directory::shape::Scope(directory::registration_scope));
    });
    const auto token_for = [&](std::string_view scope) {
        const Pairs form{{"grant_type", "client_credentials"}, {"scope", std::string(scope)}};
        return text(json_of(post("/oauth2/token", form, {{"Authorization", basic(robot.str(), secret)}})),
                    "access_token");
    };
    const auto token = token_for(directory::registration_scope);
    EXPECT_EQ(enrol(metadata(), token).status, 201);
    EXPECT_EQ(enrol(metadata(), token).status, 201) << "it is for many";
    EXPECT_EQ(enrol(metadata(), token_for("https://api.example/v1/read")).status, 403);
    clock.advance(std::chrono::hours(2));
    EXPECT_EQ(enrol(metadata(), token).status, 401);
}

// Attack class 17: nobody who was registered registers others.
TEST_F(Registration, who_registers_gets_no_scope_to_register) {
    directory::DcrConfigurationType dcr;
    dcr.AllowedScopes = List<directory::shape::Scope, 0, 50>{directory::shape::Scope(directory::registration_scope)};
    set_registration(dcr);
    const object machine{{"grant_types", array{"client_credentials"}}, {"scope", directory::registration_scope}};
    EXPECT_EQ(error_of(machine), "invalid_client_metadata");
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
    EXPECT_EQ(send_to(net::Method::get, "client_id=" + web.str(),
                      registration_access_token(*sealer, *client(web), RegisteredBy::holder_of_token))
                  .status,
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

// A client undid by describing itself anew what administrators had taken from it.
TEST_F(Registration, what_administrators_set_stays_when_the_client_replaces_its_description) {
    const auto made = enrolled();
    const ClientId id(text(made, "client_id"));
    change_client(id, [](auto& settings) {
        settings.ReadAttributes = List<directory::shape::ClientPermission>{"email"};
        settings.SupportedIdentityProviders = List<directory::shape::ProviderName>{"Corp"};
        settings.DefaultRedirectURI = directory::shape::RedirectUrl("https://lamp.example/cb");
    });
    extend_client(id, [](auto& e) {
        e.require_consent = false;
        e.resource_servers = List<directory::shape::ExtensionWord, 0, 20>{"https://lamp.example/api"};
        e.client_uri = directory::shape::ExtensionUri("https://lamp.example");
    });
    auto said = metadata();
    said["client_id"] = id.str();
    said["redirect_uris"] = array{"https://lamp.example/other"};
    const auto answer = send_to(net::Method::put, query_of(made), token_of(made), boost::json::serialize(said));
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_FALSE(json_of(answer).contains("resource_servers")) << "of administrators alone";
    const auto after = run(catalog->get_client(id));
    ASSERT_TRUE(after->settings.ReadAttributes);
    EXPECT_EQ(after->settings.ReadAttributes->size(), 1U);
    EXPECT_TRUE(after->allows_provider("Corp"));
    EXPECT_FALSE(after->allows_provider("COGNITO"));
    EXPECT_FALSE(after->settings.DefaultRedirectURI) << "it is none of the client's any more";
    EXPECT_EQ(after->extensions.require_consent, false);
    EXPECT_EQ(after->extensions.require_pkce, true);
    EXPECT_TRUE(after->extensions.resource_servers);
    EXPECT_FALSE(after->extensions.client_uri) << "the client's own word, which it did not say again";
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
