#include "signin/recovery.hpp"

#include "directory/attempts.hpp"
#include "directory/password_policy.hpp"
#include "signin/destination.hpp"
#include "signin/events.hpp"
#include "signin/hooks.hpp"
#include "signin/migration.hpp"
#include "signin/password_history.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/compromised.hpp"
#include "signin/sending.hpp"
#include "signin/stored_password.hpp"
#include "signin/subject.hpp"
#include "signin/verdict.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

using directory::CodePurpose;
using directory::UserStatus;

/// Who asked to recover, and where the proof goes. Without a destination nobody can recover, and where users are hidden
/// everything looks as if somebody could.
struct Request {
    Subject subject;
    std::optional<Destination> destination;
};

/// What the code is bound to.
std::string binding_of(const Request& request) {
    return request.destination ? request.destination->binding() : std::string();
}

/// Decides who may recover. Spec: cognito-api.md §3.11, the table of conditions.
Verdict<Request> find_request(Services& services, db::Transaction& tx, const directory::Pool& pool,
                              const directory::Client& client, std::string_view login) {
    const bool hides = client.hides_users();
    Request request{.subject = find_subject(tx, services.sealer, pool, login), .destination = std::nullopt};
    const auto& user = request.subject.user;
    if (!user) {
        if (hides) return request;
        return unknown_user_of_client();
    }
    if (!user->enabled) {
        if (hides) return request;
        return to_error(Refusal::disabled);
    }
    if (user->status == UserStatus::FORCE_CHANGE_PASSWORD || user->status == UserStatus::EXTERNAL_PROVIDER)
        return Error{Errc::not_authorized, "User password cannot be reset in the current state."};
    if (user->status == UserStatus::CONFIRMED || user->status == UserStatus::RESET_REQUIRED)
        request.destination = recovery_destination(pool, *user);
    if (!request.destination && !hides) return no_recovery_contact();
    return request;
}

/// A request that may be answered with a code; what is shown of it is made up for who gets none.
struct Admitted {
    Request request;
    Destination shown;
};

Verdict<Admitted> admit_request(Services& services, db::Transaction& tx, Tally tally, const directory::Pool& pool,
                                const directory::Client& client, const std::string& login, const Caller& caller) {
    auto found = find_request(services, tx, pool, client, login);
    if (auto* refusal = std::get_if<Error>(&found)) return std::move(*refusal);
    auto& request = std::get<Request>(found);
    if (!tally.take(counted::recovery, request.subject.key.str(), services.limits.recoveries_per_hour, hour))
        return attempt_limit_exceeded();
    auto shown = request.destination ? *request.destination : simulated_destination(services.sealer, pool, login);
    if (!is_in_reach(services.limits, pool, shown) && may_be_told(client, request.subject.login, shown))
        return out_of_reach();
    if (!allow_send(tally, services.limits, pool, shown, Asker::anyone, caller)) return attempt_limit_exceeded();
    return Admitted{std::move(request), std::move(shown)};
}

CodeDelivery send_recovery(Services& services, db::Transaction& tx, const directory::Pool& pool,
                           const Admitted& admitted, const Occasion& occasion, const Caller& caller, Instant now) {
    const auto& [request, shown] = admitted;
    const UserId& key = request.subject.key;
    const CodeOrder order{.pool = pool,
                          .purpose = CodePurpose::recovery,
                          .binding = binding_of(request),
                          .life = recovery_code_life,
                          .occasion = occasion};
    if (request.destination)
        send_code(services, tx, order, *request.subject.user, shown, now);
    else
        pretend_code(services, tx, order, key, now);
    if (request.subject.user)
        record_event(services, tx, pool, key,
                     {directory::EventType::ForgotPassword, directory::EventResponseType::InProgress}, caller, now);
    return to_delivery(shown);
}

/// Counts a guess at a recovery code and checks it. A right one is the user's proof, and stays until set_recovered()
/// uses it: what the new password has to be is found out in between, and told to no one else.
Verdict<directory::User> check_guess(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                     Request request, const OneTimeCode& code, const Caller& caller, Instant now) {
    using Result = directory::OneTimeCodes::Result;
    const UserId& key = request.subject.key;
    if (!directory::Attempts(tx).count(pool.id, counted::recovery_guess, key.str(),
                                       services.limits.recovery_guesses_per_hour, hour, now))
        return attempt_limit_exceeded();
    auto result =
        directory::OneTimeCodes(tx, services.sealer)
            .check(pool.id, key, CodePurpose::recovery, binding_of(request), code, now, services.limits.tries_per_code);
    if (result == Result::right && !request.destination) result = Result::wrong;
    if (result != Result::right && request.subject.user)
        record_event(services, tx, pool, key,
                     {directory::EventType::ForgotPassword, directory::EventResponseType::Fail}, caller, now);
    if (result != Result::right) return wrong_verification_code(result);
    return std::move(*request.subject.user);
}

