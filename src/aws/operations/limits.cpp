#include "aws/operations/limits.hpp"

#include "base/error.hpp"
#include "directory/provisioned_limits.hpp"

#include <array>

namespace symbolon::aws {

namespace {

const std::string& category_of(const LimitDefinitionType& definition) {
    const auto found = definition.Attributes.find("Category");
    if (found == definition.Attributes.end() || definition.Attributes.size() != 1)
        throw Error(Errc::invalid_parameter, "A limit of the class API_CATEGORY has the attribute Category alone.");
    return found->second;
}

LimitResponse describe(const LimitDefinitionType& definition, const directory::ProvisionedLimit& limit) {
    return {{definition, limit.value, limit.free}};
}

}  // namespace

LimitResponse get_provisioned_limit(Scope scope, const GetProvisionedLimitRequest& in) {
    const auto& category = category_of(in.LimitDefinition);
    return describe(in.LimitDefinition, directory::ProvisionedLimits(scope.tx).get(category));
}

LimitResponse update_provisioned_limit(Scope scope, const UpdateProvisionedLimitRequest& in) {
    const auto& category = category_of(in.LimitDefinition);
    return describe(in.LimitDefinition, directory::ProvisionedLimits(scope.tx).set(category, in.RequestedLimitValue));
}

std::span<const Operation> limit_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<get_provisioned_limit, reads>("GetProvisionedLimit", administrator),
        operation<update_provisioned_limit, writes>("UpdateProvisionedLimit", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
