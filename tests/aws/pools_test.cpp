// User pools (cognito-api.md §2.1, §5.2, §5.3, §5.6).
#include "aws/house.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

#include <future>

namespace symbolon::aws {
namespace {

class Pools : public House {
protected:
    object describe(const std::string& pool) {
        return part(call("DescribeUserPool", {{"UserPoolId", pool}}), "UserPool");
    }
    object update(const std::string& pool, const object& members) {
        call("UpdateUserPool", with({{"UserPoolId", pool}}, members));
        return describe(pool);
    }
};

const object sms = parse(R"({"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"}})");

TEST_F(Pools, a_pool_of_a_name_alone_has_the_defaults) {
    const auto made = part(call("CreateUserPool", {{"PoolName", "my pool"}}), "UserPool");
    const auto id = text(made, "Id");
    EXPECT_TRUE(id.starts_with("us-east-1_")) << id;
    EXPECT_EQ(id.size(), std::string("us-east-1_").size() + 9);
    EXPECT_EQ(text(made, "Arn"), "arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + id);
    EXPECT_EQ(text(made, "Name"), "my pool");
    EXPECT_EQ(made.at("Policies"),
              parse(R"({"PasswordPolicy": {"MinimumLength": 8, "RequireUppercase": true, "RequireLowercase": true,
                          "RequireNumbers": true, "RequireSymbols": true, "TemporaryPasswordValidityDays": 7},
                        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}})"));
    EXPECT_EQ(text(made, "DeletionProtection"), "INACTIVE");
    EXPECT_EQ(text(made, "MfaConfiguration"), "OFF");
    EXPECT_EQ(text(made, "UserPoolTier"), "ESSENTIALS");
    EXPECT_EQ(made.at("LambdaConfig"), object{});
    EXPECT_EQ(made.at("UserPoolTags"), object{});
    EXPECT_EQ(made.at("VerificationMessageTemplate"), parse(R"({"DefaultEmailOption": "CONFIRM_WITH_CODE"})"));
    EXPECT_EQ(made.at("EmailConfiguration"), parse(R"({"EmailSendingAccount": "COGNITO_DEFAULT"})"));
    EXPECT_EQ(made.at("AdminCreateUserConfig"),
              parse(R"({"AllowAdminCreateUserOnly": false, "UnusedAccountValidityDays": 7})"));
    EXPECT_EQ(made.at("AccountRecoverySetting"), parse(R"({"RecoveryMechanisms":
        [{"Priority": 1, "Name": "verified_email"}, {"Priority": 2, "Name": "verified_phone_number"}]})"));
    EXPECT_EQ(made.at("EstimatedNumberOfUsers"), 0);
    EXPECT_EQ(made.at("SchemaAttributes").as_array().size(), 20U);
    for (const char* absent : {"AutoVerifiedAttributes", "AliasAttributes", "UsernameAttributes", "SmsConfiguration",
                               "UsernameConfiguration", "DeviceConfiguration", "Domain", "CustomDomain", "Status",
                               "Schema", "PoolName", "SoftwareTokenMfaConfiguration"}) {
        EXPECT_FALSE(made.contains(absent)) << absent;
    }
    EXPECT_EQ(describe(id), made);
    EXPECT_EQ(call("GetUserPoolMfaConfig", {{"UserPoolId", id}}), parse(R"({"MfaConfiguration": "OFF"})"));
}

TEST_F(Pools, a_pool_can_sign_tokens_as_soon_as_it_is_made) {
    const auto made = call("CreateUserPool", with(tutorial(), {{"PoolName", "tutorial"}}));
    const auto pool = text(made, "UserPool.Id");
    const auto client = add_client(pool);
    add_user(pool, client);
    EXPECT_NE(text(tokens(pool, client), "AccessToken"), "");
}

/// Making keys takes long enough to hold up everybody else on an event loop, so a few threads do it, or refuse to.
TEST_F(Pools, keys_are_made_by_workers_who_refuse_when_they_have_too_much_to_do) {
    std::promise<void> let_go;
    const auto busy = let_go.get_future().share();
    boost::asio::io_context loop;
    for (int i = 0; i < 2; ++i) {  // one runs, one waits
        const auto work = [busy] {
            busy.wait();
            return 0;
        };
        boost::asio::co_spawn(loop, workers.run(work), boost::asio::detached);
    }
    loop.poll();
    EXPECT_EQ(refusal("CreateUserPool", {{"PoolName", "p"}}), (Refused{"TooManyRequests", "Rate exceeded"}));
    let_go.set_value();
    loop.run();
    call("CreateUserPool", {{"PoolName", "p"}});
}

TEST_F(Pools, a_bad_configuration_makes_no_pool) {
    const auto refuse = [&](object members, std::string_view message) {
        members["PoolName"] = "p";
        EXPECT_EQ(refusal("CreateUserPool", members), (Refused{"InvalidParameter", std::string(message)}));
    };
    refuse(parse(R"({"MfaConfiguration": "ON"})"),
           "SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
    refuse(parse(R"({"AliasAttributes": ["email"], "UsernameAttributes": ["email"]})"),
           "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
    refuse(parse(R"({"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 3}},
                     "AdminCreateUserConfig": {"UnusedAccountValidityDays": 3}})"),
           "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");
    EXPECT_EQ(call("ListUserPools", {{"MaxResults", 60}}), parse(R"({"UserPools": []})"));
}

