#include "signin/sign_up.hpp"

#include "directory/attempts.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/password_policy.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "signin/destination.hpp"
#include "signin/events.hpp"
#include "signin/hooks.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"
#include "signin/sign_up_hooks.hpp"
#include "signin/sign_up_session.hpp"
#include "signin/stored_password.hpp"
#include "signin/verdict.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::CodePurpose;
using directory::UserStatus;

bool is_closed(const directory::Pool& pool) {
    const auto& config = pool.settings.AdminCreateUserConfig;
    return config && config->AllowAdminCreateUserOnly.value_or(false);
}

CodeOrder order_code(const directory::Pool& pool, const std::optional<Destination>& destination) {
    return CodeOrder{.pool = pool,
                     .purpose = CodePurpose::sign_up,
                     .binding = destination ? destination->binding() : std::string(),
                     .life = sign_up_code_life};
}

/// The user that a request asks for, checked, without a password. Fails: invalid_parameter, not_authorized.
directory::User check_request(const directory::Pool& pool, const directory::Client& client, std::string_view username,
                              const directory::Attributes& given) {
    const auto& settings = pool.settings;
    auto name = directory::check_new_username(settings, username);
    auto attributes = directory::check_attributes(settings, given);
    directory::check_writable(settings, client, attributes);
    std::erase_if(attributes, [](const auto& attribute) { return attribute.second.empty(); });
    if (pool.is_alias("preferred_username") && attributes.contains("preferred_username"))
        throw Error{Errc::invalid_parameter, "User should be confirmed before preferred_username is set."};
    if (!name.attribute.empty()) {
        const auto [same, added] = attributes.try_emplace(name.attribute, name.username);
        if (!added && same->second != name.username)
            throw Error{Errc::invalid_parameter,
                        "Attributes did not conform to the schema: " + name.attribute + ": differs from the user name"};
    }
    directory::check_required_attributes(settings, attributes);
    for (const std::string contact : {"phone_number", "email"}) {
        if (attributes.contains(contact)) attributes[contact + "_verified"] = "false";
    }

    directory::User user;
    user.pool_id = pool.id;
    if (name.attribute.empty()) user.username = std::move(name.username);
    user.attributes = std::move(attributes);
    return user;
}

Verdict<SignUpResult> create_user(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                  const directory::User& user, const Caller& caller, Instant now) {
    directory::Pools(tx).get(pool.id);  // it may have been deleted on another node, a moment ago
    const bool confirmed = user.status == UserStatus::CONFIRMED;  // the pool's hook said so
    const auto destination = confirmed ? std::nullopt : verification_destination(pool, user);
    if (destination && !allow_send(tx, services.limits, pool, *destination, Asker::anyone, caller, now))
        return attempt_limit_exceeded();
    directory::Users(tx).create(pool, user, takes_aliases(user));
    record_event(services, tx, pool, user.id, {directory::EventType::SignUp, directory::EventResponseType::Pass},
                 caller, now);
    SignUpResult result{
        .user_id = user.id, .username = user.username, .confirmed = confirmed, .delivery = std::nullopt};
    if (destination) {
        send_code(services, tx, order_code(pool, destination), user, *destination, now);
        result.delivery = to_delivery(*destination);
    }
    return result;
}

/// The code that was sent to a user; or, for a login that names nobody, the one that was not.
[[nodiscard]] directory::OneTimeCodes::Result consume_code(Services& services, db::Transaction& tx,
                                                           const directory::Pool& pool, const Subject& subject,
                                                           const std::optional<Destination>& destination,
                                                           const OneTimeCode& code, Instant now) {
    using Result = directory::OneTimeCodes::Result;
    const auto result = directory::OneTimeCodes(tx, services.sealer)
                            .consume(pool.id, subject.key, CodePurpose::sign_up, order_code(pool, destination).binding,
                                     code, now, services.limits.tries_per_code);
    return result == Result::right && !(subject.user && destination) ? Result::wrong : result;
}

Verdict<directory::User> confirm_user(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                      Subject subject, const OneTimeCode& code, bool force_alias, Instant now) {
    auto& user = subject.user;
    if (!directory::Attempts(tx).count(pool.id, counted::confirmation, subject.key.str(),
                                       services.limits.confirmations_per_hour, hour, now))
        return attempt_limit_exceeded();
    if (user && user->status != UserStatus::UNCONFIRMED) return cannot_confirm(user->status);

    const auto destination = user ? verification_destination(pool, *user) : std::nullopt;
    const auto result = consume_code(services, tx, pool, subject, destination, code, now);
    if (result != directory::OneTimeCodes::Result::right) return wrong_verification_code(result);

    user->status = UserStatus::CONFIRMED;
    user->attributes[destination->attribute + "_verified"] = "true";
    user->modified = now;
    // When the alias is another user's this throws, which leaves the code unused: it may be given again with force.
    directory::Users(tx).save(pool, *user, force_alias);
    return std::move(*user);
}

