#pragma once

#include "aws/operation.hpp"
#include "directory/brandings.hpp"
#include "directory/terms.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Terms documents (cognito-api.md §2.16, §5.11).
namespace symbolon::aws {

namespace shape {
using TermsId = Text<struct TermsIdTag, 0, 0, directory::shape::uuid_v4>;
using ListTermsLimit = Number<struct ListTermsLimitTag, 1, 60>;
}  // namespace shape

struct CreateTermsRequest {
    shape::UserPoolId UserPoolId;
    shape::ClientId ClientId;
    shape::TermsName TermsName;
    directory::TermsSourceType TermsSource{};
    directory::TermsEnforcementType Enforcement{};
    std::optional<directory::TermsLinks> Links;
};
BOOST_DESCRIBE_STRUCT(CreateTermsRequest, (), (UserPoolId, ClientId, TermsName, TermsSource, Enforcement, Links))

struct UpdateTermsRequest {
    shape::TermsId TermsId;
    shape::UserPoolId UserPoolId;
    std::optional<shape::TermsName> TermsName;
    std::optional<directory::TermsSourceType> TermsSource;
    std::optional<directory::TermsEnforcementType> Enforcement;
    std::optional<directory::TermsLinks> Links;
};
BOOST_DESCRIBE_STRUCT(UpdateTermsRequest, (), (TermsId, UserPoolId, TermsName, TermsSource, Enforcement, Links))

/// DescribeTerms and DeleteTerms.
struct TermsRequest {
    shape::TermsId TermsId;
    shape::UserPoolId UserPoolId;
};
BOOST_DESCRIBE_STRUCT(TermsRequest, (), (TermsId, UserPoolId))

struct DescribeTermsByClientRequest {
    shape::ClientId ClientId;
    shape::UserPoolId UserPoolId;
    shape::TermsName TermsName;
};
BOOST_DESCRIBE_STRUCT(DescribeTermsByClientRequest, (), (ClientId, UserPoolId, TermsName))

struct ListTermsRequest {
    shape::UserPoolId UserPoolId;
    std::optional<shape::ListTermsLimit> MaxResults;
    std::optional<shape::PlainString> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListTermsRequest, (), (UserPoolId, MaxResults, NextToken))

struct TermsType {
    std::string TermsId;
    std::string UserPoolId;
    std::string ClientId;
    std::string TermsName;
    directory::TermsSourceType TermsSource{};
    directory::TermsEnforcementType Enforcement{};
    directory::TermsLinks Links;
    Timestamp CreationDate;
    Timestamp LastModifiedDate;
};
BOOST_DESCRIBE_STRUCT(TermsType, (),
                      (TermsId, UserPoolId, ClientId, TermsName, TermsSource, Enforcement, Links, CreationDate,
                       LastModifiedDate))

struct TermsResponse {
    TermsType Terms;
};
BOOST_DESCRIBE_STRUCT(TermsResponse, (), (Terms))

struct TermsDescriptionType {
    std::string TermsId;
    std::string TermsName;
    directory::TermsEnforcementType Enforcement{};
    Timestamp CreationDate;
    Timestamp LastModifiedDate;
};
BOOST_DESCRIBE_STRUCT(TermsDescriptionType, (), (TermsId, TermsName, Enforcement, CreationDate, LastModifiedDate))

struct ListTermsResponse {
    std::vector<TermsDescriptionType> Terms;
    std::optional<std::string> NextToken;
};
BOOST_DESCRIBE_STRUCT(ListTermsResponse, (), (Terms, NextToken))

/// Fails, this and all below: resource_not_found; those that change also invalid_parameter and terms_exists.
TermsResponse create_terms(Scope scope, const CreateTermsRequest& in);
TermsResponse describe_terms(Scope scope, const TermsRequest& in);
TermsResponse describe_terms_by_client(Scope scope, const DescribeTermsByClientRequest& in);
ListTermsResponse list_terms(Scope scope, const ListTermsRequest& in);
/// What is not given stays.
TermsResponse update_terms(Scope scope, const UpdateTermsRequest& in);
NoBody delete_terms(Scope scope, const TermsRequest& in);

std::span<const Operation> terms_operations();

}  // namespace symbolon::aws
