#pragma once

#include "aws/operation.hpp"
#include "directory/identity_providers.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on identity providers, and on identities that are linked to users (cognito-api.md §2.5, §2.7, §4.9,
/// §5.10).
namespace symbolon::aws {

using AttributeMappingType = std::map<shape::AttributeMappingKey, shape::PlainString>;
using ProviderDetailsType = std::map<shape::PlainString, shape::PlainString>;
using IdpIdentifierList = List<shape::IdpIdentifier, 0, 50>;

struct CreateIdentityProviderRequest {
    shape::UserPoolId UserPoolId;
    shape::NewProviderName ProviderName;
    directory::IdentityProviderTypeType ProviderType{};
    ProviderDetailsType ProviderDetails;
    std::optional<AttributeMappingType> AttributeMapping;
    std::optional<IdpIdentifierList> IdpIdentifiers;
    std::optional<StringMap> AcrMapping;
};
BOOST_DESCRIBE_STRUCT(CreateIdentityProviderRequest, (),
                      (UserPoolId, ProviderName, ProviderType, ProviderDetails, AttributeMapping, IdpIdentifiers,
                       AcrMapping))

struct UpdateIdentityProviderRequest {
    shape::UserPoolId UserPoolId;
    shape::ProviderName ProviderName;
    std::optional<ProviderDetailsType> ProviderDetails;
    std::optional<AttributeMappingType> AttributeMapping;
    std::optional<IdpIdentifierList> IdpIdentifiers;
    std::optional<StringMap> AcrMapping;
};
BOOST_DESCRIBE_STRUCT(UpdateIdentityProviderRequest, (),
                      (UserPoolId, ProviderName, ProviderDetails, AttributeMapping, IdpIdentifiers, AcrMapping))

struct IdentityProviderRequest {
    shape::UserPoolId UserPoolId;
    shape::ProviderName ProviderName;
};
BOOST_DESCRIBE_STRUCT(IdentityProviderRequest, (), (UserPoolId, ProviderName))

struct IdentityProviderByIdentifierRequest {
    shape::UserPoolId UserPoolId;
    shape::IdpIdentifier IdpIdentifier;
};
BOOST_DESCRIBE_STRUCT(IdentityProviderByIdentifierRequest, (), (UserPoolId, IdpIdentifier))

struct IdentityProviderType {
    std::string UserPoolId;
    std::string ProviderName;
    directory::IdentityProviderTypeType ProviderType{};
    StringMap ProviderDetails;
    StringMap AttributeMapping;
    std::vector<std::string> IdpIdentifiers;
    std::optional<StringMap> AcrMapping;
    Timestamp LastModifiedDate;
    Timestamp CreationDate;
};
BOOST_DESCRIBE_STRUCT(IdentityProviderType, (),
                      (UserPoolId, ProviderName, ProviderType, ProviderDetails, AttributeMapping, IdpIdentifiers,
                       AcrMapping, LastModifiedDate, CreationDate))

struct IdentityProviderResponse {
    IdentityProviderType IdentityProvider;
};
BOOST_DESCRIBE_STRUCT(IdentityProviderResponse, (), (IdentityProvider))

struct ListIdentityProvidersRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ListProvidersLimit> MaxResults;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListIdentityProvidersRequest, (), (UserPoolId, MaxResults, NextToken))

struct ProviderDescription {
    std::string ProviderName;
    directory::IdentityProviderTypeType ProviderType{};
    Timestamp LastModifiedDate;
    Timestamp CreationDate;
};
BOOST_DESCRIBE_STRUCT(ProviderDescription, (), (ProviderName, ProviderType, LastModifiedDate, CreationDate))

struct ListIdentityProvidersResponse {
    std::vector<ProviderDescription> Providers;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListIdentityProvidersResponse, (), (Providers, NextToken))

struct ProviderUserIdentifierType {
    std::optional<shape::ProviderName> ProviderName;
    std::optional<shape::PlainString> ProviderAttributeName;
    std::optional<shape::PlainString> ProviderAttributeValue;
};
BOOST_DESCRIBE_STRUCT(ProviderUserIdentifierType, (), (ProviderName, ProviderAttributeName, ProviderAttributeValue))

struct AdminLinkProviderForUserRequest {
    shape::UserPoolId UserPoolId;
    ProviderUserIdentifierType DestinationUser;
    ProviderUserIdentifierType SourceUser;
};
BOOST_DESCRIBE_STRUCT(AdminLinkProviderForUserRequest, (), (UserPoolId, DestinationUser, SourceUser))

struct AdminDisableProviderForUserRequest {
    shape::UserPoolId UserPoolId;
    ProviderUserIdentifierType User;
};
BOOST_DESCRIBE_STRUCT(AdminDisableProviderForUserRequest, (), (UserPoolId, User))

/// Fails, this and all below: resource_not_found; this one also invalid_parameter, provider_exists, limit_exceeded.
IdentityProviderResponse create_identity_provider(Scope scope, const CreateIdentityProviderRequest& in);
IdentityProviderResponse describe_identity_provider(Scope scope, const IdentityProviderRequest& in);
/// Replaces what is given; what is left out stays. Fails: invalid_parameter, provider_exists (an identifier).
IdentityProviderResponse update_identity_provider(Scope scope, const UpdateIdentityProviderRequest& in);
NoBody delete_identity_provider(Scope scope, const IdentityProviderRequest& in);
ListIdentityProvidersResponse list_identity_providers(Scope scope, const ListIdentityProvidersRequest& in);
IdentityProviderResponse get_identity_provider_by_identifier(Scope scope,
                                                             const IdentityProviderByIdentifierRequest& in);
/// Fails: user_not_found, invalid_parameter, alias_exists, limit_exceeded.
Empty admin_link_provider_for_user(Scope scope, const AdminLinkProviderForUserRequest& in);
/// Fails: user_not_found, invalid_parameter.
Empty admin_disable_provider_for_user(Scope scope, const AdminDisableProviderForUserRequest& in);

std::span<const Operation> identity_provider_operations();

}  // namespace symbolon::aws
