#include "symbolon/skill/smart_home/smart_home.hpp"

#include "../json_read.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

namespace symbolon::skill::smart_home {
namespace {

/// The number of percent that a brightness directive names.
std::int64_t get_percent(const Directive& directive, std::string_view member, std::int64_t least) {
    const auto* value = directive.payload.if_contains(member);
    constexpr std::int64_t most = 100;
    if (value == nullptr || !value->is_int64()) {
        throw DirectiveError(ErrorType::invalid_directive, "the directive has no whole number " + std::string(member));
    }
    if (value->get_int64() < least || value->get_int64() > most) {
        throw DirectiveError(ErrorType::value_out_of_range, "the value is out of range",
                             {{"validRange", {{"minimumValue", least}, {"maximumValue", most}}}});
    }
    return value->get_int64();
}

AccessToken get_token(const Directive& directive) {
    auto token = directive.find_token();
    if (!token) throw DirectiveError(ErrorType::invalid_authorization_credential, "the directive carries no token");
    return std::move(*token);
}

}  // namespace

struct SmartHome::Impl {
    using Answer = std::function<json::object(const Call&, const std::string& id)>;

    std::map<std::pair<std::string, std::string>, Answer> answers;
    AcceptGrant accept_grant;
    Log log = stderr_log();
    MessageId message_id = random_message_id();

    json::object carry_out(const Directive& directive, Invocation invocation) const {
        const auto found = answers.find({directive.header.namespace_, directive.header.name});
        if (found == answers.end()) {
            throw DirectiveError(ErrorType::invalid_directive, "this skill has no handler for the directive");
        }
        const Call call{directive, get_token(directive), std::move(invocation)};
        return found->second(call, message_id());
    }

    json::object answer(const Directive& directive, Invocation invocation) const {
        try {
            return carry_out(directive, std::move(invocation));
        } catch (const DirectiveError& error) {
            return error_response(directive, error, message_id());
        } catch (const std::exception& error) {
            log(LogLevel::error, "directive_failed", directive.header.name + ": " + error.what());
            const DirectiveError hidden(ErrorType::internal_error, "the skill could not carry the directive out");
            return error_response(directive, hidden, message_id());
        }
    }

    json::object answer_grant(const Directive& directive) const {
        try {
            const auto* grant = find_object(directive.payload, "grant");
            const auto code = grant == nullptr ? std::nullopt : find_text(*grant, "code");
            auto token = directive.find_token();
            if (!accept_grant || !code || !token) throw std::invalid_argument("no handler, no code or no token");
            accept_grant({AccessToken(std::string(*code)), std::move(*token)});
            return accept_grant_response(message_id());
        } catch (const std::exception& error) {
            log(LogLevel::error, "accept_grant_failed", error.what());
            return accept_grant_failed("the skill could not accept the grant", message_id());
        }
    }

    void add(std::string namespace_name, std::string name, Answer answer) {
        answers.insert_or_assign({std::move(namespace_name), std::move(name)}, std::move(answer));
    }
};

json::object SmartHome::handle(json::object event, Invocation invocation) const {
    const auto directive = Directive::parse(std::move(event));
    if (directive.is("Alexa.Authorization", "AcceptGrant")) return impl_->answer_grant(directive);
    return impl_->answer(directive, std::move(invocation));
}

SmartHomeBuilder::SmartHomeBuilder() : impl_(std::make_shared<SmartHome::Impl>()) {}

SmartHomeBuilder& SmartHomeBuilder::on_discover(Discover discover) {
    impl_->add("Alexa.Discovery", "Discover",
               [discover = std::move(discover)](const Call& call, const std::string& id) {
                   return discover_response(discover(call), id);
               });
    return *this;
}

SmartHomeBuilder& SmartHomeBuilder::on_accept_grant(AcceptGrant accept) {
    impl_->accept_grant = std::move(accept);
    return *this;
}

SmartHomeBuilder& SmartHomeBuilder::on_report_state(Carry report) {
    impl_->add("Alexa", "ReportState", [report = std::move(report)](const Call& call, const std::string& id) {
        return state_report(call.directive, report(call), id);
    });
    return *this;
}

SmartHomeBuilder& SmartHomeBuilder::on_power(SetPower set) {
    on("Alexa.PowerController", "TurnOn", [set](const Call& call) { return set(call, PowerState::on); });
    return on("Alexa.PowerController", "TurnOff", [set](const Call& call) { return set(call, PowerState::off); });
}

SmartHomeBuilder& SmartHomeBuilder::on_set_brightness(SetBrightness set) {
    return on("Alexa.BrightnessController", "SetBrightness", [set = std::move(set)](const Call& call) {
        return set(call, get_percent(call.directive, "brightness", 0));
    });
}

SmartHomeBuilder& SmartHomeBuilder::on_adjust_brightness(SetBrightness adjust) {
    return on("Alexa.BrightnessController", "AdjustBrightness", [adjust = std::move(adjust)](const Call& call) {
        return adjust(call, get_percent(call.directive, "brightnessDelta", -100));
    });
}

SmartHomeBuilder& SmartHomeBuilder::on(std::string namespace_name, std::string name, Carry carry) {
    impl_->add(std::move(namespace_name), std::move(name),
               [carry = std::move(carry)](const Call& call, const std::string& id) {
                   return response(call.directive, carry(call), id);
               });
    return *this;
}

SmartHomeBuilder& SmartHomeBuilder::log(Log log) {
    impl_->log = std::move(log);
    return *this;
}

SmartHomeBuilder& SmartHomeBuilder::message_id(MessageId id) {
    impl_->message_id = std::move(id);
    return *this;
}

SmartHome SmartHomeBuilder::create() const {
    return SmartHome(std::make_shared<const SmartHome::Impl>(*impl_));
}

}  // namespace symbolon::skill::smart_home
