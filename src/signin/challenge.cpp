#include "signin/challenge.hpp"

#include "directory/attribute_rules.hpp"
#include "directory/user_names.hpp"
#include "signin/destination.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"

#include <utility>

namespace symbolon::signin {
namespace {

constexpr std::size_t proof_id_bytes = 16;

Challenge begin(const Context& context, const directory::User& user, ChallengeKind kind, Stage step,
                const Proofs& given, const std::string& proof_id) {
    Challenge challenge;
    challenge.kind = kind;
    challenge.username = user.username;
    challenge.expires = context.now + context.client.challenge_life();
    challenge.session =
        SealedProof(binding_of(context, step), user, proof_id, challenge.expires, given).seal(context.services.sealer);
    return challenge;
}

Challenge ask_new_password(const Context& context, const directory::User& user, const Proofs& given,
                           const std::string& proof_id) {
    auto challenge = begin(context, user, ChallengeKind::new_password_required, Stage::new_password, given, proof_id);
    challenge.attributes = user.attributes;
    challenge.required_attributes = directory::missing_required_attributes(context.pool.settings, user.attributes);
    return challenge;
}

Verdict<Outcome> widen(Verdict<Challenge> verdict) {
    if (auto* refusal = std::get_if<Error>(&verdict)) return std::move(*refusal);
    return Outcome{std::get<Challenge>(std::move(verdict))};
}

}  // namespace

ProofBinding binding_of(const Context& context, Stage step) {
    return ProofBinding{context.pool, context.client, step, context.caller.browser};
}

std::string sms_binding(std::string_view proof_id, const directory::User& user) {
    return std::string(proof_id) + "|" + user.attribute("phone_number");
}

Verdict<Challenge> ask_sms_code(const Context& context, db::Transaction& tx, const directory::User& user,
                                const Proofs& given, const std::string& proof_id) {
    const auto destination = find_destination(user, "phone_number");
    if (!destination) return to_error(Refusal::out_of_turn);
    if (!allow_send(tx, context.services.limits, context.pool, *destination, Asker::password_holder, context.caller,
                    context.now))
        return attempt_limit_exceeded();
    auto challenge = begin(context, user, ChallengeKind::sms_mfa, Stage::sms_code, given, proof_id);
    const CodeOrder order{.pool = context.pool,
                          .purpose = directory::CodePurpose::sms_mfa,
                          .binding = sms_binding(proof_id, user),
                          .life = context.client.challenge_life()};
    send_code(context.services, tx, order, user, *destination, context.now);
    challenge.delivery = to_delivery(*destination);
    return challenge;
}

Verdict<Outcome> conclude(const Context& context, db::Transaction& tx, const directory::User& user, const Step& done) {
    if (const auto* refusal = std::get_if<Refusal>(&done.next)) return to_error(*refusal);
    if (std::holds_alternative<Complete>(done.next)) {
        return Outcome{SignedIn{.pool_id = context.pool.id,
                                .client_id = context.client.id,
                                .user_id = user.id,
                                .username = user.username,
                                .auth_time = context.now,
                                .login = directory::login_of(context.pool, user)}};
    }
    const std::string proof_id = context.services.random.token(proof_id_bytes);
    const Proofs& given = done.state.proofs;
    switch (std::get<ChallengeKind>(done.next)) {
        case ChallengeKind::sms_mfa:
            return widen(ask_sms_code(context, tx, user, given, proof_id));
        case ChallengeKind::new_password_required:
            return Outcome{ask_new_password(context, user, given, proof_id)};
        case ChallengeKind::mfa_setup:
            return Outcome{begin(context, user, ChallengeKind::mfa_setup, Stage::mfa_setup, given, proof_id)};
    }
    return Error{Errc::internal, {}, "an unknown challenge"};
}

void wake_courier(Services& services, const Verdict<Outcome>& verdict) {
    const auto* outcome = std::get_if<Outcome>(&verdict);
    const auto* challenge = outcome ? std::get_if<Challenge>(outcome) : nullptr;
    if (challenge && challenge->delivery) services.outbox.wake();
}

}  // namespace symbolon::signin
