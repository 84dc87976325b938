#include "signin/risk/notice.hpp"

#include "base/encoding.hpp"
#include "base/markup.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/destination.hpp"
#include "signin/events.hpp"
#include "signin/sending.hpp"
#include "signin/texts.hpp"

#include <optional>
#include <utility>

namespace symbolon::signin {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// What is not known here: the server has no map of addresses.
constexpr std::string_view unknown = "unknown";

const std::optional<directory::NotifyEmailType>& template_of(const directory::NotifyConfigurationType& configuration,
                                                             Notice notice) {
    switch (notice) {
        case Notice::blocked:
            return configuration.BlockEmail;
        case Notice::second_factor:
            return configuration.MfaEmail;
        case Notice::no_action:
            return configuration.NoActionEmail;
    }
    return configuration.NoActionEmail;
}

std::string_view usual_subject(Notice notice) {
    return notice == Notice::blocked ? "A sign-in to your account was blocked" : "A new sign-in to your account";
}

std::string usual_text(Notice notice) {
    const std::string happened = notice == Notice::blocked ? "Somebody gave your password, and was not let in."
                                                           : "Somebody signed in to your account in an unusual way.";
    return happened +
           "\n\nTime: {login-time}\nDevice: {device-name}\nAddress: {ip-address}\n\n"
           "If that was you, tell us here: {one-click-link-valid}\n"
           "If it was not, change your password, and tell us here: {one-click-link-invalid}\n";
}

std::string_view action_name(Notice notice) {
    switch (notice) {
        case Notice::blocked:
            return "BLOCK";
        case Notice::second_factor:
            return "MFA";
        case Notice::no_action:
            return "NO_ACTION";
    }
    return "";
}

/// A page that asks for a click before it rates: mail programs look at links on their own.
std::string link(const Context& context, const directory::User& user, const std::string& event,
                 const std::string& token, std::string_view value) {
    return context.services.names.base_url + "/" + context.pool->id.str() + "/feedback?event=" + percent_encode(event) +
           "&user=" + percent_encode(user.id.str()) + "&token=" + percent_encode(token) +
           "&value=" + std::string(value);
}

Values placeholders(const Context& context, const directory::User& user, const std::string& event) {
    const auto origin = origin_of(context.caller, context.pool->id);
    const auto or_unknown = [](const std::string& text) { return text.empty() ? std::string(unknown) : text; };
    const auto token = seal_feedback_token(context.services.sealer, context.pool->id, user.id, event, context.now);
    return {{"username", user.username},
            {"ip-address", or_unknown(origin.address)},
            {"city", std::string(unknown)},
            {"country", std::string(unknown)},
            {"login-time", to_iso8601(context.now)},
            {"device-name", or_unknown(origin.device_name)},
            {"event-id", event},
            {"feedback-token", token},
            {"one-click-link-valid", link(context, user, event, token, "valid")},
            {"one-click-link-invalid", link(context, user, event, token, "invalid")}};
}

/// What the pool's own function that sends mails is told.
Values told(const Values& values, Notice notice) {
    return {{"EVENT_ID", values.at("event-id")},
            {"USER_NAME", values.at("username")},
            {"IP_ADDRESS", values.at("ip-address")},
            {"DEVICE_NAME", values.at("device-name")},
            {"LOGIN_TIME", values.at("login-time")},
            {"FEEDBACK_TOKEN", values.at("feedback-token")},
            {"ONE_CLICK_LINK_VALID", values.at("one-click-link-valid")},
            {"ONE_CLICK_LINK_INVALID", values.at("one-click-link-invalid")},
            {"ACCOUNT_TAKE_OVER_ACTION", std::string(action_name(notice))}};
}

Values escaped(Values values) {
    for (auto& [name, value] : values) value = escape_html(value);
    return values;
}

}  // namespace

std::string fill_placeholders(std::string_view text, const Values& values) {
    std::string out;
    while (true) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) return out;
        text.remove_prefix(open);
        const auto close = text.find('}');
        const auto found = close == std::string_view::npos ? values.end() : values.find(text.substr(1, close - 1));
        out += found == values.end() ? std::string_view("{") : std::string_view(found->second);
        text.remove_prefix(found == values.end() ? 1 : close + 1);
    }
}

void notify(const Context& context, db::Transaction& tx, const directory::User& user, const std::string& event,
            Notice notice) {
    const auto content = directory::RiskConfigurations(tx).in_force(context.pool->id, context.client->id);
    const auto& takeover = content.AccountTakeoverRiskConfiguration;
    const auto destination = find_destination(user, "email");
    if (!takeover || !takeover->NotifyConfiguration || !destination || !user.is_verified("email")) return;
    const Tally tally(tx, context.pool->id, context.now, Tally::Mode::count);
    if (!allow_send(tally, context.services.limits, *context.pool, *destination, Asker::password_holder,
                    context.caller))
        return;

    const auto& configuration = *takeover->NotifyConfiguration;
    const auto& own = template_of(configuration, notice);
    const auto values = placeholders(context, user, event);
    Notification notification{.to = destination->value, .client_id = context.client->id.str()};
    notification.facts = told(values, notice);
    notification.subject = own ? own->Subject.str() : std::string(usual_subject(notice));
    if (configuration.From) notification.from = configuration.From->str();
    if (configuration.ReplyTo) notification.reply_to = configuration.ReplyTo->str();
    if (own && own->HtmlBody) notification.html = fill_placeholders(own->HtmlBody->str(), escaped(values));
    const auto text = own && own->TextBody ? own->TextBody->str() : usual_text(notice);
    if (!own || own->TextBody || !own->HtmlBody) notification.text = fill_placeholders(text, values);
    send_notification(context.services, tx, *context.pool, user, std::move(notification), context.now);
}

}  // namespace symbolon::signin
