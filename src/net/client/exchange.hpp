#pragma once

#include "net/client.hpp"

#include <curl/curl.h>

#include <atomic>
#include <memory>

namespace symbolon::net {

/// A libcurl handle; it keeps connections open between exchanges. Threads: one at a time.
class CurlHandle {
public:
    CurlHandle();
    CURL* get() const { return handle_.get(); }

private:
    std::unique_ptr<CURL, void (*)(CURL*)> handle_;
};

/// Sends one request and waits for the answer, or until `stop`. Fails: ClientError.
ClientResponse exchange(const CurlHandle& handle, const ClientRequest& request, const std::atomic<bool>& stop);

}  // namespace symbolon::net
