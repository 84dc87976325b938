// Identity providers and linked identities (cognito-api.md §2.5, §4.9, §5.10).
#include "aws/house.hpp"

#include <boost/json/parse.hpp>

#include <string>

namespace symbolon::aws {
namespace {

class Providers : public House {
protected:
    static object oidc() {
        return parse(R"({"client_id": "us", "client_secret": "a secret there", "attributes_request_method": "GET",
                         "oidc_issuer": "https://op.example", "authorize_scopes": "openid email"})");
    }
    static object social() {
        return parse(R"({"client_id": "us", "client_secret": "a secret there", "authorize_scopes": "email"})");
    }
    object request(const std::string& name, const char* type, const object& details, const object& more = {}) const {
        return with(
            {{"UserPoolId", pool}, {"ProviderName", name}, {"ProviderType", type}, {"ProviderDetails", details}}, more);
    }
    object create(const std::string& name, const char* type, const object& details, const object& more = {}) {
        return part(call("CreateIdentityProvider", request(name, type, details, more)), "IdentityProvider");
    }
    Refused create_refusal(const std::string& name, const char* type, const object& details, const object& more = {}) {
        return refusal("CreateIdentityProvider", request(name, type, details, more));
    }
    object named(const std::string& name, const object& more = {}) const {
        return with({{"UserPoolId", pool}, {"ProviderName", name}}, more);
    }
    object describe(const std::string& name) {
        return part(call("DescribeIdentityProvider", named(name)), "IdentityProvider");
    }
    std::string pool = add_pool();
};

TEST_F(Providers, are_shown_as_they_were_made) {
    const auto made = create("Partner", "OIDC", oidc(),
                             {{"AttributeMapping", object{{"email", "mail"}}},
                              {"IdpIdentifiers", array{"partner.example"}},
                              {"AcrMapping", object{{"Level1", "low"}, {"Level4", "high"}}}});
    EXPECT_EQ(made, (object{{"UserPoolId", pool},
                            {"ProviderName", "Partner"},
                            {"ProviderType", "OIDC"},
                            {"ProviderDetails", with(oidc(), {{"attributes_url_add_attributes", "false"}})},
                            {"AttributeMapping", object{{"email", "mail"}, {"username", "sub"}}},
                            {"IdpIdentifiers", array{"partner.example"}},
                            {"AcrMapping", object{{"Level1", "low"}, {"Level4", "high"}}},
                            {"LastModifiedDate", 1.8e9},
                            {"CreationDate", 1.8e9}}));
    EXPECT_EQ(describe("Partner"), made);
    EXPECT_EQ(
        part(call("GetIdentityProviderByIdentifier", {{"UserPoolId", pool}, {"IdpIdentifier", "PARTNER.example"}}),
             "IdentityProvider"),
        made);
    EXPECT_EQ(call("ListIdentityProviders", {{"UserPoolId", pool}}).at("Providers").as_array(),
              (array{object{{"ProviderName", "Partner"},
                            {"ProviderType", "OIDC"},
                            {"LastModifiedDate", 1.8e9},
                            {"CreationDate", 1.8e9}}}));
}

TEST_F(Providers, of_social_networks_know_where_these_are) {
    const auto details = [&](const char* type, const object& given) {
        return part(create(type, type, given), "ProviderDetails");
    };
    const auto google = details("Google", social());
    EXPECT_EQ(text(google, "token_url"), "https://www.googleapis.com/oauth2/v4/token");
    EXPECT_EQ(text(google, "attributes_url_add_attributes"), "true");
    EXPECT_EQ(text(google, "client_secret"), "a secret there");
    const auto facebook = details("Facebook", with(social(), {{"api_version", "v12.0"}}));
    EXPECT_EQ(text(facebook, "authorize_url"), "https://www.facebook.com/v12.0/dialog/oauth");
    EXPECT_EQ(text(details("LoginWithAmazon", social()), "authorize_url"), "https://www.amazon.com/ap/oa");
    EXPECT_EQ(text(describe("LoginWithAmazon"), "AttributeMapping.username"), "user_id");
    EXPECT_EQ(text(describe("Facebook"), "AttributeMapping.username"), "id");
}

TEST_F(Providers, never_show_a_private_key_and_keep_it_over_an_update) {
    const object apple{{"client_id", "us"},
                       {"team_id", "t"},
                       {"key_id", "k"},
                       {"private_key", "the key"},
                       {"authorize_scopes", "email"}};
    EXPECT_FALSE(part(create("SignInWithApple", "SignInWithApple", apple), "ProviderDetails").contains("private_key"));
    const auto shown = part(describe("SignInWithApple"), "ProviderDetails");
    EXPECT_FALSE(shown.contains("private_key"));
    call("UpdateIdentityProvider",
         named("SignInWithApple", {{"ProviderDetails", with(shown, {{"authorize_scopes", "email name"}})}}));
    EXPECT_EQ(text(describe("SignInWithApple"), "ProviderDetails.authorize_scopes"), "email name");
    EXPECT_EQ(create_refusal("Another", "SignInWithApple", apple).type, "InvalidParameter");
}

TEST_F(Providers, need_all_that_they_are_reached_with) {
    for (const char* required : {"client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"})
        EXPECT_EQ(
            create_refusal("Partner", "OIDC", with(oidc(), {{required, nullptr}})),
            (Refused{"InvalidParameter", "Missing required key in ProviderDetails of OIDC: " + std::string(required)}));
    for (const char* required : {"client_id", "client_secret", "authorize_scopes"})
        EXPECT_EQ(create_refusal("Google", "Google", with(social(), {{required, nullptr}})).type, "InvalidParameter");
    EXPECT_EQ(create_refusal("Partner", "OIDC", with(oidc(), {{"client_secrets", "x"}})).type, "InvalidParameter");
    EXPECT_EQ(create_refusal("Partner", "OIDC", with(oidc(), {{"attributes_request_method", "PUT"}})).type,
              "InvalidParameter");
    EXPECT_EQ(create_refusal("Partner", "OIDC", with(oidc(), {{"token_url", "https://op.example/t"}})).type,
              "InvalidParameter")
        << "all endpoints or none";
    EXPECT_EQ(create_refusal("Facebook", "Facebook", with(social(), {{"api_version", "v1/../../x"}})).type,
              "InvalidParameter");
}

// Attack row 34: what is fetched later is held to https, and to a plain host.
TEST_F(Providers, are_reached_by_https_alone) {
    for (const char* url : {"http://op.example", "ftp://op.example", "file:///etc/passwd", "https://user@op.example",
                            "https://op.example/#x", "javascript:alert(1)", "op.example", "https://", "gopher://x",
                            "http://169.254.169.254/", "https://op.example/ x"})
        EXPECT_EQ(create_refusal("Partner", "OIDC", with(oidc(), {{"oidc_issuer", url}})),
                  (Refused{"InvalidParameter", "The value of oidc_issuer in ProviderDetails must be an https URL."}))
            << url;
    create("Partner", "OIDC", with(oidc(), {{"oidc_issuer", "http://localhost:8080/realms/x"}}));
    EXPECT_EQ(create_refusal("Other", "SAML", {{"MetadataURL", "http://idp.example/metadata"}}).type,
              "InvalidParameter");
}

TEST_F(Providers, of_saml_bring_metadata_in_one_way) {
    const std::string metadata = R"(<?xml version="1.0"?><EntityDescriptor entityID="x"/>)";
    EXPECT_EQ(create_refusal("Saml", "SAML", {}).type, "InvalidParameter");
    EXPECT_EQ(
        create_refusal("Saml", "SAML", {{"MetadataURL", "https://idp.example/m"}, {"MetadataFile", metadata}}).type,
        "InvalidParameter");
    EXPECT_EQ(create_refusal("Saml", "SAML", {{"MetadataFile", "no XML"}}).type, "InvalidParameter");
    EXPECT_EQ(create_refusal("Saml", "SAML",
                             {{"MetadataFile", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + metadata}})
                  .type,
              "InvalidParameter");
    EXPECT_EQ(create_refusal("Saml", "SAML", {{"MetadataFile", metadata}, {"IDPInit", "yes"}}).type,
              "InvalidParameter");
    const auto made = create("Saml", "SAML", {{"MetadataFile", metadata}, {"IDPSignout", "true"}});
    EXPECT_EQ(text(made, "ProviderDetails.MetadataFile"), metadata);
    EXPECT_EQ(part(made, "AttributeMapping"), object{});
    EXPECT_EQ(
        create_refusal("Samm", "SAML", {{"MetadataFile", metadata}}, {{"AcrMapping", object{{"Level1", "x"}}}}).type,
        "InvalidParameter");
}

// Attack row 32: two providers must not be one in the names of their users.
TEST_F(Providers, have_names_that_nobody_else_has) {
    create("Partner", "OIDC", oidc());
    EXPECT_EQ(create_refusal("Partner", "OIDC", oidc()),
              (Refused{"DuplicateProvider", "Provider Partner already exists."}));
    EXPECT_EQ(create_refusal("partner", "OIDC", oidc()).type, "DuplicateProvider");
    for (const char* reserved : {"Cognito", "COGNITO", "Google", "google", "LoginWithAmazon"})
        EXPECT_EQ(create_refusal(reserved, "OIDC", oidc()).type, "InvalidParameter") << reserved;
    EXPECT_EQ(create_refusal("MyGoogle", "Google", social()).type, "InvalidParameter");
    for (const char* malformed : {"ab", "_abc", "abc_", "a bc", " abc", "ab_c"})
        EXPECT_EQ(create_refusal(malformed, "OIDC", oidc()).type, "InvalidParameter") << malformed;
    create("a_bc", "OIDC", oidc());
    EXPECT_EQ(create_refusal("Other", "OIDC", oidc(), {{"IdpIdentifiers", array{"x.example", "X.example"}}}).type,
              "DuplicateProvider");
}

TEST_F(Providers, map_to_attributes_that_the_pool_has) {
    EXPECT_EQ(create_refusal("Partner", "OIDC", oidc(), {{"AttributeMapping", object{{"custom:none", "x"}}}}).type,
              "InvalidParameter");
    EXPECT_EQ(create_refusal("Partner", "OIDC", oidc(), {{"AttributeMapping", object{{"sub", "x"}}}}).type,
              "InvalidParameter");
    call("AddCustomAttributes", {{"UserPoolId", pool}, {"CustomAttributes", array{object{{"Name", "team"}}}}});
    create("Partner", "OIDC", oidc(), {{"AttributeMapping", object{{"custom:team", "groups"}}}});
}

TEST_F(Providers, change_in_what_is_given) {
    create("Partner", "OIDC", oidc(),
           {{"AttributeMapping", object{{"email", "mail"}}}, {"IdpIdentifiers", array{"partner.example"}}});
    clock.advance(std::chrono::seconds(1));
    const auto updated =
        part(call("UpdateIdentityProvider", named("Partner", {{"AttributeMapping", object{{"name", "n"}}}})),
             "IdentityProvider");
    EXPECT_EQ(part(updated, "AttributeMapping"), (object{{"name", "n"}, {"username", "sub"}}));
    EXPECT_EQ(text(updated, "ProviderDetails.client_secret"), "a secret there");
    EXPECT_EQ(updated.at("IdpIdentifiers"), array{"partner.example"});
    EXPECT_EQ(updated.at("LastModifiedDate"), 1.800000001e9);
    const auto cleared = call("UpdateIdentityProvider", named("Partner", {{"IdpIdentifiers", array{}}}));
    EXPECT_EQ(part(cleared, "IdentityProvider").at("IdpIdentifiers"), array{});
    EXPECT_EQ(
        refusal("GetIdentityProviderByIdentifier", {{"UserPoolId", pool}, {"IdpIdentifier", "partner.example"}}).type,
        "ResourceNotFound");
    EXPECT_EQ(send("DeleteIdentityProvider", named("Partner")).body, "");
    EXPECT_EQ(refusal("DescribeIdentityProvider", named("Partner")),
              (Refused{"ResourceNotFound", "Identity provider Partner does not exist."}));
}

TEST_F(Providers, are_what_clients_may_name) {
    const object client{
        {"UserPoolId", pool}, {"ClientName", "c"}, {"SupportedIdentityProviders", array{"COGNITO", "Partner"}}};
    EXPECT_EQ(refusal("CreateUserPoolClient", client),
              (Refused{"InvalidParameter", "The provider Partner does not exist for User Pool " + pool + "."}));
    create("Partner", "OIDC", oidc());
    const auto made = part(call("CreateUserPoolClient", client), "UserPoolClient");
    EXPECT_EQ(made.at("SupportedIdentityProviders"), (array{"COGNITO", "Partner"}));
}

TEST_F(Providers, come_in_pages) {
    for (const char* name : {"Alpha", "Beta", "Gamma"}) create(name, "OIDC", oidc());
    const auto first = call("ListIdentityProviders", {{"UserPoolId", pool}, {"MaxResults", 2}});
    EXPECT_EQ(first.at("Providers").as_array().size(), 2U);
    const object rest{{"UserPoolId", pool}, {"MaxResults", 2}, {"NextToken", text(first, "NextToken")}};
    const auto last = call("ListIdentityProviders", rest);
    EXPECT_EQ(text(last.at("Providers").as_array().at(0).as_object(), "ProviderName"), "Gamma");
    EXPECT_FALSE(last.contains("NextToken"));
    EXPECT_EQ(refusal("ListIdentityProviders", with(rest, {{"UserPoolId", add_pool()}})), invalid_page);
}

class Links : public Providers {
protected:
    Links() {
        create("Partner", "OIDC", oidc(), {{"AttributeMapping", object{{"email", "mail"}}}});
        for (const char* name : {"ann", "bob"}) add_local_user(name);
    }
    void add_local_user(const std::string& name) {
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", name}, {"MessageAction", "SUPPRESS"}});
    }
    object link(const std::string& user, const std::string& subject, const object& source = {}) const {
        return {{"UserPoolId", pool},
                {"DestinationUser", object{{"ProviderName", "Cognito"}, {"ProviderAttributeValue", user}}},
                {"SourceUser", with({{"ProviderName", "Partner"},
                                     {"ProviderAttributeName", "Cognito_Subject"},
                                     {"ProviderAttributeValue", subject}},
                                    source)}};
    }
    object user_at(const std::string& provider, const std::string& value) const {
        return {{"UserPoolId", pool},
                {"User", object{{"ProviderName", provider},
                                {"ProviderAttributeName", "Cognito_Subject"},
                                {"ProviderAttributeValue", value}}}};
    }
    std::string identities(const std::string& user) {
        const auto found = call("AdminGetUser", {{"UserPoolId", pool}, {"Username", user}});
        return attribute(found.at("UserAttributes").as_array(), "identities");
    }
};

TEST_F(Links, show_in_the_identities_of_a_user) {
    EXPECT_EQ(identities("ann"), "");
    EXPECT_EQ(call("AdminLinkProviderForUser", link("ann", "s1")), object{});
    EXPECT_EQ(boost::json::parse(identities("ann")).as_array(), (array{object{{"userId", "s1"},
                                                                              {"providerName", "Partner"},
                                                                              {"providerType", "OIDC"},
                                                                              {"issuer", "https://op.example"},
                                                                              {"primary", false},
                                                                              {"dateCreated", 1'800'000'000'000}}}));
    EXPECT_EQ(call("AdminDisableProviderForUser", user_at("Partner", "s1")), object{});
    EXPECT_EQ(identities("ann"), "");
    EXPECT_EQ(refusal("AdminDisableProviderForUser", user_at("Partner", "s1")), unknown_user);
}

TEST_F(Links, bind_an_identity_to_one_user) {
    call("AdminLinkProviderForUser", link("ann", "s1"));
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s1")),
              (Refused{"InvalidParameter", "SourceUser is already linked to DestinationUser"}));
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("bob", "s1")).type, "AliasExists");
    EXPECT_EQ(identities("bob"), "");
    for (int i = 2; i <= 5; ++i) call("AdminLinkProviderForUser", link("ann", "s" + std::to_string(i)));
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s6")).type, "LimitExceeded");
}

