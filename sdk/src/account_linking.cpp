#include "symbolon/skill/account_linking.hpp"

#include "json_read.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
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
    return find_text(claims, claim);
}

AccountLinking::AccountLinking(AccountLinkingOptions options) : options_(std::move(options)) {}

std::optional<Response> AccountLinking::require_linked(const Input& in) const {
    if (in.access_token()) return std::nullopt;
    return link_card();
}

std::variant<UserInfo, NotLinked, Unavailable> AccountLinking::user_info(const Input& in) const {
    const auto& token = in.access_token();
    if (!token || !is_bearer_token(token->reveal())) return NotLinked{};

    HttpResponse answer;
    try {
        answer =
            options_.fetch({.url = options_.userinfo_url,
                            .headers = {{"Authorization", "Bearer " + token->reveal()}, {"Accept", "application/json"}},
                            .limit = options_.limit,
                            .ca_file = options_.ca_file});
    } catch (const FetchError& error) {
        return Unavailable{error.what()};
    }
    if (answer.status == 401) return NotLinked{};
    if (answer.status != 200) return Unavailable{"userInfo answered " + std::to_string(answer.status)};

    boost::system::error_code failure;
    auto claims = json::parse(answer.body, failure);
    if (failure || !claims.is_object()) return Unavailable{"userInfo answered with something else than a JSON object"};
    return UserInfo{std::move(claims.as_object())};
}

Handler AccountLinking::linked(UserHandler handler) const {
    return [self = *this, handler = std::move(handler)](Input& in) -> Response {
        const auto outcome = self.user_info(in);
        return std::visit(Match{[&](const UserInfo& user) { return handler(in, user); },
                                [&](const NotLinked&) { return self.link_card(); },
                                [&](const Unavailable& unavailable) -> Response {
                                    self.options_.log(LogLevel::warning, "user_info_unavailable", unavailable.reason);
                                    return in.speak(escape_ssml(self.options_.apology)).end_session();
                                }},
                          outcome);
    };
}

Response AccountLinking::link_card() const {
    return ResponseBuilder{}.speak(escape_ssml(options_.link_speech)).link_account_card().end_session();
}

}  // namespace symbolon::skill
