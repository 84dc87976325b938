// What pools and clients are set to beside their first settings: schema, certificate, tiers, issuer, sessions,
// replicas, limits (cognito-api.md §2.1, §2.2, §5.2, §5.11).
#include "aws/house.hpp"

#include "base/encoding.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace symbolon::aws {
namespace {

class PoolConfiguration : public House {
protected:
    object of(const object& more = {}) const { return with({{"UserPoolId", pool}}, more); }
    object describe() { return part(call("DescribeUserPool", of()), "UserPool"); }
    Refused create_refusal(const object& more) { return refusal("CreateUserPool", with({{"PoolName", "p"}}, more)); }
    std::string pool = add_pool();
};

TEST_F(PoolConfiguration, custom_attributes_are_appended_to_the_schema) {
    const auto before = describe().at("SchemaAttributes").as_array().size();
    EXPECT_EQ(call("AddCustomAttributes", of({{"CustomAttributes", parse(R"({"a": [{"Name": "team"},
                        {"Name": "age", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "0"}},
                        {"Name": "secret", "DeveloperOnlyAttribute": true}, {"Name": "email"}]})")
                                                                       .at("a")}})),
              object{});
    const auto schema = describe().at("SchemaAttributes").as_array();
    ASSERT_EQ(schema.size(), before + 4);
    EXPECT_EQ(text(schema[before].as_object(), "Name"), "custom:team");
    EXPECT_EQ(text(schema[before + 1].as_object(), "NumberAttributeConstraints.MinValue"), "0");
    EXPECT_EQ(text(schema[before + 2].as_object(), "Name"), "dev:custom:secret");
    EXPECT_EQ(text(schema[before + 3].as_object(), "Name"), "custom:email");
}

TEST_F(PoolConfiguration, custom_attributes_have_names_of_their_own_and_an_end) {
    const auto attributes = [&](int count, const std::string& prefix) {
        array all;
        for (int i = 0; i < count; ++i) all.push_back(object{{"Name", prefix + std::to_string(i)}});
        return of({{"CustomAttributes", all}});
    };
    call("AddCustomAttributes", attributes(25, "a"));
    EXPECT_EQ(refusal("AddCustomAttributes", attributes(1, "a")),
              (Refused{"InvalidParameter", "custom:a0: Existing attribute already has name custom:a0."}));
    EXPECT_EQ(refusal("AddCustomAttributes", attributes(26, "b")).type, "InvalidParameter");
    EXPECT_EQ(refusal("AddCustomAttributes", attributes(0, "b")).type, "InvalidParameter");
    call("AddCustomAttributes", attributes(25, "b"));
    EXPECT_EQ(refusal("AddCustomAttributes", attributes(1, "c")).type, "InvalidParameter");
    EXPECT_EQ(refusal("AddCustomAttributes", of({{"CustomAttributes", array{object{{"Required", false}}}}})),
              (Refused{"InvalidParameter",
                       "1 validation error detected: Value null at 'customAttributes.1.member.name' failed to satisfy "
                       "constraint: Member must not be null"}));
    EXPECT_EQ(
        refusal("AddCustomAttributes", of({{"CustomAttributes", array{object{{"Name", "x"}, {"Required", true}}}}}))
            .type,
        "InvalidParameter");
}

TEST_F(PoolConfiguration, the_signing_certificate_is_of_one_pool_and_stays) {
    const auto certificate = text(call("GetSigningCertificate", of()), "Certificate");
    EXPECT_EQ(text(call("GetSigningCertificate", of()), "Certificate"), certificate);
    const auto der = parse_base64(certificate);
    ASSERT_TRUE(der);
    const auto* bytes = der->data();
    const std::unique_ptr<X509, decltype(&X509_free)> parsed(d2i_X509(nullptr, &bytes, static_cast<long>(der->size())),
                                                             X509_free);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(X509_verify(parsed.get(), X509_get0_pubkey(parsed.get())), 1) << "signed with its own key";
    EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(parsed.get())), 2048);
    pool = add_pool();
    EXPECT_NE(text(call("GetSigningCertificate", of()), "Certificate"), certificate);
    EXPECT_EQ(refusal("GetSigningCertificate", {{"UserPoolId", "us-east-1_Nowhere99"}}).type, "ResourceNotFound");
}

