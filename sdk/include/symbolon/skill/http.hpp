#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::skill {

/// Header fields in the order received; names compare without case.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A request as it came in: `body` holds the raw bytes, since the platform's signature covers exactly those.
struct HttpRequest {
    std::string method = "POST";
    std::string path = "/";
    HttpHeaders headers = {};
    std::string body = {};
};

struct HttpResponse {
    int status = 200;
    HttpHeaders headers = {};
    std::string body = {};
};

/// A request that the SDK makes: for a certificate chain, the user's claims, the next event of Lambda.
struct FetchRequest {
    std::string method = "GET";
    std::string url = {};
    HttpHeaders headers = {};
    std::string body = {};
    std::chrono::milliseconds limit{3000};  ///< for the whole exchange
    std::size_t max_body = 64 * 1024;       ///< bytes; more is a FetchError
    std::string ca_file = {};               ///< PEM roots beside the system's; empty: the system's only
};

/// There was no complete answer: no connection, no trust, too slow, too large.
class FetchError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Sends a request and waits. Follows no redirect. Fails: FetchError. Threads: called from several at once.
using Fetch = std::function<HttpResponse(const FetchRequest&)>;

/// Fetches over the network.
Fetch http_fetch();

}  // namespace symbolon::skill
