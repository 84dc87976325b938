#include "directory/devices.hpp"
#include "signin/refusals.hpp"
#include "signin/srp_exchange.hpp"

#include <utility>

// DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself with a password of its own, which is
// long and made by chance, so nobody guesses at it. Spec: cognito-api.md §3.10.
namespace symbolon::signin {
namespace {

namespace srp = crypto::srp;

/// A device that is to prove itself, and where its user's sign-in stands.
struct Proving {
    Standing standing;
    directory::Device device;
};

/// Fails (as a value): resource_not_found, which uses no session up: the client drops the device and begins anew.
Verdict<Proving> find_device(const Context& context, db::Transaction& tx, Standing standing) {
    auto device = directory::Devices(tx, context.services.sealer)
                      .find(context.pool->id, standing.subject.key, standing.progress.device_key);
    if (!device) return Error{Errc::resource_not_found, "Device does not exist."};
    return Proving{std::move(standing), std::move(*device)};
}

Verdict<Proving> judge_begin(const Context& context, db::Transaction& tx, std::string_view session,
                             const std::string& login) {
    auto opened = open_session(context, tx, ChallengeKind::device_srp_auth, session, login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& found = std::get<Session>(opened);
    auto proving = find_device(context, tx, found.standing);
    if (std::holds_alternative<Error>(proving)) return proving;
    auto& standing = std::get<Proving>(proving).standing;
    const Step done = step(standing.state(), DeviceNamed{}, read_facts(context, tx, standing), context.now);
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return to_error(*refusal);
    if (!spend(context, tx, found)) return to_error(SealedProof::Fault::used);
    standing.asked = done.state.asked;
    return proving;
}

Verdict<Proving> find_proving(const Context& context, db::Transaction& tx, const SrpClaim& claim) {
    auto opened = open_session(context, tx, ChallengeKind::device_password_verifier, claim.session, claim.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    return find_device(context, tx, std::get<Session>(std::move(opened)).standing);
}

Verdict<Decision> judge_claim(const Context& context, db::Transaction& tx, const SrpClaim& claim, bool right) {
    auto opened = open_session(context, tx, ChallengeKind::device_password_verifier, claim.session, claim.login);
    if (auto* refusal = std::get_if<Error>(&opened)) return std::move(*refusal);
    auto& session = std::get<Session>(opened);
    if (!spend(context, tx, session)) return to_error(SealedProof::Fault::used);
    auto& standing = session.standing;
    const Facts facts = read_facts(context, tx, standing);
    const Step done = step(standing.state(), DeviceChecked{right}, facts, context.now);
    standing.progress.srp_a.clear();
    standing.progress.srp_b.clear();
    if (standing.progress.flow == Flow::custom)
        standing.progress.results.push_back(
            {.name = result_name(ChallengeKind::device_password_verifier), .passed = right});
    return conclude(context, tx, std::move(standing), done, facts);
}

}  // namespace

Task<Outcome> SignIn::begin_device(PoolPtr pool, ClientPtr client, std::string session, std::string login,
                                   std::string srp_a, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    std::string a = parse_srp_a(srp_a);
    auto begun =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_begin(context, tx, session, login); });
    auto proving = accept(std::move(begun));
    proving.standing.progress.srp_a = std::move(a);
    auto challenge =
        co_await ask_srp(std::move(context), std::move(proving.standing), std::move(proving.device.verifier));
    co_return Outcome{std::move(challenge)};
}

Task<Outcome> SignIn::with_device_verifier(PoolPtr pool, ClientPtr client, SrpClaim claim, Caller caller) {
    auto context = make_context(services_, std::move(pool), std::move(client), std::move(caller));
    claim.session = session_of(claim);
    auto found = co_await services_.db.read([&](db::Transaction& tx) { return find_proving(context, tx, claim); });
    auto proving = accept(std::move(found));
    auto identity = proving.device.identity();
    const bool right = co_await check_claim(context, std::move(identity), std::move(proving.device.verifier),
                                            proving.standing.progress, claim);
    auto verdict =
        co_await services_.db.write([&](db::Transaction& tx) { return judge_claim(context, tx, claim, right); });
    co_return co_await go_on(std::move(context), std::move(verdict));
}

}  // namespace symbolon::signin
