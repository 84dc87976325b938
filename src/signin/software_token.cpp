#include "signin/software_token.hpp"

#include "crypto/totp.hpp"
#include "directory/attempts.hpp"
#include "directory/software_tokens.hpp"
#include "signin/mfa_preference.hpp"
#include "signin/mfa_setup.hpp"
#include "signin/refusals.hpp"
#include "signin/verdict.hpp"

#include <string.h>  // explicit_bzero

#include <utility>

namespace symbolon::signin {
namespace {

namespace totp = crypto::totp;

directory::SoftwareTokenSecret make_secret(crypto::Random& random) {
    Bytes bytes = random.bytes(totp::secret_size);
    directory::SoftwareTokenSecret secret(text_of(bytes));
    explicit_bzero(bytes.data(), bytes.size());
    return secret;
}

std::string to_secret_code(const directory::SoftwareTokenSecret& secret) {
    return crypto::to_base32(bytes_of(secret.reveal()));
}

void check_pool(const directory::Pool& pool) {
    if (!allows_software_tokens(pool))
        throw Error{Errc::software_token_not_found, "Software Token MFA has not been enabled by the userPool"};
}

/// Counts a guess at the first code of the app that is being set up. Returns the time step that a right one is of.
Verdict<std::int64_t> check_first_code(Services& services, db::Transaction& tx, const directory::Pool& pool,
                                       const UserId& user, const OneTimeCode& code, Instant now) {
    if (!directory::Attempts(tx).count(pool.id, counted::software_token_setup, user.str(),
                                       services.limits.software_token_guesses_per_hour, hour, now))
        return Error{Errc::software_token_mismatch, "Attempt limit exceeded, please try after some time."};
    directory::SoftwareTokens tokens(tx, services.sealer);
    const auto pending = tokens.find_pending(pool.id, user);
    if (!pending) return Error{Errc::software_token_not_found, "No software token is being set up for the user."};
    const auto step = totp::find_step(bytes_of(pending->secret.reveal()), code.reveal(), now);
    if (!step) return Error{Errc::software_token_mismatch, "Code mismatch"};
    return *step;
}

struct Verified {};

Verdict<Verified> verify_app(Services& services, db::Transaction& tx, const directory::Pool& pool, const UserId& user,
                             const OneTimeCode& code, std::string_view friendly_name, Instant now) {
    const auto step = check_first_code(services, tx, pool, user, code, now);
    if (const auto* refusal = std::get_if<Error>(&step)) return *refusal;
    if (!directory::SoftwareTokens(tx, services.sealer)
             .verify_pending(pool.id, user, friendly_name, std::get<std::int64_t>(step)))
        return Error{Errc::software_token_mismatch, "Code mismatch"};
    directory::Attempts(tx).forget(pool.id, counted::software_token_setup, user.str());
    return Verified{};
}

/// An MFA_SETUP session sets up a first app. It lives for minutes, in which its user may have set one up elsewhere:
/// whoever knows the password alone must not replace that.
[[nodiscard]] bool has_app(Services& services, db::Transaction& tx, const directory::Pool& pool,
                           const directory::User& user) {
    const bool asked_for = pool.mfa_required() || user.mfa.has(directory::MfaFactor::SOFTWARE_TOKEN_MFA);
    return asked_for && directory::SoftwareTokens(tx, services.sealer).has(pool.id, user.id);
}

Verdict<MfaSetup> open_session(Services& services, db::Transaction& tx, const SetupParties& parties,
                               std::string_view session, const Caller& caller, Instant now) {
    auto opening = open_mfa_setup(services, tx, *parties.pool, *parties.client, session, now, caller.browser);
    const auto* setup = std::get_if<MfaSetup>(&opening);
    if (setup && has_app(services, tx, *parties.pool, setup->user)) return to_error(SealedProof::Fault::used);
    return opening;
}

Verdict<std::string> verify_first_app(Services& services, db::Transaction& tx, const SetupParties& parties,
                                      std::string_view session, const OneTimeCode& code, std::string_view friendly_name,
                                      const Caller& caller, Instant now) {
    const auto& pool = *parties.pool;
    auto opening = open_session(services, tx, parties, session, caller, now);
    if (auto* refusal = std::get_if<Error>(&opening)) return std::move(*refusal);
    auto& setup = std::get<MfaSetup>(opening);
    auto verified = verify_app(services, tx, pool, setup.user.id, code, friendly_name, now);
    if (auto* refusal = std::get_if<Error>(&verified)) return std::move(*refusal);

    turn_on(setup.user.mfa, directory::MfaFactor::SOFTWARE_TOKEN_MFA);
    if (!setup.user.mfa.preferred) setup.user.mfa.preferred = directory::MfaFactor::SOFTWARE_TOKEN_MFA;
    setup.user.modified = now;
    directory::Users(tx).save(pool, setup.user);
    auto completing = finish_mfa_setup(services, tx, pool, *parties.client, setup, now, caller.browser);
    // Thrown, not returned: the app must not be there for a session that was used up in between.
    if (!completing) throw to_error(SealedProof::Fault::used);
    return std::move(*completing);
}

}  // namespace

Task<SoftwareTokenSetup> SoftwareTokenSetups::associate(PoolPtr pool, UserId user) {
    const Instant now = services_.clock.now();
    check_pool(*pool);
    const auto secret = make_secret(services_.random);
    co_await services_.db.write([&](db::Transaction& tx) {
        if (!directory::Users(tx).find(pool->id, user)) throw unknown_user();
        directory::SoftwareTokens(tx, services_.sealer).save_pending(pool->id, user, secret, now);
    });
    co_return SoftwareTokenSetup{.secret_code = to_secret_code(secret), .session = {}};
}

Task<SoftwareTokenSetup> SoftwareTokenSetups::associate_in_session(std::string session, Caller caller) {
    const Instant now = services_.clock.now();
    const auto parties = co_await find_setup_parties(services_, session);
    check_pool(*parties.pool);
    const auto secret = make_secret(services_.random);
    auto next = co_await services_.db.write([&](db::Transaction& tx) -> Verdict<std::string> {
        auto opening = open_session(services_, tx, parties, session, caller, now);
        if (auto* refusal = std::get_if<Error>(&opening)) return std::move(*refusal);
        const auto& setup = std::get<MfaSetup>(opening);
        directory::SoftwareTokens(tx, services_.sealer).save_pending(parties.pool->id, setup.user.id, secret, now);
        return renew_mfa_setup(services_, *parties.pool, *parties.client, setup, now, caller.browser);
    });
    co_return SoftwareTokenSetup{.secret_code = to_secret_code(secret), .session = accept(std::move(next))};
}

Task<void> SoftwareTokenSetups::verify(PoolPtr pool, UserId user, OneTimeCode code, std::string friendly_name) {
    const Instant now = services_.clock.now();
    check_pool(*pool);
    auto verdict = co_await services_.db.write(
        [&](db::Transaction& tx) { return verify_app(services_, tx, *pool, user, code, friendly_name, now); });
    accept(std::move(verdict));
}

Task<std::string> SoftwareTokenSetups::verify_in_session(std::string session, OneTimeCode code,
                                                         std::string friendly_name, Caller caller) {
    const Instant now = services_.clock.now();
    const auto parties = co_await find_setup_parties(services_, session);
    check_pool(*parties.pool);
    auto verdict = co_await services_.db.write([&](db::Transaction& tx) {
        return verify_first_app(services_, tx, parties, session, code, friendly_name, caller, now);
    });
    co_return accept(std::move(verdict));
}

}  // namespace symbolon::signin
