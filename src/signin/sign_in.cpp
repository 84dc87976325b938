#include "signin/sign_in.hpp"

#include "directory/attempts.hpp"
#include "directory/codes.hpp"
#include "signin/challenge.hpp"
#include "signin/refusals.hpp"
#include "signin/subject.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

struct Candidate {
    Subject subject;
    bool locked = false;
};

/// What becomes of a password that was checked against a hash that is no longer the user's.
enum class Outdated { check_again, wrong };

/// Stores the password's hash as it is stored today. In the transaction that goes on with the sign-in, and before the
/// session is made: a session dies with the hash that it was made with.
void renew(db::Transaction& tx, directory::User& user, const std::string& renewed) {
    if (!renewed.empty() && directory::Users(tx).renew_password(user, renewed)) user.password_hash = renewed;
}

/// The password was checked against the hash that was read before; now the outcome is decided and counted in one
/// transaction. Guesses that ran at the same time are put in order here: those after the lock learn nothing. Nothing
/// is decided when the hash was replaced meanwhile, and it is to be checked again.
std::optional<Verdict<Outcome>> judge_password(const Context& context, db::Transaction& tx, const Subject& asked,
                                               const crypto::PasswordCheck& check, Outdated outdated) {
    directory::Attempts attempts(tx);
    const auto& pool = context.pool;
    if (attempts.is_locked(pool.id, counted::password, asked.key.str(), context.now)) return password_locked();

    auto user = asked.user ? directory::Users(tx).find(pool.id, asked.user->id) : std::nullopt;
    if (!user) {
        attempts.count_failure(pool.id, counted::password, asked.key.str(), context.now);
        return to_error(Refusal::wrong_password);
    }
    const bool same_hash = user->password_hash == asked.user->password_hash;
    if (!same_hash && outdated == Outdated::check_again) return std::nullopt;
    const bool right = check.right && same_hash;
    const Step done = step(State{}, PasswordChecked{right}, facts_of(pool, context.client, *user), context.now);

    // What looks like a wrong password is counted like one, or the lock would tell the difference.
    const auto* refusal = std::get_if<Refusal>(&done.next);
    if (!right || (refusal && *refusal == Refusal::wrong_password))
        attempts.count_failure(pool.id, counted::password, asked.key.str(), context.now);
    else
        attempts.forget(pool.id, counted::password, asked.key.str());
    if (right && !refusal) renew(tx, *user, check.renewed);
    return conclude(context, tx, *user, done);
}

/// The number that just received a code and gave it back is its user's; unless another user has it as a verified alias.
void mark_phone_verified(const Context& context, db::Transaction& tx, directory::User& user) {
    if (user.is_verified("phone_number")) return;
    directory::Users users(tx);
    if (context.pool.is_alias("phone_number")) {
        const auto owner = users.find_by_login(context.pool, user.attribute("phone_number"));
        if (owner && owner->id != user.id) return;
    }
    user.attributes["phone_number_verified"] = "true";
    user.modified = context.now;
    users.save(context.pool, user);
}

Verdict<Outcome> judge_sms_code(const Context& context, db::Transaction& tx, std::string_view session,
                                const std::optional<std::string>& login, const OneTimeCode& code) {
    auto opening = SealedProof::open(tx, context.services.sealer, binding_of(context, Stage::sms_code), session, login,
                                     context.now);
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return to_error(*fault);
    auto& [proof, user] = std::get<SealedProof::Opened>(opening);

    directory::Attempts attempts(tx);
    const auto& limits = context.services.limits;
    if (!attempts.count(context.pool.id, counted::mfa_guess, user.id.str(), limits.mfa_guesses_per_hour, hour,
                        context.now))
        return Error{Errc::too_many_attempts, "Attempt limit exceeded, please try after some time."};

    using Result = directory::OneTimeCodes::Result;
    const auto result = directory::OneTimeCodes(tx, context.services.sealer)
                            .consume(context.pool.id, user.id, directory::CodePurpose::sms_mfa,
                                     sms_binding(proof.id(), user), code, context.now, limits.tries_per_code);
    if (result == Result::expired || result == Result::locked) return wrong_verification_code(result);

    const bool right = result == Result::right;
    const Step done = step(State{Stage::sms_code, proof.given()}, SmsCodeChecked{right},
                           facts_of(context.pool, context.client, user), context.now);
    if (!right) return conclude(context, tx, user, done);

    if (!proof.spend(tx, context.now, context.client.challenge_life())) return to_error(SealedProof::Fault::used);
    attempts.forget(context.pool.id, counted::mfa_guess, user.id.str());
    mark_phone_verified(context, tx, user);
    return conclude(context, tx, user, done);
}

Verdict<Challenge> judge_resend(const Context& context, db::Transaction& tx, std::string_view session) {
    const auto opening = SealedProof::open(tx, context.services.sealer, binding_of(context, Stage::sms_code), session,
                                           std::nullopt, context.now);
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return to_error(*fault);
    const auto& [proof, user] = std::get<SealedProof::Opened>(opening);
    if (!user.enabled) return to_error(Refusal::disabled);
    if (!directory::Attempts(tx).count(context.pool.id, counted::mfa_resend, user.id.str(),
                                       context.services.limits.resends_per_hour, hour, context.now))
        return attempt_limit_exceeded();
    // The same proof: whoever presses twice holds two sessions of one challenge, and both end with the right code.
    return ask_sms_code(context, tx, user, proof.given(), proof.id());
}

}  // namespace

Task<Outcome> SignIn::with_password(PoolPtr pool, ClientPtr client, std::string login, Password password,
                                    Caller caller) {
    const Context context{services_, *pool, *client, caller, services_.clock.now()};
    // Of two who sign in at once with a hash of another system, one replaces it under the other's hands: that one is
    // not wrong, and is checked again. Once; what changes all the time is somebody else's doing.
    for (auto outdated = Outdated::check_again;; outdated = Outdated::wrong) {
        const auto candidate = co_await services_.db.read([&](db::Transaction& tx) {
            Candidate found{.subject = find_subject(tx, services_.sealer, *pool, login)};
            found.locked =
                directory::Attempts(tx).is_locked(pool->id, counted::password, found.subject.key.str(), context.now);
            return found;
        });
        const auto& user = candidate.subject.user;
        if (!user && !client->hides_users()) throw unknown_user();
        if (candidate.locked) throw password_locked();

        // Without a user there is the same work to do. (A conditional inside the co_await would be destroyed twice:
        // g++ 12.)
        std::string hash = user ? user->password_hash : std::string();
        Password to_check = password.clone();
        const auto check = co_await services_.hasher.check(std::move(to_check), std::move(hash));
        auto verdict = co_await services_.db.write(
            [&](db::Transaction& tx) { return judge_password(context, tx, candidate.subject, check, outdated); });
        if (!verdict) continue;
        wake_courier(services_, *verdict);
        co_return accept(std::move(*verdict));
    }
}

Task<Outcome> SignIn::with_sms_code(PoolPtr pool, ClientPtr client, std::string session,
                                    std::optional<std::string> login, OneTimeCode code, Caller caller) {
    const Context context{services_, *pool, *client, caller, services_.clock.now()};
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return judge_sms_code(context, tx, session, login, code); });
    wake_courier(services_, verdict);
    co_return accept(std::move(verdict));
}

Task<Challenge> SignIn::resend(PoolPtr pool, ClientPtr client, std::string session, Caller caller) {
    const Context context{services_, *pool, *client, caller, services_.clock.now()};
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) { return judge_resend(context, tx, session); });
    services_.outbox.wake();
    co_return accept(std::move(verdict));
}

}  // namespace symbolon::signin
