#include "aws/operations/pools.hpp"

#include "aws/paging.hpp"
#include "crypto/jose/jwk.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"
#include "directory/signing_keys.hpp"
#include "directory/users.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

std::string arn_of(const Options& options, const PoolId& pool) {
    return "arn:aws:cognito-idp:" + options.region + ":" + options.account_id + ":userpool/" + pool.str();
}

UserPoolType describe(const directory::Pool& pool, const Options& options, std::int64_t users) {
    UserPoolType out;
    static_cast<directory::PoolDesign&>(out) = pool.settings;
    out.Id = pool.id.str();
    out.Name = pool.name;
    out.Arn = arn_of(options, pool.id);
    out.CreationDate = pool.created;
    out.LastModifiedDate = pool.modified;
    out.SchemaAttributes = pool.settings.SchemaAttributes;
    out.EstimatedNumberOfUsers = users;
    if (!pool.domain.empty()) out.Domain = pool.domain;
    if (!pool.custom_domain.empty()) out.CustomDomain = pool.custom_domain;
    return out;
}

PoolId make_pool_id(const Options& options, crypto::Random& random) {
    constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    return PoolId(options.region + "_" + random.text(9, letters));
}

/// For ID and access tokens.
std::pair<crypto::jose::SigningKey, crypto::jose::SigningKey> make_keys() {
    auto id_key = crypto::jose::SigningKey::generate();
    return {std::move(id_key), crypto::jose::SigningKey::generate()};
}

PoolId id_of(const shape::UserPoolId& id) {
    return PoolId(id.str());
}

}  // namespace

Task<UserPoolResponse> create_user_pool(Call call, CreateUserPoolRequest in) {
    auto& services = call.context.services;
    directory::Pool pool;
    pool.id = make_pool_id(call.context.options, services.random);
    pool.name = in.PoolName.str();
    static_cast<directory::PoolDesign&>(pool.settings) = in;
    pool.settings.SchemaAttributes = directory::make_schema(in.Schema);
    directory::apply_defaults(pool.settings);
    directory::check_pool(pool.settings);
    pool.created = pool.modified = call.now;
    const auto keys = co_await call.context.workers.run(&make_keys);
    const auto work = [&](db::Transaction& tx) {
        directory::Pools(tx).create(pool);
        directory::SigningKeys(tx, services.sealer).create(pool.id, keys.first, keys.second, call.now);
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
    constexpr std::string_view list = "ListUserPools";
    const auto& sealer = scope.context.services.sealer;
    const auto after = in.NextToken ? open_page(sealer, list, in.NextToken->str(), scope.now) : std::string{};
    const auto limit = static_cast<int>(in.MaxResults.get());
    auto pools = directory::Pools(scope.tx).list(after, limit + 1);
    ListUserPoolsResponse out;
    if (pools.size() > static_cast<std::size_t>(limit)) {
        pools.pop_back();
        out.NextToken = seal_page(sealer, list, pools.back().id.str(), scope.now);
    }
    for (const auto& pool : pools) {
        out.UserPools.push_back({pool.id.str(), pool.name, pool.settings.LambdaConfig, pool.modified, pool.created});
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
    pool.modified = scope.now;
    pools.save(pool);
    return directory::mfa_of(pool.settings);
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
    };
    return table;
}

}  // namespace symbolon::aws
