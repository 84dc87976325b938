#pragma once

#include "directory/pools.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Authentication levels: what a client may ask of a sign-in, and what tokens say of it (oauth-and-hosted-ui.md §1.16,
/// OpenID Connect Core §2). They follow from the factors that were really used (signin/amr.hpp), or are what the
/// identity provider of the person vouches for:
///
///     1  a password                               3  a passkey; a password and a code by text or mail
///     2  one code by text or mail                 4  a password and a code of an app
namespace symbolon::oauth {

inline constexpr int highest_level = 4;

/// 0 for a sign-in of which nothing is known. `vouched`: by a provider; then factors do not count.
int level_of(const std::vector<std::string>& amr, std::optional<std::int64_t> vouched = {});

/// What the pool calls a level of 1 to 4 (AcrConfiguration).
std::string acr_name(const directory::Pool& pool, int level);

/// The level that the pool calls so; nothing for an unknown name.
std::optional<int> find_level(const directory::Pool& pool, std::string_view acr);

/// Whether a sign-in of that level is of the level of that name. Unknown names are never met.
bool meets(const directory::Pool& pool, int level, std::string_view acr);

/// What tokens say of a sign-in of that level: the highest of the `wanted` levels that it meets, or else its own; ""
/// for level 0.
std::string acr_of(const directory::Pool& pool, int level, const std::vector<std::string>& wanted);

}  // namespace symbolon::oauth
