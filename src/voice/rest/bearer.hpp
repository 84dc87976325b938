#pragma once

#include "net/http.hpp"

#include <string>

namespace symbolon::voice {

/// Whether a request carries the assistant's bearer token.
bool carries_bearer(const net::Request& request, const std::string& token);
/// The answer to one that does not.
net::Response bearer_needed();

}  // namespace symbolon::voice
