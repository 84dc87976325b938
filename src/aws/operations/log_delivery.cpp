#include "aws/operations/log_delivery.hpp"

#include "aws/parties.hpp"
#include "directory/pools.hpp"

#include <array>

namespace symbolon::aws {

LogDeliveryConfigurationResponse get_log_delivery_configuration(Scope scope,
                                                                const GetLogDeliveryConfigurationRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return {{pool.id.str(), directory::LogDelivery(scope.tx).get(pool.id)}};
}

LogDeliveryConfigurationResponse set_log_delivery_configuration(Scope scope,
                                                                const SetLogDeliveryConfigurationRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::check_log_delivery(in.LogConfigurations);
    directory::LogDelivery(scope.tx).put(pool.id, in.LogConfigurations, scope.now);
    return {{pool.id.str(), in.LogConfigurations}};
}

std::span<const Operation> log_delivery_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_log_delivery_configuration, reads>("GetLogDeliveryConfiguration", administrator),
        operation<set_log_delivery_configuration, writes>("SetLogDeliveryConfiguration", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
