#pragma once

#include "base/task.hpp"
#include "net/client.hpp"
#include "net/form.hpp"
#include "voice/faults/catalogue.hpp"
#include "voice/skill.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace symbolon::voice {

/// What was sent and what came back, secrets masked: for who looks for the reason.
struct Evidence {
    std::string asked;
    std::string answered;
};

/// What a token endpoint gave.
struct TokenAnswer {
    std::string access_token;
    std::string refresh_token;  ///< "" when none came
    std::optional<std::int64_t> expires_in;
    std::chrono::milliseconds took{0};
    Evidence evidence{};
};

/// Why there are no tokens: one of the fixed list of voice-account-linking.md §7.2 rule 5 (dns, connect, tls, timeout,
/// redirect, status, content_type, json, missing_access_token, missing_refresh_token, bad_expires_in,
/// expires_too_short, oauth_error:<code>), and what was seen, without secrets.
struct TokenFailure {
    std::string code;
    std::string detail;
    bool final = false;  ///< the server said no; otherwise trying again may help
    Evidence evidence{};
};

using TokenResult = std::variant<TokenAnswer, TokenFailure>;

const Evidence& evidence_of(const TokenResult& result);
/// "" when tokens came.
std::string cause_of(const TokenResult& result);

/// A code as it came, and what belongs to it.
struct CodeToExchange {
    std::string code;
    std::string redirect_uri;
    std::string verifier;  ///< of PKCE; "" without
};

/// Talks to token endpoints as the platform does: a limit for the whole answer, no redirects, at most 1 MB
/// (voice-account-linking.md §2.5 to §2.7). The behaviour's faults are part of it: FI-06, FI-14, FI-15, BR-05.
class TokenClient {
public:
    TokenClient(net::Client& client, std::chrono::milliseconds limit) : client_(client), limit_(limit) {}

    Task<TokenResult> exchange(StoredLinking linking, Behaviour behaviour, CodeToExchange code);
    Task<TokenResult> refresh(StoredLinking linking, Behaviour behaviour, std::string refresh_token);
    /// The same twice, the second `apart` after the first, without waiting for its answer.
    Task<std::pair<TokenResult, TokenResult>> exchange_twice(StoredLinking linking, Behaviour behaviour,
                                                             CodeToExchange code, std::chrono::milliseconds apart);
    Task<std::pair<TokenResult, TokenResult>> refresh_twice(StoredLinking linking, Behaviour behaviour,
                                                            std::string refresh_token);
    /// Any grant: `form` without what proves the client. For the platforms that have more grants than these.
    Task<TokenResult> ask(StoredLinking linking, Behaviour behaviour, net::Form form, bool refresh_token_needed);
    /// The raw answer; for grants whose answers are no tokens. Fails: net::ClientError.
    Task<net::ClientResponse> send(StoredLinking linking, Behaviour behaviour, net::Form form);

private:
    using Both = std::pair<TokenResult, TokenResult>;
    Task<TokenResult> ask_later(StoredLinking linking, Behaviour behaviour, net::Form form, bool refresh_token_needed,
                                std::chrono::milliseconds wait);
    Task<Both> ask_twice(StoredLinking linking, Behaviour behaviour, net::Form form, bool refresh_token_needed,
                         std::chrono::milliseconds apart);
    std::chrono::milliseconds limit_of(const Behaviour& behaviour) const;

    net::Client& client_;
    std::chrono::milliseconds limit_;
};

/// Reads a token answer. Pure. `refresh_token_needed`: the code grant expects one.
TokenResult read_token_answer(const net::ClientResponse& response, bool refresh_token_needed);
/// The failure of an exchange that got no answer.
TokenFailure failure_of(const net::ClientError& error);

}  // namespace symbolon::voice
