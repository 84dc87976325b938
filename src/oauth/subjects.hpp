#pragma once

#include "base/id.hpp"
#include "crypto/seal.hpp"
#include "directory/clients.hpp"

#include <string>

namespace symbolon::oauth {

/// The `sub` by which a client knows a user: the user's id, or for a pairwise client one that is the same within the
/// client's sector and means nothing to clients of another (OpenID Connect Core §8.1). It follows from the master key:
/// nobody without it can tell two of them apart, and under another one they are others.
std::string subject_of(const crypto::Sealer& sealer, const directory::Client& client, const UserId& user);

/// The host that a pairwise client shares its subjects with: of its sector_identifier_uri, or of all its redirect URIs.
/// Where they have several and no URI says which, the client is a sector of its own.
std::string sector_of(const directory::Client& client);

}  // namespace symbolon::oauth
