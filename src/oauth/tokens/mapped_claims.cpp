#include "oauth/tokens/mapped_claims.hpp"

#include "oauth/tokens/claims.hpp"

#include <boost/json/array.hpp>

#include <optional>

namespace symbolon::oauth {
namespace {

using directory::ClaimMapping;
using directory::ClaimMappings;
using directory::ClaimPlace;

std::optional<boost::json::value> value_of(const ClaimMapping& mapping, const directory::Client& client,
                                           const directory::User& user, const std::vector<std::string>& groups) {
    const auto& from = mapping.from.str();
    if (from == ClaimMapping::groups) {
        if (groups.empty()) return std::nullopt;
        return boost::json::array(groups.begin(), groups.end());
    }
    const auto found = user.attributes.find(from);
    if (found == user.attributes.end() || found->second.empty() || !client.may_read(from)) return std::nullopt;
    return to_claim(from, found->second);
}

}  // namespace

void add_mapped_claims(boost::json::object& claims, const directory::Pool& pool, const directory::Client& client,
                       const directory::User& user, const std::vector<std::string>& groups, ClaimPlace place) {
    const auto add_all = [&](const std::optional<ClaimMappings>& mappings) {
        if (!mappings) return;
        for (const auto& mapping : *mappings) {
            if (!mapping.is_in(place)) continue;
            if (auto value = value_of(mapping, client, user, groups)) claims[mapping.claim.str()] = std::move(*value);
        }
    };
    add_all(pool.extensions.claim_mappings);
    add_all(client.extensions.claim_mappings);
}

}  // namespace symbolon::oauth
