#include "signin/texts.hpp"

#include "base/markup.hpp"
#include "base/utf8.hpp"
#include "directory/unicode.hpp"
#include "triggers/event.hpp"

#include <optional>

namespace symbolon::signin {
namespace {

using directory::CodePurpose;
using directory::PoolSettings;

/// Subject and body of an e-mail; a body from a template is HTML.
struct Mail {
    std::string subject;
    std::string body;
    bool is_html = false;
};

/// The first text that is set.
template <class First, class... Rest>
std::optional<std::string> first_set(const std::optional<First>& first, const Rest&... rest) {
    if (first) return first->str();
    if constexpr (sizeof...(rest) > 0) return first_set(rest...);
    return std::nullopt;
}

std::string verification_sms(const PoolSettings& settings, std::string_view otherwise) {
    const auto& own = settings.VerificationMessageTemplate;
    const auto text =
        own ? first_set(own->SmsMessage, settings.SmsVerificationMessage) : first_set(settings.SmsVerificationMessage);
    return text.value_or(std::string(otherwise));
}

Mail verification_mail(const PoolSettings& settings, Mail otherwise) {
    const auto& own = settings.VerificationMessageTemplate;
    const auto subject = own ? first_set(own->EmailSubject, settings.EmailVerificationSubject)
                             : first_set(settings.EmailVerificationSubject);
    const auto body = own ? first_set(own->EmailMessage, settings.EmailVerificationMessage)
                          : first_set(settings.EmailVerificationMessage);
    if (subject) otherwise.subject = *subject;
    if (body) {
        otherwise.body = *body;
        otherwise.is_html = true;
    }
    return otherwise;
}

std::string sms_text(const PoolSettings& settings, CodePurpose purpose) {
    switch (purpose) {
        case CodePurpose::sign_up:
            return verification_sms(settings, "Your verification code is {####}. ");
        case CodePurpose::recovery:
            return verification_sms(settings, "Your password reset code is {####}");
        case CodePurpose::verify_phone_number:
        case CodePurpose::verify_email:
            return verification_sms(settings, "Your verification code is {####}. ");
        case CodePurpose::sms_mfa:
        case CodePurpose::email_mfa:
        case CodePurpose::sms_otp:
        case CodePurpose::email_otp:
            return first_set(settings.SmsAuthenticationMessage).value_or("Your authentication code is {####}. ");
    }
    return "{####}";
}

/// The texts of SetUserPoolMfaConfig, or the service's own.
Mail authentication_mail(const PoolSettings& settings) {
    Mail mail{"Your authentication code", "Your authentication code is {####}"};
    const auto& own = settings.EmailMfaConfiguration;
    if (own && own->Subject) mail.subject = own->Subject->str();
    if (own && own->Message) {
        mail.body = own->Message->str();
        mail.is_html = true;
    }
    return mail;
}

Mail mail_text(const PoolSettings& settings, CodePurpose purpose) {
    switch (purpose) {
        case CodePurpose::sign_up:
            return verification_mail(settings, {"Your verification code", "Your verification code is {####}. "});
        case CodePurpose::recovery:
            return verification_mail(settings, {"Your password reset code", "Your password reset code is {####}"});
        case CodePurpose::verify_phone_number:
        case CodePurpose::verify_email:
            return verification_mail(settings, {"Your verification code", "Your verification code is {####}. "});
        case CodePurpose::sms_mfa:
        case CodePurpose::email_mfa:
        case CodePurpose::sms_otp:
        case CodePurpose::email_otp:
            return authentication_mail(settings);
    }
    return {};
}

/// The pool's own function that sends on this medium; "" when it has none.
std::string sender_of(const directory::Pool& pool, const Destination& destination) {
    const auto& hooks = pool.settings.LambdaConfig;
    if (!hooks) return {};
    const auto& sender = destination.is_phone() ? hooks->CustomSMSSender : hooks->CustomEmailSender;
    return sender ? sender->LambdaArn.str() : std::string();
}

/// What a pool says of who its mails are from.
std::string sender_text(std::string_view text) {
    constexpr std::size_t longest = 640;  // a name, and an address
    return text.size() <= longest ? one_line(text) : std::string();
}

messaging::Message address(const directory::Pool& pool, const Destination& destination, std::string_view purpose,
                           std::string_view code, std::string username) {
    messaging::Message message;
    message.channel = destination.channel();
    message.to = destination.value;
    message.code = code;
    message.purpose = purpose;
    message.pool_id = pool.id;
    message.username = std::move(username);
    message.function = sender_of(pool, destination);
    const auto& mail = pool.settings.EmailConfiguration;
    if (destination.is_phone() || !mail) return message;
    if (mail->From) message.from = sender_text(mail->From->str());
    if (mail->ReplyToEmailAddress) message.reply_to = sender_text(mail->ReplyToEmailAddress->str());
    return message;
}

void fill_mail(messaging::Message& message, const Mail& mail, std::string_view code, std::string_view username) {
    message.subject = one_line(mail.subject);
    message.text = fill_template(mail.body, code, username);
    if (mail.is_html) message.html = fill_template(mail.body, escape_html(code), escape_html(username));
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!character) {
            text.remove_prefix(1);
            continue;
        }
        directory::append_character(out, directory::is_control(*character) ? U' ' : *character);
    }
    return out;
}

