#pragma once

#include "base/clock.hpp"
#include "directory/clients.hpp"
#include "directory/grants.hpp"

#include <chrono>
#include <cstdint>

/// Refresh tokens that are replaced at every use (RFC 9700 §4.14, cognito-api.md §3.8). A family has one current token;
/// those before it were replaced by the next one. For a short time such a former token still gets an answer, always
/// with the token that is current: an answer that was lost, or two requests at once, must not end a linked account.
/// After that time, whoever shows it holds a copy, and the family ends.
namespace symbolon::oauth {

/// Whether the client's refresh tokens are replaced at every use.
bool rotates(const directory::Client& client);
/// How long a replaced one still gets an answer.
std::chrono::seconds retry_grace(const directory::Client& client);

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
