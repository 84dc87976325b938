#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// What an authorization request wants back: any combination, but nothing at all (OAuth 2.0 Multiple Response Types
/// §3).
struct ResponseType {
    bool code = false;
    bool token = false;
    bool id_token = false;

    /// The order of the words does not matter. Nothing for an unknown word, a repeated one, and for none.
    static std::optional<ResponseType> parse(std::string_view text);
    /// In the order code, id_token, token.
    std::string str() const;

    /// Whether the answer holds tokens: then it must not go into a query (§2.1, §5).
    bool is_front_channel() const { return token || id_token; }
    /// A code and tokens at once (OpenID Connect Core §3.3).
    bool is_hybrid() const { return code && is_front_channel(); }

    friend bool operator==(const ResponseType&, const ResponseType&) = default;
};

/// How the answer gets to the redirect URI.
enum class ResponseMode { query, fragment, form_post };

/// What `response_mode` asks for.
struct AskedResponseMode {
    std::optional<ResponseMode> way;  ///< nothing: that of a request that names none
    bool as_jwt = false;              ///< the answer is a JWT (jarm.hpp)

    friend bool operator==(const AskedResponseMode&, const AskedResponseMode&) = default;
};

/// OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode §2, JARM §2.3: "query", "query.jwt", …,
/// and "jwt".
std::optional<AskedResponseMode> parse_response_mode(std::string_view text);

}  // namespace symbolon::oauth
