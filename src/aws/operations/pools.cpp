#include "aws/operations/pools.hpp"

#include "aws/custom_ids.hpp"
#include "aws/paging.hpp"
#include "base/encoding.hpp"
#include "crypto/jose/jwk.hpp"
#include "crypto/self_signed.hpp"
#include "directory/free_ids.hpp"
#include "directory/pool_certificates.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "directory/signing_keys.hpp"
#include "directory/users.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::chrono::days certificate_life{3650};

UserPoolType describe(const directory::Pool& pool, const Options& options, std::int64_t users) {
    UserPoolType out;
    static_cast<directory::PoolDesign&>(out) = pool.settings;
    directory::apply_token_defaults(out);
    out.AccountRecoverySetting = directory::recovery_setting(pool.settings);
    out.Id = pool.id.str();
    out.Name = pool.name;
    out.Arn = pool_arn(options, pool.id);
    out.CreationDate = pool.created;
    out.LastModifiedDate = pool.modified;
    out.SchemaAttributes = pool.settings.SchemaAttributes;
    out.EstimatedNumberOfUsers = users;
    if (!pool.domain.empty()) out.Domain = pool.domain;
    if (!pool.custom_domain.empty()) out.CustomDomain = pool.custom_domain;
    return out;
}

std::optional<std::vector<std::string>> replica_regions(const directory::PoolSettings& settings) {
    if (!settings.Replicas || settings.Replicas->empty()) return std::nullopt;
    std::vector<std::string> regions;
    for (const auto& replica : *settings.Replicas) regions.push_back(replica.RegionName.str());
    return regions;
}

PoolId id_of(const shape::UserPoolId& id) {
    return PoolId(id.str());
}

}  // namespace

std::string pool_arn(const Options& options, const PoolId& pool) {
    return "arn:aws:cognito-idp:" + options.region + ":" + options.account_id + ":userpool/" + pool.str();
}

Task<UserPoolResponse> create_user_pool(Call call, CreateUserPoolRequest in) {
    auto& services = call.context.services;
    directory::Pool pool;
    pool.id = choose_pool_id(call, in.UserPoolTags);
    pool.name = in.PoolName.str();
    static_cast<directory::PoolDesign&>(pool.settings) = in;
    pool.settings.SchemaAttributes = directory::make_schema(in.Schema);
    directory::apply_defaults(pool.settings);
    directory::check_pool(pool.settings);
    directory::check_tier(pool.settings);
    pool.created = pool.modified = call.now;
    const auto make = [] { return directory::make_keys(crypto::jose::Algorithm::rs256); };
    const auto keys = co_await call.context.workers.run(make);
    const auto work = [&](db::Transaction& tx) {
        directory::check_pool_id_is_free(tx, pool.id);
        directory::Pools(tx).create(pool);
        directory::SigningKeys(tx, services.sealer).create(pool.id, keys.id_token, keys.access_token, call.now);
    };
    co_await services.db.write(work);
    co_return UserPoolResponse{describe(pool, call.context.options, 0)};
}

UserPoolResponse describe_user_pool(Scope scope, const UserPoolRequest& in) {
    const auto pool = directory::Pools(scope.tx).get(id_of(in.UserPoolId));
    return {describe(pool, scope.context.options, directory::Users(scope.tx).count(pool.id))};
}

Empty update_user_pool(Scope scope, const UpdateUserPoolRequest& in) {
    directory::Pools pools(scope.tx);
    auto pool = pools.get(id_of(in.UserPoolId));
    pool.settings = directory::replaced(pool.settings, in);
    if (in.PoolName) pool.name = in.PoolName->str();
    pool.modified = scope.now;
    pools.save(pool);
    return {};
}

NoBody delete_user_pool(Scope scope, const UserPoolRequest& in) {
    directory::Pools(scope.tx).erase(id_of(in.UserPoolId));
    return {};
}

ListUserPoolsResponse list_user_pools(Scope scope, const ListUserPoolsRequest& in) {
    const ListPage page(scope, "ListUserPools", in.NextToken, std::optional(in.MaxResults));
    auto pools = directory::Pools(scope.tx).list(page.after(), page.reads());
    ListUserPoolsResponse out;
    out.NextToken = page.cut(pools, [](const auto& last) { return last.id.str(); });
    for (const auto& pool : pools) {
        out.UserPools.push_back({pool.id.str(), pool.name, pool.settings.LambdaConfig, pool.modified, pool.created,
                                 replica_regions(pool.settings)});
    }
    return out;
}

directory::MfaSettings get_user_pool_mfa_config(Scope scope, const UserPoolRequest& in) {
    return directory::mfa_of(directory::Pools(scope.tx).get(id_of(in.UserPoolId)).settings);
}

directory::MfaSettings set_user_pool_mfa_config(Scope scope, const SetUserPoolMfaConfigRequest& in) {
    directory::Pools pools(scope.tx);
    auto pool = pools.get(id_of(in.UserPoolId));
    pool.settings = directory::with_mfa(pool.settings, in);
    directory::check_tier(pool.settings);
    pool.modified = scope.now;
    pools.save(pool);
    return directory::mfa_of(pool.settings);
}

Empty add_custom_attributes(Scope scope, const AddCustomAttributesRequest& in) {
    directory::Pools pools(scope.tx);
    auto pool = pools.get(id_of(in.UserPoolId));
    pool.settings.SchemaAttributes = directory::extend_schema(
        pool.settings.SchemaAttributes.value_or(directory::make_schema(std::nullopt)), in.CustomAttributes);
    pool.modified = scope.now;
    pools.save(pool);
    return {};
}

Task<SigningCertificateResponse> get_signing_certificate(Call call, UserPoolRequest in) {
    auto& services = call.context.services;
    const auto id = id_of(in.UserPoolId);
    const auto look = [&](db::Transaction& tx) {
        directory::Pools(tx).get(id);
        return directory::PoolCertificates(tx, services.sealer).find(id);
    };
    auto certificate = co_await services.db.read(look);
    if (!certificate) {
        const auto make = [name = "Symbolon " + id.str(), from = call.now] {
            return crypto::make_self_signed(name, from, from + certificate_life);
        };
        const auto made = co_await call.context.workers.run(make);
        const auto store = [&](db::Transaction& tx) {
            directory::Pools(tx).get(id);
            return directory::PoolCertificates(tx, services.sealer).create(id, made, call.now);
        };
        certificate = co_await services.db.write(store);
    }
    co_return SigningCertificateResponse{to_base64(*certificate)};
}

std::span<const Operation> pool_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_user_pool>("CreateUserPool", administrator),
        operation<describe_user_pool, reads>("DescribeUserPool", administrator),
        operation<update_user_pool, writes>("UpdateUserPool", administrator),
        operation<delete_user_pool, writes>("DeleteUserPool", administrator),
        operation<list_user_pools, reads>("ListUserPools", administrator),
        operation<get_user_pool_mfa_config, reads>("GetUserPoolMfaConfig", administrator),
        operation<set_user_pool_mfa_config, writes>("SetUserPoolMfaConfig", administrator),
        operation<add_custom_attributes, writes>("AddCustomAttributes", administrator),
        operation<get_signing_certificate>("GetSigningCertificate", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
