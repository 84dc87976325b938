#include "voice/tap/explain.hpp"

#include "base/error.hpp"
#include "net/form.hpp"
#include "voice/linking/explanations.hpp"
#include "voice/linking/token_client.hpp"
#include "voice/redaction.hpp"

#include <chrono>

namespace symbolon::voice {

namespace {

constexpr std::chrono::milliseconds platform_limit{4500};
constexpr std::size_t many_parameters = 200;
constexpr std::size_t large_token = 2048;

net::Form parse(std::string_view text) {
    try {
        return net::Form::parse(text, many_parameters);
    } catch (const Error&) {
        return {};  // what is no form has no parameters
    }
}

std::string query_of(std::string_view url) {
    const auto mark = url.find_first_of("?#");
    return mark == std::string_view::npos ? std::string{} : std::string(url.substr(mark + 1));
}

std::string client_proof(const net::Request& request, const net::Form& form) {
    const bool basic =
        net::equal_without_case(request.headers.find("Authorization").value_or("").substr(0, 6), "Basic ");
    const bool body = form.find("client_secret").has_value();
    if (basic && body) return "The client proved itself in the header and in the body.";
    if (basic) return "The client proved itself with HTTP Basic.";
    if (body) return "The client proved itself in the body.";
    return "The client did not prove itself with a secret.";
}

void explain_tokens(TapExplanation& out, const net::Form& form, const net::ClientResponse& response, bool is_code) {
    const auto result = read_token_answer(response, is_code);
    if (const auto* failure = std::get_if<TokenFailure>(&result)) {
        const auto explanation = is_code ? explain(failure->code) : explain_refresh(failure->code);
        out.problems.push_back(failure->code + ": " + std::string(explanation.text) + " " +
                               std::string(explanation.advice));
        return;
    }
    const auto& tokens = std::get<TokenAnswer>(result);
    if (tokens.expires_in) {
        out.notes.push_back("The access token lives for " + std::to_string(*tokens.expires_in) + " s.");
    } else {
        out.problems.emplace_back("expires_in is missing: without it nobody knows when to renew the token.");
    }
    if (tokens.access_token.size() > large_token) {
        out.problems.push_back("The access token has " + std::to_string(tokens.access_token.size()) +
                               " bytes. It rides in every request to the skill.");
    }
    if (is_code) return;
    const bool kept = tokens.refresh_token.empty() || tokens.refresh_token == form.get("refresh_token");
    out.notes.emplace_back(kept ? "The refresh token stays." : "The refresh token was replaced.");
}

TapExplanation explain_token_call(const net::Request& request, const net::Form& form,
                                  const net::ClientResponse& response) {
    TapExplanation out;
    const auto grant = form.get("grant_type");
    const bool is_code = grant == "authorization_code";
    const bool is_refresh = grant == "refresh_token";
    out.kind = is_code ? "code exchange" : is_refresh ? "refresh" : "token request: " + grant.substr(0, 80);
    out.notes.push_back(client_proof(request, form));
    if (is_code) {
        if (!form.find("redirect_uri")) out.problems.emplace_back("redirect_uri is missing.");
        out.notes.emplace_back(form.find("code_verifier") ? "PKCE: a verifier was sent." : "PKCE was not used.");
    }
    if (is_code || is_refresh) explain_tokens(out, form, response, is_code);
    if (response.took > platform_limit) {
        out.problems.emplace_back("The answer took longer than 4.5 s: the platform has given up by then.");
    }
    const auto cache = net::to_lower(response.headers.find("Cache-Control").value_or(""));
    if (cache.find("no-store") == std::string::npos) {
        out.problems.emplace_back("Cache-Control: no-store is missing (RFC 6749 §5.1).");
    }
    return out;
}

TapExplanation explain_authorization(const net::Form& query, const net::ClientResponse& response) {
    TapExplanation out;
    out.kind = "authorization request";
    for (const auto* name : {"client_id", "redirect_uri", "state"}) {
        if (!query.find(name)) out.problems.push_back(std::string(name) + " is missing.");
    }
    out.notes.push_back("state has " + std::to_string(query.get("state").size()) + " characters.");
    out.notes.emplace_back(query.find("code_challenge") ? "PKCE: a challenge was sent." : "PKCE was not used.");
    out.notes.push_back("scope: " + (query.find("scope") ? query.get("scope") : "none"));
    if (response.status >= 400) {
        out.problems.push_back("The server refused with HTTP " + std::to_string(response.status) +
                               ". Are client_id and redirect_uri registered there?");
    }
    return out;
}

/// The browser is sent back to the platform. What belongs to another exchange (state) is for the log to compare.
TapExplanation explain_way_back(const net::Form& answer, std::string_view location) {
    TapExplanation out;
    out.kind = "redirect back to the platform";
    if (const auto error = answer.find("error")) {
        const auto cause = "oauth_error:" + error->substr(0, 60);
        out.problems.push_back(cause + ": " + std::string(explain(cause).text));
    }
    if (!answer.find("state")) out.problems.emplace_back("state does not come back.");
    const bool in_fragment = location.find('#') < location.find('?');
    if (in_fragment) out.notes.emplace_back("The answer is in the fragment, as in the implicit grant.");
    return out;
}

TapExplanation explain_other(const net::Request& request, const net::ClientResponse& response) {
    TapExplanation out;
    const auto& path = request.path;
    const auto authorization = request.headers.find("Authorization").value_or("");
    if (path.find("/.well-known/openid-configuration") != std::string::npos ||
        path.find("/.well-known/oauth-authorization-server") != std::string::npos) {
        out.kind = "discovery";
    } else if (path.ends_with("jwks.json") || path.ends_with("/certs") || path.ends_with("/jwks")) {
        out.kind = "keys";
    } else if (net::equal_without_case(authorization.substr(0, 7), "Bearer ")) {
        out.kind = "call with an access token";
        if (response.status == 401) out.problems.emplace_back("The server does not accept the access token.");
    } else {
        out.kind = net::to_lower(response.headers.find("Content-Type").value_or("")).starts_with("text/html") ? "page"
                                                                                                              : "other";
    }
    if (response.status >= 500) out.problems.push_back("The server failed: HTTP " + std::to_string(response.status));
    return out;
}

}  // namespace

TapExplanation explain_exchange(const net::Request& request, const net::ClientResponse& response) {
    const auto query = parse(request.query);
    const auto type = net::to_lower(request.headers.find("Content-Type").value_or(""));
    const bool is_form = type.starts_with("application/x-www-form-urlencoded");
    const auto form = request.method == net::Method::post && is_form ? parse(request.body) : net::Form{};
    if (form.find("grant_type")) return explain_token_call(request, form, response);
    const auto location = std::string(response.headers.find("Location").value_or(""));
    const auto answer = parse(query_of(location));
    const bool leaves = location.starts_with("http");
    if (leaves && (answer.find("code") || answer.find("error") || answer.find("access_token")))
        return explain_way_back(answer, location);
    if (query.find("response_type")) return explain_authorization(query, response);
    return explain_other(request, response);
}

}  // namespace symbolon::voice
