#include "aws/operation.hpp"
#include "aws/operations/auth.hpp"
#include "aws/operations/auth_events.hpp"
#include "aws/operations/branding.hpp"
#include "aws/operations/client_secrets.hpp"
#include "aws/operations/clients.hpp"
#include "aws/operations/devices.hpp"
#include "aws/operations/domains.hpp"
#include "aws/operations/groups.hpp"
#include "aws/operations/identity_providers.hpp"
#include "aws/operations/import_jobs.hpp"
#include "aws/operations/limits.hpp"
#include "aws/operations/log_delivery.hpp"
#include "aws/operations/mfa.hpp"
#include "aws/operations/passwords.hpp"
#include "aws/operations/pools.hpp"
#include "aws/operations/replicas.hpp"
#include "aws/operations/resource_servers.hpp"
#include "aws/operations/risk.hpp"
#include "aws/operations/self_service.hpp"
#include "aws/operations/session_settings.hpp"
#include "aws/operations/sign_up.hpp"
#include "aws/operations/tags.hpp"
#include "aws/operations/terms.hpp"
#include "aws/operations/tokens.hpp"
#include "aws/operations/ui_customization.hpp"
#include "aws/operations/user_attributes.hpp"
#include "aws/operations/user_sessions.hpp"
#include "aws/operations/users.hpp"
#include "aws/operations/web_authn.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace symbolon::aws {
namespace {

/// In the order of cognito-api.md chapter 2.
constexpr std::array families{pool_operations,
                              client_operations,
                              domain_operations,
                              resource_server_operations,
                              user_operations,
                              user_attribute_operations,
                              mfa_operations,
                              sign_up_operations,
                              self_service_operations,
                              auth_operations,
                              password_operations,
                              token_operations,
                              device_operations,
                              web_authn_operations,
                              auth_event_operations,
                              user_session_operations,
                              import_job_operations,
                              ui_customization_operations,
                              branding_operations,
                              terms_operations,
                              risk_operations,
                              log_delivery_operations,
                              group_operations,
                              identity_provider_operations,
                              tag_operations,
                              client_secret_operations,
                              session_setting_operations,
                              replica_operations,
                              limit_operations};

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
