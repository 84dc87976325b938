#include "signin/recovery.hpp"

#include "directory/attempts.hpp"
#include "directory/password_policy.hpp"
#include "signin/destination.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"
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

CodeOrder order_code(const directory::Pool& pool, const Request& request) {
    return CodeOrder{.pool = pool,
                     .purpose = CodePurpose::recovery,
                     .binding = request.destination ? request.destination->binding() : std::string(),
                     .life = recovery_code_life};
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
    if (!request.destination && !hides)
        return Error{Errc::invalid_parameter,
                     "Cannot reset password for the user as there is no registered/verified email or phone_number"};
    return request;
}

Verdict<CodeDelivery> send_recovery(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                    const Request& request, const std::string& login, const Caller& caller,
                                    Instant now) {
    const UserId& key = request.subject.key;
    if (!directory::Attempts(tx).count(pool.id, counted::recovery, key.str(), services.limits.recoveries_per_hour, hour,
                                       now))
        return attempt_limit_exceeded();
    const Destination shown =
        request.destination ? *request.destination : simulated_destination(services.sealer, pool, login);
    if (!allow_send(tx, services.limits, pool, shown, Asker::anyone, caller, now)) return attempt_limit_exceeded();
    if (request.destination)
        send_code(services, tx, order_code(pool, request), *request.subject.user, shown, now);
    else
        pretend_code(services, tx, order_code(pool, request), key, now);
    return to_delivery(shown);
}

struct Recovered {};

/// The one place that sets a password for a code: the code is used up, and the password set, in one transaction.
Verdict<Recovered> recover(Services& services, db::Transaction& tx, const directory::Pool& pool, Request request,
                           const OneTimeCode& code, const std::string& hash, Instant now) {
    using Result = directory::OneTimeCodes::Result;
    const UserId& key = request.subject.key;
    directory::Attempts attempts(tx);
    if (!attempts.count(pool.id, counted::recovery_guess, key.str(), services.limits.recovery_guesses_per_hour, hour,
                        now))
        return attempt_limit_exceeded();
    directory::OneTimeCodes codes(tx, services.sealer);
    auto result = codes.consume(pool.id, key, CodePurpose::recovery, order_code(pool, request).binding, code, now,
                                services.limits.tries_per_code);
    if (result == Result::right && !request.destination) result = Result::wrong;
    if (result != Result::right) return wrong_verification_code(result);

    directory::User user = std::move(*request.subject.user);
    user.password_hash = hash;
    user.password_expires.reset();
    user.status = UserStatus::CONFIRMED;
    user.attributes[request.destination->attribute + "_verified"] = "true";
    user.modified = now;
    directory::Users(tx).save(pool, user);

    // Whoever holds the number or address may begin anew; codes of sign-ins with the old password end.
    attempts.forget(pool.id, counted::password, key.str());
    attempts.forget(pool.id, counted::mfa_guess, key.str());
    attempts.forget(pool.id, counted::recovery_guess, key.str());
    codes.erase(pool.id, key, CodePurpose::sms_mfa);
    return Recovered{};
}

void check_policy(const directory::Pool& pool, const Password& password) {
    directory::check_password(directory::password_policy(pool.settings), password.reveal());
}

void check_self_service(const directory::Pool& pool) {
    if (recovery_is_for_administrators(pool))
        throw Error{Errc::not_authorized, "Contact administrator to reset password."};
}

}  // namespace

Task<CodeDelivery> Recovery::forgot(PoolPtr pool, ClientPtr client, std::string login, Caller caller) {
    const Instant now = services_.clock.now();
    check_self_service(*pool);
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<CodeDelivery> {
        auto request = find_request(services_, tx, *pool, *client, login);
        if (auto* refusal = std::get_if<Error>(&request)) return std::move(*refusal);
        return send_recovery(services_, tx, *pool, std::get<Request>(request), login, caller, now);
    });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

Task<void> Recovery::confirm(PoolPtr pool, ClientPtr client, std::string login, OneTimeCode code, Password password,
                             Caller) {
    const Instant now = services_.clock.now();
    check_self_service(*pool);
    // Before the code: a password that breaks the policy should not cost a code, and says nothing about the user.
    check_policy(*pool, password);
    const std::string hash = co_await services_.hasher.hash(std::move(password));
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<Recovered> {
        auto request = find_request(services_, tx, *pool, *client, login);
        if (auto* refusal = std::get_if<Error>(&request)) return std::move(*refusal);
        return recover(services_, tx, *pool, std::get<Request>(std::move(request)), code, hash, now);
    });
    accept(std::move(verdict));
}

Task<void> Recovery::change(PoolPtr pool, UserId user_id, Password previous, Password proposed) {
    const Instant now = services_.clock.now();
    check_policy(*pool, proposed);
    auto counted_user = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<directory::User> {
        auto user = directory::Users(tx).find(pool->id, user_id);
        if (!user) return unknown_user();
        if (!directory::Attempts(tx).count(pool->id, counted::password_change, user_id.str(),
                                           services_.limits.password_changes_per_hour, hour, now))
            return attempt_limit_exceeded();
        return std::move(*user);
    });
    const auto before = accept(std::move(counted_user));
    std::string encoded = before.password_hash;
    const bool right = co_await services_.hasher.verify(std::move(previous), std::move(encoded));
    if (!right) throw to_error(Refusal::wrong_password);
    const std::string hash = co_await services_.hasher.hash(std::move(proposed));
    co_await services_.db.write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto user = users.find(pool->id, user_id);
        // Another change came first: what was proven is no longer the password.
        if (!user || user->password_hash != before.password_hash) throw to_error(Refusal::wrong_password);
        user->password_hash = hash;
        user->modified = now;
        users.save(*pool, *user);
        directory::OneTimeCodes(tx, services_.sealer).erase(pool->id, user_id, CodePurpose::sms_mfa);
    });
}

}  // namespace symbolon::signin
