#include "directory/attempts.hpp"
#include "signin/analytics.hpp"
#include "signin/challenge.hpp"
#include "signin/events.hpp"
#include "signin/hooks.hpp"
#include "signin/migration.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/assessment.hpp"

#include <utility>

// What waits, before and after the transactions of a sign-in: hooks into user code, the courier.
namespace symbolon::signin {
namespace {

struct Found {
    Subject subject;
    bool locked = false;
    bool blocked = false;  ///< nobody is let in from there
};

/// A disabled user is nobody where users are hidden.
Found find(const Context& context, db::Transaction& tx, const std::string& login) {
    Found found{.subject = find_subject(tx, context.services.sealer, *context.pool, login)};
    const auto& user = found.subject.user;
    if (user && !user->enabled && context.client->hides_users())
        found.subject = as_nobody(context.services.sealer, *context.pool, login);
    found.blocked = is_blocked_address(context, tx);
    found.locked =
        directory::Attempts(tx).is_locked(context.pool->id, counted::password, found.subject.key.str(), context.now);
    return found;
}

/// Whoever it is: the answer does not tell whether there is such a user.
Task<void> refuse_address(Context context, Subject subject) {
    Happening happening{.type = directory::EventType::SignIn, .response = directory::EventResponseType::Fail};
    happening.client_id = context.client->id.str();
    happening.risk.RiskDecision = directory::RiskDecisionType::Block;
    if (subject.user)
        co_await context.services.db.write([&](db::Transaction& tx) {
            record_event(context.services, tx, *context.pool, subject.user->id, happening, context.caller, context.now);
        });
    throw to_error(Refusal::blocked);
}

Task<void> run_pre_authentication(Context context, Subject subject) {
    directory::User user;
    user.pool_id = context.pool->id;
    user.username = subject.username;
    if (subject.user) user = *subject.user;
    auto call = hook_call(*context.pool, &LambdaConfig::PreAuthentication, context.client->id.str(), user, {});
    const bool user_not_found = !subject.user;
    if (call)
        co_await context.services.triggers.pre_authentication(std::move(*call), context.caller.validation_data,
                                                              user_not_found);
}

Task<void> run_post_authentication(Context context, SignedIn signed_in) {
    if (!has_hook(*context.pool, &LambdaConfig::PostAuthentication)) co_return;
    const auto user = co_await context.services.db.read(
        [&](db::Transaction& tx) { return directory::Users(tx).find(signed_in.pool_id, signed_in.user_id); });
    if (!user) throw to_error(Refusal::wrong_password);
    auto call = hook_call(*context.pool, &LambdaConfig::PostAuthentication, context.client->id.str(), *user,
                          signed_in.metadata);
    const bool new_device = signed_in.new_device;
    if (call) co_await context.services.triggers.post_authentication(std::move(*call), new_device);
}

/// The kind of code that the next question sends; nothing for one that sends none.
std::optional<ChallengeKind> code_of(const Next& next) {
    const auto* kind = std::get_if<ChallengeKind>(&next);
    if (!kind) return std::nullopt;
    const bool sends = *kind == ChallengeKind::sms_mfa || *kind == ChallengeKind::email_mfa ||
                       *kind == ChallengeKind::sms_otp || *kind == ChallengeKind::email_otp;
    return sends ? std::optional(*kind) : std::nullopt;
}

}  // namespace

void record_failure(const Context& context, db::Transaction& tx, const UserId& user, Failed failed) {
    const auto name =
        failed == Failed::password ? directory::EventChallengeName::Password : directory::EventChallengeName::Mfa;
    Happening happening{.type = directory::EventType::SignIn, .response = directory::EventResponseType::Fail};
    happening.client_id = context.client->id.str();
    happening.challenges.push_back({name, directory::EventChallengeResponse::Failure});
    record_event(context.services, tx, *context.pool, user, happening, context.caller, context.now);
    tell_analytics(context.services, tx, *context.pool, *context.client, user, AnalyticsEvent::auth_fail, context.now);
}

std::string result_name(ChallengeKind kind) {
    switch (kind) {
        case ChallengeKind::sms_mfa:
            return "SMS_MFA";
        case ChallengeKind::email_mfa:
            return "EMAIL_OTP";
        case ChallengeKind::software_token_mfa:
        case ChallengeKind::mfa_setup:
            return "SOFTWARE_TOKEN_MFA";
        case ChallengeKind::password_verifier:
            return "PASSWORD_VERIFIER";
        case ChallengeKind::device_password_verifier:
            return "DEVICE_PASSWORD_VERIFIER";
        default:
            return "CUSTOM_CHALLENGE";
    }
}

Task<PoolPtr> find_texts(Context context, Standing standing, Input input) {
    const auto& user = standing.subject.user;
    if (!user || !has_hook(*context.pool, &LambdaConfig::CustomMessage)) co_return context.pool;
    // What is refused in the transaction that follows is refused there; the hook is asked of what will be sent.
    const bool sends = co_await context.services.db.read([&](db::Transaction& tx) {
        const auto next = step(standing.state(), input, read_facts(context, tx, standing), context.now).next;
        const auto kind = code_of(next);
        if (!kind) return false;
        const auto admitted = admit_code(context, tx, standing, *kind, Tally::Mode::look);
        return std::holds_alternative<Destination>(admitted);
    });
    if (!sends) co_return context.pool;
    co_return co_await with_custom_texts(context.services, context.pool, *user, code_occasion(context));
}

Task<Subject> meet(Context context, std::string login, Begins begins, Password known_password) {
    const auto read = [&](db::Transaction& tx) { return find(context, tx, login); };
    auto found = co_await context.services.db.read(read);
    if (found.blocked) co_await refuse_address(context, found.subject);
    if (begins == Begins::with_password && found.locked) throw password_locked();
    if (!found.subject.user && !known_password.empty()) {
        const auto migrated =
            co_await migrate_user(context.services, context.pool, context.client, login,
                                  triggers::MigrationSource::authentication, std::move(known_password), context.caller);
        if (migrated) found = co_await context.services.db.read(read);
    }
    const auto& user = found.subject.user;
    if (!user && !context.client->hides_users()) throw unknown_user();
    if (user && !user->enabled) throw to_error(Refusal::disabled);
    co_await run_pre_authentication(context, found.subject);
    co_return std::move(found.subject);
}

Task<Outcome> go_on(Context context, Verdict<Decision> verdict) {
    // Threat protection may have written to the user, whatever was decided.
    if (directory::keeps_auth_events(*context.pool)) context.services.outbox.wake();
    auto decision = accept(std::move(verdict));
    if (auto* turn = std::get_if<PoolsTurn>(&decision))
        co_return co_await take_pools_turn(std::move(context), std::move(turn->standing));
    if (auto* turn = std::get_if<CustomTurn>(&decision))
        co_return co_await take_custom_turn(std::move(context), std::move(turn->standing));
    if (auto* turn = std::get_if<SrpTurn>(&decision))
        co_return co_await take_srp_turn(std::move(context), std::move(turn->standing));
    auto outcome = std::get<Outcome>(std::move(decision));
    const auto* challenge = std::get_if<Challenge>(&outcome);
    if (challenge && challenge->delivery) context.services.outbox.wake();
    if (const auto* signed_in = std::get_if<SignedIn>(&outcome))
        co_await run_post_authentication(std::move(context), *signed_in);
    co_return outcome;
}

}  // namespace symbolon::signin
