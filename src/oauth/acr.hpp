#pragma once

#include "directory/pools.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Authentication levels: what a client may ask of a sign-in, and what tokens say of it (oauth-and-hosted-ui.md §1.16,
/// OpenID Connect Core §2). They follow from the factors that were really used (signin/amr.hpp):
///
///     1  a password                               3  a passkey; a password and a code by text or mail
///     2  one code by text or mail                 4  a password and a code of an app
namespace symbolon::oauth {

inline constexpr int highest_level = 4;

/// 0 for a sign-in of which nothing is known.
int level_of(const std::vector<std::string>& amr);

/// What the pool calls a level of 1 to 4 (AcrConfiguration).
std::string acr_name(const directory::Pool& pool, int level);

/// Whether a sign-in by these factors is of the level of that name. Unknown names are never met.
bool meets(const directory::Pool& pool, const std::vector<std::string>& amr, std::string_view acr);

/// What tokens say of a sign-in: the highest of the `wanted` levels that it meets, or else the highest that it meets;
/// "" for a sign-in of which nothing is known.
std::string acr_of(const directory::Pool& pool, const std::vector<std::string>& amr,
                   const std::vector<std::string>& wanted);

}  // namespace symbolon::oauth