/// The one place that sets a password for a code: the code is used up, and the password set, in one transaction.
Verdict<directory::User> set_recovered(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                       Request request, const OneTimeCode& code, const StoredPassword& password,
                                       Instant now) {
    directory::OneTimeCodes codes(tx, services.sealer);
    const UserId& key = request.subject.key;
    if (!request.destination || !codes.use(pool.id, key, CodePurpose::recovery, binding_of(request), code, now))
        return wrong_verification_code(directory::OneTimeCodes::Result::expired);

    directory::User user = *request.subject.user;
    set_password(services, tx, pool, user, password);
    user.password_expires.reset();
    user.status = UserStatus::CONFIRMED;
    user.attributes[request.destination->attribute + "_verified"] = "true";
    user.modified = now;
    directory::Users(tx).save(pool, user);

    // Whoever holds the number or address may begin anew; codes of sign-ins with the old password end.
    directory::Attempts attempts(tx);
    attempts.forget(pool.id, counted::password, key.str());
    attempts.forget(pool.id, counted::mfa_guess, key.str());
    attempts.forget(pool.id, counted::recovery_guess, key.str());
    codes.erase(pool.id, key, CodePurpose::sms_mfa);
    codes.erase(pool.id, key, CodePurpose::email_mfa);
    return user;
}

void check_policy(const directory::Pool& pool, const Password& password) {
    directory::check_password(directory::password_policy(pool.settings), password.reveal());
}

/// Counts a change of one's own password and says whose it is. Only who has none need not give it.
Verdict<directory::User> count_change(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                      const UserId& user_id, bool gives_previous, Instant now) {
    auto user = directory::Users(tx).find(pool.id, user_id);
    if (!user) return unknown_user();
    if (!directory::Attempts(tx).count(pool.id, counted::password_change, user_id.str(),
                                       services.limits.password_changes_per_hour, hour, now))
        return attempt_limit_exceeded();
    if (user->password_hash.empty()) {
        // Whoever signs in at another provider has no password here, and gets none this way.
        if (user->status != UserStatus::CONFIRMED || gives_previous) return to_error(Refusal::wrong_password);
    } else if (!gives_previous) {
        return Error{Errc::invalid_parameter, "Missing required parameter PreviousPassword"};
    }
    return std::move(*user);
}

void check_self_service(const directory::Pool& pool) {
    if (recovery_is_for_administrators(pool))
        throw Error{Errc::not_authorized, "Contact administrator to reset password."};
}

}  // namespace

