#include "aws/permissions.hpp"

#include "base/shape/patterns.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::aws {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_pool_id = 55;

/// A member's value, if the operation looks at a member of that name at all: what it passes over names nothing.
const json::value* find_member(const Operation& operation, const json::object& body, std::string_view name) {
    if (operation.request().find(name) == nullptr) return nullptr;
    const auto* found = body.if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<PoolId> to_pool_id(std::string_view text) {
    if (text.size() > longest_pool_id || !is_pool_id(text)) return std::nullopt;
    return PoolId(std::string(text));
}

std::optional<PoolId> pool_of_id(const json::value& value) {
    return value.is_string() ? to_pool_id(std::string_view(value.get_string())) : std::nullopt;
}

/// arn:aws:cognito-idp:<region>:<account>:userpool/<pool id>
std::optional<PoolId> pool_of_arn(const json::value& value) {
    constexpr std::string_view begin = "arn:aws:cognito-idp:";
    constexpr std::string_view kind = "userpool/";
    if (!value.is_string()) return std::nullopt;
    std::string_view rest(value.get_string());
    if (!rest.starts_with(begin)) return std::nullopt;
    rest.remove_prefix(begin.size());
    for (int part = 0; part < 2; ++part) {  // region, account
        const auto colon = rest.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(colon + 1);
    }
    if (!rest.starts_with(kind)) return std::nullopt;
    return to_pool_id(rest.substr(kind.size()));
}

/// Every pool that the request names, where the text is well formed; `malformed` when one is not.
struct NamedPools {
    std::vector<PoolId> pools;
    bool malformed = false;
};

NamedPools named_pools(const Operation& operation, const json::object& body) {
    NamedPools out;
    const auto add = [&](std::string_view member, auto read) {
        const auto* value = find_member(operation, body, member);
        if (value == nullptr) return;
        auto pool = read(*value);
        if (pool) out.pools.push_back(std::move(*pool));
        out.malformed = out.malformed || !pool;
    };
    add("UserPoolId", pool_of_id);
    add("ResourceArn", pool_of_arn);
    return out;
}

/// Whether the request is about this pool and about no other. A name of a domain that nobody has is about none: whether
/// it is free may be asked by everybody.
Task<bool> is_about(Context& context, const PoolId& pool, const Operation& operation, const json::object& body) {
    const auto named = named_pools(operation, body);
    if (named.malformed) co_return false;
    if (!std::all_of(named.pools.begin(), named.pools.end(), [&](const PoolId& id) { return id == pool; }))
        co_return false;
    const auto* domain = find_member(operation, body, "Domain");
    if (domain == nullptr || !domain->is_string()) co_return !named.pools.empty();
    const auto found = co_await context.services.catalog.find_domain(std::string(domain->get_string()));
    if (found) co_return found->pool_id == pool;
    co_return !named.pools.empty() || operation.name == "DescribeUserPoolDomain";
}

[[noreturn]] void deny(const Options& options, const directory::AccessKey& key, const Operation& operation,
                       const PoolId& pool) {
    const auto resource =
        pool.empty() ? "*"
                     : "arn:aws:cognito-idp:" + options.region + ":" + options.account_id + ":userpool/" + pool.str();
    throw Error(Errc::access_denied, "User: arn:aws:iam::" + options.account_id + ":user/" + key.id +
                                         " is not authorized to perform: cognito-idp:" + std::string(operation.name) +
                                         " on resource: " + resource);
}

}  // namespace

bool only_reads(std::string_view operation) {
    constexpr std::array<std::string_view, 5> words{"Describe", "List", "Get", "AdminGet", "AdminList"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return operation.starts_with(word); });
}

bool shows_secrets(std::string_view operation) {
    constexpr std::array<std::string_view, 5> names{"DescribeUserPoolClient", "DescribeIdentityProvider",
                                                    "GetIdentityProviderByIdentifier", "DescribeUserImportJob",
                                                    "ListUserImportJobs"};
    return std::find(names.begin(), names.end(), operation) != names.end();
}

PoolId find_named_pool(const Operation& operation, const json::object& body) {
    const auto named = named_pools(operation, body);
    if (named.malformed || named.pools.size() != 1) return {};
    return named.pools.front();
}

Task<void> authorize(Context& context, const directory::AccessKey& key, const Operation& operation,
                     const json::object& body) {
    using Kind = directory::AccessPolicy::Kind;
    bool allowed = false;
    switch (key.policy.kind) {
        case Kind::full:
            allowed = true;
            break;
        case Kind::read_only:
            allowed = only_reads(operation.name) && !shows_secrets(operation.name);
            break;
        case Kind::pool:
            allowed = co_await is_about(context, key.policy.pool, operation, body);
            break;
    }
    if (!allowed) deny(context.options, key, operation, find_named_pool(operation, body));
}

}  // namespace symbolon::aws
