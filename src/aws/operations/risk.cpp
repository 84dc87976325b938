#include "aws/operations/risk.hpp"

#include "aws/parties.hpp"
#include "directory/auth_events.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <array>

namespace symbolon::aws {
namespace {

/// Whose configuration is meant.
struct Owner {
    PoolId pool;
    std::string name;  ///< a client, or ALL
};

template <class Request>
Owner get_owner(const Scope& scope, const Request& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::check_threat_protection(pool);
    if (!in.ClientId) return {pool.id, std::string(directory::for_all_clients)};
    const auto client =
        directory::Clients(scope.tx, scope.context.services.sealer).get(pool.id, ClientId(in.ClientId->str()));
    return {pool.id, client.id.str()};
}

RiskConfigurationResponse to_wire(const Owner& owner, const std::optional<directory::RiskConfiguration>& found) {
    RiskConfigurationType out;
    if (found) {
        static_cast<directory::RiskContent&>(out) = found->content;
        out.LastModifiedDate = found->modified;
    }
    out.UserPoolId = owner.pool.str();
    if (owner.name != directory::for_all_clients) out.ClientId = owner.name;
    return {out};
}

}  // namespace

RiskConfigurationResponse describe_risk_configuration(Scope scope, const DescribeRiskConfigurationRequest& in) {
    const auto owner = get_owner(scope, in);
    return to_wire(owner, directory::RiskConfigurations(scope.tx).find(owner.pool, owner.name));
}

RiskConfigurationResponse set_risk_configuration(Scope scope, const SetRiskConfigurationRequest& in) {
    const auto owner = get_owner(scope, in);
    directory::check_risk(in);
    return to_wire(owner, directory::RiskConfigurations(scope.tx).put(owner.pool, owner.name, in, scope.now));
}

std::span<const Operation> risk_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<describe_risk_configuration, reads>("DescribeRiskConfiguration", administrator),
        operation<set_risk_configuration, writes>("SetRiskConfiguration", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
