#include "signin/password_check.hpp"

#include "crypto/srp.hpp"
#include "directory/attempts.hpp"
#include "directory/srp_verifiers.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/compromised.hpp"
#include "signin/stored_password.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t proof_id_bytes = 16;

/// What a password was found to be, and what is to be stored of it.
struct Checked {
    crypto::PasswordCheck check;
    std::optional<crypto::srp::Verifier> verifier;
};

/// What becomes of a password that was checked against a hash that is no longer the user's.
enum class Outdated { check_again, wrong };

/// Stores the password's hash as it is stored today, and its verifier. In the transaction that goes on with the
/// sign-in, and before the session is made: a session dies with the hash that it was made with.
void renew(const Context& context, db::Transaction& tx, directory::User& user, const Checked& checked) {
    const std::string& renewed = checked.check.renewed;
    if (!renewed.empty() && directory::Users(tx).renew_password(user, renewed)) user.password_hash = renewed;
    if (checked.verifier) directory::SrpVerifiers(tx, context.services.sealer).save(user, *checked.verifier);
}

/// The step up to the password's own question, and then that.
Step check_step(const Standing& standing, bool right, const Facts& facts, Instant now) {
    State state = standing.state();
    if (state.flow == Flow::choice && state.asked != ChallengeKind::password) {
        const Step chosen = step(state, FirstFactorChosen{ChallengeKind::password}, facts, now);
        if (std::holds_alternative<Refusal>(chosen.next)) return chosen;
        state = chosen.state;
    }
    return step(state, PasswordChecked{right}, facts, now);
}

/// Where the session stands now; without a session, where the sign-in begins, with the user as it is now.
Verdict<Standing> reread(const Context& context, db::Transaction& tx, const PasswordTry& tried,
                         std::optional<Session>& session) {
    if (!tried.session.empty()) {
        auto opened = open_any_session(context, tx, *tried.standing.asked, tried.session, tried.login);
        if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
        session = std::get<Session>(std::move(opened));
        return session->standing;
    }
    Standing standing = tried.standing;
    auto& user = standing.subject.user;
    if (user) user = directory::Users(tx).find(context.pool->id, user->id);
    return standing;
}

/// The password was checked against the hash that was read before; now the outcome is decided and counted in one
/// transaction. Guesses that ran at the same time are put in order here: those after the lock learn nothing. Nothing
/// is decided when the hash was replaced meanwhile, and it is to be checked again.
std::optional<Verdict<Decision>> judge(const Context& context, db::Transaction& tx, const PasswordTry& tried,
                                       const Checked& checked, Outdated outdated) {
    directory::Attempts attempts(tx);
    const auto& pool = context.pool->id;
    const std::string& key = tried.standing.subject.key.str();
    if (attempts.is_locked(pool, counted::password, key, context.now)) return password_locked();

    std::optional<Session> session;
    auto read = reread(context, tx, tried, session);
    if (auto* refusal = std::get_if<Error>(&read)) return std::move(*refusal);
    auto standing = std::get<Standing>(std::move(read));
    auto& user = standing.subject.user;
    if (!user) {
        attempts.count_failure(pool, counted::password, key, context.now);
        return to_error(Refusal::wrong_password);
    }
    const bool same_hash = user->password_hash == tried.standing.subject.user->password_hash;
    if (!same_hash && outdated == Outdated::check_again) return std::nullopt;
    const bool right = checked.check.right && same_hash;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = check_step(standing, right, facts, context.now);

    // What looks like a wrong password is counted like one, or the lock would tell the difference.
    const auto* refusal = std::get_if<Refusal>(&done.next);
    if (!right || (refusal && *refusal == Refusal::wrong_password))
        attempts.count_failure(pool, counted::password, key, context.now);
    else
        attempts.forget(pool, counted::password, key);
    if (!right) record_failure(context, tx, user->id, Failed::password);
    if (refusal) return refuse(context, tx, standing, facts, *refusal);
    if (session && !spend(context, tx, *session)) return to_error(SealedProof::Fault::used);
    renew(context, tx, *user, checked);
    return conclude(context, tx, std::move(standing), done, facts);
}

struct Candidate {
    std::optional<directory::User> user;
    bool has_verifier = false;
};

Candidate find_candidate(const Context& context, db::Transaction& tx, const Standing& standing) {
    Candidate found;
    const auto& asked = standing.subject.user;
    if (asked) found.user = directory::Users(tx).find(context.pool->id, asked->id);
    if (found.user)
        found.has_verifier = directory::SrpVerifiers(tx, context.services.sealer).find(*found.user).has_value();
    return found;
}

/// The texts of what follows the right password.
Task<PoolPtr> find_texts_after(Context context, Standing standing) {
    standing.asked = ChallengeKind::password;
    return find_texts(std::move(context), std::move(standing), PasswordChecked{true});
}

}  // namespace

Task<Outcome> try_password(Context context, PasswordTry tried, Password password) {
    auto& services = context.services;
    // Of two who sign in at once with a hash of another system, one replaces it under the other's hands: that one is
    // not wrong, and is checked again. Once; what changes all the time is somebody else's doing.
    for (auto outdated = Outdated::check_again;; outdated = Outdated::wrong) {
        const auto found =
            co_await services.db.read([&](db::Transaction& tx) { return find_candidate(context, tx, tried.standing); });
        tried.standing.subject.user = found.user;

        // Without a user there is the same work to do. (A conditional inside the co_await would be destroyed twice:
        // g++ 12.)
        const auto& user = tried.standing.subject.user;
        std::string hash = user ? user->password_hash : std::string();
        Password to_check = password.clone();
        Checked checked;
        checked.check = co_await services.hasher.check(std::move(to_check), std::move(hash));
        if (checked.check.right) {
            Password to_search = password.clone();
            context.compromised_password = co_await is_compromised(services, context.pool, std::move(to_search));
            if (!found.has_verifier || !checked.check.renewed.empty()) {
                Password to_prove = password.clone();
                checked.verifier =
                    co_await make_missing_verifier(services, context.pool, user->username, std::move(to_prove));
            }
            context.texts = co_await find_texts_after(context, tried.standing);
        }
        auto verdict = co_await services.db.write(
            [&](db::Transaction& tx) { return judge(context, tx, tried, checked, outdated); });
        if (verdict) co_return co_await go_on(std::move(context), std::move(*verdict));
    }
}

Task<Outcome> SignIn::with_password(PoolPtr pool, ClientPtr client, std::string login, Password password,
                                    Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    Password known = password.clone();
    auto subject = co_await meet(context, std::move(login), Begins::with_password, std::move(known));
    PasswordTry tried{.standing = begin_standing(context, Flow::password, std::move(subject))};
    co_return co_await try_password(std::move(context), std::move(tried), std::move(password));
}

Task<Outcome> SignIn::begin_password(PoolPtr pool, ClientPtr client, std::string login, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    Password unknown;
    auto subject = co_await meet(context, std::move(login), Begins::with_password, std::move(unknown));
    const auto standing = begin_standing(context, Flow::password, std::move(subject));
    co_return Outcome{begin_challenge(context, standing, services_.random.token(proof_id_bytes))};
}

Task<Outcome> SignIn::with_asked_password(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                                          Password password, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto opened = co_await services_.db.read(
        [&](db::Transaction& tx) { return open_any_session(context, tx, ChallengeKind::password, session, login); });
    auto found = accept(std::move(opened));
    PasswordTry tried{.standing = std::move(found.standing), .session = std::move(session), .login = std::move(login)};
    co_return co_await try_password(std::move(context), std::move(tried), std::move(password));
}

}  // namespace symbolon::signin
