#include "signin/challenge.hpp"
#include "signin/destination.hpp"
#include "signin/refusals.hpp"
#include "signin/sending.hpp"

// Questions for a code that is sent: as the first factor (8 digits) or as the second (6). Spec: §3.6, §3.9.
namespace symbolon::signin {
namespace {

bool is_first_factor(ChallengeKind kind) {
    return kind == ChallengeKind::sms_otp || kind == ChallengeKind::email_otp;
}

}  // namespace

directory::CodePurpose code_purpose(ChallengeKind kind) {
    switch (kind) {
        case ChallengeKind::sms_mfa:
            return directory::CodePurpose::sms_mfa;
        case ChallengeKind::email_mfa:
            return directory::CodePurpose::email_mfa;
        case ChallengeKind::sms_otp:
            return directory::CodePurpose::sms_otp;
        case ChallengeKind::email_otp:
            return directory::CodePurpose::email_otp;
        default:
            throw Error{Errc::internal, {}, "a challenge without a code"};
    }
}

std::string_view code_attribute(ChallengeKind kind) {
    const bool mail = kind == ChallengeKind::email_mfa || kind == ChallengeKind::email_otp;
    return mail ? "email" : "phone_number";
}

std::string code_binding(ChallengeKind kind, std::string_view proof_id, const Subject& subject) {
    std::string binding(proof_id);
    binding += '|';
    if (subject.user) binding += subject.user->attribute(code_attribute(kind));
    return binding;
}

Verdict<Destination> admit_code(const Context& context, db::Transaction& tx, const Standing& standing,
                                ChallengeKind kind, Tally::Mode mode) {
    const auto& user = standing.subject.user;
    const auto attribute = code_attribute(kind);
    auto destination = user ? find_destination(*user, attribute) : std::nullopt;
    if (user && !destination) return to_error(Refusal::out_of_turn);
    if (!destination)
        destination = simulated_destination(context.services.sealer, *context.pool, standing.subject.login, attribute);
    const auto asker = is_first_factor(kind) ? Asker::anyone : Asker::password_holder;
    const auto& limits = context.services.limits;
    const bool is_told =
        asker == Asker::password_holder || may_be_told(*context.client, standing.subject.login, *destination);
    if (is_told && !is_in_reach(limits, *context.pool, *destination)) return out_of_reach();
    const Tally tally(tx, context.pool->id, context.now, mode);
    if (!allow_send(tally, limits, *context.pool, *destination, asker, context.caller)) return attempt_limit_exceeded();
    return std::move(*destination);
}

Occasion code_occasion(const Context& context) {
    return {triggers::MessageSource::authentication, context.client->id.str(), context.caller.metadata};
}

Verdict<Challenge> ask_code(const Context& context, db::Transaction& tx, const Standing& standing, const Facts& facts,
                            const std::string& proof_id) {
    const auto kind = *standing.asked;
    auto admitted = admit_code(context, tx, standing, kind, Tally::Mode::count);
    if (auto* refusal = std::get_if<Error>(&admitted)) return std::move(*refusal);
    const auto& destination = std::get<Destination>(admitted);
    auto challenge = begin_challenge(context, standing, proof_id);
    const auto occasion = code_occasion(context);
    const CodeOrder order{.pool = *context.texts,
                          .purpose = code_purpose(kind),
                          .binding = code_binding(kind, proof_id, standing.subject),
                          .life = context.client->challenge_life(),
                          .occasion = occasion};
    if (standing.subject.user)
        send_code(context.services, tx, order, *standing.subject.user, destination, context.now);
    else
        pretend_code(context.services, tx, order, standing.subject.key, context.now);
    challenge.delivery = to_delivery(destination);
    if (is_first_factor(kind)) challenge.choices = facts.first_factors;
    return challenge;
}

}  // namespace symbolon::signin
