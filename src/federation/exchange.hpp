#pragma once

#include "base/task.hpp"
#include "net/fetcher.hpp"

#include <string>
#include <string_view>

namespace symbolon::federation {

/// A provider did not do its part: `description` is what the client is told, `detail` what the log is. Throws
/// oauth_invalid_request, which is how the service answers all of it (oauth-and-hosted-ui.md §1.3).
[[noreturn]] void throw_failure(std::string description, std::string detail = {});

/// One exchange with a provider, within a few seconds and a quarter of a megabyte. `part` names the place in what
/// clients are told, e.g. "token endpoint". Fails: oauth_invalid_request.
Task<net::ClientResponse> exchange(net::Fetcher& fetcher, net::ClientRequest request, std::string part);

}  // namespace symbolon::federation
