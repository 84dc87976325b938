#include "directory/pool_extensions.hpp"

#include "base/error.hpp"

namespace symbolon::directory {

void check_pool_extensions(const PoolExtensions& extensions) {
    if (extensions.claim_mappings) check_claim_mappings(*extensions.claim_mappings);
    if (!extensions.security_profile) return;
    // FAPI 2.0 §5.4.1: PS256, ES256 or EdDSA.
    if (extensions.signing_alg.value_or(SignatureAlgorithm::RS256) == SignatureAlgorithm::RS256) {
        throw Error(Errc::invalid_parameter, "Extensions.security_profile: needs signing_alg PS256, ES256 or EdDSA.");
    }
    if (!is_on(extensions.strict_oidc)) {
        throw Error(Errc::invalid_parameter, "Extensions.security_profile: needs strict_oidc.");
    }
}

}  // namespace symbolon::directory
