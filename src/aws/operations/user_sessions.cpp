#include "aws/operations/user_sessions.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "base/encoding.hpp"
#include "directory/pools.hpp"
#include "directory/user_sessions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace symbolon::aws {
namespace {

using directory::UserSession;

constexpr int page = 125;

/// `kind:time:key`, the place of a session in its list.
std::string to_position(const UserSession& session) {
    const bool tokens = session.kind == UserSession::Kind::tokens;
    return std::string(tokens ? "t:" : "b:") + std::to_string(to_ms(session.began)) + ":" +
           (tokens ? session.grant_id : to_hex(session.session_hash));
}

UserSession from_position(const std::string& position) {
    UserSession session;
    const auto colon = position.find(':', 2);
    std::int64_t began = 0;
    std::from_chars(position.data() + 2, position.data() + colon, began);
    session.began = from_ms(began);
    session.kind = position.front() == 't' ? UserSession::Kind::tokens : UserSession::Kind::browser;
    auto key = position.substr(colon + 1);
    if (session.kind == UserSession::Kind::tokens)
        session.grant_id = std::move(key);
    else
        session.session_hash = parse_hex(key).value_or(Bytes());
    return session;
}

/// `current` is the grant of the token that asks; "": nobody asks for himself.
ListUserSessionsResponse list(db::Transaction& tx, const crypto::Sealer& sealer, const directory::User& user,
                              const std::optional<shape::PaginationKey>& token, const std::string& current,
                              Instant now) {
    const auto name = "ListUserSessions|" + user.pool_id.str() + "|" + user.id.str();
    std::optional<UserSession> after;
    if (token) after = from_position(open_page(sealer, name, token->str(), now));
    auto sessions = directory::UserSessions(tx, sealer).list(user, after, page + 1, now);
    ListUserSessionsResponse out;
    if (sessions.size() > static_cast<std::size_t>(page)) {
        sessions.pop_back();
        out.NextToken = seal_page(sealer, name, to_position(sessions.back()), now);
    }
    for (const auto& session : sessions) {
        const bool tokens = session.kind == UserSession::Kind::tokens;
        SessionDescriptionType shown;
        shown.SessionId = session.id;
        shown.SessionType = tokens ? SessionTypeType::TOKEN : SessionTypeType::SSO;
        if (tokens) shown.ClientId = session.client_id.str();
        shown.CreateDate = session.began;
        shown.LastActiveDate = std::max(session.used, session.began);
        shown.DeviceType = "unknown";
        if (!session.origin.empty()) shown.OriginSessionId = session.origin;
        shown.IsCurrentSession = tokens && session.grant_id == current;
        out.Sessions.push_back(std::move(shown));
    }
    return out;
}

void revoke(db::Transaction& tx, const crypto::Sealer& sealer, const directory::User& user, const std::string& id,
            const std::optional<RevokeAssociatedSessionsType>& associated, const std::string& current, Instant now) {
    directory::UserSessions sessions(tx, sealer);
    const auto session = sessions.find(user, id, now);
    if (!session) throw Error(Errc::resource_not_found, "Session does not exist.");
    if (session->kind == UserSession::Kind::tokens && session->grant_id == current)
        throw Error(Errc::invalid_parameter, "The current session cannot be revoked. Sign out instead.");
    sessions.revoke(user, *session, associated == RevokeAssociatedSessionsType::LINKED, now);
}

directory::User get_user(const Scope& scope, const shape::UserPoolId& pool_id, const shape::Username& login) {
    const auto pool = get_pool(scope, pool_id);
    return directory::Users(scope.tx).get_by_login(pool, login.str());
}

}  // namespace

ListUserSessionsResponse admin_list_user_sessions(Scope scope, const AdminListUserSessionsRequest& in) {
    const auto user = get_user(scope, in.UserPoolId, in.Username);
    return list(scope.tx, scope.context.services.sealer, user, in.NextToken, {}, scope.now);
}

Empty admin_revoke_user_session(Scope scope, const AdminRevokeUserSessionRequest& in) {
    const auto user = get_user(scope, in.UserPoolId, in.Username);
    revoke(scope.tx, scope.context.services.sealer, user, in.SessionId.str(), in.RevokeAssociatedSessions, {},
           scope.now);
    return {};
}

Task<ListUserSessionsResponse> list_user_sessions(Call call, ListUserSessionsRequest in) {
    const auto& services = call.context.services;
    const auto owner = co_await get_token_owner(call.context, std::move(in.AccessToken).str());
    const auto look = [&](db::Transaction& tx) {
        return list(tx, services.sealer, *owner.user, in.NextToken, owner.token->grant_id, call.now);
    };
    co_return co_await services.db.read(look);
}

Task<Empty> revoke_user_session(Call call, RevokeUserSessionRequest in) {
    const auto& services = call.context.services;
    const auto owner = co_await get_token_owner(call.context, std::move(in.AccessToken).str());
    const auto end = [&](db::Transaction& tx) {
        revoke(tx, services.sealer, *owner.user, in.SessionId.str(), in.RevokeAssociatedSessions, owner.token->grant_id,
               call.now);
    };
    co_await services.db.write(end);
    co_return Empty{};
}

std::span<const Operation> user_session_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<admin_list_user_sessions, reads>("AdminListUserSessions", administrator),
        operation<admin_revoke_user_session, writes>("AdminRevokeUserSession", administrator),
        operation<list_user_sessions>("ListUserSessions", token),
        operation<revoke_user_session>("RevokeUserSession", token),
    };
    return table;
}

}  // namespace symbolon::aws
