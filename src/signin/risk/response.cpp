#include "signin/risk/response.hpp"

#include "base/ip_address.hpp"

#include <algorithm>

namespace symbolon::signin {
namespace {

using directory::AccountTakeoverEventActionType;
using directory::RiskContent;
using directory::RiskLevelType;

RiskAction to_action(AccountTakeoverEventActionType configured) {
    switch (configured) {
        case AccountTakeoverEventActionType::BLOCK:
            return RiskAction::block;
        case AccountTakeoverEventActionType::MFA_IF_CONFIGURED:
            return RiskAction::second_factor_if_possible;
        case AccountTakeoverEventActionType::MFA_REQUIRED:
            return RiskAction::second_factor;
        case AccountTakeoverEventActionType::NO_ACTION:
            return RiskAction::none;
    }
    return RiskAction::block;
}

std::optional<directory::AccountTakeoverActionType> action_at(const RiskContent& content, RiskLevelType level) {
    if (!content.AccountTakeoverRiskConfiguration) return std::nullopt;
    const auto& actions = content.AccountTakeoverRiskConfiguration->Actions;
    switch (level) {
        case RiskLevelType::Low:
            return actions.LowAction;
        case RiskLevelType::Medium:
            return actions.MediumAction;
        case RiskLevelType::High:
            return actions.HighAction;
    }
    return actions.HighAction;
}

}  // namespace

Protection protection_of(const directory::Pool& pool, Watched flows) {
    const auto& add_ons = pool.settings.UserPoolAddOns;
    if (!add_ons || !directory::keeps_auth_events(pool)) return Protection::off;
    if (flows == Watched::standard)
        return add_ons->AdvancedSecurityMode == directory::AdvancedSecurityModeType::ENFORCED ? Protection::enforced
                                                                                              : Protection::audit;
    const auto& more = add_ons->AdvancedSecurityAdditionalFlows;
    if (!more || !more->CustomAuthMode) return Protection::off;
    return *more->CustomAuthMode == directory::AdvancedSecurityEnabledModeType::ENFORCED ? Protection::enforced
                                                                                         : Protection::audit;
}

bool is_in(const std::optional<directory::IpRangeList>& ranges, std::string_view address) {
    const auto parsed = IpAddress::parse(address);
    if (!ranges || !parsed) return false;
    return std::any_of(ranges->begin(), ranges->end(), [&](const auto& range) {
        const auto block = IpBlock::parse(range.str());
        return block && block->contains(*parsed);
    });
}

bool is_blocked(const RiskContent& content, std::string_view address) {
    const auto& exceptions = content.RiskExceptionConfiguration;
    return exceptions && is_in(exceptions->BlockedIPRangeList, address);
}

bool is_skipped(const RiskContent& content, std::string_view address) {
    const auto& exceptions = content.RiskExceptionConfiguration;
    return exceptions && is_in(exceptions->SkippedIPRangeList, address);
}

bool checks_passwords(const RiskContent& content, directory::EventFilterType occasion) {
    const auto& configured = content.CompromisedCredentialsRiskConfiguration;
    if (!configured || !configured->EventFilter || configured->EventFilter->empty()) return true;
    const auto& filter = *configured->EventFilter;
    return std::find(filter.begin(), filter.end(), occasion) != filter.end();
}

bool refuses_passwords(const RiskContent& content) {
    const auto& configured = content.CompromisedCredentialsRiskConfiguration;
    return configured && configured->Actions.EventAction == directory::CompromisedCredentialsEventActionType::BLOCK;
}

Risk respond(const RiskContent& content, Protection protection, const Findings& found) {
    Risk risk{.level = found.level, .compromised = found.compromised};
    if (protection != Protection::enforced) return risk;
    if (found.blocked_address) {
        risk.action = RiskAction::block;
        return risk;
    }
    if (found.compromised && refuses_passwords(content)) {
        risk.action = RiskAction::reset_password;
        return risk;
    }
    const auto configured = found.level ? action_at(content, *found.level) : std::nullopt;
    if (!configured) return risk;
    risk.action = to_action(configured->EventAction);
    risk.notify = configured->Notify;
    return risk;
}

directory::EventRiskType to_event_risk(const Risk& risk, bool refused) {
    using directory::RiskDecisionType;
    auto decision = risk.level ? RiskDecisionType::AccountTakeover : RiskDecisionType::NoRisk;
    if (refused) decision = RiskDecisionType::Block;
    return {decision, risk.level, risk.compromised};
}

}  // namespace symbolon::signin
