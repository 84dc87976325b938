#include "base/utf8.hpp"
#include "voice/linking/token_client.hpp"
#include "voice/models/json_read.hpp"

#include <boost/json/parse.hpp>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

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
    return net::to_lower(response.headers.find("content-type").value_or("")).starts_with("application/json");
}

/// What stands in the way of reading the body; "" when nothing does.
std::string why_unreadable(const net::ClientResponse& response) {
    const auto encoding = response.headers.find("content-encoding").value_or("identity");
    if (!net::equal_without_case(encoding, "identity")) return "compressed, though nobody asked for that";
    if (response.body.starts_with("\xEF\xBB\xBF")) return "a byte order mark stands before it";
    return {};
}

}  // namespace

const Evidence& evidence_of(const TokenResult& result) {
    if (const auto* answer = std::get_if<TokenAnswer>(&result)) return answer->evidence;
    return std::get<TokenFailure>(result).evidence;
}

std::string cause_of(const TokenResult& result) {
    const auto* failure = std::get_if<TokenFailure>(&result);
    return failure == nullptr ? std::string{} : failure->code;
}

TokenFailure failure_of(const net::ClientError& error) {
    return {std::string(code_of(error.failure)), error.detail, false};
}

TokenResult read_token_answer(const net::ClientResponse& response, bool refresh_token_needed) {
    if (response.status != 200) return refusal(response);
    if (!is_json(response)) {
        const auto type = response.headers.find("content-type").value_or("none");
        return TokenFailure{"content_type", replace_invalid_utf8(type.substr(0, shown_length)), true};
    }
    if (auto why = why_unreadable(response); !why.empty()) return TokenFailure{"json", std::move(why), true};
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

}  // namespace symbolon::voice
