#include "aws/operations/identity_providers.hpp"

#include "aws/paging.hpp"
#include "aws/parties.hpp"
#include "directory/linked_identities.hpp"
#include "directory/pools.hpp"
#include "directory/provider_rules.hpp"
#include "directory/users.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {

namespace {

constexpr std::string_view local_provider = "Cognito";

directory::IdentityProviders providers_of(Scope& scope) {
    return {scope.tx, scope.context.services.sealer};
}

template <class Map>
directory::ProviderMap to_plain(const Map& given) {
    directory::ProviderMap out;
    for (const auto& [key, value] : given) out.emplace(key.str(), value.str());
    return out;
}

std::vector<std::string> to_names(const IdpIdentifierList& given) {
    std::vector<std::string> out;
    for (const auto& identifier : given) out.push_back(identifier.str());
    return out;
}

IdentityProviderResponse describe(const directory::IdentityProvider& provider) {
    IdentityProviderType out;
    out.UserPoolId = provider.pool_id.str();
    out.ProviderName = provider.name;
    out.ProviderType = provider.type;
    out.ProviderDetails = directory::shown_details(provider.details);
    out.AttributeMapping = provider.attribute_mapping;
    out.IdpIdentifiers = provider.identifiers;
    if (!provider.acr_mapping.empty()) out.AcrMapping = provider.acr_mapping;
    out.LastModifiedDate = provider.modified;
    out.CreationDate = provider.created;
    return {std::move(out)};
}

/// What the API calls a user of a provider. Fails: invalid_parameter, a part is missing.
directory::ExternalIdentity identity_of(const ProviderUserIdentifierType& given, std::string_view member) {
    if (!given.ProviderName || !given.ProviderAttributeValue || given.ProviderAttributeValue->empty())
        throw Error(Errc::invalid_parameter,
                    std::string(member) + " requires ProviderName and ProviderAttributeValue.");
    return {given.ProviderName->str(),
            given.ProviderAttributeName ? given.ProviderAttributeName->str()
                                        : std::string(directory::ExternalIdentity::subject),
            given.ProviderAttributeValue->str()};
}

/// A user of the pool itself by his user name, one of a provider by his subject there.
directory::User get_destination(Scope& scope, const directory::Pool& pool, const ProviderUserIdentifierType& given) {
    const auto named = identity_of(given, "DestinationUser");
    const auto login =
        named.provider == local_provider ? named.value : directory::federated_username(named.provider, named.value);
    return directory::Users(scope.tx).get_by_login(pool, login);
}

}  // namespace

IdentityProviderResponse create_identity_provider(Scope scope, const CreateIdentityProviderRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    directory::IdentityProvider provider;
    provider.pool_id = pool.id;
    provider.name = in.ProviderName.str();
    provider.type = in.ProviderType;
    directory::check_provider_name(provider.name, provider.type);
    provider.details = directory::complete_details(provider.type, to_plain(in.ProviderDetails));
    provider.attribute_mapping = directory::complete_mapping(
        pool, provider.type, to_plain(in.AttributeMapping.value_or(AttributeMappingType{})));
    if (in.IdpIdentifiers) provider.identifiers = to_names(*in.IdpIdentifiers);
    provider.acr_mapping = in.AcrMapping.value_or(StringMap{});
    directory::check_acr_mapping(provider.type, provider.acr_mapping);
    provider.created = provider.modified = scope.now;
    providers_of(scope).create(provider);
    return describe(provider);
}

IdentityProviderResponse describe_identity_provider(Scope scope, const IdentityProviderRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    return describe(providers_of(scope).get(pool.id, in.ProviderName.str()));
}

IdentityProviderResponse update_identity_provider(Scope scope, const UpdateIdentityProviderRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    auto provider = providers_of(scope).get(pool.id, in.ProviderName.str());
    if (in.ProviderDetails)
        provider.details = directory::complete_details(provider.type, to_plain(*in.ProviderDetails), provider.details);
    if (in.AttributeMapping)
        provider.attribute_mapping = directory::complete_mapping(pool, provider.type, to_plain(*in.AttributeMapping));
    if (in.IdpIdentifiers) provider.identifiers = to_names(*in.IdpIdentifiers);
    if (in.AcrMapping) provider.acr_mapping = *in.AcrMapping;
    directory::check_acr_mapping(provider.type, provider.acr_mapping);
    provider.modified = scope.now;
    providers_of(scope).save(provider);
    return describe(provider);
}

NoBody delete_identity_provider(Scope scope, const IdentityProviderRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    providers_of(scope).erase(pool.id, in.ProviderName.str());
    return {};
}

ListIdentityProvidersResponse list_identity_providers(Scope scope, const ListIdentityProvidersRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const ListPage page(scope, "ListIdentityProviders|" + pool.id.str(), in.NextToken, in.MaxResults);
    auto providers = providers_of(scope).list(pool.id, page.after(), page.reads());
    ListIdentityProvidersResponse out;
    out.NextToken = page.cut(providers, &directory::IdentityProvider::name);
    for (const auto& provider : providers)
        out.Providers.push_back({provider.name, provider.type, provider.modified, provider.created});
    return out;
}

IdentityProviderResponse get_identity_provider_by_identifier(Scope scope,
                                                             const IdentityProviderByIdentifierRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto provider = providers_of(scope).find_by_identifier(pool.id, in.IdpIdentifier.str());
    if (!provider)
        throw Error(Errc::resource_not_found,
                    "Identity provider with identifier " + in.IdpIdentifier.str() + " does not exist.");
    return describe(*provider);
}

Empty admin_link_provider_for_user(Scope scope, const AdminLinkProviderForUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto source = identity_of(in.SourceUser, "SourceUser");
    auto user = get_destination(scope, pool, in.DestinationUser);
    if (source.provider == local_provider)
        throw Error(Errc::invalid_parameter, "SourceUser must be a user of an identity provider.");
    directory::link_identity(scope.tx, scope.context.services.sealer, pool, std::move(user), source, scope.now);
    return {};
}

Empty admin_disable_provider_for_user(Scope scope, const AdminDisableProviderForUserRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId);
    const auto identity = identity_of(in.User, "User");
    if (identity.provider == local_provider) {
        auto user = directory::Users(scope.tx).get_by_login(pool, identity.value);
        directory::disable_local_sign_in(scope.tx, pool, std::move(user), scope.now);
    } else {
        directory::unlink_identity(scope.tx, scope.context.services.sealer, pool, identity, scope.now);
    }
    return {};
}

std::span<const Operation> identity_provider_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_identity_provider, writes>("CreateIdentityProvider", administrator),
        operation<describe_identity_provider, reads>("DescribeIdentityProvider", administrator),
        operation<update_identity_provider, writes>("UpdateIdentityProvider", administrator),
        operation<delete_identity_provider, writes>("DeleteIdentityProvider", administrator),
        operation<list_identity_providers, reads>("ListIdentityProviders", administrator),
        operation<get_identity_provider_by_identifier, reads>("GetIdentityProviderByIdentifier", administrator),
        operation<admin_link_provider_for_user, writes>("AdminLinkProviderForUser", administrator),
        operation<admin_disable_provider_for_user, writes>("AdminDisableProviderForUser", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
