#include "signin/administration.hpp"

#include "directory/attempts.hpp"
#include "directory/codes.hpp"
#include "directory/logout_notices.hpp"
#include "directory/new_user.hpp"
#include "directory/password_policy.hpp"
#include "directory/pools.hpp"
#include "directory/user_names.hpp"
#include "signin/destination.hpp"
#include "signin/hooks.hpp"
#include "signin/invitation.hpp"
#include "signin/password_history.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"
#include "signin/sign_up_hooks.hpp"
#include "signin/stored_password.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::UserStatus;

/// Gives the user a password that an administrator chose. What was begun with the former one ends.
void replace_password(Services& services, db::Transaction& tx, const directory::Pool& pool, directory::User& user,
                      const StoredPassword& password, std::optional<Instant> expires, Instant now) {
    set_password(services, tx, pool, user, password);
    user.password_expires = expires;
    user.status = expires ? UserStatus::FORCE_CHANGE_PASSWORD : UserStatus::CONFIRMED;
    user.modified = now;
    directory::Attempts(tx).forget(user.pool_id, counted::password, user.id.str());
    directory::OneTimeCodes codes(tx, services.sealer);
    codes.erase(user.pool_id, user.id, directory::CodePurpose::sms_mfa);
    codes.erase(user.pool_id, user.id, directory::CodePurpose::email_mfa);
    codes.erase(user.pool_id, user.id, directory::CodePurpose::recovery);
}

/// An administrator is told of a taken user name in other words than a user. Fails: username_exists.
void check_username_free(db::Transaction& tx, const directory::Pool& pool, const directory::User& user) {
    if (pool.username_is_attribute()) return;
    const auto name = directory::make_name(pool, "username", user.username);
    if (name && directory::UserNames(tx).find_owner(pool.id, *name))
        throw Error{Errc::username_exists, "User account already exists"};
}

/// Stores a new user. Its verified addresses become aliases; force takes them from who has them.
void store_new(db::Transaction& tx, const directory::Pool& pool, const directory::User& user, bool force_alias) {
    directory::Pools(tx).get(pool.id);  // it may have been deleted on another node, a moment ago
    check_username_free(tx, pool, user);
    directory::Users(tx).create(pool, user, force_alias);
}

/// Whom an invitation can be sent again. Fails: user_not_found, unsupported_user_state.
directory::User get_invited(db::Transaction& tx, const directory::Pool& pool, const UserId& id,
                            const std::string& login) {
    auto user = directory::Users(tx).find(pool.id, id);
    if (!user) throw unknown_user();
    if (user->status != UserStatus::FORCE_CHANGE_PASSWORD)
        throw Error{Errc::unsupported_user_state,
                    "Resend not possible. " + login + " status is not FORCE_CHANGE_PASSWORD"};
    return std::move(*user);
}

/// The user that is asked for, without a password. Fails: invalid_parameter.
directory::User make_user(Services& services, const directory::Pool& pool, const NewUser& request, Instant now) {
    auto user = directory::check_new_user(pool, request.username, request.attributes);
    user.id = request.id ? *request.id : UserId(services.random.uuid());
    if (user.username.empty()) user.username = user.id.str();
    user.status = UserStatus::CONFIRMED;
    user.created = user.modified = now;
    return user;
}

/// The password that is given, or one that is made. Fails: invalid_password.
Password choose_temporary(Services& services, const directory::PasswordPolicy& policy, NewUser& request) {
    const bool given = request.temporary_password && !request.temporary_password->empty();
    Password chosen =
        given ? std::move(*request.temporary_password) : directory::generate_password(policy, services.random);
    directory::check_password(policy, chosen.reveal());
    return chosen;
}

/// Who may get a code to set another password, and where it goes. Fails: not_authorized, invalid_parameter.
Destination reset_destination(const directory::Pool& pool, const directory::User& user) {
    if (user.status == UserStatus::FORCE_CHANGE_PASSWORD || user.status == UserStatus::EXTERNAL_PROVIDER)
        throw Error{Errc::not_authorized, "User password cannot be reset in the current state."};
    if (!user.enabled) throw to_error(Refusal::disabled);
    if (user.status != UserStatus::UNCONFIRMED) {
        if (auto destination = recovery_destination(pool, user)) return std::move(*destination);
    }
    throw no_recovery_contact();
}

}  // namespace

