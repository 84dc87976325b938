#include "directory/attempts.hpp"
#include "directory/devices.hpp"
#include "directory/srp_verifiers.hpp"
#include "signin/devices.hpp"
#include "signin/refusals.hpp"
#include "signin/srp_exchange.hpp"

#include <utility>

// The password, proven by SRP: USER_SRP_AUTH, and PASSWORD_VERIFIER within the other flows. Spec: cognito-api.md §3.4.
namespace symbolon::signin {
namespace {

namespace srp = crypto::srp;

/// Of nobody, and of who has none, one that is always the same and opens to no password.
srp::Verifier find_verifier(const Context& context, db::Transaction& tx, const Subject& subject) {
    if (subject.user) {
        if (auto found = directory::SrpVerifiers(tx, context.services.sealer).find(*subject.user))
            return std::move(*found);
    }
    return srp::simulate_verifier(context.services.sealer, context.pool->id.str() + "|" + subject.key.str());
}

/// Who claims to know a password, by what it is checked, and what the session remembers.
struct Claimant {
    Standing standing;
    srp::Verifier verifier;
};

Verdict<Claimant> find_claimant(const Context& context, db::Transaction& tx, const SrpClaim& claim) {
    auto opened = open_any_session(context, tx, ChallengeKind::password_verifier, claim.session, claim.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& standing = std::get<Session>(opened).standing;
    if (directory::Attempts(tx).is_locked(context.pool->id, counted::password, standing.subject.key.str(), context.now))
        return password_locked();
    auto verifier = find_verifier(context, tx, standing.subject);
    return Claimant{std::move(standing), std::move(verifier)};
}

/// A client that is told so drops its device and repeats the very same claim.
bool names_unknown_device(const Context& context, db::Transaction& tx, const directory::User& user) {
    const auto& key = context.caller.device_key;
    return !key.empty() && tracks_devices(*context.pool) &&
           !directory::Devices(tx, context.services.sealer).find(context.pool->id, user.id, key);
}

Verdict<Decision> judge_claim(const Context& context, db::Transaction& tx, const SrpClaim& claim, bool proven) {
    auto opened = open_any_session(context, tx, ChallengeKind::password_verifier, claim.session, claim.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    auto& standing = session.standing;
    const auto& pool = context.pool->id;
    const std::string key = standing.subject.key.str();
    directory::Attempts attempts(tx);
    if (attempts.is_locked(pool, counted::password, key, context.now)) return password_locked();

    const auto& user = standing.subject.user;
    const bool right = proven && user;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), VerifierChecked{right}, facts, context.now);
    const auto* refusal = std::get_if<Refusal>(&done.next);
    if (!refusal && names_unknown_device(context, tx, *user))
        return Error{Errc::resource_not_found, "Device does not exist."};
    // Right or wrong, a claim is judged once.
    if (!spend(context, tx, session)) return to_error(SealedProof::Fault::used);
    // What looks like a wrong password is counted like one, or the lock would tell the difference.
    if (!right || (refusal && *refusal == Refusal::wrong_password))
        attempts.count_failure(pool, counted::password, key, context.now);
    else
        attempts.forget(pool, counted::password, key);
    if (!right && user) record_failure(context, tx, user->id, Failed::password);
    if (refusal) return refuse(context, tx, standing, facts, *refusal);
    if (standing.progress.flow == Flow::custom)
        standing.progress.results.push_back({.name = result_name(ChallengeKind::password_verifier), .passed = true});
    standing.progress.srp_a.clear();
    standing.progress.srp_b.clear();
    return conclude(context, tx, std::move(standing), done, facts);
}

}  // namespace

Task<Outcome> take_srp_turn(Context context, Standing standing) {
    auto verifier = co_await context.services.db.read(
        [&](db::Transaction& tx) { return find_verifier(context, tx, standing.subject); });
    auto challenge = co_await ask_srp(std::move(context), std::move(standing), std::move(verifier));
    co_return Outcome{std::move(challenge)};
}

Task<Outcome> SignIn::begin_srp(PoolPtr pool, ClientPtr client, std::string login, std::string srp_a, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    std::string a = parse_srp_a(srp_a);
    Password unknown;
    auto subject = co_await meet(context, std::move(login), Begins::with_password, std::move(unknown));
    auto standing = begin_standing(context, Flow::srp, std::move(subject));
    standing.progress.srp_a = std::move(a);
    co_return co_await take_srp_turn(std::move(context), std::move(standing));
}

Task<Outcome> SignIn::with_verifier(PoolPtr pool, ClientPtr client, SrpClaim claim, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    claim.session = session_of(claim);
    auto found = co_await services_.db.read([&](db::Transaction& tx) { return find_claimant(context, tx, claim); });
    auto claimant = accept(std::move(found));
    auto& standing = claimant.standing;
    srp::Identity identity{srp::pool_name(context.pool->id.str()), standing.subject.username};
    const bool proven =
        co_await check_claim(context, std::move(identity), std::move(claimant.verifier), standing.progress, claim);
    if (proven) context.texts = co_await find_texts(context, standing, VerifierChecked{true});
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_claim(context, tx, claim, proven); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace symbolon::signin
