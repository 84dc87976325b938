#pragma once

#include "directory/pools.hpp"
#include "directory/risk_configurations.hpp"
#include "signin/risk/risk.hpp"

#include <optional>
#include <string_view>

/// What a pool does about what was found. Pure. Spec: cognito-api.md §5.2 (UserPoolAddOns), §5.11.
namespace symbolon::signin {

/// Whether risk is looked for, and whether anything is done about it.
enum class Protection { off, audit, enforced };

/// AdvancedSecurityMode; of sign-ins that the pool's own code decides, CustomAuthMode.
enum class Watched { standard, custom };
Protection protection_of(const directory::Pool& pool, Watched flows);

bool is_in(const std::optional<directory::IpRangeList>& ranges, std::string_view address);
/// RiskExceptionConfiguration: who asks from there is never let in …
bool is_blocked(const directory::RiskContent& content, std::string_view address);
/// … or never suspected.
bool is_skipped(const directory::RiskContent& content, std::string_view address);

/// Whether passwords are checked on this occasion: EventFilter, or always.
bool checks_passwords(const directory::RiskContent& content, directory::EventFilterType occasion);
/// Whether a leaked one is refused.
bool refuses_passwords(const directory::RiskContent& content);

struct Findings {
    std::optional<directory::RiskLevelType> level = {};
    bool compromised = false;
    bool blocked_address = false;
};

Risk respond(const directory::RiskContent& content, Protection protection, const Findings& found);

/// For the history: Block is what was `refused` because of it, AccountTakeover what was found risky.
directory::EventRiskType to_event_risk(const Risk& risk, bool refused);

}  // namespace symbolon::signin
