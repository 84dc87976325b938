#pragma once

#include <string_view>

namespace symbolon::oauth {

/// True for what an S256 challenge looks like: 43 characters of base64url (RFC 7636 §4.2).
bool is_code_challenge(std::string_view text);
/// True for what a verifier looks like: 43 to 128 unreserved characters (RFC 7636 §4.1).
bool is_code_verifier(std::string_view text);

/// How a challenge follows from its verifier (RFC 7636 §4.2).
enum class ChallengeMethod { s256, plain };

/// True when the verifier fits the challenge, and when there is neither. A challenge without a verifier and a
/// verifier without a challenge are both refused, so that nobody can take PKCE out of a flow (RFC 7636 §4.6, RFC 9700
/// §2.1.1).
bool fits_challenge(std::string_view verifier, std::string_view challenge,
                    ChallengeMethod method = ChallengeMethod::s256);

}  // namespace symbolon::oauth
