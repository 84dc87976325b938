#include "symbolon/skill/account_linking.hpp"

#include "json_read.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace symbolon::skill {
namespace {

/// RFC 6750 §2.1; anything else would break the header that carries it.
bool is_bearer_token(std::string_view token) {
    return !token.empty() && std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
}

/// One visitor out of several lambdas.
template <class... Cases>
struct Match : Cases... {
    using Cases::operator()...;
};

}  // namespace

std::optional<std::string> UserInfo::find(std::string_view claim) const {
    const auto text = find_text(claims, claim);
    return text ? std::optional(std::string(*text)) : std::nullopt;
}

AccountLinking::AccountLinking(AccountLinkingOptions options) : options_(std::move(options)) {}

std::optional<Response> AccountLinking::require_linked(const Input& in) const {
    if (in.access_token()) return std::nullopt;
    return link_card();
}

std::variant<UserInfo, NotLinked, Unavailable> AccountLinking::user_info(const Input& in) const {
    const auto& token = in.access_token();
    if (!token) return NotLinked{"no token"};
    if (!is_bearer_token(token->reveal())) return NotLinked{"no bearer token"};

    const auto limit = std::min(options_.limit, in.invocation().remaining(options_.now()));
    if (limit.count() == 0) return Unavailable{"no time is left to ask userInfo"};

    HttpResponse answer;
    try {
        answer =
            options_.fetch({.url = options_.userinfo_url,
                            .headers = {{"Authorization", "Bearer " + token->reveal()}, {"Accept", "application/json"}},
                            .limit = limit,
                            .ca_file = options_.ca_file});
    } catch (const FetchError& error) {
        return Unavailable{error.what()};
    }
    if (answer.status == 401) return NotLinked{"userInfo refused the token"};
    if (answer.status != 200) return Unavailable{"userInfo answered " + std::to_string(answer.status)};

    boost::system::error_code failure;
    auto claims = json::parse(answer.body, failure);
    if (failure || !claims.is_object()) return Unavailable{"userInfo answered with something else than a JSON object"};
    return UserInfo{std::move(claims.as_object())};
}

std::variant<TokenClaims, NotLinked, Unavailable> AccountLinking::claims(const Input& in) const {
    if (!options_.tokens) throw std::logic_error("account linking without a token verifier");
    const auto& token = in.access_token();
    if (!token) return NotLinked{"no token"};
    using Outcome = std::variant<TokenClaims, NotLinked, Unavailable>;
    return std::visit(
        Match{[](TokenClaims claims) -> Outcome { return claims; },
              [](const InvalidToken& invalid) -> Outcome { return NotLinked{"the token: " + invalid.reason}; },
              [](const MissingScope& missing) -> Outcome {
                  return NotLinked{"the token lacks the scope " + missing.scope};
              },
              [](Unavailable unavailable) -> Outcome { return unavailable; }},
        options_.tokens->verify(*token));
}

Handler AccountLinking::linked(UserHandler handler) const {
    return [self = *this, handler = std::move(handler)](Input& in) -> Response {
        return std::visit(Match{[&](const UserInfo& user) { return handler(in, user); },
                                [&](const auto& otherwise) { return self.answer(in, otherwise); }},
                          self.user_info(in));
    };
}

Handler AccountLinking::verified(TokenHandler handler) const {
    if (!options_.tokens) throw std::invalid_argument("verified() needs AccountLinkingOptions::tokens");
    return [self = *this, handler = std::move(handler)](Input& in) -> Response {
        return std::visit(Match{[&](const TokenClaims& token) { return handler(in, token); },
                                [&](const auto& otherwise) { return self.answer(in, otherwise); }},
                          self.claims(in));
    };
}

Response AccountLinking::answer(Input&, const NotLinked& outcome) const {
    options_.log(LogLevel::info, "not_linked", outcome.reason);
    return link_card();
}

Response AccountLinking::answer(Input& in, const Unavailable& outcome) const {
    options_.log(LogLevel::warning, "account_unavailable", outcome.reason);
    return in.speak(escape_ssml(options_.apology)).end_session();
}

Response AccountLinking::link_card() const {
    return ResponseBuilder{}.speak(escape_ssml(options_.link_speech)).link_account_card().end_session();
}

}  // namespace symbolon::skill
