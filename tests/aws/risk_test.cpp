// Reactions to risk, and log delivery (cognito-api.md §2.17, §2.18, §5.11).
#include "aws/house.hpp"

#include <chrono>
#include <string>

namespace symbolon::aws {
namespace {

const object watched{{"UserPoolAddOns", object{{"AdvancedSecurityMode", "AUDIT"}}}};
const object no_add_on{{"UserPoolAddOns", object{{"AdvancedSecurityMode", "OFF"}}}};

class Risk : public House {
protected:
    std::string pool = add_pool(watched);
    std::string client = add_client(pool);

    object set(const object& more) {
        return part(call("SetRiskConfiguration", with({{"UserPoolId", pool}}, more)), "RiskConfiguration");
    }
    object shown(const object& more = {}) {
        return part(call("DescribeRiskConfiguration", with({{"UserPoolId", pool}}, more)), "RiskConfiguration");
    }
};

const object compromised = parse(R"({"EventFilter": ["SIGN_IN"], "Actions": {"EventAction": "BLOCK"}})");
const object takeover = parse(R"({"Actions": {"HighAction": {"Notify": true, "EventAction": "MFA_REQUIRED"}},
    "NotifyConfiguration": {"SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/a",
                            "BlockEmail": {"Subject": "Blocked", "TextBody": "You were blocked."}}})");

TEST_F(Risk, is_set_for_the_pool_and_for_a_client) {
    EXPECT_EQ(shown(), (object{{"UserPoolId", pool}}));
    const auto of_pool = set({{"CompromisedCredentialsRiskConfiguration", compromised}});
    EXPECT_EQ(of_pool.at("CompromisedCredentialsRiskConfiguration"), compromised);
    EXPECT_FALSE(of_pool.contains("ClientId"));
    EXPECT_TRUE(of_pool.contains("LastModifiedDate"));
    const auto of_client = set({{"ClientId", client}, {"AccountTakeoverRiskConfiguration", takeover}});
    EXPECT_EQ(text(of_client, "ClientId"), client);
    EXPECT_EQ(shown({{"ClientId", client}}), of_client);
    EXPECT_EQ(shown(), of_pool);
}

TEST_F(Risk, is_reset_by_leaving_everything_out) {
    set({{"ClientId", client}, {"CompromisedCredentialsRiskConfiguration", compromised}});
    set({{"CompromisedCredentialsRiskConfiguration", compromised}});
    EXPECT_EQ(set({{"ClientId", client}}), (object{{"UserPoolId", pool}, {"ClientId", client}}));
    EXPECT_TRUE(shown().contains("CompromisedCredentialsRiskConfiguration"));
    set({});
    EXPECT_EQ(shown(), (object{{"UserPoolId", pool}}));
}

TEST_F(Risk, needs_the_add_on) {
    for (const auto& settings : {object{}, no_add_on}) {
        const auto other = add_pool(settings);
        for (const char* operation : {"SetRiskConfiguration", "DescribeRiskConfiguration"})
            EXPECT_EQ(refusal(operation, {{"UserPoolId", other}}).type, "UserPoolAddOnNotEnabled") << operation;
    }
}

TEST_F(Risk, takes_address_blocks_and_clients_of_the_pool) {
    const auto ranges = [&](const object& given) {
        return refusal("SetRiskConfiguration", {{"UserPoolId", pool}, {"RiskExceptionConfiguration", given}}).type;
    };
    for (const char* range : {"192.0.2.1", "192.0.2.0/33", "192.0.2.0/", "a/8", "2001:db8::/129", "10.0.0.0/8x", ""})
        EXPECT_EQ(ranges({{"BlockedIPRangeList", array{range}}}), "InvalidParameter") << range;
    EXPECT_EQ(ranges({{"BlockedIPRangeList", array{"10.0.0.0/8"}}, {"SkippedIPRangeList", array{"10.0.0.0/8"}}}),
              "InvalidParameter");
    EXPECT_EQ(ranges({{"BlockedIPRangeList", array(201, "10.0.0.0/8")}}), "InvalidParameter");
    set({{"RiskExceptionConfiguration",
          object{{"BlockedIPRangeList", array{"10.0.0.0/8", "2001:db8::/32"}}, {"SkippedIPRangeList", array{}}}}});
    const auto foreign = add_client(add_pool());
    EXPECT_EQ(refusal("SetRiskConfiguration", {{"UserPoolId", pool}, {"ClientId", foreign}}).type, "ResourceNotFound");
}

/// Whatever is a risk is blocked; Jane signs in from the same place as ever.
class RiskySignIn : public House {
protected:
    RiskySignIn() {
        const object block{{"Notify", false}, {"EventAction", "BLOCK"}};
        call("SetRiskConfiguration",
             {{"UserPoolId", pool},
              {"CompromisedCredentialsRiskConfiguration", compromised},
              {"AccountTakeoverRiskConfiguration",
               object{{"Actions", object{{"LowAction", block}, {"MediumAction", block}, {"HighAction", block}}}}}});
        add_user(pool, client);
        clock.advance(std::chrono::seconds(1));
    }
    static object by_password(const std::string& of_client) {
        return {{"AuthFlow", "USER_PASSWORD_AUTH"},
                {"ClientId", of_client},
                {"AuthParameters", object{{"USERNAME", jane}, {"PASSWORD", good}}}};
    }
    object by_administrator(const object& context) const {
        object request = with(by_password(client), {{"AuthFlow", "ADMIN_USER_PASSWORD_AUTH"}, {"UserPoolId", pool}});
        if (!context.empty()) request["ContextData"] = context;
        return request;
    }
    static object context(const char* address, const char* user_agent) {
        return {{"IpAddress", address},
                {"ServerName", "app.example"},
                {"ServerPath", "/login"},
                {"HttpHeaders", array{object{{"headerName", "USER-AGENT"}, {"headerValue", user_agent}}}}};
    }
    object latest() {
        clock.advance(std::chrono::seconds(1));
        return call("AdminListUserAuthEvents", {{"UserPoolId", pool}, {"Username", jane}})
            .at("AuthEvents")
            .as_array()
            .at(0)
            .as_object();
    }