std::string fill_template(std::string_view text, std::string_view code, std::string_view username) {
    constexpr std::string_view code_mark = "{####}";
    constexpr std::string_view name_mark = "{username}";
    std::string out;
    while (!text.empty()) {
        if (text.starts_with(code_mark)) {
            out += code;
            text.remove_prefix(code_mark.size());
        } else if (text.starts_with(name_mark)) {
            out += username;
            text.remove_prefix(name_mark.size());
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

messaging::Message write_code(const directory::Pool& pool, CodePurpose purpose, const Destination& destination,
                              const OneTimeCode& code, std::string username) {
    auto message = address(pool, destination, directory::to_name(purpose), code.reveal(), std::move(username));
    // {username} is filled in for invitations only.
    constexpr std::string_view no_name = "{username}";
    if (destination.is_phone())
        message.text = fill_template(sms_text(pool.settings, purpose), code.reveal(), no_name);
    else
        fill_mail(message, mail_text(pool.settings, purpose), code.reveal(), no_name);
    return message;
}

messaging::Message write_invitation(const directory::Pool& pool, const Destination& destination,
                                    const Password& temporary, std::string username, std::string_view shown_name) {
    const std::string usual = "Your username is {username} and temporary password is {####}. ";
    const auto& config = pool.settings.AdminCreateUserConfig;
    const auto& own = config ? config->InviteMessageTemplate : std::nullopt;

    auto message = address(pool, destination, "invitation", temporary.reveal(), std::move(username));
    if (destination.is_phone()) {
        const auto text = own ? first_set(own->SMSMessage) : std::nullopt;
        message.text = fill_template(text.value_or(usual), temporary.reveal(), shown_name);
        return message;
    }
    Mail mail{"Your temporary password", usual};
    if (own && own->EmailSubject) mail.subject = own->EmailSubject->str();
    if (own && own->EmailMessage) mail = {mail.subject, own->EmailMessage->str(), true};
    fill_mail(message, mail, temporary.reveal(), shown_name);
    return message;
}

messaging::Message write_notification(const directory::Pool& pool, std::string username, Notification notification) {
    const Destination destination{"email", std::move(notification.to)};
    auto message = address(pool, destination, "account_take_over_notification", {}, std::move(username));
    message.subject = one_line(notification.subject);
    message.text = std::move(notification.text);
    message.html = std::move(notification.html);
    if (!notification.from.empty()) message.from = sender_text(notification.from);
    if (!notification.reply_to.empty()) message.reply_to = sender_text(notification.reply_to);
    message.event.attributes = std::move(notification.facts);
    return message;
}

void tell(messaging::Message& message, const Occasion& occasion) {
    message.event.source = triggers::to_text(occasion.source);
    message.event.client_id = occasion.client_id;
    message.event.metadata = occasion.metadata;
}

}  // namespace symbolon::signin
