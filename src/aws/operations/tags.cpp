#include "aws/operations/tags.hpp"

#include "aws/operations/pools.hpp"
#include "directory/pool_rules.hpp"
#include "directory/pools.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace symbolon::aws {

namespace {

/// The name must be ours byte for byte: what a policy allows for one spelling is not done for another.
directory::Pool get_pool(Scope& scope, const shape::Arn& arn) {
    std::string_view text(arn.str());
    const auto begin = pool_arn(scope.context.options, PoolId());
    if (!text.starts_with(begin)) throw Error(Errc::resource_not_found, "Resource " + arn.str() + " does not exist.");
    return directory::Pools(scope.tx).get(PoolId(std::string(text.substr(begin.size()))));
}

directory::Tags tags_of(const directory::Pool& pool) {
    return pool.settings.UserPoolTags.value_or(directory::Tags{});
}

void save(Scope& scope, directory::Pool pool, directory::Tags tags) {
    pool.settings.UserPoolTags = std::move(tags);
    directory::check_tags(pool.settings);
    pool.modified = scope.now;
    directory::Pools(scope.tx).save(pool);
}

}  // namespace

Empty tag_resource(Scope scope, const TagResourceRequest& in) {
    auto pool = get_pool(scope, in.ResourceArn);
    auto tags = tags_of(pool);
    for (const auto& [key, value] : in.Tags) tags.insert_or_assign(key, value);
    save(scope, std::move(pool), std::move(tags));
    return {};
}

Empty untag_resource(Scope scope, const UntagResourceRequest& in) {
    auto pool = get_pool(scope, in.ResourceArn);
    auto tags = tags_of(pool);
    for (const auto& key : in.TagKeys) tags.erase(key);
    save(scope, std::move(pool), std::move(tags));
    return {};
}

ListTagsForResourceResponse list_tags_for_resource(Scope scope, const ListTagsForResourceRequest& in) {
    return {tags_of(get_pool(scope, in.ResourceArn))};
}

std::span<const Operation> tag_operations() {
    using enum Access;
    using enum Effect;
    static constexpr std::array table{
        operation<tag_resource, writes>("TagResource", administrator),
        operation<untag_resource, writes>("UntagResource", administrator),
        operation<list_tags_for_resource, reads>("ListTagsForResource", administrator),
    };
    return table;
}

}  // namespace symbolon::aws
