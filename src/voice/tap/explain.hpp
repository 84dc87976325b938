#pragma once

#include "net/client.hpp"
#include "net/http.hpp"

#include <string>
#include <vector>

namespace symbolon::voice {

/// What an exchange between a platform and a server was about, and what about it would trouble a platform.
struct TapExplanation {
    std::string kind;                   ///< "code exchange", "refresh", "authorization request", …
    std::vector<std::string> notes;     ///< what was done, in words
    std::vector<std::string> problems;  ///< what is not as it should be, and what to do about it
};

/// Of an exchange as it was sent on and answered; nothing secret is repeated (voice-account-linking.md chapter 2).
/// Pure.
TapExplanation explain_exchange(const net::Request& request, const net::ClientResponse& response);

}  // namespace symbolon::voice