    std::string pool = add_pool(with(
        tutorial(), {{"MfaConfiguration", "OFF"}, {"UserPoolAddOns", object{{"AdvancedSecurityMode", "ENFORCED"}}}}));
    std::string client =
        add_client(pool, {{"ExplicitAuthFlows", array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}}});
    const Refused blocked{"NotAuthorized", "Unable to login because of security reasons."};
};

TEST_F(RiskySignIn, is_judged_by_what_an_administrators_server_says_of_the_person) {
    const char* firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    call("AdminInitiateAuth", by_administrator(context("192.0.2.7", firefox)));
    EXPECT_EQ(text(latest(), "EventContextData.IpAddress"), "192.0.2.7");
    EXPECT_EQ(text(latest(), "EventContextData.DeviceName"), "Firefox 128, Linux");
    EXPECT_EQ(refusal("AdminInitiateAuth", by_administrator(context("198.51.100.9", firefox))), blocked);
    EXPECT_EQ(text(latest(), "EventRisk.RiskLevel"), "Low");
    EXPECT_EQ(refusal("AdminInitiateAuth", by_administrator(context("192.0.2.7", "another"))), blocked);
    EXPECT_EQ(refusal("AdminInitiateAuth", by_administrator(context("nowhere", firefox))),
              (Refused{"InvalidParameter", "IpAddress is not a valid IP address."}));
    call("AdminInitiateAuth", by_administrator({}));
    EXPECT_FALSE(part(latest(), "EventContextData").contains("IpAddress")) << "the server's own says nothing";
}

TEST_F(RiskySignIn, takes_an_address_from_clients_with_a_secret_that_may_tell_one) {
    call("InitiateAuth", by_password(client));
    const auto told = with(by_password(client), {{"UserContextData", object{{"IpAddress", "198.51.100.9"}}}});
    call("InitiateAuth", told);
    EXPECT_EQ(text(latest(), "EventContextData.IpAddress"), "192.0.2.1");
    const auto server =
        add_client(pool, {{"GenerateSecret", true}, {"EnablePropagateAdditionalUserContextData", true}});
    auto proven = with(told, {{"ClientId", server}});
    EXPECT_EQ(refusal("InitiateAuth", proven).type, "NotAuthorized") << "without the secret's hash";
    proven["AuthParameters"].as_object()["SECRET_HASH"] = hash(secret_of(pool, server), jane, server);
    EXPECT_EQ(refusal("InitiateAuth", proven), blocked);
    EXPECT_EQ(text(latest(), "EventContextData.IpAddress"), "198.51.100.9");
}

