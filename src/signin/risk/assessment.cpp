#include "signin/risk/assessment.hpp"

#include "directory/auth_events.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/analytics.hpp"
#include "signin/events.hpp"
#include "signin/refusals.hpp"
#include "signin/risk/notice.hpp"
#include "signin/risk/origin.hpp"
#include "signin/risk/response.hpp"
#include "signin/risk/signs.hpp"

namespace symbolon::signin {
namespace {

using directory::EventChallengeName;
using directory::EventChallengeResponse;
using directory::EventResponseType;

Watched watched(const Standing& standing) {
    return standing.progress.flow == Flow::custom ? Watched::custom : Watched::standard;
}

/// What the user has answered, for the history.
std::vector<directory::ChallengeResponseType> answers_of(const Proofs& given) {
    std::vector<directory::ChallengeResponseType> out;
    if (given.password) out.push_back({EventChallengeName::Password, EventChallengeResponse::Success});
    if (given.sms_code || given.email_code || given.software_token)
        out.push_back({EventChallengeName::Mfa, EventChallengeResponse::Success});
    return out;
}

/// Adds the sign-in to the history, or carries it on there.
void write_down(const Context& context, db::Transaction& tx, Standing& standing, EventResponseType response,
                const directory::EventRiskType& risk, const Proofs& given) {
    const Happening happening{.type = directory::EventType::SignIn,
                              .response = response,
                              .challenges = answers_of(given),
                              .continues = standing.progress.event,
                              .risk = risk,
                              .client_id = context.client->id.str()};
    standing.progress.event = record_event(context.services, tx, *context.pool, standing.subject.user->id, happening,
                                           context.caller, context.now);
}

/// A password that opens nothing any more. Who has the number or address sets another.
void require_another_password(const Context& context, db::Transaction& tx, directory::User user) {
    user.status = directory::UserStatus::RESET_REQUIRED;
    user.modified = context.now;
    directory::Users(tx).save(*context.pool, user);
}

Risk assess(const Context& context, db::Transaction& tx, const Standing& standing) {
    const auto protection = protection_of(*context.pool, watched(standing));
    const auto& user = standing.subject.user;
    if (protection == Protection::off || !user) return {};
    const auto& pool = context.pool->id;
    const auto content = directory::RiskConfigurations(tx).in_force(pool, context.client->id);
    const auto origin = origin_of(context.caller, pool);
    Findings found;
    found.blocked_address = is_blocked(content, origin.address);
    found.compromised = context.compromised_password && checks_passwords(content, directory::EventFilterType::SIGN_IN);
    if (!origin.empty() && !is_skipped(content, origin.address)) {
        const auto history = directory::AuthEvents(tx).list(pool, user->id, "", directory::AuthEvents::most_of_a_user);
        found.level = score(find_signs(history, origin, context.now));
    }
    return respond(content, protection, found);
}

}  // namespace

bool is_blocked_address(const Context& context, db::Transaction& tx) {
    if (protection_of(*context.pool, Watched::standard) != Protection::enforced) return false;
    const auto content = directory::RiskConfigurations(tx).in_force(context.pool->id, context.client->id);
    return is_blocked(content, origin_of(context.caller, context.pool->id).address);
}

Risk find_risk(const Context& context, db::Transaction& tx, const Standing& standing) {
    if (!standing.progress.risk) return assess(context, tx, standing);
    Risk risk = *standing.progress.risk;
    if (is_blocked_address(context, tx)) risk.action = RiskAction::block;
    return risk;
}

Error refuse(const Context& context, db::Transaction& tx, Standing standing, const Facts& facts, Refusal refusal) {
    const bool by_risk = refusal == Refusal::blocked || refusal == Refusal::compromised_password;
    const auto& user = standing.subject.user;
    if (!by_risk || !user) return to_error(refusal);
    tell_analytics(context.services, tx, *context.pool, *context.client, user->id, AnalyticsEvent::auth_fail,
                   context.now);
    Proofs given = standing.progress.given;
    // It came to this because the answer to the open question was right.
    given.password = given.password || asks_password(standing.asked);
    write_down(context, tx, standing, EventResponseType::Fail, to_event_risk(facts.risk, true), given);
    if (refusal == Refusal::compromised_password) require_another_password(context, tx, *user);
    if (facts.risk.notify) notify(context, tx, *user, standing.progress.event, Notice::blocked);
    return to_error(refusal);
}

void watch(const Context& context, db::Transaction& tx, Standing& standing, const Facts& facts, Watch watch) {
    auto& progress = standing.progress;
    const auto& user = standing.subject.user;
    if (user && watch == Watch::completes)
        tell_analytics(context.services, tx, *context.pool, *context.client, user->id, AnalyticsEvent::sign_in,
                       context.now);
    if (!directory::keeps_auth_events(*context.pool) || !user || !first_is_given(progress.given)) return;
    const bool begins = !progress.risk;
    if (begins) progress.risk = facts.risk;
    if (!begins && watch == Watch::goes_on) return;
    const auto response = watch == Watch::completes ? EventResponseType::Pass : EventResponseType::InProgress;
    write_down(context, tx, standing, response, to_event_risk(*progress.risk, false), progress.given);
    if (!begins || !progress.risk->notify) return;
    const bool asks = progress.risk->asks_second_factor() && !facts.second_factors.empty();
    notify(context, tx, *user, progress.event, asks ? Notice::second_factor : Notice::no_action);
}

}  // namespace symbolon::signin
