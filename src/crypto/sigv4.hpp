#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::crypto::sigv4 {

/// The parts of an HTTP request that a Signature Version 4 covers.
struct SignedRequest {
    std::string method;                                        ///< "POST"
    std::string path;                                          ///< undecoded
    std::string query;                                         ///< undecoded, without '?'
    std::vector<std::pair<std::string, std::string>> headers;  ///< as received
    std::string_view body;
};

/// The secret of an access key; nothing when the key is unknown or disabled.
using FindSecret = std::function<std::optional<std::string>(std::string_view access_key_id)>;

struct Verified {
    std::string access_key_id;
    std::string region;
};

/// Proves that the request was signed (Authorization header, AWS4-HMAC-SHA256) for `service` within 5 minutes of `now`.
/// Fails: missing_signature, incomplete_signature, unknown_access_key, wrong_signature.
Verified verify(const SignedRequest& request, std::string_view service, Instant now, const FindSecret& find_secret);

/// The access key that the Authorization header names, whoever wrote it; "" when it names none.
std::string claimed_access_key_id(const SignedRequest& request);

/// The headers to add to a request so that it is signed: X-Amz-Date, X-Amz-Content-Sha256 and Authorization. `Host`
/// must be among its headers.
std::vector<std::pair<std::string, std::string>> sign(const SignedRequest& request, std::string_view access_key_id,
                                                      std::string_view secret, std::string_view region,
                                                      std::string_view service, Instant now);

}  // namespace symbolon::crypto::sigv4
