#include "aws/operation.hpp"
#include "aws/operations/auth.hpp"
#include "aws/operations/clients.hpp"
#include "aws/operations/domains.hpp"
#include "aws/operations/passwords.hpp"
#include "aws/operations/pools.hpp"
#include "aws/operations/resource_servers.hpp"
#include "aws/operations/self_service.hpp"
#include "aws/operations/sign_up.hpp"
#include "aws/operations/tokens.hpp"
#include "aws/operations/users.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace symbolon::aws {
namespace {

/// In the order of cognito-api.md chapter 2.
constexpr std::array families{
    pool_operations,    client_operations,       domain_operations, resource_server_operations, user_operations,
    sign_up_operations, self_service_operations, auth_operations,   password_operations,        token_operations};

std::vector<Operation> collect() {
    std::vector<Operation> all;
    for (const auto family : families) {
        const auto table = family();
        all.insert(all.end(), table.begin(), table.end());
    }
    std::ranges::sort(all, {}, &Operation::name);
    return all;
}

}  // namespace

std::span<const Operation> operations() {
    static const auto table = collect();
    return table;
}

const Operation* find_operation(std::string_view name) {
    const auto table = operations();
    const auto found = std::ranges::lower_bound(table, name, {}, &Operation::name);
    return found == table.end() || found->name != name ? nullptr : &*found;
}

}  // namespace symbolon::aws
