#pragma once

#include "directory/pools.hpp"
#include "oauth/confirmation.hpp"

#include <chrono>
#include <span>
#include <string_view>

/// The FAPI 2.0 Security Profile (Final), for pools that chose it: whatever one of their clients is set to, it is held
/// to all of it. What it asks of authorization requests stands in checks/, what it asks of clients where they prove
/// themselves, and here what several of them need.
namespace symbolon::oauth {

inline bool is_fapi2(const directory::Pool& pool) {
    return directory::is_fapi2(pool.extensions);
}

/// Life of an authorization code under the profile (§5.3.2.1 no. 11).
inline constexpr std::chrono::seconds fapi2_code_life{60};

/// What clients of the pool may sign with: assertions, request objects, DPoP proofs (§5.4.1).
std::span<const std::string_view> client_algorithms(const directory::Pool& pool);
bool is_client_algorithm(const directory::Pool& pool, std::string_view alg);

/// Under the profile no token is given that is of use without a key (§5.3.2.1 no. 4).
/// Fails: oauth_invalid_dpop_proof.
void check_sender_is_constrained(const directory::Pool& pool, const Confirmation& proven);

}  // namespace symbolon::oauth
