#include "directory/provisioned_limits.hpp"

#include "base/error.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>

namespace symbolon::directory {
namespace {

constexpr std::string_view find_limit = "SELECT value FROM provisioned_limits WHERE category = $1";
constexpr std::string_view put_limit = R"sql(
    INSERT INTO provisioned_limits (category, value) VALUES ($1, $2)
    ON CONFLICT (category) DO UPDATE SET value = excluded.value
)sql";

struct ValueRow {
    std::int64_t value = 0;
};
BOOST_DESCRIBE_STRUCT(ValueRow, (), (value))

struct Category {
    std::string_view name;
    std::int64_t free;
};

constexpr std::array<Category, 17> categories{{{"UserAuthentication", 120},
                                               {"UserCreation", 50},
                                               {"UserFederation", 25},
                                               {"UserAccountRecovery", 30},
                                               {"UserRead", 120},
                                               {"UserUpdate", 25},
                                               {"UserToken", 120},
                                               {"UserResourceRead", 50},
                                               {"UserResourceUpdate", 25},
                                               {"UserList", 30},
                                               {"UserPoolRead", 15},
                                               {"UserPoolUpdate", 15},
                                               {"UserPoolResourceRead", 20},
                                               {"UserPoolResourceUpdate", 15},
                                               {"UserPoolClientRead", 15},
                                               {"UserPoolClientUpdate", 15},
                                               {"ClientAuthentication", 150}}};

std::int64_t free_value(std::string_view category) {
    const auto* found = std::ranges::find(categories, category, &Category::name);
    if (found == categories.end())
        throw Error(Errc::resource_not_found, "There is no limit of the category " + std::string(category) + ".");
    return found->free;
}

}  // namespace

ProvisionedLimit ProvisionedLimits::get(std::string_view category) {
    const auto free = free_value(category);
    const auto row = tx_.row<ValueRow>(find_limit, category);
    return {row ? row->value : free, free};
}

ProvisionedLimit ProvisionedLimits::set(std::string_view category, std::int64_t value) {
    const auto free = free_value(category);
    if (value < free)
        throw Error(Errc::invalid_parameter, "RequestedLimitValue must be at least " + std::to_string(free) + ".");
    if (value > free * most)
        throw Error(Errc::quota_exceeded, "RequestedLimitValue must be at most " + std::to_string(free * most) + ".");
    tx_.execute(put_limit, category, value);
    return {value, free};
}

}  // namespace symbolon::directory
