#pragma once

#include "triggers/answers.hpp"
#include "triggers/call.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string_view>
#include <vector>

/// The events that functions are run with. Spec: cognito-api.md §6.1 to §6.3.
namespace symbolon::triggers {

/// `response` has its members already, with their defaults, so that a function can set them.
struct EventParts {
    std::string_view source;  ///< triggerSource
    std::string_view version = "1";
    boost::json::object request;  ///< what the trigger adds to the common members
    boost::json::object response;
};

/// The whole event. With `with_attributes` false it has no userAttributes.
boost::json::object make_event(const Call& call, EventParts parts, bool with_attributes = true);

boost::json::object to_json(const Attributes& map);
/// `{}` is written as null, as the service does where nothing was given.
boost::json::value to_json_or_null(const Metadata& map);
boost::json::array to_json(const std::vector<std::string>& list);
boost::json::array to_json(const std::vector<ChallengeResult>& session);
boost::json::object to_json(const Groups& groups);

std::string_view to_text(PreSignUpSource source);
std::string_view to_text(PostConfirmationSource source);
std::string_view to_text(TokenSource source);
std::string_view to_text(MigrationSource source);
/// What follows CustomMessage_, CustomSMSSender_ and CustomEmailSender_.
std::string_view to_text(MessageSource source);
/// The source of that text; nothing for another text.
std::optional<MessageSource> parse_message_source(std::string_view text);

}  // namespace symbolon::triggers
