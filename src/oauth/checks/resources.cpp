#include "oauth/resources.hpp"

#include "oauth/checks/check.hpp"
#include "oauth/pkce.hpp"
#include "oauth/scopes.hpp"

#include <utility>

namespace symbolon::oauth {

/// RFC 8707 §2.
Verdict check_resources(Draft& draft) {
    auto& resources = draft.request.resources;
    for (const auto& [name, value] : draft.parameters) {
        if (name != "resource" || value.empty() || has_scope(resources, value)) continue;
        if (!is_resource(value)) return Refusal{"invalid_target", "A resource is malformed."};
        if (!is_known_resource(value, *draft.live_scopes)) return Refusal{"invalid_target", "A resource is unknown."};
        if (resources.size() == max_resources) return Refusal{"invalid_target", "There are too many resources."};
        resources.push_back(value);
    }
    return {};
}

/// RFC 9449 §10: the thumbprint has the form of an S256 challenge.
Verdict check_dpop_key(Draft& draft) {
    auto key = draft.get("dpop_jkt");
    if (!key.empty() && !is_code_challenge(key)) return Refusal{"invalid_request", "dpop_jkt is malformed."};
    draft.request.dpop_jkt = std::move(key);
    return {};
}

}  // namespace symbolon::oauth
