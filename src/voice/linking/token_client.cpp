#include "voice/linking/token_client.hpp"

#include "base/encoding.hpp"
#include "base/utf8.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::size_t max_answer = 1024 * 1024;
constexpr std::int64_t least_life = 360;
constexpr std::size_t shown_length = 300;
constexpr std::size_t longest_code = 60;

std::string_view code_of(net::Failure failure) {
    switch (failure) {
        case net::Failure::dns:
            return "dns";
        case net::Failure::connect:
            return "connect";
        case net::Failure::tls:
            return "tls";
        case net::Failure::timeout:
            return "timeout";
        case net::Failure::too_large:
            return "json";
        case net::Failure::other:
            return "connect";
    }
    return "connect";
}

/// Form-urlencoded before base64, as RFC 6749 §2.3.1 has it.
std::string basic(const StoredLinking& linking) {
    const auto pair = percent_encode(linking.config.clientId) + ":" + percent_encode(linking.client_secret);
    return "Basic " + to_base64(bytes_of(pair));
}

net::ClientRequest make_request(const StoredLinking& linking, net::Form form, std::chrono::milliseconds limit) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = linking.config.accessTokenUrl.value_or("");
    request.limit = limit;
    request.max_body = max_answer;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    form.add("client_id", linking.config.clientId);
    if (linking.config.accessTokenScheme == AccessTokenScheme::REQUEST_BODY_CREDENTIALS) {
        form.add("client_secret", linking.client_secret);
    } else {
        request.headers.add("Authorization", basic(linking));
    }
    request.body = form.encode();
    return request;
}

/// The `error` of an OAuth error body; "" when there is none. Only what RFC 6749 allows in it is repeated.
std::string oauth_error(const std::string& body) {
    json::error_code problem;
    const auto value = json::parse(body, problem);
    if (problem || !value.is_object()) return {};
    const auto* error = value.get_object().if_contains("error");
    if (error == nullptr || !error->is_string()) return {};
    std::string code(error->get_string());
    std::erase_if(code, [](char c) { return c < 0x20 || c > 0x7E || c == '"' || c == '\\'; });
    return code.substr(0, longest_code);
}

TokenFailure refusal(const net::ClientResponse& response) {
    const auto status = "HTTP " + std::to_string(response.status);
    if (response.status >= 300 && response.status < 400) return {"redirect", status, true};
    const bool final = response.status < 500 && response.status != 429;
    const auto error = oauth_error(response.body);
    if (!error.empty()) return {"oauth_error:" + error, status, final};
    return {"status", status + ": " + replace_invalid_utf8(response.body.substr(0, shown_length)), final};
}

bool is_json(const net::ClientResponse& response) {
    const auto type = response.headers.find("content-type").value_or("");
    return type.starts_with("application/json");
}

std::string text_of(const json::object& body, std::string_view name) {
    const auto* found = body.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

TokenResult read_token_answer(const net::ClientResponse& response, bool refresh_token_needed) {
    if (response.status != 200) return refusal(response);
    if (!is_json(response)) {
        const auto type = response.headers.find("content-type").value_or("none");
        return TokenFailure{"content_type", replace_invalid_utf8(type.substr(0, shown_length)), true};
    }
    json::error_code problem;
    const auto value = json::parse(response.body, problem);
    if (problem || !value.is_object()) return TokenFailure{"json", problem ? problem.message() : "not an object", true};
    const auto& body = value.get_object();
    TokenAnswer out{text_of(body, "access_token"), text_of(body, "refresh_token"), {}, response.took};
    if (out.access_token.empty()) return TokenFailure{"missing_access_token", "", true};
    if (refresh_token_needed && out.refresh_token.empty()) return TokenFailure{"missing_refresh_token", "", true};
    if (const auto* expires = body.if_contains("expires_in")) {
        if (!expires->is_int64()) return TokenFailure{"bad_expires_in", "expires_in is not a whole number", true};
        if (expires->get_int64() < least_life)
            return TokenFailure{"expires_too_short", std::to_string(expires->get_int64()) + " s", true};
        out.expires_in = expires->get_int64();
    }
    return out;
}

Task<TokenResult> TokenClient::exchange(StoredLinking linking, std::string code, std::string redirect_uri) {
    net::Form form;
    form.add("grant_type", "authorization_code");
    form.add("code", std::move(code));
    form.add("redirect_uri", std::move(redirect_uri));
    co_return co_await ask(std::move(linking), std::move(form), true);
}

Task<TokenResult> TokenClient::refresh(StoredLinking linking, std::string refresh_token) {
    net::Form form;
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", std::move(refresh_token));
    co_return co_await ask(std::move(linking), std::move(form), false);
}

Task<TokenResult> TokenClient::ask(StoredLinking linking, net::Form form, bool refresh_token_needed) {
    auto request = make_request(linking, std::move(form), limit_);
    std::optional<TokenFailure> failure;
    try {
        const auto response = co_await client_.send(std::move(request));
        co_return read_token_answer(response, refresh_token_needed);
    } catch (const net::ClientError& e) {
        failure = TokenFailure{std::string(code_of(e.failure)), e.detail, false};
    }
    co_return std::move(*failure);
}

}  // namespace symbolon::voice
