#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace symbolon::oauth {

/// One claim that a request asks for by name.
struct RequestedClaim {
    std::string name;
    bool essential = false;
    std::vector<std::string> values = {};  ///< one of these, when there are any; only texts are compared
};

/// The `claims` parameter (OpenID Connect Core §5.5).
struct RequestedClaims {
    std::vector<RequestedClaim> id_token;
    std::vector<RequestedClaim> userinfo;

    /// Null when the ID token was not asked for it.
    const RequestedClaim* find_in_id_token(std::string_view name) const;
    /// The subject that the answer has to be about, by `sub` of either half; "" for any.
    std::string subject() const;
};

inline constexpr std::size_t max_claims_parameter = 8192;  ///< bytes
inline constexpr std::size_t max_requested_claims = 50;    ///< of one half

/// Nothing for what is no such object, or a larger one. Members that the standard does not know are ignored.
std::optional<RequestedClaims> parse_requested_claims(std::string_view text);

/// The names alone, as a code and a grant keep them; nothing when there are none.
std::optional<std::vector<std::string>> names_of(const std::vector<RequestedClaim>& claims);

}  // namespace symbolon::oauth
