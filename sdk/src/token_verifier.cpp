#include "symbolon/skill/token_verifier.hpp"

#include "json_read.hpp"
#include "tokens/key_set.hpp"

#include "crypto/jose/jwt.hpp"
#include "net/http.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace symbolon::skill {
namespace {

std::vector<std::string> split_scopes(std::string_view text) {
    std::vector<std::string> scopes;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = std::min(text.find(' ', begin), text.size());
        if (end > begin) scopes.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return scopes;
}

/// A NumericDate (RFC 7519 §2); nothing when the claim is missing or no number that a time can be made of.
std::optional<Time> find_time(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    boost::system::error_code failure;
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>(failure);
    constexpr double year_9999 = 253402300799;
    if (failure || !std::isfinite(seconds) || seconds < 0 || seconds > year_9999) return std::nullopt;
    return Time(std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

/// `aud` is a text or a list of texts (RFC 7519 §4.1.3).
bool has_audience(const json::object& claims, const std::vector<std::string>& wanted) {
    const auto is_wanted = [&](std::string_view text) { return std::ranges::find(wanted, text) != wanted.end(); };
    if (const auto text = find_text(claims, "aud")) return is_wanted(*text);
    const auto* list = find_array(claims, "aud");
    return list != nullptr && std::ranges::any_of(*list, [&](const json::value& item) {
               const auto* text = item.if_string();
               return text != nullptr && is_wanted({text->data(), text->size()});
           });
}

/// An ID token is signed by the same key for the same client, but it proves a sign-in to that client and grants
/// nothing.
bool is_access_token(const crypto::jose::ParsedJwt& token) {
    if (token.claims.contains("token_use")) return text_or_empty(token.claims, "token_use") == "access";
    return net::equal_without_case(token.typ, "at+jwt") || net::equal_without_case(token.typ, "application/at+jwt");
}

std::string_view client_of(const json::object& claims) {
    return find_text(claims, "client_id").value_or(text_or_empty(claims, "azp"));
}

FetchRequest key_request(const TokenVerifierOptions& options) {
    return {.url = options.jwks_url.empty() ? options.issuer + "/.well-known/jwks.json" : options.jwks_url,
            .headers = {{"Accept", "application/json"}},
            .limit = options.limit,
            .ca_file = options.ca_file};
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

}  // namespace

bool TokenClaims::has_scope(std::string_view scope) const {
    return contains(scopes, scope);
}

struct TokenVerifier::Impl {
    explicit Impl(TokenVerifierOptions given) : options(std::move(given)), keys(options.fetch, key_request(options)) {}

    TokenVerifierOptions options;
    KeySet keys;

    /// Why these claims are none of a token for us; nothing when they are.
    std::optional<std::string> find_fault(const crypto::jose::ParsedJwt& token, Time now) const {
        const auto& claims = token.claims;
        const auto expires = find_time(claims, "exp");
        const auto not_before = find_time(claims, "nbf");
        if (text_or_empty(claims, "iss") != options.issuer) return "another issuer";
        if (!is_access_token(token)) return "no access token";
        if (text_or_empty(claims, "sub").empty()) return "no subject";
        if (!options.client_ids.empty() && !contains(options.client_ids, client_of(claims))) return "another client";
        if (!options.audiences.empty() && !has_audience(claims, options.audiences)) return "another audience";
        if (!expires) return "no expiry";
        if (now >= *expires + options.leeway) return "expired";
        if (claims.contains("nbf") && (!not_before || now + options.leeway < *not_before)) return "not valid yet";
        return std::nullopt;
    }
};

TokenVerifier::TokenVerifier(TokenVerifierOptions options) {
    if (options.issuer.empty()) throw std::invalid_argument("a token verifier needs an issuer");
    if (options.client_ids.empty() && options.audiences.empty()) {
        throw std::invalid_argument("a token verifier needs the id of the platform's client, or an audience");
    }
    impl_ = std::make_shared<Impl>(std::move(options));
}

std::variant<TokenClaims, InvalidToken, MissingScope, Unavailable> TokenVerifier::verify(
    const AccessToken& token) const {
    const auto now = impl_->options.now();
    auto jwt = crypto::jose::parse_jwt(token.reveal());
    if (!jwt) return InvalidToken{"no signed JWT"};
    // Before the keys: the token of another issuer must not make us fetch ours.
    if (const auto fault = impl_->find_fault(*jwt, now)) return InvalidToken{*fault};

    const auto found = impl_->keys.find(jwt->kid, now);
    if (const auto* none = std::get_if<NoKeys>(&found)) return Unavailable{none->reason};
    const auto* key = std::get_if<crypto::jose::VerifyingKey>(&found);
    if (key == nullptr) return InvalidToken{"signed with an unknown key"};
    if (!verifies(*key, *jwt)) return InvalidToken{"the signature does not fit"};

    TokenClaims claims{.subject = std::string(text_or_empty(jwt->claims, "sub")),
                       .client_id = std::string(client_of(jwt->claims)),
                       .scopes = split_scopes(text_or_empty(jwt->claims, "scope")),
                       .expires = find_time(jwt->claims, "exp").value_or(Time::min()),
                       .all = std::move(jwt->claims)};
    for (const auto& scope : impl_->options.scopes) {
        if (!claims.has_scope(scope)) return MissingScope{scope};
    }
    return claims;
}

}  // namespace symbolon::skill
