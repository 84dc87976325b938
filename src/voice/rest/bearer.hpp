#pragma once

#include "net/http.hpp"

#include <string>

namespace symbolon::voice {

/// The token of an Authorization header, "" when there is none. The platform takes the scheme in this case alone
/// (§1.3).
std::string bearer_of(const net::Request& request);
/// Whether a request carries the assistant's bearer token.
bool carries_bearer(const net::Request& request, const std::string& token);
/// The answer to one that does not.
net::Response bearer_needed();

}  // namespace symbolon::voice
