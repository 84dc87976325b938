#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "directory/clients.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The two tokens of dynamic registration (RFC 7591 §3, RFC 7592 §1.3). Neither is stored.
namespace symbolon::oauth {

/// For how many clients a token is: one, under whose id it is used up, or any number until it expires.
enum class Registrations { one, many };

/// What lets somebody register clients: sealed for its pool.
struct InitialAccess {
    std::string id;
    Instant expires{};
    bool many = false;
};
std::string make_initial_access_token(const crypto::Sealer& sealer, crypto::Random& random, const PoolId& pool,
                                      Instant expires, Registrations registrations = Registrations::one);
/// Nothing when it was not made for this pool, or has expired.
std::optional<InitialAccess> open_initial_access_token(const crypto::Sealer& sealer, const PoolId& pool,
                                                       const std::string& token, Instant now);

/// Who registered a client: somebody with a token, or anybody, where the pool lets everybody (OpenDcrEnabled).
enum class RegisteredBy { holder_of_token, anybody };

/// What lets a client read and change its own registration. It follows from the client and the master key, so a client
/// that is made again under the same id has another one; and from who registered it, since what anybody registers never
/// becomes more than what anybody may register.
std::string registration_access_token(const crypto::Sealer& sealer, const directory::Client& client,
                                      RegisteredBy registered_by);

}  // namespace symbolon::oauth
