#pragma once

#include "base/task.hpp"
#include "net/http.hpp"
#include "oauth/dpop_proof.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"

#include <string>
#include <string_view>

namespace symbolon::oauth {

/// The header of a DPoP proof, and the scheme of a token that is bound by one.
inline constexpr std::string_view dpop_scheme = "DPoP";

/// Demonstrates that the sender of a request has a key (RFC 9449). A proof is used up, on all nodes. Nonces follow from
/// the master key and the time, so nothing of them is stored. Threads: any.
class DpopProofs {
public:
    static constexpr std::chrono::seconds nonce_life{120};  ///< at least; at most twice that

    explicit DpopProofs(signin::Services& services) : services_(services) {}

    /// The thumbprint of the key that the request's proof shows; "" when it carries none. `access_token`: that the
    /// proof has to name, "" at the token endpoint. Fails: oauth_invalid_dpop_proof (also: two headers, used before),
    /// oauth_use_dpop_nonce (no nonce though one is asked for, or one that is not ours any more).
    Task<std::string> check(Site site, const net::Request& request, std::string access_token, bool nonce_required);
    /// The nonce that proofs for the pool should have now (RFC 9449 §8).
    std::string nonce(const PoolId& pool) const;

private:
    Task<std::string> use(PoolId pool, DpopProof proof);
    std::string nonce_of(const PoolId& pool, std::int64_t period) const;
    bool is_ours(const PoolId& pool, std::string_view nonce) const;

    signin::Services& services_;
};

}  // namespace symbolon::oauth
