#pragma once

#include "crypto/jose/jwk.hpp"
#include "crypto/x509.hpp"
#include "voice/assistant.hpp"

#include <string>
#include <vector>

namespace symbolon::voice {

/// Who this assistant is: made at the first start, kept sealed in its database.
struct Identity {
    std::string vendor_id;     ///< "M" and 13 capital letters and digits
    std::string access_token;  ///< bearer token of the REST API
    crypto::x509::LocalAuthority authority;
};

/// Fails: Error{internal} when the database was sealed under another master key.
Identity load_identity(const Assistant::Parts& parts);

/// The key that signs requests to skills signs assertions and tokens for the platform's APIs, too: RS256 in each case.
crypto::jose::SigningKey signing_key(const Identity& identity);

inline constexpr std::string_view certificate_name = "assistant.symbolon.local";
inline constexpr std::string_view chain_path = "/echo.api/assistant-cert.pem";

/// One redirect URL for each region of the platform, in the order in which the console shows them
/// (voice-account-linking.md §1.2).
struct RedirectUrl {
    std::string region;
    std::string path;
};
std::vector<RedirectUrl> redirect_urls(const std::string& vendor_id);

}  // namespace symbolon::voice
