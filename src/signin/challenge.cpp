#include "signin/challenge.hpp"

#include "directory/attribute_rules.hpp"
#include "directory/devices.hpp"
#include "directory/software_tokens.hpp"
#include "directory/user_names.hpp"
#include "signin/amr.hpp"
#include "signin/devices.hpp"
#include "signin/passkeys.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/assessment.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t proof_id_bytes = 16;

Ending ending_of(const Proofs& given) {
    if (given.device) return Ending::authenticate_device;
    return given.new_password ? Ending::new_password_challenge : Ending::authentication;
}

/// Devices are what clients of the API keep; browsers have sessions of their own.
void set_device(const Context& context, db::Transaction& tx, const Progress& progress, SignedIn& signed_in) {
    const auto& pool = *context.pool;
    if (!tracks_devices(pool) || !context.caller.browser.empty()) return;
    directory::Devices devices(tx, context.services.sealer);
    const auto& key = progress.device_key;
    const bool proven = progress.given.device;
    // One that is confirmed but not remembered proves nothing, and is not a new one all the same.
    if (!key.empty() && (proven || devices.find(pool.id, signed_in.user_id, key))) {
        devices.note_sign_in(pool.id, signed_in.user_id, key, context.caller.address, context.now);
        signed_in.device_key = key;
        return;
    }
    auto offered = offer_device(context.services.sealer, context.services.random, pool, signed_in.user_id);
    signed_in.device_key = std::move(offered.key);
    signed_in.device_group_key = std::move(offered.group_key);
    signed_in.new_device = true;
}

SignedIn complete(const Context& context, db::Transaction& tx, const Standing& standing) {
    const auto& user = *standing.subject.user;
    SignedIn signed_in{.pool_id = context.pool->id,
                       .client_id = context.client->id,
                       .user_id = user.id,
                       .username = user.username,
                       .auth_time = context.now,
                       .login = directory::login_of(*context.pool, user),
                       .ending = ending_of(standing.progress.given)};
    signed_in.metadata = context.caller.metadata;
    signed_in.amr = amr_of(standing.progress.given);
    signed_in.levels = standing.progress.levels;
    set_device(context, tx, standing.progress, signed_in);
    return signed_in;
}

Challenge ask_new_password(const Context& context, const Standing& standing, const std::string& proof_id) {
    auto challenge = begin_challenge(context, standing, proof_id);
    const auto& user = *standing.subject.user;
    challenge.attributes = user.attributes;
    challenge.required_attributes = directory::missing_required_attributes(context.pool->settings, user.attributes);
    return challenge;
}

Challenge ask_software_token(const Context& context, db::Transaction& tx, const Standing& standing,
                             const std::string& proof_id) {
    auto challenge = begin_challenge(context, standing, proof_id);
    const auto token =
        directory::SoftwareTokens(tx, context.services.sealer).find(context.pool->id, standing.subject.key);
    if (token) challenge.friendly_name = token->friendly_name;
    return challenge;
}

Verdict<Decision> widen(Verdict<Challenge> verdict) {
    if (auto* refusal = std::get_if<Error>(&verdict)) return std::move(*refusal);
    return Decision{Outcome{std::get<Challenge>(std::move(verdict))}};
}

Verdict<Session> to_session(std::variant<SealedProof::OpenedAny, SealedProof::Fault> opening, ChallengeKind step,
                            const Context& context) {
    if (const auto* fault = std::get_if<SealedProof::Fault>(&opening)) return to_error(*fault);
    auto& [proof, subject] = std::get<SealedProof::OpenedAny>(opening);
    Standing standing{std::move(subject), proof.progress(), step};
    // What the client says of its device counts until the device is proven.
    if (!context.caller.device_key.empty() && !standing.progress.given.device)
        standing.progress.device_key = context.caller.device_key;
    return Session{std::move(proof), std::move(standing)};
}

/// What is true of the user, whatever is wanted of the sign-in.
Facts find_facts(const Context& context, db::Transaction& tx, const Standing& standing) {
    const auto& user = standing.subject.user;
    if (!user) return facts_of_nobody(*context.pool, *context.client, standing.subject.login);
    const auto has = find_possessions(context.services, tx, *context.pool, *user, standing.progress.device_key);
    return facts_of(*context.pool, *context.client, *user, has, find_risk(context, tx, standing));
}

}  // namespace

Context make_context(Services& services, PoolPtr pool, ClientPtr client, Caller caller) {
    const Instant now = services.clock.now();
    PoolPtr texts = pool;
    caller = as_told(*client, std::move(caller));
    return Context{services, std::move(pool), std::move(client), std::move(caller), now, std::move(texts)};
}

Standing begin_standing(const Context& context, Flow flow, Subject subject) {
    Progress progress;
    progress.flow = flow;
    progress.device_key = context.caller.device_key;
    return Standing{std::move(subject), std::move(progress), begin(flow).asked};
}

Facts read_facts(const Context& context, db::Transaction& tx, const Standing& standing) {
    auto facts = find_facts(context, tx, standing);
    want_levels(facts, standing.progress.levels);
    return facts;
}

ProofBinding binding_of(const Context& context, ChallengeKind step) {
    return ProofBinding{*context.pool, *context.client, step, context.caller.browser};
}

