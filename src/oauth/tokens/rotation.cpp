#include "oauth/tokens/rotation.hpp"

#include "oauth/client_authentication.hpp"
#include "oauth/security_profile.hpp"
#include "oauth/tokens/family.hpp"

#include <algorithm>
#include <vector>

namespace symbolon::oauth {
namespace {

// The most that RetryGracePeriodSeconds can be.
constexpr std::chrono::seconds longest_grace{60};
// Of one family in a minute; one that is replaced oftener counts as reused a little earlier.
constexpr std::size_t most_remembered = 32;

}  // namespace

RotationRule rotation_of(const directory::Pool& pool, const directory::Client& client, const directory::Grant& grant) {
    if (is_fapi2(pool)) return {};
    if (const auto& set = client.settings.RefreshTokenRotation) {
        const auto grace = set->RetryGracePeriodSeconds ? set->RetryGracePeriodSeconds->get() : 0;
        return {set->Feature == directory::FeatureType::ENABLED, std::chrono::seconds{grace}};
    }
    const bool needs_it = !is_confidential(client) && binding_of(grant).empty() && grant.details.hosted;
    if (needs_it && directory::is_on(pool.extensions.strict_oidc)) return {true, longest_grace};
    return {};
}

Standing standing_of(const directory::Grant& grant, std::int64_t generation, std::chrono::seconds grace, Instant now) {
    if (generation == grant.generation) return Standing::current;
    const auto& times = grant.details.rotated_ms;
    const auto back = grant.generation - generation;  // 1: the one before the current
    if (!times || back < 1 || back > static_cast<std::int64_t>(times->size())) return Standing::reused;
    const auto replaced = from_ms((*times)[times->size() - static_cast<std::size_t>(back)]);
    return now < replaced + grace ? Standing::retried : Standing::reused;
}

void note_rotation(directory::Grant& grant, Instant now) {
    auto times = grant.details.rotated_ms.value_or(std::vector<std::int64_t>{});
    times.push_back(to_ms(now));
    const auto is_young = [&](std::int64_t time) { return now < from_ms(time) + longest_grace; };
    auto first = std::find_if(times.begin(), times.end(), is_young);
    if (times.end() - first > static_cast<std::ptrdiff_t>(most_remembered)) first = times.end() - most_remembered;
    times.erase(times.begin(), first);
    grant.details.rotated_ms = std::move(times);
}

}  // namespace symbolon::oauth
