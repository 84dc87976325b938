#pragma once

#include "base/shape/list.hpp"
#include "base/shape/text.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string_view>

/// Claims by declaration: what of a user is said under another name, without code of one's own.
namespace symbolon::directory {

namespace shape {
using MappedClaim = Text<struct MappedClaimTag, 1, 256, pattern::without_space>;
using MappedSource = Text<struct MappedSourceTag, 1, 64, pattern::without_space>;
}  // namespace shape

BOOST_DEFINE_ENUM_CLASS(ClaimPlace, id_token, access_token, userinfo)

struct ClaimMapping {
    static constexpr std::string_view groups = "groups";

    shape::MappedClaim claim;
    shape::MappedSource from;  ///< the name of an attribute, or `groups`: the names of the user's groups
    List<ClaimPlace, 1, 3> in;

    bool is_in(ClaimPlace place) const;
};
BOOST_DESCRIBE_STRUCT(ClaimMapping, (), (claim, from, in))

using ClaimMappings = List<ClaimMapping, 0, 50>;

/// True for claims that say what was proven, by whom, for whom and until when: they follow from the sign-in alone.
bool is_reserved_claim(std::string_view claim);

/// Checks that no mapping is to a reserved claim or to one that says something of another (an address that was
/// verified), that each is from an attribute that there can be, and none is given twice for one place. Fails:
/// invalid_parameter "Extensions.claim_mappings: <why>".
void check_claim_mappings(const ClaimMappings& mappings);

}  // namespace symbolon::directory
