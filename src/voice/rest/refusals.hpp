#pragma once

#include "base/error.hpp"
#include "net/http.hpp"

namespace symbolon::voice {

/// The HTTP status that an error has on the REST API.
int rest_status(Errc code);
/// The whole answer: 400 with `violations`, others with `message` (voice-account-linking.md §1.4).
net::Response rest_refusal(const Error& error);

}  // namespace symbolon::voice
