#include "directory/attempts.hpp"
#include "signin/passkeys.hpp"
#include "signin/password_check.hpp"
#include "signin/refusals.hpp"
#include "signin/sign_up_session.hpp"
#include "signin/srp_exchange.hpp"

#include <algorithm>
#include <utility>

// USER_AUTH: the first factor is the user's choice, of those that the pool allows and the user has. Spec: §3.6.
namespace symbolon::signin {
namespace {

/// Where a choice is made: as the sign-in begins, or under a session.
struct Choosing {
    Standing standing;
    std::string session = {};  ///< "": the sign-in begins
    std::string login = {};
};

/// Where it stands now, and the session, if there is one. A user is read anew.
struct Reread {
    Standing standing;
    std::optional<Session> session;
};

Verdict<Reread> reread(const Context& context, db::Transaction& tx, const Choosing& choosing) {
    if (!choosing.session.empty()) {
        auto opened = open_choice_session(context, tx, choosing.session, choosing.login);
        if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
        auto& session = std::get<Session>(opened);
        Standing standing = session.standing;
        return Reread{std::move(standing), std::move(session)};
    }
    Reread begins{choosing.standing, std::nullopt};
    auto& user = begins.standing.subject.user;
    if (user) user = directory::Users(tx).find(context.pool->id, user->id);
    return begins;
}

/// A choice without the proof itself: the question for it is asked.
Verdict<Decision> judge_choice(const Context& context, db::Transaction& tx, const Choosing& choosing,
                               ChallengeKind kind, const std::string& srp_a) {
    auto read = reread(context, tx, choosing);
    if (auto* refusal = std::get_if<Error>(&read)) return std::move(*refusal);
    auto& [standing, session] = std::get<Reread>(read);
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), FirstFactorChosen{kind}, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return to_error(*refusal);
    if (session && !spend(context, tx, *session)) return to_error(SealedProof::Fault::used);
    standing.progress.srp_a = srp_a;
    return conclude(context, tx, std::move(standing), done, facts);
}

Verdict<Decision> judge_passkey(const Context& context, db::Transaction& tx, const Choosing& choosing,
                                const std::string& credential) {
    auto opened = open_any_session(context, tx, ChallengeKind::web_authn, choosing.session, choosing.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    auto& standing = session.standing;
    const auto& key = standing.subject.key;
    const auto challenge = passkey_challenge(context.services, *context.pool, key, session.proof.id());
    const auto checked = check_passkey(tx, context.services, *context.pool, key, challenge, credential);
    const auto* proof = std::get_if<PasskeyProof>(&checked);
    const bool right = proof && standing.subject.user;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), PasskeyChecked{right, right && proof->user_verified}, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return refuse(context, tx, standing, facts, *refusal);
    if (!spend(context, tx, session)) return to_error(SealedProof::Fault::used);
    return conclude(context, tx, std::move(standing), done, facts);
}

Verdict<Decision> judge_first_code(const Context& context, db::Transaction& tx, ChallengeKind kind,
                                   const CodeAnswer& answer) {
    auto opened = open_any_session(context, tx, kind, answer.session, answer.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    auto& standing = session.standing;
    const auto& pool = context.pool->id;
    const UserId key = standing.subject.key;
    directory::Attempts attempts(tx);
    const auto& limits = context.services.limits;
    if (!attempts.count(pool, counted::otp_guess, key.str(), limits.otp_guesses_per_hour, hour, context.now))
        return too_many_guesses();

    using Result = directory::OneTimeCodes::Result;
    const auto result =
        directory::OneTimeCodes(tx, context.services.sealer)
            .consume(pool, key, code_purpose(kind), code_binding(kind, session.proof.id(), standing.subject),
                     answer.code, context.now, limits.tries_per_code);
    if (result == Result::expired || result == Result::locked) return wrong_verification_code(result);
    const bool right = result == Result::right && standing.subject.user;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), FirstCodeChecked{kind, right}, facts, context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return refuse(context, tx, standing, facts, *refusal);
    if (!spend(context, tx, session)) return to_error(SealedProof::Fault::used);
    attempts.forget(pool, counted::otp_guess, key.str());
    return conclude(context, tx, std::move(standing), done, facts);
}

/// With the session of a sign-up that was just confirmed there is nothing to choose.
Verdict<Decision> judge_sign_up(const Context& context, db::Transaction& tx, const Standing& begun,
                                const FirstFactor& factor, const std::string& login) {
    auto user =
        use_confirmed(context.services, tx, *context.pool, *context.client, factor.sign_up_session, login, context.now);
    if (!user || !begun.subject.user || user->id != begun.subject.user->id)
        return to_error(SealedProof::Fault::invalid);
    Standing standing = begun;
    standing.subject.user = std::move(user);
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), SignUpConfirmed{}, facts, context.now);
    return conclude(context, tx, std::move(standing), done, facts);
}

