#pragma once

#include "aws/operation.hpp"
#include "directory/auth_events.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// The history of what users did (cognito-api.md §2.7, §2.8).
namespace symbolon::aws {

struct AdminListUserAuthEventsRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::optional<shape::QueryLimitOrZero> MaxResults;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(AdminListUserAuthEventsRequest, (), (UserPoolId, Username, MaxResults, NextToken))

struct AuthEventType : directory::AuthEventDetails {
    std::string EventId;
};
BOOST_DESCRIBE_STRUCT(AuthEventType, (directory::AuthEventDetails), (EventId))

struct AdminListUserAuthEventsResponse {
    std::vector<AuthEventType> AuthEvents;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(AdminListUserAuthEventsResponse, (), (AuthEvents, NextToken))

struct AdminUpdateAuthEventFeedbackRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::EventId EventId;
    directory::FeedbackValueType FeedbackValue{};
};
BOOST_DESCRIBE_STRUCT(AdminUpdateAuthEventFeedbackRequest, (), (UserPoolId, Username, EventId, FeedbackValue))

struct UpdateAuthEventFeedbackRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::EventId EventId;
    shape::TokenText FeedbackToken;
    directory::FeedbackValueType FeedbackValue{};
};
BOOST_DESCRIBE_STRUCT(UpdateAuthEventFeedbackRequest, (), (UserPoolId, Username, EventId, FeedbackToken, FeedbackValue))

/// Latest first. Fails, this and all below: resource_not_found, add_on_not_enabled, user_not_found.
AdminListUserAuthEventsResponse admin_list_user_auth_events(Scope scope, const AdminListUserAuthEventsRequest& in);
/// Fails, as well: invalid_parameter (no such event).
Empty admin_update_auth_event_feedback(Scope scope, const AdminUpdateAuthEventFeedbackRequest& in);
/// For whoever was told of the event, which the token proves. Fails: not_authorized (the token), resource_not_found,
/// add_on_not_enabled. A user who is not there has no token either.
Empty update_auth_event_feedback(Scope scope, const UpdateAuthEventFeedbackRequest& in);

std::span<const Operation> auth_event_operations();

}  // namespace symbolon::aws
