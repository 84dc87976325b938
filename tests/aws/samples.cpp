#include "aws/samples.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace symbolon::aws {
namespace {

constexpr std::string_view pool_alone = R"({"UserPoolId": "$pool"})";
constexpr std::string_view pool_and_client = R"({"UserPoolId": "$pool", "ClientId": "$client"})";
constexpr std::string_view pool_and_user = R"({"UserPoolId": "$pool", "Username": "$user"})";
constexpr std::string_view pool_and_server = R"({"UserPoolId": "$pool", "Identifier": "$server"})";
constexpr std::string_view pool_and_named_server =
    R"({"UserPoolId": "$pool", "Identifier": "$server", "Name": "Server"})";
constexpr std::string_view pool_and_domain = R"({"UserPoolId": "$pool", "Domain": "$domain"})";
constexpr std::string_view client_and_user = R"({"ClientId": "$client", "Username": "$user"})";
constexpr std::string_view token_alone = R"({"AccessToken": "$token"})";

constexpr std::array all_samples{
    Sample{"CreateUserPool", R"({"PoolName": "name"})", "MfaConfiguration DeletionProtection"},
    Sample{"DescribeUserPool", pool_alone, ""},
    Sample{"UpdateUserPool", pool_alone, "PoolName MfaConfiguration DeletionProtection"},
    Sample{"DeleteUserPool", pool_alone, ""},
    Sample{"ListUserPools", R"({"MaxResults": 1})", "NextToken"},
    Sample{"GetUserPoolMfaConfig", pool_alone, ""},
    Sample{"SetUserPoolMfaConfig", pool_alone, "MfaConfiguration"},
    Sample{"CreateUserPoolClient", R"({"UserPoolId": "$pool", "ClientName": "name"})",
           "GenerateSecret ClientSecret AuthSessionValidity RefreshTokenValidity AccessTokenValidity IdTokenValidity "
           "DefaultRedirectURI PreventUserExistenceErrors EnableTokenRevocation"},
    Sample{"DescribeUserPoolClient", pool_and_client, ""},
    Sample{"UpdateUserPoolClient", pool_and_client, "ClientName AuthSessionValidity RefreshTokenValidity"},
    Sample{"DeleteUserPoolClient", pool_and_client, ""},
    Sample{"ListUserPoolClients", pool_alone, "MaxResults NextToken"},
    Sample{"CreateUserPoolDomain", pool_and_domain, ""},
    Sample{"DescribeUserPoolDomain", R"({"Domain": "$domain"})", ""},
    Sample{"UpdateUserPoolDomain", pool_and_domain, ""},
    Sample{"DeleteUserPoolDomain", pool_and_domain, ""},
    Sample{"CreateResourceServer", pool_and_named_server, ""},
    Sample{"DescribeResourceServer", pool_and_server, ""},
    Sample{"UpdateResourceServer", pool_and_named_server, ""},
    Sample{"DeleteResourceServer", pool_and_server, ""},
    Sample{"ListResourceServers", pool_alone, "MaxResults NextToken"},
    Sample{"AdminCreateUser", pool_and_user, "TemporaryPassword MessageAction ForceAliasCreation"},
    Sample{"AdminGetUser", pool_and_user, ""},
    Sample{"AdminDeleteUser", pool_and_user, ""},
    Sample{"AdminConfirmSignUp", pool_and_user, ""},
    Sample{"AdminSetUserPassword", R"({"UserPoolId": "$pool", "Username": "$user", "Password": "Correct-Horse-7"})",
           "Permanent"},
    Sample{"ListUsers", pool_alone, "Limit PaginationToken Filter"},
    Sample{"SignUp", client_and_user, "Password SecretHash"},
    Sample{"ConfirmSignUp", R"({"ClientId": "$client", "Username": "$user", "ConfirmationCode": "123456"})",
           "SecretHash ForceAliasCreation Session"},
    Sample{"ResendConfirmationCode", client_and_user, "SecretHash"},
    Sample{"GetUser", token_alone, ""},
    Sample{"InitiateAuth", R"({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "$client"})", "Session"},
    Sample{"RespondToAuthChallenge", R"({"ClientId": "$client", "ChallengeName": "SMS_MFA"})", "Session"},
    Sample{"ForgotPassword", client_and_user, "SecretHash"},
    Sample{"ConfirmForgotPassword",
           R"({"ClientId": "$client", "Username": "$user", "ConfirmationCode": "123456",
               "Password": "Correct-Horse-7"})",
           "SecretHash"},
    Sample{"ChangePassword", R"({"ProposedPassword": "Correct-Horse-7", "AccessToken": "$token"})", "PreviousPassword"},
    Sample{"RevokeToken", R"({"Token": "$token", "ClientId": "$client"})", "ClientSecret"},
    Sample{"GlobalSignOut", token_alone, ""},
};

