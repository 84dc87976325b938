#pragma once

#include "net/client/curl.hpp"

#include <atomic>

namespace symbolon::net {

/// Sends one request and waits for the answer, or until `stop`. Fails: ClientError.
ClientResponse exchange(const CurlHandle& handle, const ClientRequest& request, const std::atomic<bool>& stop);

}  // namespace symbolon::net
