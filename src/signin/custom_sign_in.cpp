#include "signin/challenge.hpp"
#include "signin/hooks.hpp"
#include "signin/refusals.hpp"
#include "signin/srp_exchange.hpp"

#include <utility>

// CUSTOM_AUTH: the pool's own code (define, create, verify auth challenge) decides what is asked, and when it is
// enough. Hooks are run between transactions: what they are told is what was committed. Spec: cognito-api.md §3.5.
namespace symbolon::signin {
namespace {

using Decided = PoolDecided::Decision;

constexpr std::size_t proof_id_bytes = 16;

Error not_configured() {
    return Error{Errc::invalid_parameter, "Custom auth lambda trigger is not configured for the user pool."};
}

/// Who the hooks are told it is.
directory::User shown_user(const Context& context, const Subject& subject) {
    if (subject.user) return *subject.user;
    directory::User nobody;
    nobody.pool_id = context.pool->id;
    nobody.username = subject.username;
    return nobody;
}

/// Fails: invalid_parameter. A missing hook is an error, never a way in.
triggers::Call call_of(const Context& context, const Subject& subject, Hook hook) {
    auto call =
        hook_call(*context.pool, hook, context.client->id.str(), shown_user(context, subject), context.caller.metadata);
    if (!call) throw not_configured();
    return std::move(*call);
}

/// Fails: hook_answer_invalid.
Decided decision_of(const triggers::DefineAuthAnswer& answer, const Progress& progress) {
    if (answer.fail) return Decided::fail;
    if (answer.issue_tokens) return Decided::issue_tokens;
    if (answer.challenge_name == "CUSTOM_CHALLENGE") return Decided::custom_challenge;
    if (answer.challenge_name == "PASSWORD_VERIFIER" && !progress.srp_a.empty()) return Decided::password_verifier;
    throw Error{Errc::hook_answer_invalid, "Unrecognizable lambda output"};
}

Verdict<Decision> judge_decision(const Context& context, db::Transaction& tx, Standing standing, Decided decision) {
    auto& user = standing.subject.user;
    if (user) {
        user = directory::Users(tx).find(context.pool->id, user->id);
        if (!user) return to_error(Refusal::wrong_password);
    }
    // Whatever the pool's own code says: nobody does not get in.
    if (!user && decision == Decided::issue_tokens) return to_error(Refusal::wrong_password);
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), PoolDecided{decision}, facts, context.now);
    return conclude(context, tx, std::move(standing), done, facts);
}

/// The session is used up before its answer is looked at: of one challenge there is one answer.
Verdict<Standing> take_answer(const Context& context, db::Transaction& tx, std::string_view session,
                              const std::string& login) {
    auto opened = open_any_session(context, tx, ChallengeKind::custom_challenge, session, login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& found = std::get<Session>(opened);
    if (!spend(context, tx, found)) return to_error(SealedProof::Fault::used);
    return std::move(found.standing);
}

/// What the step says of an answer, as the user is now.
Verdict<Decision> judge_answer(const Context& context, db::Transaction& tx, Standing standing) {
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), CustomAnswered{}, facts, context.now);
    return conclude(context, tx, std::move(standing), done, facts);
}

}  // namespace

Task<Outcome> take_pools_turn(Context context, Standing standing) {
    auto call = call_of(context, standing.subject, &LambdaConfig::DefineAuthChallenge);
    const bool user_not_found = !standing.subject.user;
    const auto answer = co_await context.services.triggers.define_auth_challenge(
        std::move(call), standing.progress.results, user_not_found);
    const auto decision = decision_of(answer, standing.progress);
    context.texts = co_await find_texts(context, standing, PoolDecided{decision});
    auto verdict = co_await context.services.db.write(
        [&](db::Transaction& tx) { return judge_decision(context, tx, standing, decision); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

Task<Outcome> take_custom_turn(Context context, Standing standing) {
    auto call = call_of(context, standing.subject, &LambdaConfig::CreateAuthChallenge);
    const bool user_not_found = !standing.subject.user;
    std::string name = result_name(ChallengeKind::custom_challenge);
    auto made = co_await context.services.triggers.create_auth_challenge(std::move(call), std::move(name),
                                                                         standing.progress.results, user_not_found);
    standing.progress.private_parameters = std::move(made.private_parameters);
    standing.progress.challenge_metadata = std::move(made.metadata);
    auto challenge = begin_challenge(context, standing, context.services.random.token(proof_id_bytes));
    challenge.parameters = std::move(made.public_parameters);
    co_return Outcome{std::move(challenge)};
}

Task<Outcome> SignIn::begin_custom(PoolPtr pool, ClientPtr client, std::string login, std::string srp_a,
                                   Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    if (!has_hook(*context.pool, &LambdaConfig::DefineAuthChallenge)) throw not_configured();
    std::string a;
    if (!srp_a.empty()) a = parse_srp_a(srp_a);
    Password unknown;
    auto subject = co_await meet(context, std::move(login), Begins::otherwise, std::move(unknown));
    auto standing = begin_standing(context, Flow::custom, std::move(subject));
    if (!a.empty()) standing.progress.results.push_back({.name = "SRP_A", .passed = true});
    standing.progress.srp_a = std::move(a);
    co_return co_await take_pools_turn(std::move(context), std::move(standing));
}

Task<Outcome> SignIn::with_custom_answer(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                                         std::string answer, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    auto taken =
        co_await services_.db.write([&](db::Transaction& tx) { return take_answer(context, tx, session, login); });
    auto standing = accept(std::move(taken));

    auto call = call_of(context, standing.subject, &LambdaConfig::VerifyAuthChallengeResponse);
    const bool user_not_found = !standing.subject.user;
    auto& progress = standing.progress;
    const bool right = co_await services_.triggers.verify_auth_challenge(std::move(call), progress.private_parameters,
                                                                         std::move(answer), user_not_found);
    progress.results.push_back({.name = result_name(ChallengeKind::custom_challenge),
                                .passed = right,
                                .metadata = std::move(progress.challenge_metadata)});
    progress.private_parameters.clear();
    progress.challenge_metadata.clear();
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_answer(context, tx, standing); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace symbolon::signin