constexpr std::string_view names = R"([\w\s+=,.@-]+)";
constexpr std::string_view no_space = R"([\S]+)";
constexpr std::string_view tokens = "[A-Za-z0-9-_=.]+";
constexpr bool sensitive = true;

// The rules of one operation stand before the general ones of the same name.
const std::array all_rules{
    Rule{"UserPoolId", "", Kind::text, 1, 55, R"([\w-]+_[0-9a-zA-Z]+)", "a", "no-underscore", false, "_a"},
    Rule{"ClientId", "", Kind::text, 1, 128, R"([\w+]+)", "a", "a-b", sensitive},
    Rule{"Username", "", Kind::text, 1, 128, R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", "\xC3\xA4", "a b", sensitive},
    Rule{"Password", "AdminSetUserPassword", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"Password", "", Kind::text, 6, 256, no_space, "a", "white space", sensitive},
    Rule{"ProposedPassword", "", Kind::text, 6, 256, no_space, "a", "white space", sensitive},
    Rule{"PreviousPassword", "", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"TemporaryPassword", "", Kind::text, 0, 256, no_space, "a", "a b", sensitive},
    Rule{"ConfirmationCode", "", Kind::text, 1, 2048, no_space, "1", "12 34", sensitive},
    Rule{"SecretHash", "", Kind::text, 1, 128, R"([\w+=/]+)", "a", "a-b", sensitive},
    Rule{"ClientSecret", "", Kind::text, 24, 64, R"([\w+]+)", "a", "aaaaaaaaaaaaaaaaaaaaaaaa-", sensitive},
    Rule{"Session", "", Kind::text, 20, 2048, "", "a", "", sensitive},
    Rule{"AccessToken", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"Token", "", Kind::text, 0, 0, tokens, "a", "a+b", sensitive},
    Rule{"PoolName", "", Kind::text, 1, 128, names, "a", "a/b"},
    Rule{"ClientName", "", Kind::text, 1, 128, names, "a", "a/b"},
    Rule{"Name", "", Kind::text, 1, 256, names, "a", "a/b"},
    Rule{"Identifier", "", Kind::text, 1, 256, R"([\x21\x23-\x5B\x5D-\x7E]+)", "a", "a b"},
    Rule{"Domain", ""},
    Rule{"DefaultRedirectURI", "", Kind::text, 1, 1024, R"([\p{L}\p{M}\p{S}\p{N}\p{P}]+)", "a", "a b"},
    Rule{"NextToken", "", Kind::text, 1, 131072, no_space, "a", "a b"},
    Rule{"PaginationToken", "", Kind::text, 1, 0, no_space, "a", "a b"},
    Rule{"Filter", "", Kind::text, 0, 256, "", "a"},
    Rule{"MaxResults", "ListResourceServers", Kind::number, 1, 50},
    Rule{"MaxResults", "", Kind::number, 1, 60},
    Rule{"Limit", "", Kind::number, 0, 60},
    Rule{"AuthSessionValidity", "", Kind::number, 3, 15},
    Rule{"RefreshTokenValidity", "", Kind::number, 0, 315360000},
    Rule{"AccessTokenValidity", "", Kind::number, 1, 86400},
    Rule{"IdTokenValidity", "", Kind::number, 1, 86400},
    Rule{"GenerateSecret", "", Kind::flag},
    Rule{"EnableTokenRevocation", "", Kind::flag},
    Rule{"ForceAliasCreation", "", Kind::flag},
    Rule{"Permanent", "", Kind::flag},
    // For a choice the pattern is the list of its words.
    Rule{"MfaConfiguration", "", Kind::choice, 0, 0, "OFF, ON, OPTIONAL"},
    Rule{"DeletionProtection", "", Kind::choice, 0, 0, "ACTIVE, INACTIVE"},
    Rule{"PreventUserExistenceErrors", "", Kind::choice, 0, 0, "ENABLED, LEGACY"},
    Rule{"MessageAction", "", Kind::choice, 0, 0, "RESEND, SUPPRESS"},
    Rule{"AuthFlow", "", Kind::choice, 0, 0,
         "ADMIN_NO_SRP_AUTH, ADMIN_USER_PASSWORD_AUTH, CUSTOM_AUTH, REFRESH_TOKEN, REFRESH_TOKEN_AUTH, USER_AUTH, "
         "USER_PASSWORD_AUTH, USER_SRP_AUTH"},
    Rule{"ChallengeName", "", Kind::choice, 0, 0,
         "ADMIN_NO_SRP_AUTH, CUSTOM_CHALLENGE, DEVICE_PASSWORD_VERIFIER, DEVICE_SRP_AUTH, EMAIL_OTP, MFA_SETUP, "
         "NEW_PASSWORD_REQUIRED, PASSWORD, PASSWORD_SRP, PASSWORD_VERIFIER, SELECT_CHALLENGE, SELECT_MFA_TYPE, "
         "SMS_MFA, SMS_OTP, SOFTWARE_TOKEN_MFA, WEB_AUTHN"},
};

}  // namespace

