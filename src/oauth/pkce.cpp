#include "oauth/pkce.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

constexpr bool is_base64url(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

bool is_code_challenge(std::string_view text) {
    return text.size() == 43 && std::all_of(text.begin(), text.end(), is_base64url);
}

bool is_code_verifier(std::string_view text) {
    const auto is_unreserved = [](char c) { return is_base64url(c) || c == '.' || c == '~'; };
    return text.size() >= 43 && text.size() <= 128 && std::all_of(text.begin(), text.end(), is_unreserved);
}

bool fits_challenge(std::string_view verifier, std::string_view challenge, ChallengeMethod method) {
    if (challenge.empty()) return verifier.empty();
    if (!is_code_verifier(verifier)) return false;
    if (method == ChallengeMethod::plain) return crypto::equal_in_constant_time(verifier, challenge);
    return crypto::equal_in_constant_time(to_base64url(crypto::sha256(verifier)), challenge);
}

}  // namespace symbolon::oauth