Verdict<Session> open_any_session(const Context& context, db::Transaction& tx, ChallengeKind step,
                                  std::string_view session, const std::optional<std::string>& login) {
    return to_session(
        SealedProof::open_any(tx, context.services.sealer, binding_of(context, step), session, login, context.now),
        step, context);
}

Verdict<Session> open_session(const Context& context, db::Transaction& tx, ChallengeKind step, std::string_view session,
                              const std::optional<std::string>& login) {
    auto opened = open_any_session(context, tx, step, session, login);
    const auto* found = std::get_if<Session>(&opened);
    if (found && !found->standing.subject.user) return to_error(SealedProof::Fault::invalid);
    return opened;
}

bool asks_password(const std::optional<ChallengeKind>& asked) {
    return asked == ChallengeKind::password || asked == ChallengeKind::password_srp ||
           asked == ChallengeKind::password_verifier || asked == ChallengeKind::select_challenge;
}

bool is_session_of(const Context& context, ChallengeKind step, std::string_view session) {
    return SealedProof::is_of(context.services.sealer, binding_of(context, step), session);
}

Verdict<Session> open_choice_session(const Context& context, db::Transaction& tx, std::string_view session,
                                     const std::optional<std::string>& login) {
    for (const auto step : {ChallengeKind::select_challenge, ChallengeKind::password, ChallengeKind::password_srp,
                            ChallengeKind::sms_otp, ChallengeKind::email_otp, ChallengeKind::web_authn}) {
        if (is_session_of(context, step, session)) return open_any_session(context, tx, step, session, login);
    }
    return to_error(SealedProof::Fault::invalid);
}

bool spend(const Context& context, db::Transaction& tx, const Session& session) {
    return session.proof.spend(tx, context.now, context.client->challenge_life());
}

Challenge begin_challenge(const Context& context, const Standing& standing, const std::string& proof_id) {
    Challenge challenge;
    challenge.kind = *standing.asked;
    challenge.username = standing.subject.username;
    challenge.expires = context.now + context.client->challenge_life();
    challenge.session = SealedProof(binding_of(context, *standing.asked), standing.subject, proof_id, challenge.expires,
                                    standing.progress)
                            .seal(context.services.sealer);
    return challenge;
}

Verdict<Challenge> ask(const Context& context, db::Transaction& tx, const Standing& standing, const Facts& facts,
                       const std::string& proof_id) {
    auto challenge = [&] { return begin_challenge(context, standing, proof_id); };
    const auto with_choices = [&](const std::vector<ChallengeKind>& choices) {
        Challenge asked = challenge();
        asked.choices = choices;
        return asked;
    };
    switch (*standing.asked) {
        case ChallengeKind::sms_mfa:
        case ChallengeKind::email_mfa:
        case ChallengeKind::sms_otp:
        case ChallengeKind::email_otp:
            return ask_code(context, tx, standing, facts, proof_id);
        case ChallengeKind::new_password_required:
            return ask_new_password(context, standing, proof_id);
        case ChallengeKind::software_token_mfa:
            return ask_software_token(context, tx, standing, proof_id);
        case ChallengeKind::select_mfa_type:
            return with_choices(second_factors_for(standing.progress.given, facts));
        case ChallengeKind::mfa_setup: {
            Challenge asked = with_choices(setup_choices(*context.pool));
            // Whoever sets up an app with it names no client (mfa_setup.hpp).
            asked.session = context.client->id.str() + "." + asked.session;
            return asked;
        }
        case ChallengeKind::select_challenge:
        case ChallengeKind::password:
        case ChallengeKind::password_srp:
            return with_choices(facts.first_factors);
        case ChallengeKind::web_authn: {
            Challenge asked = with_choices(facts.first_factors);
            asked.credential_options =
                make_passkey_request(tx, context.services, *context.pool, standing.subject.key, proof_id);
            return asked;
        }
        case ChallengeKind::device_srp_auth: {
            Challenge asked = challenge();
            asked.device_key = standing.progress.device_key;
            return asked;
        }
        case ChallengeKind::password_verifier:
        case ChallengeKind::device_password_verifier:
        case ChallengeKind::custom_challenge:
            break;  // asked in their own files: there is more to make first
    }
    return Error{Errc::internal, {}, "a challenge that cannot be asked like this"};
}

Verdict<Decision> conclude(const Context& context, db::Transaction& tx, Standing standing, const Step& done,
                           const Facts& facts) {
    if (const auto* refusal = std::get_if<Refusal>(&done.next))
        return refuse(context, tx, std::move(standing), facts, *refusal);
    standing.progress.flow = done.state.flow;
    standing.progress.given = done.state.proofs;
    standing.asked = done.state.asked;
    if (std::holds_alternative<Complete>(done.next)) {
        if (!standing.subject.user) return to_error(Refusal::wrong_password);
        watch(context, tx, standing, facts, Watch::completes);
        return Decision{Outcome{complete(context, tx, standing)}};
    }
    watch(context, tx, standing, facts, Watch::goes_on);
    if (std::holds_alternative<AskPool>(done.next)) return Decision{PoolsTurn{std::move(standing)}};
    if (standing.asked == ChallengeKind::password_verifier) return Decision{SrpTurn{std::move(standing)}};
    if (standing.asked == ChallengeKind::custom_challenge) return Decision{CustomTurn{std::move(standing)}};
    return widen(ask(context, tx, standing, facts, context.services.random.token(proof_id_bytes)));
}

}  // namespace symbolon::signin
