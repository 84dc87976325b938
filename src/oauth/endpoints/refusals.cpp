#include "oauth/endpoints/refusals.hpp"

#include "net/respond.hpp"
#include "oauth/json_text.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace symbolon::oauth {
namespace {

net::Response json_refusal(int status, std::string_view error, std::string_view description) {
    net::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json;charset=UTF-8");
    if (status == 429 || status == 503) response.headers.add("Retry-After", "1");
    response.body = "{";
    append_json_member(response.body, "error", error);
    if (!description.empty()) append_json_member(response.body, "error_description", description);
    response.body += '}';
    return response;
}

net::Response refuse_unproven(const Error& error, bool challenge) {
    const auto wire = to_wire(error.code);
    const bool unproven = error.code == Errc::oauth_invalid_client && challenge;
    auto response = json_refusal(unproven ? 401 : wire.status, wire.error, error.message);
    if (unproven) response.headers.add("WWW-Authenticate", "Basic realm=\"symbolon\"");
    return response;
}

/// Every reason for which a token does not hold looks the same from outside (§1.9).
bool is_about_token(Errc code) {
    return code == Errc::token_not_accepted || code == Errc::user_not_found || code == Errc::not_authorized ||
           code == Errc::resource_not_found;
}

/// What a proof may be signed with (RFC 9449 §7.1).
std::string algs_parameter(const Asked& asked) {
    return fmt::format("algs=\"{}\"", fmt::join(asked.algs, " "));
}

/// `more`: further parameters of the challenge, without the comma before them.
net::Response token_refusal(const Asked& asked, int status, std::string_view error, std::string_view description,
                            std::string_view more = {}) {
    auto response = json_refusal(status, error, description);
    std::string challenge(asked.dpop ? "DPoP" : "Bearer");
    challenge += " error=\"";
    challenge += error;
    challenge += "\", error_description=\"";
    challenge += description;
    challenge += '"';
    if (!more.empty()) challenge.append(", ").append(more);
    if (asked.dpop) challenge.append(", ").append(algs_parameter(asked));
    response.headers.add("WWW-Authenticate", std::move(challenge));
    return response;
}

/// Without credentials the challenges name no error (RFC 6750 §3.1).
net::Response ask_for_token(const Asked& asked) {
    net::Response response;
    response.status = 401;
    response.headers.add("WWW-Authenticate", "Bearer");
    response.headers.add("WWW-Authenticate", "DPoP " + algs_parameter(asked));
    return response;
}

}  // namespace

net::Response refuse_client(const Error& error, const Asked& asked) {
    return refuse_unproven(error, asked.authorization_header);
}

net::Response refuse_revocation(const Error& error, const Asked& /*asked*/) {
    return refuse_unproven(error, true);
}

net::Response refuse_bearer(const Error& error, const Asked& asked) {
    if (error.code == Errc::token_not_accepted && error.message.empty()) return ask_for_token(asked);
    if (is_about_token(error.code)) {
        return token_refusal(asked, 401, "invalid_token",
                             "Access token is expired, disabled, or deleted, or the user has globally signed out.");
    }
    const auto wire = to_wire(error.code);
    if (error.code == Errc::oauth_invalid_dpop_proof || error.code == Errc::oauth_use_dpop_nonce) {
        return token_refusal(asked, 401, wire.error, error.message);
    }
    if (wire.status == 400) {
        return token_refusal(asked, 400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    }
    if (error.code == Errc::insufficient_scope) {
        return token_refusal(asked, 403, wire.error, error.message, "scope=\"openid\"");
    }
    return json_refusal(wire.status, wire.error, error.message);
}

net::Response refuse_registration(const Error& error, const Asked& asked) {
    if (error.code == Errc::token_not_accepted) {
        return token_refusal(asked, 401, "invalid_token", "The access token is not accepted.");
    }
    const auto wire = to_wire(error.code);
    return json_refusal(wire.status, wire.error, error.message);
}

net::Response refuse_on_page(const Error& error, const Asked& asked) {
    std::string location = asked.site_url;
    location += "/error?error=";
    location += to_wire(error.code).error;
    return net::redirect(302, std::move(location));
}

}  // namespace symbolon::oauth
