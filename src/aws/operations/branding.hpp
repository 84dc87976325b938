#pragma once

#include "aws/operation.hpp"
#include "directory/brandings.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Styles of managed login (cognito-api.md §2.15, §5.11).
namespace symbolon::aws {

struct CreateManagedLoginBrandingRequest : directory::BrandingContent {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
};
BOOST_DESCRIBE_STRUCT(CreateManagedLoginBrandingRequest, (directory::BrandingContent), (UserPoolId, ClientId))

/// The model has the ids optional; the service cannot do without them.
struct UpdateManagedLoginBrandingRequest : directory::BrandingContent {
    shape::UserPoolId UserPoolId;
    shape::ManagedLoginBrandingId ManagedLoginBrandingId;
};
BOOST_DESCRIBE_STRUCT(UpdateManagedLoginBrandingRequest, (directory::BrandingContent),
                      (UserPoolId, ManagedLoginBrandingId))

struct DescribeManagedLoginBrandingRequest {
    shape::UserPoolId UserPoolId;
    shape::ManagedLoginBrandingId ManagedLoginBrandingId;
    std::optional<bool> ReturnMergedResources;
};
BOOST_DESCRIBE_STRUCT(DescribeManagedLoginBrandingRequest, (),
                      (UserPoolId, ManagedLoginBrandingId, ReturnMergedResources))

struct DescribeManagedLoginBrandingByClientRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    std::optional<bool> ReturnMergedResources;
};
BOOST_DESCRIBE_STRUCT(DescribeManagedLoginBrandingByClientRequest, (), (UserPoolId, ClientId, ReturnMergedResources))

struct DeleteManagedLoginBrandingRequest {
    shape::ManagedLoginBrandingId ManagedLoginBrandingId;
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(DeleteManagedLoginBrandingRequest, (), (ManagedLoginBrandingId, UserPoolId))

struct ManagedLoginBrandingType {
    std::string ManagedLoginBrandingId;
    std::string UserPoolId;
    bool UseCognitoProvidedValues = false;
    std::optional<boost::json::value> Settings;
    std::vector<directory::AssetType> Assets;
    Timestamp CreationDate;
    Timestamp LastModifiedDate;
};
BOOST_DESCRIBE_STRUCT(ManagedLoginBrandingType, (),
                      (ManagedLoginBrandingId, UserPoolId, UseCognitoProvidedValues, Settings, Assets, CreationDate,
                       LastModifiedDate))

struct ManagedLoginBrandingResponse {
    ManagedLoginBrandingType ManagedLoginBranding;
};
BOOST_DESCRIBE_STRUCT(ManagedLoginBrandingResponse, (), (ManagedLoginBranding))

/// Fails, this and all below: resource_not_found; those that change also invalid_parameter; this one branding_exists.
ManagedLoginBrandingResponse create_managed_login_branding(Scope scope, const CreateManagedLoginBrandingRequest& in);
ManagedLoginBrandingResponse describe_managed_login_branding(Scope scope,
                                                             const DescribeManagedLoginBrandingRequest& in);
ManagedLoginBrandingResponse describe_managed_login_branding_by_client(
    Scope scope, const DescribeManagedLoginBrandingByClientRequest& in);
/// What is not given stays.
ManagedLoginBrandingResponse update_managed_login_branding(Scope scope, const UpdateManagedLoginBrandingRequest& in);
NoBody delete_managed_login_branding(Scope scope, const DeleteManagedLoginBrandingRequest& in);

std::span<const Operation> branding_operations();

}  // namespace symbolon::aws
