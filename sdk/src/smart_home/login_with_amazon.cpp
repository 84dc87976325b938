#include "symbolon/skill/smart_home/login_with_amazon.hpp"

#include "../json_read.hpp"
#include "net/form.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace symbolon::skill::smart_home {
namespace {

namespace json = boost::json;

constexpr std::int64_t default_life = 3600;  // seconds, where the answer names none
constexpr std::int64_t longest_life = 366L * 24 * 3600;

/// The error's code for the log, when it is one; never the rest of an answer, which may hold tokens.
std::string reason_of(const HttpResponse& answer) {
    boost::system::error_code failure;
    const auto body = json::parse(answer.body, failure);
    const auto code = failure || !body.is_object() ? std::nullopt : find_text(body.get_object(), "error");
    return "the token endpoint answered " + std::to_string(answer.status) +
           (code ? " " + std::string(code->substr(0, 64)) : "");
}

std::int64_t life_of(const json::object& answer) {
    const auto* seconds = answer.if_contains("expires_in");
    if (seconds == nullptr || !seconds->is_int64()) return default_life;
    return std::clamp<std::int64_t>(seconds->get_int64(), 0, longest_life);
}

}  // namespace

LoginWithAmazon::LoginWithAmazon(LoginWithAmazonOptions options) : options_(std::move(options)) {}

GrantedTokens LoginWithAmazon::exchange(const AccessToken& code) const {
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", code.reveal());
    form.add("client_id", options_.client_id);
    form.add("client_secret", options_.client_secret);
    return ask(form.encode(), nullptr);
}

GrantedTokens LoginWithAmazon::refresh(const AccessToken& refresh_token) const {
    net::Form form;
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", refresh_token.reveal());
    form.add("client_id", options_.client_id);
    form.add("client_secret", options_.client_secret);
    return ask(form.encode(), &refresh_token);
}

GrantedTokens LoginWithAmazon::ask(std::string form, const AccessToken* old_refresh_token) const {
    HttpResponse answer;
    const Time asked = options_.now();
    try {
        answer = options_.fetch({.method = "POST",
                                 .url = options_.token_url,
                                 .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                 .body = std::move(form),
                                 .limit = options_.limit,
                                 .ca_file = options_.ca_file});
    } catch (const FetchError& error) {
        throw GrantError(GrantError::Kind::unavailable, error.what());
    }
    if (answer.status == 400 || answer.status == 401) throw GrantError(GrantError::Kind::refused, reason_of(answer));
    if (answer.status != 200) throw GrantError(GrantError::Kind::unavailable, reason_of(answer));

    boost::system::error_code failure;
    const auto body = json::parse(answer.body, failure);
    const auto access = failure || !body.is_object() ? std::nullopt : find_text(body.get_object(), "access_token");
    if (!access) throw GrantError(GrantError::Kind::unavailable, "the token endpoint's answer holds no access token");
    auto refresh = find_text(body.get_object(), "refresh_token");
    if (!refresh && old_refresh_token != nullptr) refresh = old_refresh_token->reveal();
    if (!refresh) throw GrantError(GrantError::Kind::unavailable, "the token endpoint's answer holds no refresh token");
    return {AccessToken(std::string(*access)), AccessToken(std::string(*refresh)),
            asked + std::chrono::seconds(life_of(body.get_object()))};
}

}  // namespace symbolon::skill::smart_home
