#include "aws/operations/auth_events.hpp"

#include "aws/paging.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"
#include "signin/events.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {
namespace {

constexpr int default_page = 60;

directory::Pool get_watched_pool(const Scope& scope, const shape::UserPoolId& id) {
    auto pool = directory::Pools(scope.tx).get(PoolId(id.str()));
    directory::check_threat_protection(pool);
    return pool;
}

}  // namespace

AdminListUserAuthEventsResponse admin_list_user_auth_events(Scope scope, const AdminListUserAuthEventsRequest& in) {
    const auto& sealer = scope.context.services.sealer;
    const auto pool = get_watched_pool(scope, in.UserPoolId);
    const auto user = directory::Users(scope.tx).get_by_login(pool, in.Username.str());
    const auto list = "AdminListUserAuthEvents|" + pool.id.str() + "|" + user.id.str();
    const auto before = in.NextToken ? open_page(sealer, list, in.NextToken->str(), scope.now) : std::string{};
    const auto asked = in.MaxResults ? static_cast<int>(in.MaxResults->get()) : 0;
    const int limit = asked > 0 ? asked : default_page;
    auto events = directory::AuthEvents(scope.tx).list(pool.id, user.id, before, limit + 1);
    AdminListUserAuthEventsResponse out;
    if (events.size() > static_cast<std::size_t>(limit)) {
        events.pop_back();
        out.NextToken = seal_page(sealer, list, events.back().id, scope.now);
    }
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
