#pragma once

#include "base/clock.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"
#include "directory/pools.hpp"

#include <chrono>
#include <cstdint>

/// Refresh tokens that are replaced at every use (RFC 9700 §4.14, cognito-api.md §3.8). A family has one current token;
/// those before it were replaced by the next one. For a short time such a former token still gets an answer, always
/// with the token that is current: an answer that was lost, or two requests at once, must not end a linked account.
/// After that time, whoever shows it holds a copy, and the family ends.
namespace symbolon::oauth {

/// What holds for the refresh tokens of a family.
struct RotationRule {
    bool replaces = false;          ///< each use brings the next one
    std::chrono::seconds grace{0};  ///< how long a replaced one still gets an answer
};
/// What the client is set to by the service's setting. Where that says nothing, refresh tokens stay as they are, as the
/// service has it; but in a pool that follows the standards those of public clients, which anybody who finds one could
/// use, are replaced, unless a key is needed for them anyway (RFC 9700 §2.2.2, §4.14.2). The JSON API's never are: its
/// clients do not expect it. Under the FAPI 2.0 profile all are bound to clients, and none is replaced (§5.3.2.1 no.
/// 9).
RotationRule rotation_of(const directory::Pool& pool, const directory::Client& client, const directory::Grant& grant);

/// Where a token that was given out stands in its family.
enum class Standing {
    current,
    retried,  ///< replaced a moment ago
    reused,   ///< replaced, and its time has passed
};
Standing standing_of(const directory::Grant& grant, std::int64_t generation, std::chrono::seconds grace, Instant now);

/// Notes that the grant's current token is replaced now, and forgets those that nobody can retry any more.
void note_rotation(directory::Grant& grant, Instant now);

}  // namespace symbolon::oauth
