#include "app/admin/sessions.hpp"

#include "app/admin/store.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "base/shape/choice.hpp"
#include "directory/logout_notices.hpp"
#include "directory/pools.hpp"
#include "directory/user_sessions.hpp"
#include "directory/users.hpp"

#include <iostream>

namespace symbolon::app {
namespace {

using directory::UserSession;

constexpr int most_shown = 1000;

directory::User get_user(db::Transaction& tx, const AdminOptions& options) {
    return directory::Users(tx).get_by_login(directory::Pools(tx).get(PoolId(options.pool)), options.user);
}

}  // namespace

void list_sessions(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const Instant now = store.clock.now();
    const auto look = [&](db::Transaction& tx) {
        return directory::UserSessions(tx, store.sealer).list(get_user(tx, options), std::nullopt, most_shown, now);
    };
    for (const auto& session : run(store.db->read(look))) {
        std::cout << session.id << "  since " << to_iso8601(session.began) << "  until " << to_iso8601(session.expires);
        if (session.kind == UserSession::Kind::tokens) std::cout << "  client " << session.client_id.str();
        if (!session.origin.empty()) std::cout << "  through " << session.origin;
        if (!session.agent.empty()) std::cout << "  " << session.agent;
        std::cout << "\n";
    }
    std::cout << std::flush;
}

void end_sessions(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const Instant now = store.clock.now();
    const auto end = [&](db::Transaction& tx) {
        const auto user = get_user(tx, options);
        if (options.session.empty()) return directory::Users(tx).sign_out_everywhere(user.pool_id, user.id, now);
        directory::UserSessions sessions(tx, store.sealer);
        const auto session = sessions.find(user, options.session, now);
        if (!session) throw Error(Errc::resource_not_found, "The user has no session " + options.session + ".");
        sessions.revoke(user, *session, true, now);
    };
    run(store.db->write(end));
    std::cout << (options.session.empty() ? "Every session of the user" : options.session) << " has ended."
              << std::endl;
}

void list_logouts(const AdminOptions& options) {
    check_data_folder(options);
    Store store(options);
    const auto look = [&](db::Transaction& tx) {
        directory::Pools(tx).get(PoolId(options.pool));
        return directory::list_notices(tx, PoolId(options.pool), most_shown);
    };
    for (const auto& notice : run(store.db->read(look))) {
        std::cout << to_iso8601(notice.created) << "  client " << notice.client_id.str() << "  user "
                  << notice.user_id.str() << "  " << to_name(notice.state) << "  tries " << notice.tries;
        if (!notice.outcome.empty()) std::cout << "  " << notice.outcome;
        if (notice.state == directory::NoticeState::waiting) std::cout << "  next " << to_iso8601(notice.due);
        std::cout << "\n";
    }
    std::cout << std::flush;
}

}  // namespace symbolon::app
