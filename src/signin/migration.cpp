#include "signin/migration.hpp"

#include "directory/attempts.hpp"
#include "directory/new_user.hpp"
#include "directory/pools.hpp"
#include "signin/hooks.hpp"
#include "signin/subject.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::UserStatus;
using triggers::MigrationSource;

/// True when the hook may be asked: the login names nobody here, and was not asked for too often.
bool may_ask(Services& services, db::Transaction& tx, const directory::Pool& pool, std::string_view login,
             Instant now) {
    const auto subject = find_subject(tx, services.sealer, pool, login);
    return !subject.user && directory::Attempts(tx).count(pool.id, counted::migration, subject.key.str(),
                                                          services.limits.migrations_per_hour, hour, now);
}

/// What the hook says of a login. A hook that throws does not know the user; who hides users does not say so.
Task<std::optional<triggers::MigratedUser>> ask(Services& services, PoolPtr pool, ClientPtr client, std::string login,
                                                MigrationSource source, Password password, Caller caller) {
    directory::User stranger;
    stranger.pool_id = pool->id;
    stranger.username = std::move(login);
    auto call = hook_call(*pool, &LambdaConfig::UserMigration, client->id.str(), stranger, std::move(caller.metadata));
    std::optional<Error> refusal;
    try {
        co_return co_await services.triggers.user_migration(std::move(*call), source, std::move(password),
                                                            std::move(caller.validation_data));
    } catch (const Error& error) {
        refusal = error;
    }
    if (refusal->code != Errc::hook_refused) throw *refusal;
    if (!client->hides_users())
        throw Error{Errc::user_not_found, "Exception migrating user in app client " + client->id.str(),
                    refusal->message};
    co_return std::nullopt;
}

/// The user that the hook returned, checked as one that an administrator creates.
directory::User check_migrated(Services& services, const directory::Pool& pool, std::string login,
                               triggers::MigratedUser migrated, Instant now) {
    // The user name proper, for who signs in with an alias.
    if (const auto own = migrated.attributes.find("username"); own != migrated.attributes.end()) {
        login = std::move(own->second);
        migrated.attributes.erase(own);
    }
    directory::User user;
    try {
        user = directory::check_new_user(pool, login, migrated.attributes);
    } catch (const Error& error) {
        throw Error{Errc::hook_answer_invalid, "Invalid lambda function output : " + error.message};
    }
    user.id = UserId(services.random.uuid());
    if (user.username.empty()) user.username = user.id.str();
    user.status = migrated.confirmed ? UserStatus::CONFIRMED : UserStatus::RESET_REQUIRED;
    if (migrated.enable_sms_mfa)
        user.mfa = {.enabled = {directory::MfaFactor::SMS_MFA}, .preferred = directory::MfaFactor::SMS_MFA};
    user.created = user.modified = now;
    return user;
}

/// Stores a user; if somebody else did so a moment ago, that one stays.
directory::User store(db::Transaction& tx, const directory::Pool& pool, const std::string& login,
                      const directory::User& user, bool force_alias) {
    directory::Pools(tx).get(pool.id);  // it may have been deleted on another node, a moment ago
    directory::Users users(tx);
    if (auto other = users.find_by_login(pool, login)) return std::move(*other);
    users.create(pool, user, force_alias);
    return user;
}

}  // namespace

Task<std::optional<directory::User>> migrate_user(Services& services, PoolPtr pool, ClientPtr client, std::string login,
                                                  triggers::MigrationSource source, Password password, Caller caller) {
    if (!has_hook(*pool, &LambdaConfig::UserMigration)) co_return std::nullopt;
    const Instant now = services.clock.now();
    const bool allowed =
        co_await services.db.write([&](db::Transaction& tx) { return may_ask(services, tx, *pool, login, now); });
    if (!allowed) co_return std::nullopt;

    Password kept = password.clone();
    auto migrated = co_await ask(services, pool, client, login, source, std::move(password), std::move(caller));
    if (!migrated) co_return std::nullopt;
    const bool force_alias = migrated->force_alias;
    auto user = check_migrated(services, *pool, login, std::move(*migrated), now);
    if (!kept.empty()) user.password_hash = co_await services.hasher.hash(std::move(kept));
    co_return co_await services.db.write(
        [&](db::Transaction& tx) { return store(tx, *pool, login, user, force_alias); });
}

}  // namespace symbolon::signin
