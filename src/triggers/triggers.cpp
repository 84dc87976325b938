#include "triggers/triggers.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "triggers/event.hpp"
#include "triggers/read_answers.hpp"
#include "triggers/response.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::triggers {
namespace {

namespace json = boost::json;

std::string source_of(std::string_view trigger, MessageSource source) {
    return std::string(trigger) + "_" + std::string(to_text(source));
}

json::value text_or_null(std::string_view text) {
    if (text.empty()) return nullptr;
    return json::value(text);
}

/// The event of both senders.
json::object make_sender_event(const Call& call, std::string_view trigger, MessageSource source, std::string_view type,
                               std::string_view sealed_code) {
    const auto name = source_of(trigger, source);
    json::object request;
    request["type"] = type;
    request["code"] = text_or_null(sealed_code);
    return make_event(call, {.source = name, .request = std::move(request), .response = {}});
}

}  // namespace

Triggers::Triggers(Functions& functions, QueueLimits limits) : functions_(functions), queues_(limits) {}

/// Runs a function of a pool with an event, and reads its answer. `trigger` is the name that errors say.
Task<Response> Triggers::ask(PoolId pool, std::string function, std::string_view trigger, boost::json::object event) {
    std::string reason;
    try {
        const auto place = co_await queues_.enter(pool);
        auto text = json::serialize(event);
        auto name = function;
        const Reply reply = co_await functions_.invoke(std::move(name), std::move(text));
        co_return read_reply(trigger, reply);
    } catch (const NotRun& failure) {
        reason = failure.reason;
    }
    log::warning("hook_not_run",
                 {{"trigger", trigger}, {"pool", pool.str()}, {"function", function}, {"reason", reason}});
    throw Error{Errc::hook_failed, std::string(trigger) + " invocation failed due to error " + reason + "."};
}

Task<PreSignUpAnswer> Triggers::pre_sign_up(Call call, PreSignUpSource source, Metadata validation_data) {
    json::object request{{"validationData", to_json_or_null(validation_data)}};
    json::object response{{"autoConfirmUser", false}, {"autoVerifyEmail", false}, {"autoVerifyPhone", false}};
    auto event =
        make_event(call, {.source = to_text(source), .request = std::move(request), .response = std::move(response)});
    const auto answer = co_await ask(call.pool_id, call.function, "PreSignUp", std::move(event));
    co_return PreSignUpAnswer{.auto_confirm = answer.get_flag("autoConfirmUser"),
                              .auto_verify_email = answer.get_flag("autoVerifyEmail"),
                              .auto_verify_phone = answer.get_flag("autoVerifyPhone")};
}

Task<void> Triggers::post_confirmation(Call call, PostConfirmationSource source) {
    auto event = make_event(call, {.source = to_text(source), .request = {}, .response = {}});
    co_await ask(call.pool_id, call.function, "PostConfirmation", std::move(event));
}

Task<void> Triggers::pre_authentication(Call call, Metadata validation_data, bool user_not_found) {
    json::object request{{"validationData", to_json_or_null(validation_data)}, {"userNotFound", user_not_found}};
    auto event =
        make_event(call, {.source = "PreAuthentication_Authentication", .request = std::move(request), .response = {}});
    co_await ask(call.pool_id, call.function, "PreAuthentication", std::move(event));
}

Task<void> Triggers::post_authentication(Call call, bool new_device_used) {
    json::object request{{"newDeviceUsed", new_device_used}};
    auto event = make_event(
        call, {.source = "PostAuthentication_Authentication", .request = std::move(request), .response = {}});
    co_await ask(call.pool_id, call.function, "PostAuthentication", std::move(event));
}

Task<DefineAuthAnswer> Triggers::define_auth_challenge(Call call, std::vector<ChallengeResult> session,
                                                       bool user_not_found) {
    json::object request{{"session", to_json(session)}, {"userNotFound", user_not_found}};
    json::object response{{"challengeName", nullptr}, {"issueTokens", nullptr}, {"failAuthentication", nullptr}};
    auto event = make_event(call, {.source = "DefineAuthChallenge_Authentication",
                                   .request = std::move(request),
                                   .response = std::move(response)});
    const auto answer = co_await ask(call.pool_id, call.function, "DefineAuthChallenge", std::move(event));
    co_return read_define(answer);
}

Task<CreateAuthAnswer> Triggers::create_auth_challenge(Call call, std::string challenge_name,
                                                       std::vector<ChallengeResult> session, bool user_not_found) {
    json::object request{
        {"challengeName", challenge_name}, {"session", to_json(session)}, {"userNotFound", user_not_found}};
    json::object response{{"publicChallengeParameters", nullptr},
                          {"privateChallengeParameters", nullptr},
                          {"challengeMetadata", nullptr}};
    auto event = make_event(call, {.source = "CreateAuthChallenge_Authentication",
                                   .request = std::move(request),
                                   .response = std::move(response)});
    const auto answer = co_await ask(call.pool_id, call.function, "CreateAuthChallenge", std::move(event));
    co_return CreateAuthAnswer{.public_parameters = answer.get_map("publicChallengeParameters"),
                               .private_parameters = answer.get_map("privateChallengeParameters"),
                               .metadata = answer.get_text("challengeMetadata").value_or("")};
}