TEST_F(PoolConfiguration, keys_issuer_and_levels_have_defaults_that_are_shown) {
    const auto shown = describe();
    EXPECT_EQ(shown.at("KeyConfiguration"), parse(R"({"KeyType": "AWS_OWNED_KEY"})"));
    EXPECT_EQ(shown.at("IssuerConfiguration"), parse(R"({"Type": "ORIGINAL"})"));
    EXPECT_EQ(shown.at("AcrConfiguration"),
              parse(R"({"Level1": {"AcrValue": "urn:cognito:loa:1"}, "Level2": {"AcrValue": "urn:cognito:loa:2"},
                        "Level3": {"AcrValue": "urn:cognito:loa:3"}, "Level4": {"AcrValue": "urn:cognito:loa:4"}})"));
    EXPECT_FALSE(shown.contains("DcrConfiguration"));
}

TEST_F(PoolConfiguration, issuer_key_and_registration_stay_when_an_update_leaves_them_out) {
    const auto settings = parse(R"({"IssuerConfiguration": {"Type": "UPDATED"},
        "KeyConfiguration": {"KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/mrk-1"},
        "DcrConfiguration": {"AllowedScopes": ["openid"]}, "AcrConfiguration": {"Level2": {"AcrValue": "two"}}})");
    call("UpdateUserPool", of(settings));
    const auto set = describe();
    EXPECT_EQ(text(set, "KeyConfiguration.KeyType"), "CUSTOMER_MANAGED_KEY");
    EXPECT_EQ(part(set, "DcrConfiguration"),
              parse(R"({"EnableStatus": "Enabled", "OpenDcrEnabled": false, "AllowedScopes": ["openid"]})"));
    EXPECT_EQ(text(set, "AcrConfiguration.Level2.AcrValue"), "two");
    EXPECT_EQ(text(set, "AcrConfiguration.Level3.AcrValue"), "urn:cognito:loa:3");
    call("UpdateUserPool", of({{"PoolName", "renamed"}}));
    const auto kept = describe();
    for (const char* member : {"IssuerConfiguration", "KeyConfiguration", "DcrConfiguration"})
        EXPECT_EQ(kept.at(member), set.at(member)) << member;
    EXPECT_EQ(text(kept, "AcrConfiguration.Level2.AcrValue"), "urn:cognito:loa:2");
}

TEST_F(PoolConfiguration, settings_that_contradict_each_other_are_refused) {
    for (const char* settings :
         {R"({"KeyConfiguration": {"KeyType": "CUSTOMER_MANAGED_KEY"}})",
          R"({"KeyConfiguration": {"KeyType": "AWS_OWNED_KEY",
                                   "KmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/1"}})",
          R"({"AcrConfiguration": {"Level5": {"AcrValue": "x"}}})",
          R"({"AcrConfiguration": {"Level1": {"AcrValue": "urn:cognito:loa:2"}}})",
          R"({"AcrConfiguration": {"Level1": {}}})", R"({"SmsConfiguration": {"ExternalId": "x"}})",
          R"({"IssuerConfiguration": {"Type": "MINE"}})"})
        EXPECT_EQ(create_refusal(parse(settings)).type, "InvalidParameter") << settings;
    const auto eums = parse(R"({"SmsConfiguration": {"EumsSms":
        {"CallerArn": "arn:aws:iam::000000000000:role/sms"}}})");
    call("CreateUserPool", with({{"PoolName", "p"}}, eums));
}

TEST_F(PoolConfiguration, a_tier_has_what_it_has) {
    for (const char* settings :
         {R"({"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}})",
          R"({"UserPoolTier": "LITE", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}})",
          R"({"UserPoolTier": "LITE", "Policies": {"PasswordPolicy": {"PasswordHistorySize": 2}}})",
          R"({"UserPoolTier": "LITE",
              "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}})",
          R"({"UserPoolTier": "LITE", "DcrConfiguration": {}})",
          R"({"UserPoolTier": "LITE", "AcrConfiguration": {"Level1": {"AcrValue": "x"}}})"})
        EXPECT_EQ(create_refusal(parse(settings)).type, "FeatureUnavailableInTier") << settings;
    for (const char* settings : {R"({"UserPoolTier": "LITE"})",
                                 R"({"UserPoolTier": "LITE", "DcrConfiguration": {"EnableStatus": "Disabled"}})",
                                 R"({"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}})",
                                 R"({"Policies": {"PasswordPolicy": {"PasswordHistorySize": 2}}})"})
        call("CreateUserPool", with({{"PoolName", "p"}}, parse(settings)));
}

