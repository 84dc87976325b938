#pragma once

#include "aws/operation.hpp"
#include "directory/pool_settings.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Operations on user pools (cognito-api.md §2.1).
namespace symbolon::aws {

struct CreateUserPoolRequest : directory::PoolDesign {
    shape::PoolName PoolName;
    std::optional<directory::SchemaList> Schema;
};
BOOST_DESCRIBE_STRUCT(CreateUserPoolRequest, (directory::PoolDesign), (PoolName, Schema))

struct UserPoolType : directory::PoolDesign {
    std::string Id;
    std::string Name;
    std::string Arn;
    Timestamp CreationDate;
    Timestamp LastModifiedDate;
    std::optional<List<directory::SchemaAttributeType>> SchemaAttributes;
    std::int64_t EstimatedNumberOfUsers = 0;
    std::optional<std::string> Domain;
    std::optional<std::string> CustomDomain;
    std::optional<directory::StatusType> Status;         ///< never: it means nothing any more
    std::optional<std::string> SmsConfigurationFailure;  ///< never: what cannot be sent is in the log
    std::optional<std::string> EmailConfigurationFailure;
};
BOOST_DESCRIBE_STRUCT(UserPoolType, (directory::PoolDesign),
                      (Id, Name, Arn, CreationDate, LastModifiedDate, SchemaAttributes, EstimatedNumberOfUsers, Domain,
                       CustomDomain, Status, SmsConfigurationFailure, EmailConfigurationFailure))

struct UserPoolResponse {
    UserPoolType UserPool;
};
BOOST_DESCRIBE_STRUCT(UserPoolResponse, (), (UserPool))

struct UserPoolRequest {
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(UserPoolRequest, (), (UserPoolId))

struct UpdateUserPoolRequest : directory::PoolOptions {
    shape::UserPoolId UserPoolId;
    std::optional<shape::PoolName> PoolName;
};
BOOST_DESCRIBE_STRUCT(UpdateUserPoolRequest, (directory::PoolOptions), (UserPoolId, PoolName))

struct ListUserPoolsRequest {
    shape::PoolQueryLimit MaxResults;
    std::optional<shape::PaginationKey> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolsRequest, (), (MaxResults, NextToken))

struct UserPoolDescriptionType {
    std::string Id;
    std::string Name;
    std::optional<directory::LambdaConfigType> LambdaConfig;
    Timestamp LastModifiedDate;
    Timestamp CreationDate;
    std::optional<std::vector<std::string>> ReplicaRegions;
    std::optional<directory::StatusType> Status = {};  ///< never, as above
};
BOOST_DESCRIBE_STRUCT(UserPoolDescriptionType, (),
                      (Id, Name, LambdaConfig, LastModifiedDate, CreationDate, ReplicaRegions, Status))

struct ListUserPoolsResponse {
    std::vector<UserPoolDescriptionType> UserPools;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListUserPoolsResponse, (), (UserPools, NextToken))

struct SetUserPoolMfaConfigRequest : directory::MfaSettings {
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(SetUserPoolMfaConfigRequest, (directory::MfaSettings), (UserPoolId))

struct AddCustomAttributesRequest {
    shape::UserPoolId UserPoolId;
    directory::CustomAttributesList CustomAttributes;
};
BOOST_DESCRIBE_STRUCT(AddCustomAttributesRequest, (), (UserPoolId, CustomAttributes))

struct SigningCertificateResponse {
    std::string Certificate;  ///< base64 of DER
};
BOOST_DESCRIBE_STRUCT(SigningCertificateResponse, (), (Certificate))

/// Makes a pool with its two signing keys. Fails: invalid_parameter, feature_unavailable, limit_exceeded.
Task<UserPoolResponse> create_user_pool(Call call, CreateUserPoolRequest in);
/// Fails, this and all below: resource_not_found.
UserPoolResponse describe_user_pool(Scope scope, const UserPoolRequest& in);
/// Replaces the configuration: what is left out returns to its default (§5.3).
Empty update_user_pool(Scope scope, const UpdateUserPoolRequest& in);
NoBody delete_user_pool(Scope scope, const UserPoolRequest& in);
ListUserPoolsResponse list_user_pools(Scope scope, const ListUserPoolsRequest& in);
directory::MfaSettings get_user_pool_mfa_config(Scope scope, const UserPoolRequest& in);
directory::MfaSettings set_user_pool_mfa_config(Scope scope, const SetUserPoolMfaConfigRequest& in);

/// Fails: invalid_parameter (a name that is taken, one too many).
Empty add_custom_attributes(Scope scope, const AddCustomAttributesRequest& in);
/// The certificate of the key that signs requests to SAML providers: made at the first call, the same ever after.
Task<SigningCertificateResponse> get_signing_certificate(Call call, UserPoolRequest in);

/// The name of a pool in policies and tags.
std::string pool_arn(const Options& options, const PoolId& pool);

std::span<const Operation> pool_operations();

}  // namespace symbolon::aws
