#pragma once

#include "base/task.hpp"
#include "net/client.hpp"
#include "net/form.hpp"
#include "voice/skill.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace symbolon::voice {

/// What a token endpoint gave.
struct TokenAnswer {
    std::string access_token;
    std::string refresh_token;  ///< "" when none came
    std::optional<std::int64_t> expires_in;
    std::chrono::milliseconds took{0};
};

/// Why there are no tokens: one of the fixed list of voice-account-linking.md §7.2 rule 5 (dns, connect, tls, timeout,
/// redirect, status, content_type, json, missing_access_token, missing_refresh_token, bad_expires_in,
/// expires_too_short, oauth_error:<code>), and what was seen, without secrets.
struct TokenFailure {
    std::string code;
    std::string detail;
    bool final = false;  ///< the server said no; otherwise trying again may help
};

using TokenResult = std::variant<TokenAnswer, TokenFailure>;

/// Talks to token endpoints as the platform does: a limit for the whole answer, no redirects, at most 1 MB
/// (voice-account-linking.md §2.5 to §2.7).
class TokenClient {
public:
    TokenClient(net::Client& client, std::chrono::milliseconds limit) : client_(client), limit_(limit) {}

    Task<TokenResult> exchange(StoredLinking linking, std::string code, std::string redirect_uri);
    Task<TokenResult> refresh(StoredLinking linking, std::string refresh_token);

private:
    Task<TokenResult> ask(StoredLinking linking, net::Form form, bool refresh_token_needed);

    net::Client& client_;
    std::chrono::milliseconds limit_;
};

/// Reads a token answer. Pure. `refresh_token_needed`: the code grant expects one.
TokenResult read_token_answer(const net::ClientResponse& response, bool refresh_token_needed);

}  // namespace symbolon::voice