TEST_F(PoolConfiguration, a_tier_is_not_left_while_it_is_in_use) {
    call("UpdateUserPool", of({{"DcrConfiguration", object{}}}));
    EXPECT_EQ(refusal("UpdateUserPool", of({{"UserPoolTier", "LITE"}})).type, "TierChangeNotAllowed");
    call("UpdateUserPool", of({{"UserPoolTier", "LITE"}, {"DcrConfiguration", object{{"EnableStatus", "Disabled"}}}}));
    EXPECT_EQ(text(describe(), "UserPoolTier"), "LITE");
    EXPECT_EQ(refusal("CreateUserPoolDomain", of({{"Domain", "lite"}, {"ManagedLoginVersion", 2}})).type,
              "FeatureUnavailableInTier");
    EXPECT_EQ(refusal("SetUserPoolSessionConfiguration",
                      of({{"UserSessionTracking", "ENABLED"}, {"TokenSession", object{{"MaxPerUser", 1}}}}))
                  .type,
              "FeatureUnavailableInTier");
}

TEST_F(PoolConfiguration, sessions_are_tracked_as_they_are_set) {
    EXPECT_EQ(call("GetUserPoolSessionConfiguration", of()),
              of(parse(R"({"UserSessionTracking": "DISABLED", "TokenSession": {"MaxPerUser": 20}})")));
    const auto client = add_client(pool);
    const auto of_client = of({{"ClientId", client}});
    EXPECT_EQ(call("GetUserPoolClientSessionConfiguration", of_client),
              with(of_client, parse(R"({"SSOSession": {"MaxValidityMinutes": 60}})")));
    const auto minutes = [&](int count) {
        return with(of_client, {{"SSOSession", object{{"MaxValidityMinutes", count}}}});
    };
    EXPECT_EQ(refusal("SetUserPoolClientSessionConfiguration", minutes(5)).type, "InvalidParameter");
    const auto on = of(parse(R"({"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 3}})"));
    EXPECT_EQ(call("SetUserPoolSessionConfiguration", on), on);
    EXPECT_EQ(call("GetUserPoolSessionConfiguration", of()), on);
    EXPECT_EQ(call("SetUserPoolClientSessionConfiguration", minutes(0)), minutes(0));
    EXPECT_EQ(call("GetUserPoolClientSessionConfiguration", of_client), minutes(0));
    for (const int count : {-1, 129601})
        EXPECT_EQ(refusal("SetUserPoolClientSessionConfiguration", minutes(count)).type, "InvalidParameter");
    for (const int most : {0, 101})
        EXPECT_EQ(
            refusal("SetUserPoolSessionConfiguration", with(on, {{"TokenSession", object{{"MaxPerUser", most}}}})).type,
            "InvalidParameter");
    // What is set for the client survives its update and the pool's.
    call("UpdateUserPool", of());
    call("UpdateUserPoolClient", of_client);
    EXPECT_EQ(call("GetUserPoolSessionConfiguration", of()), on);
    EXPECT_EQ(call("GetUserPoolClientSessionConfiguration", of_client), minutes(0));
}

class Replicas : public PoolConfiguration {
protected:
    object in(const char* region, const object& more = {}) const { return of(with({{"RegionName", region}}, more)); }
    std::string list() {
        std::string all;
        const auto found = call("ListUserPoolReplicas", of());
        for (const auto& one : found.at("UserPoolReplicas").as_array())
            all += text(one.as_object(), "RegionName") + " " + text(one.as_object(), "Role") + " " +
                   text(one.as_object(), "Status") + ";";
        return all;
    }
};

TEST_F(Replicas, are_made_inactive_one_a_region) {
    EXPECT_EQ(list(), "us-east-1 PRIMARY ACTIVE;");
    EXPECT_EQ(part(call("CreateUserPoolReplica", in("eu-west-1")), "UserPoolReplica"),
              (object{{"RegionName", "eu-west-1"},
                      {"Status", "CREATING"},
                      {"Role", "SECONDARY"},
                      {"UserPoolArn", "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/" + pool}}));
    EXPECT_EQ(list(), "us-east-1 PRIMARY ACTIVE;eu-west-1 SECONDARY INACTIVE;");
    for (const char* region : {"eu-west-1", "us-east-1", "EU-WEST-1", "-----", "../etc"})
        EXPECT_EQ(refusal("CreateUserPoolReplica", in(region)).type, "InvalidParameter") << region;
    const auto pools = call("ListUserPools", {{"MaxResults", 60}}).at("UserPools").as_array();
    EXPECT_EQ(pools.at(0).as_object().at("ReplicaRegions"), array{"eu-west-1"});
}

