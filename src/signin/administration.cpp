#include "signin/administration.hpp"

#include "directory/attempts.hpp"
#include "directory/codes.hpp"
#include "directory/identifiers.hpp"
#include "directory/new_user.hpp"
#include "directory/password_policy.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "signin/invitation.hpp"
#include "signin/refusals.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::UserStatus;

void set_password_of(Services& services, db::Transaction& tx, directory::User& user, const std::string& hash,
                     std::optional<Instant> expires, Instant now) {
    user.password_hash = hash;
    user.password_expires = expires;
    user.status = expires ? UserStatus::FORCE_CHANGE_PASSWORD : UserStatus::CONFIRMED;
    user.modified = now;
    directory::Attempts(tx).forget(user.pool_id, counted::password, user.id.str());
    directory::OneTimeCodes codes(tx, services.sealer);
    codes.erase(user.pool_id, user.id, directory::CodePurpose::sms_mfa);
    codes.erase(user.pool_id, user.id, directory::CodePurpose::recovery);
}

/// Stores a new user. Its verified addresses become aliases; force takes them from who has them.
void store_new(db::Transaction& tx, const directory::Pool& pool, const directory::User& user, bool force_alias) {
    directory::Users users(tx);
    if (!pool.username_is_attribute()) {
        const auto taken = users.find_by_login(pool, user.username);
        if (taken && directory::canonical_username(taken->username, pool.case_sensitive()) ==
                         directory::canonical_username(user.username, pool.case_sensitive()))
            throw Error{Errc::username_exists, "User account already exists"};
    }
    users.create(pool, user, force_alias);
}

}  // namespace

Task<directory::User> Administration::create_user(PoolPtr pool, NewUser request) {
    const Instant now = services_.clock.now();
    const auto policy = directory::password_policy(pool->settings);
    Password temporary = request.temporary_password && !request.temporary_password->empty()
                             ? std::move(*request.temporary_password)
                             : directory::generate_password(policy, services_.random);
    directory::check_password(policy, temporary.reveal());
    directory::User fresh;
    if (!request.resend) {
        fresh = directory::check_new_user(*pool, request.username, request.attributes);
        fresh.id = UserId(services_.random.uuid());
        if (fresh.username.empty()) fresh.username = fresh.id.str();
        fresh.created = now;
    }
    Password to_hash = temporary.clone();
    const std::string hash = co_await services_.hasher.hash(std::move(to_hash));

    auto user = co_await services_.db.write([&](db::Transaction& tx) {
        directory::Pools(tx).get(pool->id);  // it may have been deleted on another node, a moment ago
        directory::Users users(tx);
        directory::User stored = request.resend ? users.get_by_login(*pool, request.username) : fresh;
        if (request.resend && stored.status != UserStatus::FORCE_CHANGE_PASSWORD)
            throw Error{Errc::unsupported_user_state,
                        "Resend not possible. " + request.username + " status is not FORCE_CHANGE_PASSWORD"};
        set_password_of(services_, tx, stored, hash, now + policy.temporary_life, now);
        if (request.resend)
            users.save(*pool, stored);
        else
            store_new(tx, *pool, stored, request.force_alias);
        if (!request.suppress_message) send_invitation(services_, tx, *pool, stored, request.media, temporary, now);
        return stored;
    });
    services_.outbox.wake();
    co_return user;
}

Task<void> Administration::set_password(PoolPtr pool, std::string login, Password password, bool permanent) {
    const Instant now = services_.clock.now();
    const auto policy = directory::password_policy(pool->settings);
    directory::check_password(policy, password.reveal());
    const std::string hash = co_await services_.hasher.hash(std::move(password));
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        const auto expires = permanent ? std::nullopt : std::optional<Instant>(now + policy.temporary_life);
        set_password_of(services_, tx, user, hash, expires, now);
        users.save(*pool, user);
    });
}

Task<void> Administration::confirm(PoolPtr pool, std::string login) {
    const Instant now = services_.clock.now();
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        if (user.status != UserStatus::UNCONFIRMED) throw cannot_confirm(user.status);
        user.status = UserStatus::CONFIRMED;
        user.modified = now;
        users.save(*pool, user);
        directory::OneTimeCodes(tx, services_.sealer).erase(pool->id, user.id, directory::CodePurpose::sign_up);
    });
}

Task<void> Administration::erase(PoolPtr pool, std::string login) {
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        users.erase(*pool, users.get_by_login(*pool, login).id);
    });
}

}  // namespace symbolon::signin
