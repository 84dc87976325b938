#include "triggers/event.hpp"

#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <utility>

namespace symbolon::triggers {
namespace {

namespace json = boost::json;

/// The part of a pool's id before the `_`.
std::string_view region_of(const PoolId& pool) {
    const std::string_view id = pool.str();
    return id.substr(0, id.find('_'));
}

}  // namespace

json::object make_event(const Call& call, EventParts parts, bool with_attributes) {
    json::object request;
    if (with_attributes) request["userAttributes"] = to_json(call.attributes);
    for (auto& [name, value] : parts.request) request[name] = std::move(value);
    if (!call.metadata.empty()) request["clientMetadata"] = to_json(call.metadata);

    const std::string_view client =
        call.client_id.empty() ? std::string_view("CLIENT_ID_NOT_APPLICABLE") : std::string_view(call.client_id);
    json::object event;
    event["version"] = parts.version;
    event["region"] = region_of(call.pool_id);
    event["userPoolId"] = call.pool_id.str();
    event["userName"] = call.username;
    event["callerContext"] = json::object{{"awsSdkVersion", "aws-sdk-unknown-unknown"}, {"clientId", client}};
    event["triggerSource"] = parts.source;
    event["request"] = std::move(request);
    event["response"] = std::move(parts.response);
    return event;
}

json::object to_json(const Attributes& map) {
    json::object out;
    for (const auto& [name, value] : map) out[name] = value;
    return out;
}

json::value to_json_or_null(const Metadata& map) {
    if (map.empty()) return nullptr;
    return to_json(map);
}

json::array to_json(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& text : list) out.emplace_back(text);
    return out;
}

json::array to_json(const std::vector<ChallengeResult>& session) {
    json::array out;
    for (const auto& step : session) {
        json::object item;
        item["challengeName"] = step.name;
        item["challengeResult"] = step.passed;
        if (step.metadata.empty())
            item["challengeMetadata"] = nullptr;
        else
            item["challengeMetadata"] = step.metadata;
        out.emplace_back(std::move(item));
    }
    return out;
}

json::object to_json(const Groups& groups) {
    json::object out;
    out["groupsToOverride"] = to_json(groups.names);
    out["iamRolesToOverride"] = to_json(groups.roles);
    if (groups.preferred_role.empty())
        out["preferredRole"] = nullptr;
    else
        out["preferredRole"] = groups.preferred_role;
    return out;
}

std::string_view to_text(PreSignUpSource source) {
    switch (source) {
        case PreSignUpSource::sign_up:
            return "PreSignUp_SignUp";
        case PreSignUpSource::admin_create_user:
            return "PreSignUp_AdminCreateUser";
        case PreSignUpSource::external_provider:
            return "PreSignUp_ExternalProvider";
    }
    return "";
}

std::string_view to_text(PostConfirmationSource source) {
    switch (source) {
        case PostConfirmationSource::confirm_sign_up:
            return "PostConfirmation_ConfirmSignUp";
        case PostConfirmationSource::confirm_forgot_password:
            return "PostConfirmation_ConfirmForgotPassword";
    }
    return "";
}

std::string_view to_text(TokenSource source) {
    switch (source) {
        case TokenSource::hosted_auth:
            return "TokenGeneration_HostedAuth";
        case TokenSource::authentication:
            return "TokenGeneration_Authentication";
        case TokenSource::new_password_challenge:
            return "TokenGeneration_NewPasswordChallenge";
        case TokenSource::authenticate_device:
            return "TokenGeneration_AuthenticateDevice";
        case TokenSource::refresh_tokens:
            return "TokenGeneration_RefreshTokens";
        case TokenSource::client_credentials:
            return "TokenGeneration_ClientCredentials";
    }
    return "";
}

std::string_view to_text(MigrationSource source) {
    switch (source) {
        case MigrationSource::authentication:
            return "UserMigration_Authentication";
        case MigrationSource::forgot_password:
            return "UserMigration_ForgotPassword";
    }
    return "";
}

std::string_view to_text(MessageSource source) {
    switch (source) {
        case MessageSource::sign_up:
            return "SignUp";
        case MessageSource::resend_code:
            return "ResendCode";
        case MessageSource::forgot_password:
            return "ForgotPassword";
        case MessageSource::update_user_attribute:
            return "UpdateUserAttribute";
        case MessageSource::verify_user_attribute:
            return "VerifyUserAttribute";
        case MessageSource::admin_create_user:
            return "AdminCreateUser";
        case MessageSource::authentication:
            return "Authentication";
        case MessageSource::account_take_over_notification:
            return "AccountTakeOverNotification";
    }
    return "";
}

std::optional<MessageSource> parse_message_source(std::string_view text) {
    for (const auto source :
         {MessageSource::sign_up, MessageSource::resend_code, MessageSource::forgot_password,
          MessageSource::update_user_attribute, MessageSource::verify_user_attribute, MessageSource::admin_create_user,
          MessageSource::authentication, MessageSource::account_take_over_notification}) {
        if (to_text(source) == text) return source;
    }
    return std::nullopt;
}

}  // namespace symbolon::triggers
