#include "signin/sign_up.hpp"

#include "directory/attempts.hpp"
#include "directory/attribute_rules.hpp"
#include "directory/password_policy.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "signin/analytics.hpp"
#include "signin/destination.hpp"
#include "signin/events.hpp"
#include "signin/hooks.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/compromised.hpp"
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

/// What the code of a sign-up is bound to.
std::string binding_of(const std::optional<Destination>& destination) {
    return destination ? destination->binding() : std::string();
}

CodeOrder order_code(const directory::Pool& pool, const std::optional<Destination>& destination,
                     const Occasion& occasion) {
    return CodeOrder{.pool = pool,
                     .purpose = CodePurpose::sign_up,
                     .binding = binding_of(destination),
                     .life = sign_up_code_life,
                     .occasion = occasion};
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

/// Where the code of a new user goes, as far as the caps on sending allow it; nothing where none is sent.
Verdict<std::optional<Destination>> admit_code(const Services& services, Tally tally, const directory::Pool& pool,
                                               const directory::User& user, const Caller& caller) {
    if (user.status == UserStatus::CONFIRMED) return std::nullopt;  // the pool's hook said so
    auto destination = verification_destination(pool, user);
    if (destination && !is_in_reach(services.limits, pool, *destination)) return out_of_reach();
    if (destination && !allow_send(tally, services.limits, pool, *destination, Asker::anyone, caller))
        return attempt_limit_exceeded();
    return destination;
}

Verdict<SignUpResult> create_user(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                  const directory::User& user, const Occasion& occasion, const Happening& happening,
                                  const Caller& caller, Instant now) {
    directory::Pools(tx).get(pool.id);  // it may have been deleted on another node, a moment ago
    auto admitted = admit_code(services, Tally(tx, pool.id, now, Tally::Mode::count), pool, user, caller);
    if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
    const auto& destination = std::get<0>(admitted);
    directory::Users(tx).create(pool, user, takes_aliases(user));
    record_event(services, tx, pool, user.id, happening, caller, now);
    SignUpResult result{.user_id = user.id,
                        .username = user.username,
                        .confirmed = user.status == UserStatus::CONFIRMED,
                        .delivery = std::nullopt};
    if (destination) {
        send_code(services, tx, order_code(pool, destination, occasion), user, *destination, now);
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
                            .consume(pool.id, subject.key, CodePurpose::sign_up, binding_of(destination), code, now,
                                     services.limits.tries_per_code);
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

/// Who asked for a code again, and where it goes; what is shown of it is made up for who is not there.
struct Resend {
    Subject subject;
    std::optional<Destination> destination;
    Destination shown;
};

Verdict<Resend> admit_resend(Services& services, db::Transaction& tx, Tally tally, const directory::Pool& pool,
                             const directory::Client& client, const std::string& login, const Caller& caller) {
    Resend resend{.subject = find_subject(tx, services.sealer, pool, login), .destination = {}, .shown = {}};
    const auto& user = resend.subject.user;
    if (!user && !client.hides_users()) return unknown_user_of_client();
    if (!tally.take(counted::confirmation_resend, resend.subject.key.str(), services.limits.resends_per_hour, hour))
        return attempt_limit_exceeded();
    if (user && user->status != UserStatus::UNCONFIRMED)
        return Error{Errc::invalid_parameter, "User is already confirmed."};

    const bool verifies = pool.auto_verifies("phone_number") || pool.auto_verifies("email");
    if (user) resend.destination = verification_destination(pool, *user);
    if (!verifies || (user && !resend.destination))
        return Error{Errc::not_authorized, "Cannot resend codes. Auto verification not turned on."};
    resend.shown = resend.destination ? *resend.destination : simulated_destination(services.sealer, pool, login);
    if (!is_in_reach(services.limits, pool, resend.shown) && may_be_told(client, resend.subject.login, resend.shown))
        return out_of_reach();
    if (!allow_send(tally, services.limits, pool, resend.shown, Asker::anyone, caller)) return attempt_limit_exceeded();
    return resend;
}

CodeDelivery send_again(Services& services, db::Transaction& tx, const directory::Pool& pool, const Resend& resend,
                        const Occasion& occasion, const Caller& caller, Instant now) {
    const CodeOrder order = order_code(pool, resend.destination, occasion);
    const auto& user = resend.subject.user;
    if (user) {
        send_code(services, tx, order, *user, resend.shown, now);
        record_event(services, tx, pool, user->id,
                     {directory::EventType::ResendCode, directory::EventResponseType::Pass}, caller, now);
    } else {
        pretend_code(services, tx, order, resend.subject.key, now);
    }
    return to_delivery(resend.shown);
}

/// What the history will say of a sign-up with this password; it may be empty. Fails: password_compromised.
Task<Happening> assess_sign_up(Services& services, PoolPtr pool, ClientPtr client, Password password) {
    Happening happening{.type = directory::EventType::SignUp, .response = directory::EventResponseType::Pass};
    happening.client_id = client->id.str();
    if (!password.empty())
        happening.risk = co_await assess_new_password(services, pool, client->id, std::move(password),
                                                      directory::EventFilterType::SIGN_UP);
    if (is_refused(happening.risk)) throw compromised_password();
    co_return happening;
}

}  // namespace

Task<SignUpResult> SignUp::sign_up(PoolPtr pool, ClientPtr client, std::string username, Password password,
                                   directory::Attributes attributes, Caller caller) {
    const Instant now = services_.clock.now();
    caller = as_told(*client, std::move(caller));
    if (is_closed(*pool)) throw Error{Errc::not_authorized, "SignUp is not permitted for this user pool"};
    auto user = check_request(*pool, *client, username, attributes);
    // Who is let in by a code alone needs no password, but may have one.
    const bool has_password = !password.empty() || !directory::may_lack_password(pool->settings, user.attributes);
    if (has_password) directory::check_password(directory::password_policy(pool->settings), password.reveal());
    Password to_search;
    if (has_password) to_search = password.clone();
    const auto happening = co_await assess_sign_up(services_, pool, client, std::move(to_search));

    user.id = UserId(services_.random.uuid());
    if (user.username.empty()) user.username = user.id.str();
    user.status = UserStatus::UNCONFIRMED;
    user.created = user.modified = now;
    const bool custom_texts = has_hook(*pool, &LambdaConfig::CustomMessage);
    if (custom_texts || has_hook(*pool, &LambdaConfig::PreSignUp))
        co_await services_.db.read([&](db::Transaction& tx) { directory::Users(tx).check_free(*pool, user); });
    user = co_await ask_pre_sign_up(services_, pool, client, user, caller);
    const Occasion occasion{triggers::MessageSource::sign_up, client->id.str(), caller.metadata};
    PoolPtr texts = pool;
    if (custom_texts) {
        auto admitted = co_await services_.db.read([&](db::Transaction& tx) {
            return admit_code(services_, Tally(tx, pool->id, now, Tally::Mode::look), *pool, user, caller);
        });
        if (accept(std::move(admitted))) texts = co_await with_custom_texts(services_, pool, user, occasion);
    }
    StoredPassword stored;
    if (has_password) stored = co_await make_stored(services_, pool, user.username, std::move(password));
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) {
        auto made = user;
        if (has_password) set_password(services_, tx, *pool, made, stored);
        auto created = create_user(services_, tx, *texts, made, occasion, happening, caller, now);
        if (std::holds_alternative<SignUpResult>(created))
            tell_analytics(services_, tx, *pool, *client, made.id, AnalyticsEvent::sign_up, now);
        return created;
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
    caller = as_told(*client, std::move(caller));
    const auto admit = [&](db::Transaction& tx, Tally::Mode mode) {
        return admit_resend(services_, tx, Tally(tx, pool->id, now, mode), *pool, *client, login, caller);
    };
    const Occasion occasion{triggers::MessageSource::resend_code, client->id.str(), caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto looked = co_await services_.db.read([&](db::Transaction& tx) { return admit(tx, Tally::Mode::look); });
        const auto user = accept(std::move(looked)).subject.user;
        if (user) texts = co_await with_custom_texts(services_, pool, *user, occasion);
    }
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        auto admitted = admit(tx, Tally::Mode::count);
        if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
        return send_again(services_, tx, *texts, std::get<Resend>(admitted), occasion, caller, now);
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