Task<CodeDelivery> Recovery::forgot(PoolPtr pool, ClientPtr client, std::string login, Caller caller) {
    const Instant now = services_.clock.now();
    caller = as_told(*client, std::move(caller));
    check_self_service(*pool);
    co_await migrate_user(services_, pool, client, login, triggers::MigrationSource::forgot_password, Password(),
                          caller);
    const auto admit = [&](db::Transaction& tx, Tally::Mode mode) {
        return admit_request(services_, tx, Tally(tx, pool->id, now, mode), *pool, *client, login, caller);
    };
    const Occasion occasion{triggers::MessageSource::forgot_password, client->id.str(), caller.metadata};
    PoolPtr texts = pool;
    if (has_hook(*pool, &LambdaConfig::CustomMessage)) {
        auto looked = co_await services_.db.read([&](db::Transaction& tx) { return admit(tx, Tally::Mode::look); });
        const auto request = accept(std::move(looked)).request;
        if (request.destination) texts = co_await with_custom_texts(services_, pool, *request.subject.user, occasion);
    }
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        auto admitted = admit(tx, Tally::Mode::count);
        if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
        return send_recovery(services_, tx, *texts, std::get<Admitted>(admitted), occasion, caller, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<void> Recovery::confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, Password password,
                             Caller caller) {
    const Instant now = services_.clock.now();
    caller = as_told(*client, std::move(caller));
    check_self_service(*pool);
    // Before the code: a password that breaks the policy should not cost a code, and says nothing about the user.
    check_policy(*pool, password);
    auto guess = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<directory::User> {
        auto request = find_request(services_, tx, *pool, *client, login);
        if (auto* refusal = std::get_if<Error>(&request)) return std::move(*refusal);
        return check_guess(services_, tx, *pool, std::get<Request>(std::move(request)), code, caller, now);
    });
    const auto user = accept(std::move(guess));

    // After the code: that it was the user's password once is for the user alone. Another one may be given with the
    // same code.
    Password to_search = password.clone();
    const auto risk = co_await assess_new_password(services_, pool, client->id, std::move(to_search),
                                                   directory::EventFilterType::PASSWORD_CHANGE);
    const auto happened = [&](directory::EventResponseType response) {
        return Happening{.type = directory::EventType::ForgotPassword,
                         .response = response,
                         .risk = risk,
                         .client_id = client->id.str()};
    };
    if (is_refused(risk)) {
        const auto refused = happened(directory::EventResponseType::Fail);
        co_await services_.db.write(
            [&](db::Transaction& tx) { record_event(services_, tx, *pool, user.id, refused, caller, now); });
        throw compromised_password();
    }
    Password to_compare = password.clone();
    co_await check_password_history(services_, pool, user, std::move(to_compare));
    const auto stored = co_await make_stored(services_, pool, user.username, std::move(password));
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<directory::User> {
        auto request = find_request(services_, tx, *pool, *client, login);
        if (auto* refusal = std::get_if<Error>(&request)) return std::move(*refusal);
        auto recovered = set_recovered(services_, tx, *pool, std::get<Request>(std::move(request)), code, stored, now);
        if (std::holds_alternative<directory::User>(recovered))
            record_event(services_, tx, *pool, user.id, happened(directory::EventResponseType::Pass), caller, now);
        return recovered;
    });
    auto recovered = accept(std::move(verdict));
    co_await run_post_confirmation(services_, pool, client->id.str(), std::move(recovered),
                                   triggers::PostConfirmationSource::confirm_forgot_password,
                                   std::move(caller.metadata));
}

Task<void> Recovery::change(PoolPtr pool, UserId user_id, std::optional<Password> previous, Password proposed,
                            ClientId client, Caller caller) {
    const Instant now = services_.clock.now();
    check_policy(*pool, proposed);
    const auto happened = [&](directory::EventResponseType response, const directory::EventRiskType& risk) {
        return Happening{.type = directory::EventType::PasswordChange,
                         .response = response,
                         .risk = risk,
                         .client_id = client.str()};
    };
    const bool gives_previous = previous.has_value();
    auto counted_user = co_await services_.db.write(
        [&](db::Transaction& tx) { return count_change(services_, tx, *pool, user_id, gives_previous, now); });
    const auto before = accept(std::move(counted_user));
    if (!before.password_hash.empty()) {
        std::string encoded = before.password_hash;
        const bool right = co_await services_.hasher.verify(std::move(*previous), std::move(encoded));
        if (!right) {
            const auto failed = happened(directory::EventResponseType::Fail, {});
            co_await services_.db.write(
                [&](db::Transaction& tx) { record_event(services_, tx, *pool, user_id, failed, caller, now); });
            throw to_error(Refusal::wrong_password);
        }
    }
    Password to_search = proposed.clone();
    const auto risk = co_await assess_new_password(services_, pool, client, std::move(to_search),
                                                   directory::EventFilterType::PASSWORD_CHANGE);
    if (is_refused(risk)) {
        const auto refused = happened(directory::EventResponseType::Fail, risk);
        co_await services_.db.write(
            [&](db::Transaction& tx) { record_event(services_, tx, *pool, user_id, refused, caller, now); });
        throw compromised_password();
    }
    Password to_compare = proposed.clone();
    co_await check_password_history(services_, pool, before, std::move(to_compare));
    const auto stored = co_await make_stored(services_, pool, before.username, std::move(proposed));
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.find(pool->id, user_id);
        // Another change came first: what was proven is no longer the password.
        if (!user || user->password_hash != before.password_hash) throw to_error(Refusal::wrong_password);
        set_password(services_, tx, *pool, *user, stored);
        user->modified = now;
        users.save(*pool, *user);
        record_event(services_, tx, *pool, user_id, happened(directory::EventResponseType::Pass, risk), caller, now);
        directory::OneTimeCodes codes(tx, services_.sealer);
        codes.erase(pool->id, user_id, CodePurpose::sms_mfa);
        codes.erase(pool->id, user_id, CodePurpose::email_mfa);
    });
}

}  // namespace symbolon::signin
