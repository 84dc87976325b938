#include "signin/risk/compromised.hpp"

#include "crypto/common_passwords.hpp"
#include "crypto/work_pool.hpp"
#include "signin/risk/response.hpp"

#include <utility>

namespace symbolon::signin {

Task<bool> is_compromised(Services& services, PoolPtr pool, Password password) {
    if (protection_of(*pool, Watched::standard) == Protection::off) co_return false;
    if (!services.compromised) co_return crypto::is_common_password(password.reveal());
    auto search = [list = services.compromised, password = std::move(password)] { return list->contains(password); };
    co_return co_await services.hasher.workers().run(std::move(search));
}

Task<directory::EventRiskType> assess_new_password(Services& services, PoolPtr pool, ClientId client, Password password,
                                                   directory::EventFilterType occasion) {
    directory::EventRiskType risk;
    const auto protection = protection_of(*pool, Watched::standard);
    if (protection == Protection::off) co_return risk;
    const auto content = co_await services.db.read(
        [&](db::Transaction& tx) { return directory::RiskConfigurations(tx).in_force(pool->id, client); });
    if (!checks_passwords(content, occasion)) co_return risk;
    risk.CompromisedCredentialsDetected = co_await is_compromised(services, pool, std::move(password));
    const bool refused =
        risk.CompromisedCredentialsDetected && protection == Protection::enforced && refuses_passwords(content);
    if (refused) risk.RiskDecision = directory::RiskDecisionType::Block;
    co_return risk;
}

bool is_refused(const directory::EventRiskType& risk) {
    return risk.RiskDecision == directory::RiskDecisionType::Block;
}

}  // namespace symbolon::signin
