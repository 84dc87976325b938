#include "aws/operations/auth_events.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/events.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {
namespace {

directory::Pool get_watched_pool(const Scope& scope, const shape::UserPoolId& id) {
    auto pool = get_pool(scope, id);
    directory::check_threat_protection(pool);
    return pool;
}

}  // namespace

AdminListUserAuthEventsResponse admin_list_user_auth_events(Scope scope, const AdminListUserAuthEventsRequest& in) {
    const auto pool = get_watched_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    const ListPage page(scope, "AdminListUserAuthEvents|" + pool.id.str() + "|" + user.id.str(), in.NextToken,
                        in.MaxResults);
    auto events = directory::AuthEvents(scope.tx).list(pool.id, user.id, page.after(), page.reads());
    AdminListUserAuthEventsResponse out;
    out.NextToken = page.cut(events, &directory::AuthEvent::id);
    for (auto& event : events) {
        AuthEventType shown;
        static_cast<directory::AuthEventDetails&>(shown) = std::move(event.details);
        shown.EventId = std::move(event.id);
        out.AuthEvents.push_back(std::move(shown));
    }
    return out;
}

Empty admin_update_auth_event_feedback(Scope scope, const AdminUpdateAuthEventFeedbackRequest& in) {
    const auto pool = get_watched_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    signin::rate_event(scope.context.services, scope.tx, pool, user.id, in.EventId.str(), in.FeedbackValue, "Admin",
                       scope.now);
    return {};
}

Empty update_auth_event_feedback(Scope scope, const UpdateAuthEventFeedbackRequest& in) {
    const auto pool = get_watched_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).find_by_login(pool, in.Username.str());
    if (!user || !signin::proves_feedback(scope.context.services.sealer, pool.id, user->id, in.EventId.str(),
                                          in.FeedbackToken.str(), scope.now))
        throw Error(Errc::not_authorized, "Invalid feedback token.");
    signin::rate_event(scope.context.services, scope.tx, pool, user->id, in.EventId.str(), in.FeedbackValue, "User",
                       scope.now);
    return {};
}

std::span<const Operation> auth_event_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<admin_list_user_auth_events, reads>("AdminListUserAuthEvents", administrator),
        operation<admin_update_auth_event_feedback, writes>("AdminUpdateAuthEventFeedback", administrator),
        // Nobody is asked for a signature, and no client is named: the token is the proof.
        operation<update_auth_event_feedback, writes>("UpdateAuthEventFeedback", feedback),
    };
    return table;
}

}  // namespace symbolon::aws
