#pragma once

#include "base/task.hpp"
#include "directory/clients.hpp"
#include "net/fetcher.hpp"

/// Sectors of pairwise subjects: clients of one sector know a person by the same name (OpenID Connect Core §8.1).
namespace symbolon::oauth {

/// Reads the document at the client's sector_identifier_uri, which has to list all its redirect URIs: so nobody puts a
/// client into a sector that is not theirs. Without such a URI there is nothing to check.
/// Fails: oauth_invalid_client_metadata. Spec: OpenID Connect Dynamic Client Registration §5.
Task<void> check_sector(net::Fetcher& fetcher, const directory::Client& client);

}  // namespace symbolon::oauth