std::span<const Sample> samples() {
    return all_samples;
}

const Sample& sample(std::string_view operation) {
    const auto* found =
        std::find_if(all_samples.begin(), all_samples.end(), [&](const Sample& s) { return s.operation == operation; });
    if (found == all_samples.end()) throw std::out_of_range("no sample of " + std::string(operation));
    return *found;
}

boost::json::object fill(const Sample& sample, const Places& places) {
    std::string text(sample.body);
    const std::array<std::pair<std::string_view, const std::string*>, 6> values{{{"$pool", &places.pool},
                                                                                 {"$client", &places.client},
                                                                                 {"$user", &places.user},
                                                                                 {"$server", &places.server},
                                                                                 {"$domain", &places.domain},
                                                                                 {"$token", &places.token}}};
    for (const auto& [place, value] : values) {
        const auto at = text.find(place);
        if (at != std::string::npos) text.replace(at, place.size(), *value);
    }
    return boost::json::parse(text).as_object();
}

const Places& nowhere() {
    static const Places places{.pool = "us-east-1_Nowhere99",
                               .client = "nowherenowherenowherenowhe",
                               .user = "nobody",
                               .server = "https://nowhere.example",
                               .domain = "nowhere",
                               .token = "e30.e30.e30"};
    return places;
}

const Rule& rule(std::string_view operation, std::string_view member) {
    const auto find = [&](std::string_view of) {
        return std::find_if(all_rules.begin(), all_rules.end(),
                            [&](const Rule& r) { return r.member == member && r.operation == of; });
    };
    const auto* own = find(operation);
    const auto* found = own != all_rules.end() ? own : find("");
    if (found == all_rules.end()) throw std::out_of_range("no rule for " + std::string(member));
    return *found;
}

}  // namespace symbolon::aws