/// With a password that was proven before, a second factor is asked for at once.
Verdict<Decision> judge_credit(const Context& context, db::Transaction& tx, const Choosing& choosing) {
    auto read = reread(context, tx, choosing);
    if (auto* refusal = std::get_if<Error>(&read)) return std::move(*refusal);
    auto& standing = std::get<Reread>(read).standing;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), PasswordCredited{}, facts, context.now);
    return conclude(context, tx, std::move(standing), done, facts);
}

/// Whether there is a level to be reached by it. Otherwise the sign-in is one like any other.
bool is_of_use(const PasswordCredited& credit, const Context& context, const Standing& standing, const Facts& facts) {
    return std::holds_alternative<ChallengeKind>(step(standing.state(), credit, facts, context.now).next);
}

/// What is really chosen: SRP_A makes of password_srp its question.
ChallengeKind question_of(const FirstFactor& factor) {
    const auto kind = factor.kind.value_or(ChallengeKind::select_challenge);
    return kind == ChallengeKind::password_srp && !factor.srp_a.empty() ? ChallengeKind::password_verifier : kind;
}

Task<Outcome> go_with(Context context, Choosing choosing, FirstFactor factor) {
    const auto kind = question_of(factor);
    if (kind == ChallengeKind::password && !factor.password.empty()) {
        PasswordTry tried{.standing = std::move(choosing.standing),
                          .session = std::move(choosing.session),
                          .login = std::move(choosing.login)};
        co_return co_await try_password(std::move(context), std::move(tried), std::move(factor.password));
    }
    if (kind == ChallengeKind::web_authn && !factor.credential.empty()) {
        auto verdict = co_await context.services.db.write(
            [&](db::Transaction& tx) { return judge_passkey(context, tx, choosing, factor.credential); });
        co_return co_await go_on(std::move(context), std::move(verdict));
    }
    std::string a;
    if (kind == ChallengeKind::password_verifier) a = parse_srp_a(factor.srp_a);
    context.texts = co_await find_texts(context, choosing.standing, FirstFactorChosen{kind});
    auto verdict = co_await context.services.db.write(
        [&](db::Transaction& tx) { return judge_choice(context, tx, choosing, kind, a); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace

Task<Outcome> SignIn::begin_choice(PoolPtr pool, ClientPtr client, std::string login, FirstFactor factor,
                                   Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    const bool guesses = factor.kind == ChallengeKind::password && !factor.password.empty();
    const auto begins = guesses ? Begins::with_password : Begins::otherwise;
    Password known;
    if (guesses) known = factor.password.clone();
    auto subject = co_await meet(context, login, begins, std::move(known));
    Choosing choosing{.standing = begin_standing(context, Flow::choice, std::move(subject))};
    choosing.standing.progress.levels = std::move(factor.levels);
    const auto& user = choosing.standing.subject.user;
    if (factor.former && (!user || user->id != factor.former->user))
        throw Error{Errc::not_authorized, "The access token is of another user."};
    if (!factor.sign_up_session.empty()) {
        context.texts = co_await find_texts(context, choosing.standing, SignUpConfirmed{});
        auto verdict = co_await services_.db.write(
            [&](db::Transaction& tx) { return judge_sign_up(context, tx, choosing.standing, factor, login); });
        co_return co_await go_on(std::move(context), std::move(verdict));
    }
    // What is preferred and cannot be had is no error: the user is asked.
    const auto facts =
        co_await services_.db.read([&](db::Transaction& tx) { return read_facts(context, tx, choosing.standing); });
    if (factor.former && factor.former->by_password &&
        is_of_use(PasswordCredited{}, context, choosing.standing, facts)) {
        context.texts = co_await find_texts(context, choosing.standing, PasswordCredited{});
        auto verdict =
            co_await services_.db.write([&](db::Transaction& tx) { return judge_credit(context, tx, choosing); });
        co_return co_await go_on(std::move(context), std::move(verdict));
    }
    if (factor.kind && std::ranges::find(facts.first_factors, *factor.kind) == facts.first_factors.end())
        factor.kind.reset();
    co_return co_await go_with(std::move(context), std::move(choosing), std::move(factor));
}

Task<Outcome> SignIn::choose(PoolPtr pool, ClientPtr client, std::string session, std::string login, FirstFactor factor,
                             Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto opened = co_await services_.db.read(
        [&](db::Transaction& tx) { return open_choice_session(context, tx, session, login); });
    auto found = accept(std::move(opened));
    Choosing choosing{.standing = std::move(found.standing), .session = std::move(session), .login = std::move(login)};
    co_return co_await go_with(std::move(context), std::move(choosing), std::move(factor));
}

Task<Outcome> SignIn::with_first_code(PoolPtr pool, ClientPtr client, ChallengeKind kind, CodeAnswer answer,
                                      Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_first_code(context, tx, kind, answer); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace symbolon::signin
