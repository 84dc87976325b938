#pragma once

#include "aws/operation.hpp"
#include "directory/pool_types.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

/// Operations on user pool domains (cognito-api.md §2.3, §5.8).
namespace symbolon::aws {

BOOST_DEFINE_ENUM_CLASS(DomainStatusType, ACTIVE, CREATING, DELETING, FAILED, UPDATING)

struct CustomDomainConfigType {
    shape::Arn CertificateArn;
    std::optional<directory::SecurityPolicyType> SecurityPolicy;
};
BOOST_DESCRIBE_STRUCT(CustomDomainConfigType, (), (CertificateArn, SecurityPolicy))

/// CreateUserPoolDomain and UpdateUserPoolDomain. A custom domain is a host name: longer than a prefix may be, so the
/// shape is checked by the rule of its kind.
struct UserPoolDomainChange {
    std::string Domain;
    shape::UserPoolId UserPoolId;
    std::optional<std::int64_t> ManagedLoginVersion;
    std::optional<CustomDomainConfigType> CustomDomainConfig;
    std::optional<directory::RoutingType> Routing;
};
BOOST_DESCRIBE_STRUCT(UserPoolDomainChange, (), (Domain, UserPoolId, ManagedLoginVersion, CustomDomainConfig, Routing))

struct UserPoolDomainChanged {
    std::int64_t ManagedLoginVersion = 1;
    std::optional<std::string> CloudFrontDomain;
    std::optional<directory::RoutingType> Routing;
};
BOOST_DESCRIBE_STRUCT(UserPoolDomainChanged, (), (ManagedLoginVersion, CloudFrontDomain, Routing))

struct DescribeUserPoolDomainRequest {
    std::string Domain;
};
BOOST_DESCRIBE_STRUCT(DescribeUserPoolDomainRequest, (), (Domain))

/// The same as an answer shows it: {} for a prefix domain.
struct CustomDomainDescription {
    std::optional<shape::Arn> CertificateArn;
    std::optional<directory::SecurityPolicyType> SecurityPolicy;
};
BOOST_DESCRIBE_STRUCT(CustomDomainDescription, (), (CertificateArn, SecurityPolicy))

struct DomainDescriptionType {
    std::optional<std::string> UserPoolId;
    std::optional<std::string> AWSAccountId;
    std::optional<std::string> Domain;
    std::optional<std::string> S3Bucket;
    std::optional<std::string> CloudFrontDistribution;
    std::optional<std::string> Version;
    std::optional<DomainStatusType> Status;
    std::optional<CustomDomainDescription> CustomDomainConfig;
    std::optional<std::int64_t> ManagedLoginVersion;
    std::optional<directory::RoutingType> Routing;
};
BOOST_DESCRIBE_STRUCT(DomainDescriptionType, (),
                      (UserPoolId, AWSAccountId, Domain, S3Bucket, CloudFrontDistribution, Version, Status,
                       CustomDomainConfig, ManagedLoginVersion, Routing))

struct DescribeUserPoolDomainResponse {
    DomainDescriptionType DomainDescription;
};
BOOST_DESCRIBE_STRUCT(DescribeUserPoolDomainResponse, (), (DomainDescription))

struct DeleteUserPoolDomainRequest {
    std::string Domain;
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(DeleteUserPoolDomainRequest, (), (Domain, UserPoolId))

/// A prefix domain, or a custom one when CustomDomainConfig is given.
/// Fails: resource_not_found, invalid_parameter (form, reserved word, taken, second of its kind), feature_unavailable.
UserPoolDomainChanged create_user_pool_domain(Scope scope, const UserPoolDomainChange& in);
/// By the name alone; an empty description when there is none: the check whether a name is free.
DescribeUserPoolDomainResponse describe_user_pool_domain(Scope scope, const DescribeUserPoolDomainRequest& in);
/// Fails: resource_not_found, invalid_parameter.
UserPoolDomainChanged update_user_pool_domain(Scope scope, const UserPoolDomainChange& in);
/// Fails: invalid_parameter.
Empty delete_user_pool_domain(Scope scope, const DeleteUserPoolDomainRequest& in);

std::span<const Operation> domain_operations();

}  // namespace symbolon::aws
