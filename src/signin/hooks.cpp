#include "signin/hooks.hpp"

#include "base/shape/choice.hpp"

#include <memory>
#include <utility>

namespace symbolon::signin {
namespace {

using triggers::MessageSource;

triggers::Attributes event_attributes(const directory::User& user) {
    triggers::Attributes out = user.attributes;
    if (user.id.empty()) return out;
    out["sub"] = user.id.str();
    out["cognito:user_status"] = to_name(user.status);
    return out;
}

/// Lays what the hook answered over the templates of its message; all of them, since one message uses one.
void set_texts(directory::PoolSettings& settings, MessageSource source, const triggers::MessageAnswer& texts) {
    if (source == MessageSource::admin_create_user) {
        if (!settings.AdminCreateUserConfig) settings.AdminCreateUserConfig.emplace();
        auto& invitation = settings.AdminCreateUserConfig->InviteMessageTemplate;
        if (!invitation) invitation.emplace();
        if (texts.sms) invitation->SMSMessage = *texts.sms;
        if (texts.email_subject) invitation->EmailSubject = *texts.email_subject;
        if (texts.email_body) invitation->EmailMessage = *texts.email_body;
        return;
    }
    if (texts.sms) settings.SmsAuthenticationMessage = *texts.sms;
    auto& mfa = settings.EmailMfaConfiguration;
    if (!mfa) mfa.emplace();
    if (texts.email_subject) mfa->Subject = *texts.email_subject;
    if (texts.email_body) mfa->Message = *texts.email_body;

    auto& verification = settings.VerificationMessageTemplate;
    if (!verification) verification.emplace();
    if (texts.sms) verification->SmsMessage = *texts.sms;
    if (texts.email_subject) {
        verification->EmailSubject = *texts.email_subject;
        verification->EmailSubjectByLink = *texts.email_subject;
    }
    if (texts.email_body) {
        verification->EmailMessage = *texts.email_body;
        verification->EmailMessageByLink = *texts.email_body;
    }
}

}  // namespace

std::optional<triggers::Call> hook_call(const directory::Pool& pool, Hook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata) {
    if (!has_hook(pool, hook)) return std::nullopt;
    return make_function_call(((*pool.settings.LambdaConfig).*hook)->str(), pool.id, client_id, user,
                              std::move(metadata));
}

std::optional<triggers::Call> hook_call(const directory::Pool& pool, VersionedHook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata) {
    const auto& config = pool.settings.LambdaConfig;
    if (!config || !((*config).*hook)) return std::nullopt;
    return make_function_call(((*config).*hook)->LambdaArn.str(), pool.id, client_id, user, std::move(metadata));
}

std::optional<triggers::Call> hook_call(const directory::Pool& pool, TokenHook hook, std::string_view client_id,
                                        const directory::User& user, triggers::Metadata metadata) {
    const auto& config = pool.settings.LambdaConfig;
    if (!config || !((*config).*hook)) return std::nullopt;
    return make_function_call(((*config).*hook)->LambdaArn.str(), pool.id, client_id, user, std::move(metadata));
}

triggers::Call make_function_call(std::string function, const PoolId& pool, std::string_view client_id,
                                  const directory::User& user, triggers::Metadata metadata) {
    return {.function = std::move(function),
            .pool_id = pool,
            .client_id = std::string(client_id),
            .username = user.username,
            .attributes = event_attributes(user),
            .metadata = std::move(metadata)};
}

bool has_hook(const directory::Pool& pool, Hook hook) {
    const auto& config = pool.settings.LambdaConfig;
    return config && ((*config).*hook) && !((*config).*hook)->empty();
}

Task<void> run_post_confirmation(Services& services, std::shared_ptr<const directory::Pool> pool, std::string client_id,
                                 directory::User user, triggers::PostConfirmationSource source,
                                 triggers::Metadata metadata) {
    auto call = hook_call(*pool, &LambdaConfig::PostConfirmation, client_id, user, std::move(metadata));
    if (call) co_await services.triggers.post_confirmation(std::move(*call), source);
}

Task<std::shared_ptr<const directory::Pool>> with_custom_texts(Services& services,
                                                               std::shared_ptr<const directory::Pool> pool,
                                                               directory::User user, Occasion occasion) {
    auto call = hook_call(*pool, &LambdaConfig::CustomMessage, occasion.client_id, user, std::move(occasion.metadata));
    if (!call) co_return pool;
    const auto texts = co_await services.triggers.custom_message(std::move(*call), occasion.source);
    auto changed = std::make_shared<directory::Pool>(*pool);
    set_texts(changed->settings, occasion.source, texts);
    co_return changed;
}

}  // namespace symbolon::signin
