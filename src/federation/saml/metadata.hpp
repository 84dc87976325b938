#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What an identity provider says of itself, and what we say of ourselves. Spec: SAML Metadata §2.
namespace symbolon::federation::saml {

struct IdpMetadata {
    std::string entity_id;
    std::vector<Bytes> certificates;  ///< DER; any of them may sign
    std::string sso_redirect;         ///< "" : not offered
    std::string sso_post;
    /// Where it takes part in a single logout, by one binding. "" : not offered.
    struct LogoutService {
        std::string location;
        std::string responses;  ///< where answers go, which may be another place
    };
    LogoutService slo_redirect;
    LogoutService slo_post;
    bool wants_signed_requests = false;
};

/// The metadata of the one provider in the document. Nothing when it is none, is no longer valid, has no key that
/// signs, or no place to sign in. Certificates count for their keys alone: who configured the provider vouches for
/// them.
std::optional<IdpMetadata> parse_idp_metadata(std::string_view text, Instant now);

/// The name under which providers know a pool (oauth-and-hosted-ui.md §4.4).
std::string entity_id_of(std::string_view pool_id);

/// Our own metadata, for whoever sets up the other side. `certificate` is DER; none where the pool has none yet.
std::string sp_metadata(std::string_view pool_id, std::string_view site_url, const std::optional<Bytes>& certificate);

}  // namespace symbolon::federation::saml
