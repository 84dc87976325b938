#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Resource indicators: whom an access token is for (RFC 8707). A resource is the identifier of one of the pool's
/// resource servers.
namespace symbolon::oauth {

inline constexpr std::size_t max_resources = 10;

/// Whether the text may be a resource at all: an absolute URI without fragment (§2).
bool is_resource(std::string_view text);

/// Whether the pool has a resource server of that identifier: one of its scopes, `identifier/name`, is live.
bool is_known_resource(std::string_view resource, const std::vector<std::string>& live_scopes);

/// The resources of one access token: of those granted the ones that are asked for now, or all of them (§2.2). Nothing
/// when it asks for one that was not granted.
std::optional<std::vector<std::string>> narrow_resources(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& asked);

}  // namespace symbolon::oauth