Task<directory::User> Administration::create_user(PoolPtr pool, NewUser request) {
    const Instant now = services_.clock.now();
    const auto policy = directory::password_policy(pool->settings);
    directory::User wanted;
    if (request.resend) {
        wanted = co_await services_.db.read([&](db::Transaction& tx) {
            const auto id = directory::Users(tx).get_by_login(*pool, request.username).id;
            return get_invited(tx, *pool, id, request.username);
        });
    } else {
        wanted = make_user(services_, *pool, request, now);
    }
    const bool gives_password = request.temporary_password && !request.temporary_password->empty();
    const bool goes_without =
        !request.resend && !gives_password && directory::may_lack_password(pool->settings, wanted.attributes);
    Password temporary;
    if (!goes_without) temporary = choose_temporary(services_, policy, request);
    if (!request.resend) {
        // Whoever is refused anyway is refused before the hooks.
        if (has_hook(*pool, &LambdaConfig::PreSignUp) || has_hook(*pool, &LambdaConfig::CustomMessage))
            co_await services_.db.read([&](db::Transaction& tx) {
                check_username_free(tx, *pool, wanted);
                directory::Users(tx).check_free(*pool, wanted, request.force_alias);
            });
        co_await ask_pre_create_user(services_, pool, wanted, request.metadata, request.validation_data);
    }
    if (goes_without) {
        co_await services_.db.write([&](db::Transaction& tx) { store_new(tx, *pool, wanted, request.force_alias); });
        co_return wanted;
    }
    Password to_hash = temporary.clone();
    const auto stored = co_await make_stored(services_, pool, wanted.username, std::move(to_hash));

    const Occasion occasion{triggers::MessageSource::admin_create_user, {}, request.metadata};
    PoolPtr texts = pool;
    if (!request.suppress_message) {
        auto invited = wanted;
        invited.status = UserStatus::FORCE_CHANGE_PASSWORD;
        texts = co_await with_custom_texts(services_, pool, std::move(invited), occasion);
    }
    auto user = co_await services_.db.write([&](db::Transaction& tx) {
        auto saved = request.resend ? get_invited(tx, *pool, wanted.id, request.username) : wanted;
        replace_password(services_, tx, *pool, saved, stored, now + policy.temporary_life, now);
        if (request.resend)
            directory::Users(tx).save(*pool, saved);
        else
            store_new(tx, *pool, saved, request.force_alias);
        if (!request.suppress_message)
            send_invitation(services_, tx, *texts, saved, request.media, temporary, occasion, now);
        return saved;
    });
    services_.outbox.wake();
    co_return user;
}

Task<void> Administration::set_password(PoolPtr pool, std::string login, Password password, bool permanent) {
    const Instant now = services_.clock.now();
    const auto policy = directory::password_policy(pool->settings);
    directory::check_password(policy, password.reveal());
    const auto before = co_await services_.db.read(
        [&](db::Transaction& tx) { return directory::Users(tx).get_by_login(*pool, login); });
    Password to_compare = password.clone();
    co_await check_password_history(services_, pool, before, std::move(to_compare));
    const auto stored = co_await make_stored(services_, pool, before.username, std::move(password));
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.find(pool->id, before.id);
        if (!user) throw unknown_user();
        const auto expires = permanent ? std::nullopt : std::optional<Instant>(now + policy.temporary_life);
        replace_password(services_, tx, *pool, *user, stored, expires, now);
        users.save(*pool, *user);
    });
}

Task<void> Administration::reset_password(PoolPtr pool, std::string login, Caller caller) {
    const Instant now = services_.clock.now();
    const Occasion occasion{triggers::MessageSource::forgot_password, {}, caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto user = co_await services_.db.read([&](db::Transaction& tx) {
            auto present = directory::Users(tx).get_by_login(*pool, login);
            reset_destination(*pool, present);
            return present;
        });
        texts = co_await with_custom_texts(services_, pool, std::move(user), occasion);
    }
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        const Destination destination = reset_destination(*pool, user);
        if (!is_in_reach(services_.limits, *pool, destination)) throw out_of_reach();
        user.status = UserStatus::RESET_REQUIRED;
        user.modified = now;
        users.save(*pool, user);
        const CodeOrder order{.pool = *texts,
                              .purpose = directory::CodePurpose::recovery,
                              .binding = destination.binding(),
                              .life = recovery_code_life,
                              .occasion = occasion};
        send_code(services_, tx, order, user, destination, now);
    });
    services_.outbox.wake();
}

Task<void> Administration::confirm(PoolPtr pool, std::string login, triggers::Metadata metadata) {
    const Instant now = services_.clock.now();
    auto confirmed = co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        if (user.status != UserStatus::UNCONFIRMED) throw cannot_confirm(user.status);
        user.status = UserStatus::CONFIRMED;
        user.modified = now;
        users.save(*pool, user);
        directory::OneTimeCodes(tx, services_.sealer).erase(pool->id, user.id, directory::CodePurpose::sign_up);
        return user;
    });
    co_await run_post_confirmation(services_, pool, "", std::move(confirmed),
                                   triggers::PostConfirmationSource::confirm_sign_up, std::move(metadata));
}

Task<void> Administration::disable(PoolPtr pool, std::string login) {
    const Instant now = services_.clock.now();
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        user.enabled = false;
        user.modified = now;
        users.save(*pool, user);
        users.sign_out_everywhere(pool->id, user.id, now);
    });
}

Task<void> Administration::enable(PoolPtr pool, std::string login) {
    const Instant now = services_.clock.now();
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.get_by_login(*pool, login);
        user.enabled = true;
        user.modified = now;
        users.save(*pool, user);
    });
}

Task<void> Administration::sign_out(PoolPtr pool, std::string login) {
    const Instant now = services_.clock.now();
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        users.sign_out_everywhere(pool->id, users.get_by_login(*pool, login).id, now);
    });
}

Task<void> Administration::erase(PoolPtr pool, std::string login) {
    const Instant now = services_.clock.now();
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        const auto user = users.get_by_login(*pool, login);
        directory::LogoutNotices(tx).note_end_of_all(pool->id, user.id, now);
        users.erase(*pool, user.id);
    });
}

}  // namespace symbolon::signin