TEST_F(Links, need_a_provider_a_user_and_what_the_provider_maps) {
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("nobody", "s1")), unknown_user);
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s1", {{"ProviderName", "Nobody"}})).type,
              "ResourceNotFound");
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s1", {{"ProviderName", "Cognito"}})).type,
              "InvalidParameter");
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s1", {{"ProviderAttributeName", "phone_number"}})).type,
              "InvalidParameter");
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "")).type, "InvalidParameter");
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", std::string(1025, 's'))).type, "InvalidParameter");
    call("AdminLinkProviderForUser", link("ann", "ann@partner.example", {{"ProviderAttributeName", "email"}}));
}

TEST_F(Links, are_refused_where_the_source_has_a_profile_of_its_own) {
    add_local_user("Partner_s1");
    EXPECT_EQ(refusal("AdminLinkProviderForUser", link("ann", "s1")),
              (Refused{"InvalidParameter",
                       "Merging is not currently supported, provide a SourceUser that has not been signed up in order "
                       "to link"}));
}

TEST_F(Links, end_with_their_user) {
    call("AdminLinkProviderForUser", link("ann", "s1"));
    call("AdminDeleteUser", {{"UserPoolId", pool}, {"Username", "ann"}});
    call("AdminLinkProviderForUser", link("bob", "s1"));
    EXPECT_NE(identities("bob"), "");
}

TEST_F(Links, of_the_pool_itself_are_disabled_by_taking_the_password) {
    const auto client = add_client(pool);
    add_local_user("carol");
    call("AdminSetUserPassword",
         {{"UserPoolId", pool}, {"Username", "carol"}, {"Password", good}, {"Permanent", true}});
    EXPECT_NE(text(sign_in(client, "carol"), "AuthenticationResult.AccessToken"), "");
    call("AdminDisableProviderForUser", user_at("Cognito", "carol"));
    EXPECT_EQ(sign_in_refusal(client, "carol", good).type, "NotAuthorized");
    EXPECT_EQ(text(call("AdminGetUser", {{"UserPoolId", pool}, {"Username", "carol"}}), "UserStatus"),
              "EXTERNAL_PROVIDER");
}

}  // namespace
}  // namespace symbolon::aws
