#pragma once

#include "aws/operation.hpp"
#include "directory/pool_settings.hpp"

#include <optional>
#include <span>
#include <vector>

/// Operations on the tags of user pools (cognito-api.md §2.20).
namespace symbolon::aws {

struct TagResourceRequest {
    shape::Arn ResourceArn;
    directory::Tags Tags;
};
BOOST_DESCRIBE_STRUCT(TagResourceRequest, (), (ResourceArn, Tags))

struct UntagResourceRequest {
    shape::Arn ResourceArn;
    std::vector<shape::TagKey> TagKeys;
};
BOOST_DESCRIBE_STRUCT(UntagResourceRequest, (), (ResourceArn, TagKeys))

struct ListTagsForResourceRequest {
    shape::Arn ResourceArn;
};
BOOST_DESCRIBE_STRUCT(ListTagsForResourceRequest, (), (ResourceArn))

struct ListTagsForResourceResponse {
    directory::Tags Tags;
};
BOOST_DESCRIBE_STRUCT(ListTagsForResourceResponse, (), (Tags))

/// Lays tags over those that the pool has. Fails, this and all below: resource_not_found (no pool of ours has that
/// name); this one also invalid_parameter (too many, reserved key).
Empty tag_resource(Scope scope, const TagResourceRequest& in);
Empty untag_resource(Scope scope, const UntagResourceRequest& in);
ListTagsForResourceResponse list_tags_for_resource(Scope scope, const ListTagsForResourceRequest& in);

std::span<const Operation> tag_operations();

}  // namespace symbolon::aws