TEST_F(Pools, an_update_replaces_what_it_leaves_out) {
    const auto pool = add_pool(with(tutorial(), parse(R"({"SmsVerificationMessage": "Code {####}",
        "UserPoolTags": {"team": "red"}, "UserPoolTier": "PLUS", "DeletionProtection": "ACTIVE",
        "Policies": {"PasswordPolicy": {"MinimumLength": 12}}})")));
    clock.advance(std::chrono::seconds(5));
    const auto before = describe(pool);
    const auto after = update(pool, {{"PoolName", "renamed"}});
    EXPECT_EQ(text(after, "Name"), "renamed");
    EXPECT_FALSE(after.contains("SmsVerificationMessage"));
    EXPECT_FALSE(after.contains("AutoVerifiedAttributes"));
    // Kept: what cannot change, and what clients leave out who do not mean to change it.
    for (const char* kept :
         {"Id", "Arn", "CreationDate", "UsernameAttributes", "SchemaAttributes", "UserPoolTier", "DeletionProtection",
          "UserPoolTags", "MfaConfiguration", "SmsConfiguration", "Policies"}) {
        EXPECT_EQ(after.at(kept), before.at(kept)) << kept;
    }
    EXPECT_GT(after.at("LastModifiedDate").to_number<double>(), before.at("LastModifiedDate").to_number<double>());
    EXPECT_EQ(text(update(pool, {}), "Name"), "renamed");
}

TEST_F(Pools, an_update_is_seen_at_once_by_who_signs_up) {
    const auto pool = add_pool();
    const auto client = add_client(pool);
    const object request{{"ClientId", client}, {"Username", "alice"}, {"Password", good}};
    call("SignUp", request);
    update(pool, parse(R"({"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true}})"));
    EXPECT_EQ(refusal("SignUp", with(request, {{"Username", "bob"}})),
              (Refused{"NotAuthorized", "SignUp is not permitted for this user pool"}));
}

TEST_F(Pools, a_pool_with_a_domain_is_not_deleted) {
    const auto pool = add_pool();
    const object of_pool{{"UserPoolId", pool}};
    call("CreateUserPoolDomain", with(of_pool, {{"Domain", "some-name"}}));
    EXPECT_EQ(text(describe(pool), "Domain"), "some-name");
    EXPECT_EQ(refusal("DeleteUserPool", of_pool),
              (Refused{"InvalidParameter",
                       "User pool cannot be deleted. It has a domain configured that should be deleted first."}));
    call("DeleteUserPoolDomain", with(of_pool, {{"Domain", "some-name"}}));
    call("DeleteUserPool", of_pool);
}

TEST_F(Pools, a_protected_pool_is_not_deleted) {
    const auto pool = add_pool(parse(R"({"DeletionProtection": "ACTIVE"})"));
    EXPECT_EQ(refusal("DeleteUserPool", {{"UserPoolId", pool}}),
              (Refused{"InvalidParameter",
                       "The user pool cannot be deleted because deletion protection is activated. Deletion "
                       "protection must be inactivated first."}));
    update(pool, {{"DeletionProtection", "INACTIVE"}});
    call("DeleteUserPool", {{"UserPoolId", pool}});
}

TEST_F(Pools, a_deleted_pool_takes_its_clients_users_and_tokens_along) {
    const auto pool = add_pool(tutorial());
    const auto client = add_client(pool);
    add_user(pool, client);
    const auto access = text(tokens(pool, client), "AccessToken");
    call("DeleteUserPool", {{"UserPoolId", pool}});
    EXPECT_EQ(refusal("DescribeUserPool", {{"UserPoolId", pool}}).type, "ResourceNotFound");
    EXPECT_EQ(refusal("AdminGetUser", {{"UserPoolId", pool}, {"Username", jane}}).type, "ResourceNotFound");
    EXPECT_EQ(sign_in_refusal(client, jane, good).type, "ResourceNotFound");
    EXPECT_EQ(refusal("GetUser", {{"AccessToken", access}}),
              (Refused{"ResourceNotFound", "User pool " + pool + " does not exist."}));
}

TEST_F(Pools, users_are_counted) {
    const auto pool = add_pool();
    for (const char* name : {"alice", "bob"}) {
        call("AdminCreateUser", {{"UserPoolId", pool}, {"Username", name}, {"MessageAction", "SUPPRESS"}});
    }
    EXPECT_EQ(describe(pool).at("EstimatedNumberOfUsers"), 2);
}

TEST_F(Pools, mfa_is_off_or_has_a_factor) {
    const auto pool = add_pool(sms);
    const auto set = [&](std::string_view members) { return with({{"UserPoolId", pool}}, parse(members)); };
    const Refused off_and_on{"InvalidParameter",
                             "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."};
    const Refused no_factor{
        "InvalidParameter",
        "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."};
    EXPECT_EQ(refusal("SetUserPoolMfaConfig", set(R"({"SoftwareTokenMfaConfiguration": {"Enabled": true}})")),
              off_and_on);
    EXPECT_EQ(refusal("SetUserPoolMfaConfig", set(R"({"MfaConfiguration": "OFF", "SmsMfaConfiguration": {}})")),
              off_and_on);
    EXPECT_EQ(refusal("SetUserPoolMfaConfig", set(R"({"MfaConfiguration": "ON"})")), no_factor);
    EXPECT_EQ(refusal("SetUserPoolMfaConfig", set(R"({"MfaConfiguration": "OPTIONAL"})")), no_factor);

    const auto on = call("SetUserPoolMfaConfig", set(R"({"MfaConfiguration": "ON",
                                 "SmsMfaConfiguration": {"SmsAuthenticationMessage": "Your code is {####}"}})"));
    EXPECT_EQ(text(on, "MfaConfiguration"), "ON");
    EXPECT_EQ(text(on, "SmsMfaConfiguration.SmsAuthenticationMessage"), "Your code is {####}");
    EXPECT_EQ(text(on, "SmsMfaConfiguration.SmsConfiguration.SnsCallerArn"), "arn:aws:iam::000000000000:role/sms");
    EXPECT_EQ(call("GetUserPoolMfaConfig", {{"UserPoolId", pool}}), on);
    EXPECT_EQ(text(describe(pool), "MfaConfiguration"), "ON");

    const auto off = call("SetUserPoolMfaConfig", set("{}"));
    EXPECT_EQ(text(off, "MfaConfiguration"), "OFF");
    EXPECT_EQ(call("GetUserPoolMfaConfig", {{"UserPoolId", pool}}), off);
}

TEST_F(Pools, sms_as_a_factor_needs_a_way_to_send) {
    const auto pool = add_pool();
    const auto request =
        with({{"UserPoolId", pool}}, parse(R"({"MfaConfiguration": "ON", "SmsMfaConfiguration": {}})"));
    EXPECT_EQ(refusal("SetUserPoolMfaConfig", request).type, "InvalidParameter");
    auto with_sms = request;
    with_sms["SmsMfaConfiguration"] = sms;
    EXPECT_EQ(text(call("SetUserPoolMfaConfig", with_sms), "MfaConfiguration"), "ON");
}

TEST_F(Pools, custom_attributes_keep_their_constraints_as_given) {
    const auto made = call("CreateUserPool", parse(R"({"PoolName": "p", "Schema": [
        {"Name": "email", "AttributeDataType": "String", "Required": true},
        {"Name": "level", "AttributeDataType": "Number", "Mutable": true,
         "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "99"}}]})"));
    const auto schema = part(made, "UserPool").at("SchemaAttributes").as_array();
    const auto find = [&](std::string_view name) {
        for (const auto& entry : schema) {
            if (text(entry.as_object(), "Name") == name) return entry.as_object();
        }
        return object{};
    };
    EXPECT_EQ(find("email").at("Required"), true);
    EXPECT_EQ(find("custom:level").at("NumberAttributeConstraints"), parse(R"({"MinValue": "1", "MaxValue": "99"})"));
    EXPECT_EQ(find("sub").at("Mutable"), false);
}

}  // namespace
}  // namespace symbolon::aws
