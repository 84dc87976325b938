#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// The request that a DPoP proof has to be for.
struct ProvenRequest {
    std::string method;             ///< as sent
    std::vector<std::string> urls;  ///< by which the endpoint may have been asked for
    std::string access_token = {};  ///< that comes along; "" at the token endpoint
};

/// A DPoP proof whose key signed it, for this request and now. Not yet used up.
struct DpopProof {
    std::string alg;  ///< that it is signed with
    std::string jkt;  ///< thumbprint of its key in base64url
    std::string id;   ///< jti
    std::string nonce;
    Instant expires{};  ///< when it would be refused for its age
};

/// Reads the value of a DPoP header: a JWT of the type dpop+jwt, signed with the public key in its header by one of the
/// algorithms that the server knows, for the method, the URL (without query and fragment) and the access token of the
/// request, not older than a minute. Fails: oauth_invalid_dpop_proof. Spec: RFC 9449 §4.3.
DpopProof read_dpop_proof(std::string_view text, const ProvenRequest& request, Instant now);

/// How a URL is compared: scheme and host in lower case, without the scheme's own port, query and fragment (RFC 3986
/// §6.2.2, §6.2.3).
std::string normal_url(std::string_view url);

}  // namespace symbolon::oauth