Task<bool> Triggers::verify_auth_challenge(Call call, Attributes private_parameters, std::string answer,
                                           bool user_not_found) {
    json::object request{{"privateChallengeParameters", to_json(private_parameters)},
                         {"challengeAnswer", answer},
                         {"userNotFound", user_not_found}};
    json::object response{{"answerCorrect", nullptr}};
    auto event = make_event(call, {.source = "VerifyAuthChallengeResponse_Authentication",
                                   .request = std::move(request),
                                   .response = std::move(response)});
    const auto verdict = co_await ask(call.pool_id, call.function, "VerifyAuthChallengeResponse", std::move(event));
    co_return verdict.get_flag("answerCorrect");
}

Task<TokenAnswer> Triggers::pre_token_generation(Call call, TokenQuestion question) {
    const bool is_v1 = question.version == TokenVersion::v1;
    json::object request{{"groupConfiguration", to_json(question.groups)}};
    if (!is_v1) request["scopes"] = to_json(question.scopes);
    json::object response{{is_v1 ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails", nullptr}};
    auto event = make_event(call, {.source = to_text(question.source),
                                   .version = is_v1                                  ? "1"
                                              : question.version == TokenVersion::v2 ? "2"
                                                                                     : "3",
                                   .request = std::move(request),
                                   .response = std::move(response)});
    const auto answer = co_await ask(call.pool_id, call.function, "PreTokenGeneration", std::move(event));
    co_return is_v1 ? read_claims(answer) : read_claims_and_scopes(answer);
}

Task<std::optional<MigratedUser>> Triggers::user_migration(Call call, MigrationSource source, Password password,
                                                           Metadata validation_data) {
    json::object request;
    if (!password.empty()) request["password"] = password.reveal();
    request["validationData"] = to_json_or_null(validation_data);
    json::object response{{"userAttributes", nullptr}, {"forceAliasCreation", nullptr},
                          {"enableSMSMFA", nullptr},   {"finalUserStatus", nullptr},
                          {"messageAction", nullptr},  {"desiredDeliveryMediums", nullptr}};
    auto event = make_event(
        call, {.source = to_text(source), .request = std::move(request), .response = std::move(response)}, false);
    const auto answer = co_await ask(call.pool_id, call.function, "UserMigration", std::move(event));
    co_return read_migrated_user(answer);
}

Task<MessageAnswer> Triggers::custom_message(Call call, MessageSource source) {
    const bool is_invitation = source == MessageSource::admin_create_user;
    json::object request{{"codeParameter", "{####}"},
                         {"linkParameter", "{##Click Here##}"},
                         {"usernameParameter", text_or_null(is_invitation ? "{username}" : "")}};
    json::object response{{"smsMessage", nullptr}, {"emailMessage", nullptr}, {"emailSubject", nullptr}};
    const auto name = source_of("CustomMessage", source);
    auto event = make_event(call, {.source = name, .request = std::move(request), .response = std::move(response)});
    const auto answer = co_await ask(call.pool_id, call.function, "CustomMessage", std::move(event));
    co_return read_message(answer, is_invitation);
}

Task<void> Triggers::custom_sms_sender(Call call, MessageSource source, std::string sealed_code) {
    auto event = make_sender_event(call, "CustomSMSSender", source, "customSMSSenderRequestV1", sealed_code);
    co_await ask(call.pool_id, call.function, "CustomSMSSender", std::move(event));
}

Task<void> Triggers::custom_email_sender(Call call, MessageSource source, std::string sealed_code) {
    auto event = make_sender_event(call, "CustomEmailSender", source, "customEmailSenderRequestV1", sealed_code);
    co_await ask(call.pool_id, call.function, "CustomEmailSender", std::move(event));
}

Task<std::optional<json::object>> Triggers::inbound_federation(Call call, FederationQuestion question) {
    json::object request{{"providerName", question.provider_name},
                         {"providerType", question.provider_type},
                         {"attributes", std::move(question.attributes)}};
    json::object response{{"userAttributesToMap", json::object()}};
    auto event = make_event(call,
                            {.source = "InboundFederation_ExternalProvider",
                             .request = std::move(request),
                             .response = std::move(response)},
                            false);
    const auto answer = co_await ask(call.pool_id, call.function, "InboundFederation", std::move(event));
    auto mapped = answer.get_object("userAttributesToMap");
    if (mapped && mapped->empty()) mapped.reset();
    co_return mapped;
}

}  // namespace symbolon::triggers
