#include "app/demo/configuration.hpp"

#include "app/demo/rest.hpp"
#include "base/error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <utility>

namespace symbolon::app {

namespace json = boost::json;

namespace {

constexpr std::string_view domain = "testaccountlinking";
constexpr std::string_view pool_name = "Account linking";
constexpr std::string_view client_name = "Phone skill";
constexpr std::string_view skill_name = "Phone skill";

std::string text_at(const json::value& value, std::string_view pointer) {
    return std::string(value.at_pointer(pointer).as_string());
}

/// The tutorial's pool: the user name is a phone number, sign-up is open, a code by SMS is required at every sign-in.
json::object pool_request() {
    return {{"PoolName", pool_name},
            {"UsernameAttributes", json::array{"phone_number"}},
            {"AutoVerifiedAttributes", json::array{"phone_number"}},
            {"MfaConfiguration", "ON"},
            {"SmsConfiguration", {{"SnsCallerArn", "arn:aws:iam::000000000000:role/sms"}}},
            {"Policies",
             {{"PasswordPolicy",
               {{"MinimumLength", 8},
                {"RequireUppercase", true},
                {"RequireLowercase", true},
                {"RequireNumbers", true},
                {"RequireSymbols", false}}}}}};
}

json::object manifest(const std::string& endpoint) {
    json::object custom;
    if (!endpoint.empty()) custom["endpoint"] = {{"uri", endpoint}, {"sslCertificateType", "SelfSigned"}};
    return {{"manifest",
             {{"manifestVersion", "1.0"},
              {"publishingInformation",
               {{"locales",
                 {{"en-US",
                   {{"name", skill_name},
                    {"summary", "Says the phone number of your linked account."},
                    {"examplePhrases", json::array{"what is my phone number"}}}}}}}},
              {"apis", {{"custom", std::move(custom)}}}}}};
}

json::object interaction_model() {
    json::object intent{{"name", "MyPhoneNumberIntent"},
                        {"samples", json::array{"what is my phone number", "say my number", "my phone number"}}};
    return {{"interactionModel",
             {{"languageModel", {{"invocationName", "phone skill"}, {"intents", json::array{std::move(intent)}}}}}}};
}

}  // namespace

DemoConfiguration::DemoConfiguration(net::Client& client, Server server, Assistant assistant)
    : client_(client), server_(std::move(server)), assistant_(std::move(assistant)) {}

DemoConfiguration::Made DemoConfiguration::make() {
    Made made;
    made.pool_id = make_pool();
    made.domain_url = server_.url + "/" + std::string(domain);
    const auto app_client = make_client(made.pool_id);
    made.client_id = app_client.id;
    made.skill_id = make_skill();
    allow_callbacks(made, link_skill(made, app_client));
    return made;
}

json::value DemoConfiguration::api(const std::string& operation, const json::value& body) {
    return call_api(client_, server_.url, server_.region, server_.access_key_id, server_.secret_access_key, operation,
                    body);
}

std::string DemoConfiguration::make_pool() {
    const auto described = api("DescribeUserPoolDomain", json::object{{"Domain", domain}});
    if (const auto* owner = described.at("DomainDescription").as_object().if_contains("UserPoolId")) {
        return std::string(owner->as_string());
    }
    auto pool_id = text_at(api("CreateUserPool", pool_request()), "/UserPool/Id");
    api("CreateUserPoolDomain", json::object{{"Domain", domain}, {"UserPoolId", pool_id}});
    return pool_id;
}

DemoConfiguration::AppClient DemoConfiguration::make_client(const std::string& pool_id) {
    const auto listed = api("ListUserPoolClients", json::object{{"UserPoolId", pool_id}, {"MaxResults", 1}});
    const auto& clients = listed.at("UserPoolClients").as_array();
    json::value client;
    if (clients.empty()) {
        client = api("CreateUserPoolClient",
                     json::object{{"UserPoolId", pool_id}, {"ClientName", client_name}, {"GenerateSecret", true}});
    } else {
        client = api("DescribeUserPoolClient",
                     json::object{{"UserPoolId", pool_id}, {"ClientId", clients.front().at("ClientId")}});
    }
    return {text_at(client, "/UserPoolClient/ClientId"), text_at(client, "/UserPoolClient/ClientSecret")};
}

std::string DemoConfiguration::make_skill() {
    const auto listed = call_rest(client_, "GET", assistant_.url + "/v1/skills?vendorId=" + assistant_.vendor_id,
                                  assistant_.access_token, {});
    const auto& skills = listed.at("skills").as_array();
    if (!skills.empty()) return text_at(skills.front(), "/skillId");
    auto body = manifest({});
    body["vendorId"] = assistant_.vendor_id;
    auto skill_id =
        text_at(call_rest(client_, "POST", assistant_.url + "/v1/skills", assistant_.access_token, body), "/skillId");
    call_rest(client_, "PUT",
              assistant_.url + "/v1/skills/" + skill_id + "/stages/development/interactionModel/locales/en-US",
              assistant_.access_token, interaction_model());
    return skill_id;
}

std::vector<std::string> DemoConfiguration::link_skill(const Made& made, const AppClient& app_client) {
    const std::string resource =
        assistant_.url + "/v1/skills/" + made.skill_id + "/stages/development/accountLinkingClient";
    call_rest(client_, "PUT", resource, assistant_.access_token,
              json::object{{"accountLinkingRequest",
                            {{"type", "AUTH_CODE"},
                             {"authorizationUrl", made.domain_url + "/oauth2/authorize"},
                             {"accessTokenUrl", made.domain_url + "/oauth2/token"},
                             {"clientId", app_client.id},
                             {"clientSecret", app_client.secret},
                             {"accessTokenScheme", "HTTP_BASIC"},
                             {"scopes", json::array{"phone", "openid"}},
                             {"domains", json::array{}},
                             {"defaultTokenExpirationInSeconds", 3600},
                             {"skipOnEnablement", true}}}});
    const auto stored = call_rest(client_, "GET", resource, assistant_.access_token, {});
    std::vector<std::string> urls;
    for (const auto& url : stored.at("assistantRedirectUrls").as_array()) urls.emplace_back(url.as_string());
    return urls;
}

void DemoConfiguration::allow_callbacks(const Made& made, const std::vector<std::string>& redirect_urls) {
    json::array callbacks;
    for (const auto& url : redirect_urls) callbacks.emplace_back(url);
    api("UpdateUserPoolClient",
        json::object{{"UserPoolId", made.pool_id},
                     {"ClientId", made.client_id},
                     {"ClientName", client_name},
                     {"SupportedIdentityProviders", json::array{"COGNITO"}},
                     {"CallbackURLs", std::move(callbacks)},
                     {"AllowedOAuthFlows", json::array{"code", "implicit"}},
                     {"AllowedOAuthScopes", json::array{"phone", "openid"}},
                     {"AllowedOAuthFlowsUserPoolClient", true},
                     {"ExplicitAuthFlows", json::array{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}},
                     {"PreventUserExistenceErrors", "ENABLED"}});
}

void DemoConfiguration::set_endpoint(const std::string& skill_id, const std::string& url) {
    call_rest(client_, "PUT", assistant_.url + "/v1/skills/" + skill_id + "/stages/development/manifest",
              assistant_.access_token, manifest(url));
}

}  // namespace symbolon::app