Verdict<CodeDelivery> send_again(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                 const Subject& subject, const std::string& login, const Caller& caller, Instant now) {
    const auto& user = subject.user;
    if (!directory::Attempts(tx).count(pool.id, counted::confirmation_resend, subject.key.str(),
                                       services.limits.resends_per_hour, hour, now))
        return attempt_limit_exceeded();
    if (user && user->status != UserStatus::UNCONFIRMED)
        return Error{Errc::invalid_parameter, "User is already confirmed."};

    const bool verifies = pool.auto_verifies("phone_number") || pool.auto_verifies("email");
    const auto destination = user ? verification_destination(pool, *user) : std::nullopt;
    if (!verifies || (user && !destination))
        return Error{Errc::not_authorized, "Cannot resend codes. Auto verification not turned on."};
    const Destination shown = destination ? *destination : simulated_destination(services.sealer, pool, login);
    if (!allow_send(tx, services.limits, pool, shown, Asker::anyone, caller, now)) return attempt_limit_exceeded();

    const CodeOrder order = order_code(pool, destination);
    if (destination)
        send_code(services, tx, order, *user, *destination, now);
    else
        pretend_code(services, tx, order, subject.key, now);
    if (user)
        record_event(services, tx, pool, user->id,
                     {directory::EventType::ResendCode, directory::EventResponseType::Pass}, caller, now);
    return to_delivery(shown);
}

}  // namespace

Task<SignUpResult> SignUp::sign_up(PoolPtr pool, ClientPtr client, std::string username, Password password,
                                   directory::Attributes attributes, Caller caller) {
    const Instant now = services_.clock.now();
    if (is_closed(*pool)) throw Error{Errc::not_authorized, "SignUp is not permitted for this user pool"};
    auto user = check_request(*pool, *client, username, attributes);
    // Who is let in by a code alone needs no password, but may have one.
    const bool has_password = !password.empty() || !directory::may_lack_password(pool->settings, user.attributes);
    if (has_password) directory::check_password(directory::password_policy(pool->settings), password.reveal());

    user.id = UserId(services_.random.uuid());
    if (user.username.empty()) user.username = user.id.str();
    user.status = UserStatus::UNCONFIRMED;
    user.created = user.modified = now;
    user = co_await ask_pre_sign_up(services_, pool, client, user, caller);
    PoolPtr texts = pool;
    if (user.status == UserStatus::UNCONFIRMED && verification_destination(*pool, user))
        texts = co_await with_custom_texts(services_, pool, client->id.str(), user, triggers::MessageSource::sign_up,
                                           caller.metadata);
    StoredPassword stored;
    if (has_password) stored = co_await make_stored(services_, pool, user.username, std::move(password));
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) {
        auto made = user;
        if (has_password) set_password(services_, tx, *pool, made, stored);
        return create_user(services_, tx, *texts, made, caller, now);
    });
    user.password_hash = stored.hash;
    services_.outbox.wake();
    auto result = accept(std::move(verdict));
    result.session = seal_signed_up(services_, *pool, *client, user, now);
    if (result.confirmed)
        co_await run_post_confirmation(services_, pool, client->id.str(), user,
                                       triggers::PostConfirmationSource::confirm_sign_up, caller.metadata);
    co_return result;
}

Task<UserId> SignUp::confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, bool force_alias,
                             Caller caller) {
    const Instant now = services_.clock.now();
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<directory::User> {
        auto subject = find_subject(tx, services_.sealer, *pool, login);
        if (!subject.user && !client->hides_users()) return unknown_user_of_client();
        return confirm_user(services_, tx, *pool, std::move(subject), code, force_alias, now);
    });
    const auto user = accept(std::move(verdict));
    co_await run_post_confirmation(services_, pool, client->id.str(), user,
                                   triggers::PostConfirmationSource::confirm_sign_up, std::move(caller.metadata));
    co_return user.id;
}

Task<CodeDelivery> SignUp::resend(PoolPtr pool, ClientPtr client, std::string login, Caller caller) {
    const Instant now = services_.clock.now();
    const auto texts = co_await with_custom_texts_for(services_, pool, client->id.str(), login,
                                                      triggers::MessageSource::resend_code, caller.metadata);
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        const auto subject = find_subject(tx, services_.sealer, *pool, login);
        if (!subject.user && !client->hides_users()) return unknown_user_of_client();
        return send_again(services_, tx, *texts, subject, login, caller, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<std::string> SignUp::begin_sign_in(PoolPtr pool, ClientPtr client, UserId user_id, std::string session) {
    const Instant now = services_.clock.now();
    co_return co_await services_.db.write([&](db::Transaction& tx) -> std::string {
        const auto user = directory::Users(tx).find(pool->id, user_id);
        if (!user) return {};
        return seal_confirmed(services_, tx, *pool, *client, *user, session, now);
    });
}

}  // namespace symbolon::signin
