#pragma once

#include "base/clock.hpp"
#include "crypto/jose/jwt.hpp"
#include "directory/clients.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// A JWT by which a client proves itself (RFC 7523 §2.2), and what has to be true of it beside its signature.
struct ClientAssertion {
    crypto::jose::ParsedJwt jwt;
    std::string id = {};  ///< of the assertion, under which it is used up
    Instant expires{};    ///< until when it has to be remembered

    bool is_by_secret() const { return jwt.alg == "HS256"; }
};

/// Who an assertion may be addressed to.
struct Audiences {
    std::vector<std::string> names;  ///< the issuer, or the endpoint that the client talks to
    bool single_text = false;        ///< `aud` is one text, no list (FAPI 2.0 §5.3.2.1 no. 8)
};

/// Reads an assertion of the client: it has to be its issuer and its subject, every audience has to be one of ours, it
/// expires within an hour, has an id, and is signed in the way that the client is registered for. Nothing of its
/// signature is proven. Fails: oauth_invalid_client. Spec: RFC 7523 §3, OpenID Connect Core §9.
ClientAssertion read_client_assertion(std::string_view text, const directory::Client& client,
                                      const Audiences& audiences, Instant now);

/// Whether one of the client's secrets signed it (client_secret_jwt).
bool is_signed_by_secret(const directory::Client& client, const crypto::jose::ParsedJwt& jwt);

}  // namespace symbolon::oauth
