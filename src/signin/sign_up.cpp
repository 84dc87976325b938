#include "signin/sign_up.hpp"

#include "directory/attempts.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/password_policy.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "signin/destination.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"
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
    const auto destination = verification_destination(pool, user);
    if (destination && !allow_send(tx, services.limits, pool, *destination, Asker::anyone, caller, now))
        return attempt_limit_exceeded();
    directory::Users(tx).create(pool, user);
    SignUpResult result{.user_id = user.id, .username = user.username, .confirmed = false, .delivery = std::nullopt};
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

Verdict<UserId> confirm_user(Services& services, db::Transaction& tx, const directory::Pool& pool, Subject subject,
                             const OneTimeCode& code, bool force_alias, Instant now) {
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
    return user->id;
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
    return to_delivery(shown);
}

}  // namespace

Task<SignUpResult> SignUp::sign_up(PoolPtr pool, ClientPtr client, std::string username, Password password,
                                   directory::Attributes attributes, Caller caller) {
    const Instant now = services_.clock.now();
    if (is_closed(*pool)) throw Error{Errc::not_authorized, "SignUp is not permitted for this user pool"};
    auto user = check_request(*pool, *client, username, attributes);
    directory::check_password(directory::password_policy(pool->settings), password.reveal());

    user.id = UserId(services_.random.uuid());
    if (user.username.empty()) user.username = user.id.str();
    user.status = UserStatus::UNCONFIRMED;
    user.created = user.modified = now;
    user.password_hash = co_await services_.hasher.hash(std::move(password));
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return create_user(services_, tx, *pool, user, caller, now); });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<UserId> SignUp::confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, bool force_alias,
                             Caller) {
    const Instant now = services_.clock.now();
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<UserId> {
        auto subject = find_subject(tx, services_.sealer, *pool, login);
        if (!subject.user && !client->hides_users()) return unknown_user_of_client();
        return confirm_user(services_, tx, *pool, std::move(subject), code, force_alias, now);
    });
    co_return accept(std::move(verdict));
}

Task<CodeDelivery> SignUp::resend(PoolPtr pool, ClientPtr client, std::string login, Caller caller) {
    const Instant now = services_.clock.now();
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        const auto subject = find_subject(tx, services_.sealer, *pool, login);
        if (!subject.user && !client->hides_users()) return unknown_user_of_client();
        return send_again(services_, tx, *pool, subject, login, caller, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

}  // namespace symbolon::signin
