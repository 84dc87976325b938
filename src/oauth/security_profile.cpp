#include "oauth/security_profile.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>

namespace symbolon::oauth {
namespace {

// RS256 first: the profile has the others alone.
constexpr std::array<std::string_view, 4> algorithms{"RS256", "PS256", "ES256", "EdDSA"};

}  // namespace

std::span<const std::string_view> client_algorithms(const directory::Pool& pool) {
    const std::span<const std::string_view> all(algorithms);
    return is_fapi2(pool) ? all.subspan(1) : all;
}

bool is_client_algorithm(const directory::Pool& pool, std::string_view alg) {
    return std::ranges::find(client_algorithms(pool), alg) != client_algorithms(pool).end();
}

void check_sender_is_constrained(const directory::Pool& pool, const Confirmation& proven) {
    if (!is_fapi2(pool) || !proven.empty()) return;
    throw Error{Errc::oauth_invalid_dpop_proof, "Tokens of this pool are bound to a key: a DPoP proof is needed."};
}

}  // namespace symbolon::oauth