TEST_F(Replicas, are_deleted_only_while_they_are_inactive) {
    call("CreateUserPoolReplica", in("eu-west-1"));
    EXPECT_EQ(text(call("UpdateUserPoolReplica", in("eu-west-1", {{"Status", "ACTIVE"}})), "UserPoolReplica.Status"),
              "ACTIVE");
    EXPECT_EQ(refusal("DeleteUserPoolReplica", in("eu-west-1")).type, "InvalidParameter");
    call("UpdateUserPoolReplica", in("eu-west-1", {{"Status", "INACTIVE"}}));
    EXPECT_EQ(text(call("DeleteUserPoolReplica", in("eu-west-1")), "UserPoolReplica.Status"), "DELETING");
    EXPECT_EQ(list(), "us-east-1 PRIMARY ACTIVE;");
    EXPECT_EQ(refusal("DeleteUserPoolReplica", in("eu-west-1")).type, "ResourceNotFound");
    EXPECT_EQ(refusal("DeleteUserPoolReplica", in("us-east-1")).type, "InvalidParameter");
}

TEST_F(PoolConfiguration, limits_are_between_the_free_value_and_the_most) {
    const auto limit = [](const char* category, const object& more = {}) {
        return with({{"LimitDefinition",
                      object{{"LimitClass", "API_CATEGORY"}, {"Attributes", object{{"Category", category}}}}}},
                    more);
    };
    const auto get = [&](const char* category) {
        return part(call("GetProvisionedLimit", limit(category)), "Limit").at("ProvisionedLimitValue");
    };
    EXPECT_EQ(get("UserAuthentication"), 120);
    const auto set =
        part(call("UpdateProvisionedLimit", limit("UserAuthentication", {{"RequestedLimitValue", 240}})), "Limit");
    EXPECT_EQ(set, with(limit("UserAuthentication"), {{"ProvisionedLimitValue", 240}, {"FreeLimitValue", 120}}));
    EXPECT_EQ(get("UserAuthentication"), 240);
    EXPECT_EQ(get("UserCreation"), 50);
    const auto refuse = [&](const char* category, int value) {
        return refusal("UpdateProvisionedLimit", limit(category, {{"RequestedLimitValue", value}})).type;
    };
    EXPECT_EQ(refuse("UserCreation", 49), "InvalidParameter");
    EXPECT_EQ(refuse("UserCreation", 501), "ServiceQuotaExceeded");
    EXPECT_EQ(refuse("Nothing", 50), "ResourceNotFound");
    EXPECT_EQ(refusal("GetProvisionedLimit",
                      parse(R"({"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {}}})"))
                  .type,
              "InvalidParameter");
}

TEST_F(PoolConfiguration, routing_is_for_custom_domains) {
    const auto routing = parse(R"({"Failover": {"SecondaryRegion": "eu-west-1",
                                                "PrimaryRoute53HealthCheckId": "check"}})");
    const auto custom = of(parse(R"({"Domain": "auth.example.com", "CustomDomainConfig": {
        "CertificateArn": "arn:aws:acm:us-east-1:000000000000:certificate/1", "SecurityPolicy": "TLS_V1_3_2025"}})"));
    EXPECT_EQ(refusal("CreateUserPoolDomain", of({{"Domain", "prefix"}, {"Routing", routing}})).type,
              "InvalidParameter");
    EXPECT_EQ(part(call("CreateUserPoolDomain", with(custom, {{"Routing", routing}})), "Routing"), routing);
    const auto shown = part(call("DescribeUserPoolDomain", {{"Domain", "auth.example.com"}}), "DomainDescription");
    EXPECT_EQ(part(shown, "Routing"), routing);
    EXPECT_EQ(text(shown, "CustomDomainConfig.SecurityPolicy"), "TLS_V1_3_2025");
    EXPECT_EQ(part(call("UpdateUserPoolDomain", custom), "Routing"), routing);
}

TEST_F(PoolConfiguration, clients_are_listed_by_type) {
    const auto client = add_client(pool);
    const auto of_type = [&](const char* type) {
        return call("ListUserPoolClients", of({{"ClientType", type}})).at("UserPoolClients").as_array();
    };
    EXPECT_EQ(of_type("REGULAR").size(), 1U);
    EXPECT_EQ(of_type("DCR"), array{});
    EXPECT_EQ(refusal("ListUserPoolClients", of({{"ClientType", "OTHER"}})).type, "InvalidParameter");
}

}  // namespace
}  // namespace symbolon::aws
