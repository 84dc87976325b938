#pragma once

#include "symbolon/skill/access_token.hpp"
#include "symbolon/skill/smart_home/directive.hpp"
#include "symbolon/skill/smart_home/endpoint.hpp"
#include "symbolon/skill/smart_home/property.hpp"

#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::skill::smart_home {

/// Why a directive was not carried out. The two about credentials end the account link: they are only for tokens that
/// are really dead, never for an identity server that cannot be reached just now.
enum class ErrorType {
    already_in_operation,
    bridge_unreachable,
    endpoint_busy,
    endpoint_low_power,
    endpoint_unreachable,
    expired_authorization_credential,
    firmware_out_of_date,
    hardware_malfunction,
    insufficient_permissions,
    internal_error,
    invalid_authorization_credential,
    invalid_directive,
    invalid_value,
    no_such_endpoint,
    not_supported_in_current_mode,
    rate_limit_exceeded,
    temperature_value_out_of_range,
    value_out_of_range
};
BOOST_DESCRIBE_ENUM(ErrorType, already_in_operation, bridge_unreachable, endpoint_busy, endpoint_low_power,
                    endpoint_unreachable, expired_authorization_credential, firmware_out_of_date, hardware_malfunction,
                    insufficient_permissions, internal_error, invalid_authorization_credential, invalid_directive,
                    invalid_value, no_such_endpoint, not_supported_in_current_mode, rate_limit_exceeded,
                    temperature_value_out_of_range, value_out_of_range)

/// What made a state change.
enum class ChangeCause { app_interaction, physical_interaction, periodic_poll, rule_trigger, voice_interaction };
BOOST_DESCRIBE_ENUM(ChangeCause, app_interaction, physical_interaction, periodic_poll, rule_trigger, voice_interaction)

/// Thrown by a handler: the platform gets an ErrorResponse.
class DirectiveError : public std::runtime_error {
public:
    DirectiveError(ErrorType type, const std::string& message, json::object details = {})
        : std::runtime_error(message), type_(type), details_(std::move(details)) {}

    ErrorType type() const { return type_; }
    /// Further members of the payload, e.g. `validRange`.
    const json::object& details() const { return details_; }

private:
    ErrorType type_;
    json::object details_;
};

/// A new id for a message: up to 127 letters, digits and hyphens.
using MessageId = std::function<std::string()>;
/// Random UUIDs.
MessageId random_message_id();

/// The directive was carried out; the properties are what it changed.
json::object response(const Directive& directive, const std::vector<Property>& properties, const std::string& id);
/// The answer to ReportState.
json::object state_report(const Directive& directive, const std::vector<Property>& properties, const std::string& id);
/// The answer comes later, through the event gateway.
json::object deferred_response(const Directive& directive, std::chrono::seconds expected, const std::string& id);
json::object error_response(const Directive& directive, const DirectiveError& error, const std::string& id);
json::object discover_response(const std::vector<Endpoint>& endpoints, const std::string& id);
json::object accept_grant_response(const std::string& id);
/// Ends the linking of the account with an error.
json::object accept_grant_failed(std::string_view message, const std::string& id);

// For the event gateway, which adds the user's token.

/// A device changed by itself. `changed` must not be empty; `others` are the properties that stayed as they were.
json::object change_report(std::string_view endpoint_id, ChangeCause cause, const std::vector<Property>& changed,
                           const std::vector<Property>& others, const std::string& id);
/// The user has new devices, or known ones that can do something else now.
json::object add_or_update_report(const std::vector<Endpoint>& endpoints, const std::string& id);
json::object delete_report(const std::vector<std::string>& endpoint_ids, const std::string& id);

}  // namespace symbolon::skill::smart_home
