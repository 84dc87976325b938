#pragma once

#include "aws/operation.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Where users are signed in (cognito-api.md §2.7, §2.8).
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(SessionTypeType, SSO, TOKEN)

struct AdminListUserSessionsRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(AdminListUserSessionsRequest, (), (UserPoolId, Username, NextToken))

struct ListUserSessionsRequest {
    shape::TokenText AccessToken;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserSessionsRequest, (), (AccessToken, NextToken))

struct AdminRevokeUserSessionRequest {
    shape::UserPoolId UserPoolId;
    shape::Username Username;
    shape::PlainString SessionId;
    std::optional<RevokeAssociatedSessionsType> RevokeAssociatedSessions;
};
BOOST_DESCRIBE_STRUCT(AdminRevokeUserSessionRequest, (), (UserPoolId, Username, SessionId, RevokeAssociatedSessions))

struct RevokeUserSessionRequest {
    shape::TokenText AccessToken;
    shape::PlainString SessionId;
    std::optional<RevokeAssociatedSessionsType> RevokeAssociatedSessions;
};
BOOST_DESCRIBE_STRUCT(RevokeUserSessionRequest, (), (AccessToken, SessionId, RevokeAssociatedSessions))

struct SessionLocationType {
    std::optional<std::string> City;
    std::optional<std::string> Country;
};
BOOST_DESCRIBE_STRUCT(SessionLocationType, (), (City, Country))

/// The address and the place of a session are not known: they are left out.
struct SessionDescriptionType {
    std::string SessionId;
    SessionTypeType SessionType{};
    std::optional<std::string> ClientId;
    Timestamp CreateDate;
    Timestamp LastActiveDate;
    std::string DeviceType;
    std::optional<std::string> LastIPAddress;
    std::optional<SessionLocationType> LastLocation;
    std::optional<std::string> OriginSessionId;
    bool IsCurrentSession = false;
};
BOOST_DESCRIBE_STRUCT(SessionDescriptionType, (),
                      (SessionId, SessionType, ClientId, CreateDate, LastActiveDate, DeviceType, LastIPAddress,
                       LastLocation, OriginSessionId, IsCurrentSession))

struct ListUserSessionsResponse {
    std::vector<SessionDescriptionType> Sessions;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserSessionsResponse, (), (Sessions, NextToken))

/// Fails: resource_not_found, user_not_found.
ListUserSessionsResponse admin_list_user_sessions(Scope scope, const AdminListUserSessionsRequest& in);
/// Fails: resource_not_found (the pool, the session), user_not_found.
Empty admin_revoke_user_session(Scope scope, const AdminRevokeUserSessionRequest& in);
/// Fails: token_not_accepted, insufficient_scope.
Task<ListUserSessionsResponse> list_user_sessions(Call call, ListUserSessionsRequest in);
/// Fails: token_not_accepted, insufficient_scope, resource_not_found (the session), invalid_parameter (it is the one
/// that asks).
Task<Empty> revoke_user_session(Call call, RevokeUserSessionRequest in);

std::span<const Operation> user_session_operations();

}  // namespace symbolon::aws
