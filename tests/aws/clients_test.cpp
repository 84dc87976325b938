// App clients, domains and resource servers (cognito-api.md §2.2 to §2.4, §5.7 to §5.9).
#include "aws/house.hpp"

#include <algorithm>

namespace symbolon::aws {
namespace {

class Clients : public House {
protected:
    object create(const object& members) {
        return part(call("CreateUserPoolClient", with({{"UserPoolId", pool}, {"ClientName", "c"}}, members)),
                    "UserPoolClient");
    }
    Refused create_refusal(const object& members) {
        return refusal("CreateUserPoolClient", with({{"UserPoolId", pool}, {"ClientName", "c"}}, members));
    }
    object of(const std::string& client) { return {{"UserPoolId", pool}, {"ClientId", client}}; }
    object update(const std::string& client, const object& members) {
        return part(call("UpdateUserPoolClient", with(of(client), members)), "UserPoolClient");
    }
    std::string pool = add_pool();
};

TEST_F(Clients, a_client_of_a_name_alone_has_the_defaults) {
    const auto made = create({});
    const auto id = text(made, "ClientId");
    EXPECT_EQ(id.size(), 26U);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"), std::string::npos);
    object expected{{"UserPoolId", pool},
                    {"ClientName", "c"},
                    {"ClientId", id},
                    {"LastModifiedDate", 1.8e9},
                    {"CreationDate", 1.8e9},
                    {"RefreshTokenValidity", 30},
                    {"TokenValidityUnits", object{}},
                    {"AllowedOAuthFlowsUserPoolClient", false},
                    {"EnableTokenRevocation", true},
                    {"EnablePropagateAdditionalUserContextData", false},
                    {"AuthSessionValidity", 3},
                    {"ClientType", "REGULAR"}};
    EXPECT_EQ(made, expected);
    EXPECT_EQ(part(call("DescribeUserPoolClient", of(id)), "UserPoolClient"), expected);
}

TEST_F(Clients, analytics_have_the_service_s_role_and_share_nothing_unless_told) {
    const std::string app = "arn:aws:mobiletargeting:us-east-1:000000000000:apps/abc";
    const auto made = create({{"AnalyticsConfiguration", object{{"ApplicationArn", app}}}});
    EXPECT_EQ(made.at("AnalyticsConfiguration"),
              (object{{"ApplicationArn", app},
                      {"RoleArn",
                       "arn:aws:iam::000000000000:role/aws-service-role/cognito-idp.amazonaws.com/"
                       "AWSServiceRoleForAmazonCognitoIdp"},
                      {"UserDataShared", false}}));
}

TEST_F(Clients, a_secret_is_made_or_given_but_not_both) {
    const auto made = text(create({{"GenerateSecret", true}}), "ClientSecret");
    EXPECT_EQ(made.size(), 52U);
    EXPECT_EQ(made.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"), std::string::npos);
    EXPECT_NE(text(create({{"GenerateSecret", true}}), "ClientSecret"), made);
    const std::string own = "My_own+secret_of_24_char";
    EXPECT_EQ(text(create({{"ClientSecret", own}}), "ClientSecret"), own);
    EXPECT_EQ(create_refusal({{"ClientSecret", own}, {"GenerateSecret", true}}).type, "InvalidParameter");
    EXPECT_FALSE(create({{"GenerateSecret", false}}).contains("ClientSecret"));
}

TEST_F(Clients, an_update_replaces_all_but_id_name_and_secret) {
    const auto made = create(parse(R"({"GenerateSecret": true, "AuthSessionValidity": 5,
        "EnableTokenRevocation": false, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "CallbackURLs": ["https://a.example"], "PreventUserExistenceErrors": "ENABLED", "AccessTokenValidity": 2})"));
    clock.advance(std::chrono::seconds(1));
    const auto after = update(text(made, "ClientId"), {});
    for (const char* kept :
         {"ClientId", "ClientName", "ClientSecret", "CreationDate", "AuthSessionValidity", "EnableTokenRevocation"}) {
        EXPECT_EQ(after.at(kept), made.at(kept)) << kept;
    }
    for (const char* gone :
         {"ExplicitAuthFlows", "CallbackURLs", "PreventUserExistenceErrors", "AccessTokenValidity"}) {
        EXPECT_TRUE(made.contains(gone) && !after.contains(gone)) << gone;
    }
    EXPECT_EQ(text(update(text(made, "ClientId"), {{"ClientName", "new"}}), "ClientName"), "new");
}

TEST_F(Clients, an_update_is_enforced_at_once) {
    const auto client = add_client(pool);
    call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", "alice"}, {"MessageAction", "SUPPRESS"}});
    EXPECT_EQ(sign_in_refusal(client, "alice", bad), wrong_password);
    update(client, {{"ExplicitAuthFlows", array{"ALLOW_USER_SRP_AUTH"}}});
    EXPECT_EQ(sign_in_refusal(client, "alice", bad),
              (Refused{"InvalidParameter", "USER_PASSWORD_AUTH flow not enabled for this client"}));
}

TEST_F(Clients, a_deleted_client_is_unknown) {
    const auto client = add_client(pool);
    call("DeleteUserPoolClient", of(client));
    const Refused unknown{"ResourceNotFound", "User pool client " + client + " does not exist."};
    EXPECT_EQ(refusal("DescribeUserPoolClient", of(client)), unknown);
    EXPECT_EQ(refusal("DeleteUserPoolClient", of(client)), unknown);
    EXPECT_EQ(sign_in_refusal(client, "alice", good), unknown);
}

TEST_F(Clients, sign_in_flows_are_of_one_generation) {
    const auto flows = [](const array& list) { return object{{"ExplicitAuthFlows", list}}; };
    EXPECT_EQ(create_refusal(flows({"ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"})).type, "InvalidParameter");
    EXPECT_EQ(create(flows(array{})).at("ExplicitAuthFlows"), array{}) << "shown as stored";
    EXPECT_EQ(create(flows({"USER_PASSWORD_AUTH"})).at("ExplicitAuthFlows"), array{"USER_PASSWORD_AUTH"});
}

TEST_F(Clients, token_lives_have_ranges) {
    const Refused range{"InvalidParameter", "Invalid range for token validity."};
    EXPECT_EQ(create_refusal(parse(R"({"AccessTokenValidity": 4, "TokenValidityUnits": {"AccessToken": "minutes"}})")),
              range);
    EXPECT_EQ(create_refusal(parse(R"({"AccessTokenValidity": 25})")), range);
    EXPECT_EQ(create_refusal(parse(R"({"IdTokenValidity": 2, "TokenValidityUnits": {"IdToken": "days"}})")), range);
    EXPECT_EQ(
        create_refusal(parse(R"({"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}})")),
        range);
    EXPECT_EQ(create_refusal(parse(R"({"RefreshTokenValidity": 3651})")), range);
    EXPECT_EQ(create(parse(R"({"RefreshTokenValidity": 0})")).at("RefreshTokenValidity"), 30);
    const auto made = create(parse(R"({"AccessTokenValidity": 5, "IdTokenValidity": 1,
        "TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "hours"}})"));
    EXPECT_EQ(made.at("TokenValidityUnits"), parse(R"({"AccessToken": "minutes", "IdToken": "hours"})"));
}

TEST_F(Clients, redirect_urls_are_https_local_or_an_apps_own) {
    const auto urls = [&](const char* url) { return object{{"CallbackURLs", array{url}}}; };
    for (const char* url : {"https://ok.example/cb", "https://ok.example", "http://localhost:3000/cb",
                            "http://127.0.0.1/cb", "http://[::1]:8080/", "myapp://callback", "com.example.app:/cb"}) {
        EXPECT_EQ(create(urls(url)).at("CallbackURLs"), array{url}) << url;
    }
    for (const char* url : {"http://ok.example/cb", "https://ok.example/cb#fragment", "javascript:alert(1)",
                            "/relative", "ok.example", "data:text/html,x", "https://user@ok.example/",
                            "http://localhost.evil.example/", "file:///etc/passwd", "https://"}) {
        EXPECT_EQ(create_refusal(urls(url)).type, "InvalidParameter") << url;
        EXPECT_EQ(create_refusal({{"LogoutURLs", array{url}}}).type, "InvalidParameter") << url;
    }
    EXPECT_EQ(
        create_refusal({{"CallbackURLs", array{"https://a.example"}}, {"DefaultRedirectURI", "https://b.example"}}),
        (Refused{"InvalidParameter", "DefaultRedirectURI must be one of the callbackURLs."}));
}

TEST_F(Clients, scopes_are_standard_or_of_a_resource_server) {
    const auto scopes = [](const array& list) {
        return object{{"AllowedOAuthFlowsUserPoolClient", true},
                      {"AllowedOAuthFlows", array{"code"}},
                      {"AllowedOAuthScopes", list}};
    };
    EXPECT_EQ(create_refusal(scopes({"openid", "https://api.example/read"})),
              (Refused{"ScopeDoesNotExist", "Invalid scopes requested: https://api.example/read"}));
    EXPECT_EQ(create_refusal(scopes({"phone"})).type, "InvalidParameter") << "phone needs openid";
    const object server{{"UserPoolId", pool},
                        {"Identifier", "https://api.example"},
                        {"Name", "API"},
                        {"Scopes", array{object{{"ScopeName", "read"}, {"ScopeDescription", "Read"}}}}};
    call("CreateResourceServer", server);
    const auto made = create(scopes({"phone", "openid", "https://api.example/read"}));
    EXPECT_EQ(made.at("AllowedOAuthScopes"), (array{"phone", "openid", "https://api.example/read"}));

    // A scope that went away stays listed, also through an update (§5.9).
    call("UpdateResourceServer", with(server, {{"Scopes", nullptr}}));
    EXPECT_EQ(update(text(made, "ClientId"), scopes({"phone", "openid", "https://api.example/read"}))
                  .at("AllowedOAuthScopes"),
              made.at("AllowedOAuthScopes"));
}

TEST_F(Clients, client_credentials_stand_alone_with_a_secret) {
    const auto machine = parse(R"({"AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials"],
                                   "AllowedOAuthScopes": ["openid"]})");
    EXPECT_EQ(create_refusal(machine).type, "InvalidOAuthFlow");
    EXPECT_EQ(create_refusal(with(machine, {{"GenerateSecret", true}})).type, "InvalidOAuthFlow") << "openid";
    EXPECT_EQ(create_refusal(
                  with(machine, {{"GenerateSecret", true}, {"AllowedOAuthFlows", array{"client_credentials", "code"}}}))
                  .type,
              "InvalidOAuthFlow");
}

TEST_F(Clients, only_providers_of_the_pool_can_be_chosen) {
    EXPECT_EQ(create({{"SupportedIdentityProviders", array{"COGNITO"}}}).at("SupportedIdentityProviders"),
              array{"COGNITO"});
    EXPECT_EQ(create_refusal({{"SupportedIdentityProviders", array{"Google"}}}),
              (Refused{"InvalidParameter", "The provider Google does not exist for User Pool " + pool + "."}));
}

class Domains : public House {
protected:
    object of(std::string_view domain) { return {{"UserPoolId", pool}, {"Domain", domain}}; }
    object describe(std::string_view domain) {
        return part(call("DescribeUserPoolDomain", {{"Domain", domain}}), "DomainDescription");
    }
    Refused create_refusal(std::string_view domain) { return refusal("CreateUserPoolDomain", of(domain)); }
    object custom(std::string_view host) {
        return with(of(host), {{"CustomDomainConfig", object{{"CertificateArn", arn}}}});
    }
    static constexpr std::string_view arn = "arn:aws:acm:us-east-1:000000000000:certificate/one";
    std::string pool = add_pool();
};

TEST_F(Domains, a_free_name_has_no_description_and_a_taken_one_is_refused) {
    EXPECT_EQ(describe("testaccountlinking"), object{});
    EXPECT_EQ(call("CreateUserPoolDomain", of("testaccountlinking")), parse(R"({"ManagedLoginVersion": 1})"));
    EXPECT_EQ(describe("testaccountlinking"), (object{{"UserPoolId", pool},
                                                      {"AWSAccountId", "000000000000"},
                                                      {"Domain", "testaccountlinking"},
                                                      {"Version", "20270115080000"},
                                                      {"Status", "ACTIVE"},
                                                      {"CustomDomainConfig", object{}},
                                                      {"ManagedLoginVersion", 1}}));
    const auto second = add_pool();
    EXPECT_EQ(refusal("CreateUserPoolDomain", {{"UserPoolId", second}, {"Domain", "testaccountlinking"}}),
              (Refused{"InvalidParameter", "Domain already associated with another user pool."}));
}

TEST_F(Domains, reserved_words_are_refused) {
    for (const char* word : {"aws", "amazon", "cognito"}) {
        for (const auto& name :
             {std::string(word), "my-" + std::string(word) + "-login", "x" + std::string(word) + "x"}) {
            EXPECT_EQ(create_refusal(name),
                      (Refused{"InvalidParameter", "Domain cannot contain reserved word: " + std::string(word)}));
        }
    }
    for (const char* path : {"healthz", "console", "oauth2", "login", "metrics"}) {
        EXPECT_EQ(create_refusal(path).type, "InvalidParameter") << path;
    }
}

TEST_F(Domains, a_prefix_is_a_label) {
    for (const auto& name :
         {std::string("-a"), std::string("a-"), std::string("A"), std::string("a.b"), std::string("a_b"),
          std::string(64, 'a'), std::string("a b"), std::string("a/b"), std::string("\xC3\xA4"), std::string("")}) {
        EXPECT_EQ(create_refusal(name).type, "InvalidParameter") << name;
    }
    call("CreateUserPoolDomain", of(std::string(63, 'a')));
}

TEST_F(Domains, a_pool_has_one_prefix_and_one_custom_domain) {
    call("CreateUserPoolDomain", of("first-name"));
    EXPECT_EQ(create_refusal("second-name").type, "InvalidParameter");
    EXPECT_EQ(describe("second-name"), object{}) << "the refused one is still free";
    call("CreateUserPoolDomain", custom("auth.example.com"));
    EXPECT_EQ(refusal("CreateUserPoolDomain", custom("login.example.com")).type, "InvalidParameter");
    const auto shown = part(call("DescribeUserPool", {{"UserPoolId", pool}}), "UserPool");
    EXPECT_EQ(text(shown, "Domain"), "first-name");
    EXPECT_EQ(text(shown, "CustomDomain"), "auth.example.com");
}

TEST_F(Domains, a_custom_domain_is_a_host_with_a_certificate) {
    EXPECT_EQ(call("CreateUserPoolDomain", custom("auth.example.com")),
              parse(R"({"ManagedLoginVersion": 1, "CloudFrontDomain": "auth.example.com"})"));
    const auto shown = describe("auth.example.com");
    EXPECT_EQ(text(shown, "CustomDomainConfig.CertificateArn"), arn);
    EXPECT_EQ(text(shown, "CloudFrontDistribution"), "auth.example.com");
    for (const char* host : {"example", "127.0.0.1", "Auth.example.com", "a b.example.com", "https://a.example.com",
                             "a..example.com", "-a.example.com", "a.example.com/", "a.example.com:443"}) {
        EXPECT_EQ(refusal("CreateUserPoolDomain", custom(host)).type, "InvalidParameter") << host;
    }
}

TEST_F(Domains, an_update_changes_certificate_and_version) {
    call("CreateUserPoolDomain", custom("auth.example.com"));
    auto changed = custom("auth.example.com");
    changed["CustomDomainConfig"] = object{{"CertificateArn", "arn:aws:acm:us-east-1:000000000000:certificate/two"}};
    changed["ManagedLoginVersion"] = 2;
    EXPECT_EQ(call("UpdateUserPoolDomain", changed).at("ManagedLoginVersion"), 2);
    EXPECT_EQ(text(describe("auth.example.com"), "CustomDomainConfig.CertificateArn"),
              "arn:aws:acm:us-east-1:000000000000:certificate/two");
    EXPECT_EQ(refusal("UpdateUserPoolDomain", with(changed, {{"ManagedLoginVersion", 3}})).type, "InvalidParameter");
    EXPECT_EQ(refusal("UpdateUserPoolDomain", of("unknown")),
              (Refused{"InvalidParameter", "No such domain or user pool exists."}));
}

TEST_F(Domains, a_deleted_name_is_free_again) {
    call("CreateUserPoolDomain", of("some-name"));
    EXPECT_EQ(call("DeleteUserPoolDomain", of("some-name")), object{});
    EXPECT_EQ(refusal("DeleteUserPoolDomain", of("some-name")),
              (Refused{"InvalidParameter", "No such domain or user pool exists."}));
    EXPECT_EQ(describe("some-name"), object{});
    const auto second = add_pool();
    call("CreateUserPoolDomain", {{"UserPoolId", second}, {"Domain", "some-name"}});
    EXPECT_EQ(text(describe("some-name"), "UserPoolId"), second);
}

class ResourceServers : public House {
protected:
    const std::string pool = add_pool();
    const object server{{"UserPoolId", pool},
                        {"Identifier", "https://api.example/v1:x"},
                        {"Name", "API"},
                        {"Scopes", array{object{{"ScopeName", "read"}, {"ScopeDescription", "Read"}},
                                         object{{"ScopeName", "write"}, {"ScopeDescription", "Write"}}}}};
    const object key{{"UserPoolId", pool}, {"Identifier", "https://api.example/v1:x"}};
};

TEST_F(ResourceServers, one_is_made_shown_replaced_and_deleted) {
    EXPECT_EQ(part(call("CreateResourceServer", server), "ResourceServer"), server);
    EXPECT_EQ(refusal("CreateResourceServer", server),
              (Refused{"InvalidParameter", "https://api.example/v1:x already exists in user pool " + pool + "."}));
    EXPECT_EQ(part(call("DescribeResourceServer", key), "ResourceServer"), server);
    const auto bare = with(key, {{"Name", "Renamed"}});
    EXPECT_EQ(part(call("UpdateResourceServer", bare), "ResourceServer"), with(bare, {{"Scopes", array{}}}));
    call("DeleteResourceServer", key);
    const Refused unknown{"ResourceNotFound", "Resource server https://api.example/v1:x does not exist."};
    for (const char* operation : {"DescribeResourceServer", "DeleteResourceServer"}) {
        EXPECT_EQ(refusal(operation, key), unknown) << operation;
    }
    EXPECT_EQ(refusal("UpdateResourceServer", server), unknown);
}

TEST_F(ResourceServers, a_scope_is_named_once_and_without_a_slash) {
    const object scope{{"ScopeName", "read"}, {"ScopeDescription", "Read"}};
    EXPECT_EQ(refusal("CreateResourceServer", with(server, {{"Scopes", array{scope, scope}}})).type,
              "InvalidParameter");
    EXPECT_EQ(
        refusal("CreateResourceServer", with(server, {{"Scopes", array{with(scope, {{"ScopeName", "a/b"}})}}})),
        (Refused{"InvalidParameter",
                 "1 validation error detected: Value 'a/b' at 'scopes.1.member.scopeName' failed to satisfy "
                 R"(constraint: Member must satisfy regular expression pattern: [\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+)"}));
    array many;
    for (int i = 0; i < 101; ++i) many.push_back(with(scope, {{"ScopeName", "s" + std::to_string(i)}}));
    EXPECT_EQ(refusal("CreateResourceServer", with(server, {{"Scopes", many}})).type, "InvalidParameter");
}

}  // namespace
}  // namespace symbolon::aws