TEST_F(RiskySignIn, with_a_leaked_password_says_to_reset_it) {
    call("AdminSetUserPassword",
         {{"UserPoolId", pool}, {"Username", jane}, {"Password", "Password123!"}, {"Permanent", true}});
    EXPECT_EQ(sign_in_refusal(client, jane, "Password123!"),
              (Refused{"PasswordResetRequired", "Password reset required for the user"}));
    const object user{{"UserPoolId", pool}, {"Username", jane}};
    EXPECT_EQ(text(call("AdminGetUser", user), "UserStatus"), "RESET_REQUIRED");
    EXPECT_TRUE(part(latest(), "EventRisk").at("CompromisedCredentialsDetected").as_bool());
}

TEST_F(RiskySignIn, a_leaked_password_is_refused_where_one_is_chosen) {
    call("SetRiskConfiguration",
         {{"UserPoolId", pool},
          {"CompromisedCredentialsRiskConfiguration", parse(R"({"Actions": {"EventAction": "BLOCK"}})")}});
    const Refused unusable{"InvalidPassword", "Provided password cannot be used for security reasons."};
    EXPECT_EQ(refusal("SignUp", {{"ClientId", client}, {"Username", john}, {"Password", "Password123!"}}), unusable);
    const auto token = text(sign_in(client), "AuthenticationResult.AccessToken");
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(refusal("ChangePassword",
                      {{"AccessToken", token}, {"PreviousPassword", good}, {"ProposedPassword", "Password123!"}}),
              unusable);
    EXPECT_EQ(text(latest(), "EventType"), "PasswordChange");
    EXPECT_EQ(text(latest(), "EventRisk.RiskDecision"), "Block");
}

class LogDelivery : public House {
protected:
    std::string pool = add_pool();

    static object messages() {
        return parse(R"({"LogLevel": "ERROR", "EventSource": "userNotification", "CloudWatchLogsConfiguration":
                         {"LogGroupArn": "arn:aws:logs:us-east-1:000000000000:log-group:a"}})");
    }
    static object events() {
        return parse(R"({"LogLevel": "INFO", "EventSource": "userAuthEvents",
                         "S3Configuration": {"BucketArn": "arn:aws:s3:::bucket"}})");
    }
    object set(const array& list) {
        return part(call("SetLogDeliveryConfiguration", {{"UserPoolId", pool}, {"LogConfigurations", list}}),
                    "LogDeliveryConfiguration");
    }
    std::string refused_type(const array& list) {
        return refusal("SetLogDeliveryConfiguration", {{"UserPoolId", pool}, {"LogConfigurations", list}}).type;
    }
};

TEST_F(LogDelivery, is_an_empty_list_until_it_is_set_and_then_replaced_as_a_whole) {
    const object get{{"UserPoolId", pool}};
    const auto shown = [&] { return part(call("GetLogDeliveryConfiguration", get), "LogDeliveryConfiguration"); };
    EXPECT_EQ(shown(), (object{{"UserPoolId", pool}, {"LogConfigurations", array{}}}));
    const auto answer = set({messages(), events()});
    EXPECT_EQ(answer, shown());
    EXPECT_EQ(shown().at("LogConfigurations"), (array{messages(), events()}));
    set({events()});
    EXPECT_EQ(shown().at("LogConfigurations"), (array{events()}));
    set({});
    EXPECT_EQ(shown().at("LogConfigurations"), array{});
}

TEST_F(LogDelivery, has_each_source_once_with_its_level_and_one_destination) {
    EXPECT_EQ(refused_type({messages(), messages()}), "InvalidParameter");
    EXPECT_EQ(refused_type({messages(), events(), messages()}), "InvalidParameter");
    EXPECT_EQ(refused_type({with(messages(), {{"LogLevel", "INFO"}})}), "InvalidParameter");
    EXPECT_EQ(refused_type({with(events(), {{"LogLevel", "ERROR"}})}), "InvalidParameter");
    EXPECT_EQ(refused_type({with(events(), {{"S3Configuration", nullptr}})}), "InvalidParameter");
    EXPECT_EQ(refused_type({with(events(), {{"S3Configuration", object{}}})}), "InvalidParameter");
    EXPECT_EQ(
        refused_type({with(events(), {{"CloudWatchLogsConfiguration", messages().at("CloudWatchLogsConfiguration")}})}),
        "InvalidParameter");
    EXPECT_EQ(refused_type({with(messages(), {{"CloudWatchLogsConfiguration", nullptr},
                                              {"S3Configuration", events().at("S3Configuration")}})}),
              "InvalidParameter");
    EXPECT_EQ(refused_type({with(events(), {{"S3Configuration", object{{"BucketArn", "arn:aws:s3:::"}}}})}),
              "InvalidParameter");
}

}  // namespace
}  // namespace symbolon::aws
