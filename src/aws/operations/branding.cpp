#include "aws/operations/branding.hpp"

#include "aws/parties.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <array>
#include <utility>

namespace symbolon::aws {
namespace {

ManagedLoginBrandingResponse to_wire(const PoolId& pool, const directory::Branding& branding, bool merged) {
    auto content = merged ? directory::merge_defaults(branding.content) : branding.content;
    ManagedLoginBrandingType out;
    out.ManagedLoginBrandingId = branding.id;
    out.UserPoolId = pool.str();
    out.UseCognitoProvidedValues = content.UseCognitoProvidedValues.value_or(false);
    out.Settings = std::move(content.Settings);
    if (content.Assets) out.Assets = content.Assets->items();
    out.CreationDate = branding.created;
    out.LastModifiedDate = branding.modified;
    return {std::move(out)};
}

}  // namespace

ManagedLoginBrandingResponse create_managed_login_branding(Scope scope, const CreateManagedLoginBrandingRequest& in) {
    auto& services = scope.context.services;
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const auto client = directory::Clients(scope.tx, services.sealer).get(pool, ClientId(in.ClientId.str())).id.str();
    directory::check_new_branding(in);
    const directory::Branding branding{.name = client,
                                       .client_id = client,
                                       .id = services.random.uuid(),
                                       .content = in,
                                       .created = scope.now,
                                       .modified = scope.now};
    directory::Brandings(scope.tx).create(pool, branding);
    return to_wire(pool, branding, false);
}

ManagedLoginBrandingResponse describe_managed_login_branding(Scope scope,
                                                             const DescribeManagedLoginBrandingRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    return to_wire(pool, directory::Brandings(scope.tx).get(pool, in.ManagedLoginBrandingId.str()),
                   in.ReturnMergedResources.value_or(false));
}

ManagedLoginBrandingResponse describe_managed_login_branding_by_client(
    Scope scope, const DescribeManagedLoginBrandingByClientRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    const auto client =
        directory::Clients(scope.tx, scope.context.services.sealer).get(pool, ClientId(in.ClientId.str()));
    return to_wire(pool, directory::Brandings(scope.tx).get_of_client(pool, client.id),
                   in.ReturnMergedResources.value_or(false));
}

ManagedLoginBrandingResponse update_managed_login_branding(Scope scope, const UpdateManagedLoginBrandingRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::Brandings brandings(scope.tx);
    auto branding = brandings.get(pool, in.ManagedLoginBrandingId.str());
    branding.content = directory::change_branding(branding.content, in);
    branding.modified = scope.now;
    brandings.save(pool, branding);
    return to_wire(pool, branding, false);
}

NoBody delete_managed_login_branding(Scope scope, const DeleteManagedLoginBrandingRequest& in) {
    const auto pool = get_pool(scope, in.UserPoolId).id;
    directory::Brandings brandings(scope.tx);
    brandings.erase(pool, brandings.get(pool, in.ManagedLoginBrandingId.str()));
    return {};
}

std::span<const Operation> branding_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<create_managed_login_branding, writes>("CreateManagedLoginBranding", administrator),
        operation<describe_managed_login_branding, reads>("DescribeManagedLoginBranding", administrator),
        operation<describe_managed_login_branding_by_client, reads>("DescribeManagedLoginBrandingByClient",
                                                                    administrator),
        operation<update_managed_login_branding, writes>("UpdateManagedLoginBranding", administrator),
        operation<delete_managed_login_branding, writes>("DeleteManagedLoginBranding", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
