#include "oauth/tokens/content.hpp"

#include "base/shape/patterns.hpp"
#include "directory/claim_mappings.hpp"
#include "directory/groups.hpp"
#include "oauth/scopes.hpp"
#include "oauth/tokens/claims.hpp"
#include "signin/hooks.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace symbolon::oauth {
namespace {

using directory::PreTokenGenerationLambdaVersionType;

triggers::TokenVersion version_of(const directory::Pool& pool) {
    const auto& lambdas = pool.settings.LambdaConfig;
    if (!lambdas || !lambdas->PreTokenGenerationConfig) return triggers::TokenVersion::v1;
    switch (lambdas->PreTokenGenerationConfig->LambdaVersion) {
        case PreTokenGenerationLambdaVersionType::V1_0:
            return triggers::TokenVersion::v1;
        case PreTokenGenerationLambdaVersionType::V2_0:
            return triggers::TokenVersion::v2;
        case PreTokenGenerationLambdaVersionType::V3_0:
            return triggers::TokenVersion::v3;
    }
    return triggers::TokenVersion::v1;
}

/// The call of the pool's hook; nothing where it has none. Where both members are set they name the same function.
std::optional<triggers::Call> call_of(const directory::Pool& pool, const directory::Client& client,
                                      const directory::User& user, triggers::Metadata metadata) {
    using signin::LambdaConfig;
    const auto& lambdas = pool.settings.LambdaConfig;
    if (lambdas && lambdas->PreTokenGenerationConfig) {
        return signin::hook_call(pool, &LambdaConfig::PreTokenGenerationConfig, client.id.str(), user,
                                 std::move(metadata));
    }
    return signin::hook_call(pool, &LambdaConfig::PreTokenGeneration, client.id.str(), user, std::move(metadata));
}

/// The scopes of the access token as the hook wants them. What is no scope is left out: it could say more than one.
void change_scopes(const triggers::TokenAnswer& answer, std::vector<std::string>& scopes) {
    for (const auto& added : answer.scopes_to_add) {
        if (is_scope(added) && !has_scope(scopes, added)) scopes.push_back(added);
    }
    std::erase_if(scopes, [&](const auto& scope) { return has_scope(answer.scopes_to_suppress, scope); });
}

Content change(Content content, triggers::TokenAnswer answer) {
    change_scopes(answer, content.access_scopes);
    if (answer.groups) content.groups = std::move(*answer.groups);
    content.id_token = std::move(answer.id_token);
    content.access_token = std::move(answer.access_token);
    return content;
}

Task<Content> ask(signin::Services& services, triggers::Call call, triggers::TokenQuestion question, Content content) {
    if (question.version != triggers::TokenVersion::v1) question.scopes = content.access_scopes;
    auto answer = co_await services.triggers.pre_token_generation(std::move(call), std::move(question));
    co_return change(std::move(content), std::move(answer));
}

}  // namespace

triggers::Groups find_groups(db::Transaction& tx, const PoolId& pool, const UserId& user) {
    const auto groups = directory::Groups(tx).of_user(pool, user);
    triggers::Groups found;
    for (const auto& group : groups) found.names.push_back(group.name);
    found.roles = directory::roles(groups);
    found.preferred_role = directory::preferred_role(groups).value_or("");
    return found;
}

Task<Content> ask_token_hook(signin::Services& services, signin::PoolPtr pool, signin::ClientPtr client,
                             directory::User user, Content content, triggers::TokenSource source,
                             triggers::Metadata metadata) {
    auto call = call_of(*pool, *client, user, std::move(metadata));
    if (!call) co_return content;
    triggers::TokenQuestion question{version_of(*pool), source, content.groups, {}};
    co_return co_await ask(services, std::move(*call), std::move(question), std::move(content));
}

Task<Content> ask_client_token_hook(signin::Services& services, signin::PoolPtr pool, signin::ClientPtr client,
                                    Content content, triggers::Metadata metadata) {
    const auto version = version_of(*pool);
    if (version != triggers::TokenVersion::v3) co_return content;
    directory::User itself;
    itself.pool_id = pool->id;
    itself.username = client->id.str();
    auto call = call_of(*pool, *client, itself, std::move(metadata));
    if (!call) co_return content;
    triggers::TokenQuestion question{version, triggers::TokenSource::client_credentials, {}, {}};
    co_return co_await ask(services, std::move(*call), std::move(question), std::move(content));
}

void apply_changes(const triggers::ClaimChanges& changes, boost::json::object& claims) {
    for (const auto& [name, value] : changes.add) {
        if (directory::is_reserved_claim(name)) continue;
        if (const auto fitting = as_claim(name, value)) claims[name] = *fitting;
    }
    for (const auto& name : changes.suppress) {
        if (!directory::is_reserved_claim(name)) claims.erase(name);
    }
}

}  // namespace symbolon::oauth
