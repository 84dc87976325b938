#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"
#include "world.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace symbolon::doctor::test {

namespace json = boost::json;

namespace {

net::Response refuse(const char* error, int status = 400) {
    return json_answer(status, std::string(R"({"error":")") + error + "\"}");
}

std::string bearer(const HttpRequest& request) {
    const auto field = request.headers.find("Authorization").value_or("");
    return field.starts_with("Bearer ") ? std::string(field.substr(7)) : std::string{};
}

}  // namespace

/// The client that proved itself; "" when none did.
std::string World::authenticate(const net::Form& form, const HttpRequest& request) const {
    const auto known = subject();
    auto id = form.get("client_id"), secret = form.get("client_secret");
    const std::string_view field = request.headers.find("Authorization").value_or("");
    if (!field.empty()) {
        if (is("AL-TOK-001") || is_other("AL-TOK-001") || !field.starts_with("Basic ")) return {};
        const auto pair = to_string(parse_base64(field.substr(6)).value_or(Bytes{}));
        id = pair.substr(0, pair.find(':'));
        const auto given = pair.substr(pair.find(':') + 1);
        const auto decoded = percent_decode(given);
        // A secret of plain characters reads the same either way.
        if (is("AL-TOK-004") && given == known.client.secret.reveal()) return {};
        secret = decoded.value_or(given);
    } else if (is("AL-TOK-002")) {
        return {};
    }
    if (id == known.client.id && secret == known.client.secret.reveal()) return id;
    if (id == known.other_client->id && secret == known.other_client->secret.reveal()) return id;
    return {};
}

net::Response World::token(const HttpRequest& request) {
    if (request.method != "POST") {
        if (is("AL-TOK-022")) return json_answer(200, "{}");
        return refuse("invalid_request", 405);
    }
    if (is("AL-TOK-019") && request.headers.find("Content-Type").value_or("").find("charset") != std::string_view::npos)
        return net::text(415, "Unsupported media type");
    const auto form = parameters_of(request.body);
    if (is("AL-TOK-003") && request.headers.find("Authorization") && form.find("client_id"))
        return refuse("invalid_request");
    const auto client = authenticate(form, request);
    if (client.empty()) return is("AL-TOK-005") ? net::html(403, "<p>Forbidden</p>") : refuse("invalid_client", 401);
    auto out = grant(form, client, request);
    if (!is("AL-TOK-020")) out.headers.set("Cache-Control", "no-store");
    return out;
}

net::Response World::grant(const net::Form& form, const std::string& client, const HttpRequest& request) {
    const auto type = form.get("grant_type");
    if (type == "authorization_code") return exchange(form, client);
    if (type == "refresh_token") return refresh(form, request);
    if (type == "urn:ietf:params:oauth:grant-type:jwt-bearer") return assert_identity(form);
    if (type == "client_credentials")
        return is("AL-TOK-024")
                   ? refuse("unauthorized_client")
                   : json_answer(200, R"({"access_token":"of-the-service","token_type":"Bearer","expires_in":3600})");
    return is("AL-TOK-023") ? net::text(500, "exception") : refuse("unsupported_grant_type");
}

net::Response World::exchange(const net::Form& form, const std::string& client) {
    const auto found = codes_.find(form.get("code"));
    if (found == codes_.end()) return is("AL-TOK-006") ? net::text(500, "exception") : refuse("invalid_grant");
    auto& code = found->second;
    if (code.client != client && !is("AL-TOK-021")) return refuse("invalid_grant");
    if (code.ticket.redirect_uri != form.get("redirect_uri") && !is("AL-TOK-017")) return refuse("invalid_grant");
    const std::chrono::minutes life(is("codes of a minute") ? 1 : 5);
    if (clock.now() - code.issued >= life && !is("AL-AUZ-012")) return refuse("invalid_grant");
    if (code.used && !is("AL-TOK-018")) return refuse("invalid_grant");
    const auto verifier = form.get("code_verifier");
    if (!code.ticket.challenge.empty() && !is("AL-AUZ-013") &&
        code.ticket.challenge != to_base64url(crypto::sha256(verifier)))
        return refuse("invalid_grant");
    code.used = true;
    const auto token = random.token();
    refresh_tokens_[token] = {code.grant, {}, {}, {}, false, 0};
    return tokens(code.grant, token, false);
}

net::Response World::refresh(const net::Form& form, const HttpRequest& request) {
    const auto found = refresh_tokens_.find(form.get("refresh_token"));
    if (found == refresh_tokens_.end())
        return is("AL-REF-006") && form.get("refresh_token").starts_with("not-a-token") ? refuse("invalid_token", 401)
                                                                                        : refuse("invalid_grant");
    auto& token = found->second;
    const auto here = std::this_thread::get_id();
    if (is("AL-REF-001")) return refuse("unauthorized_client");
    if (is("AL-REF-005") && here != main_) return refuse("invalid_grant");
    const bool family_ends =
        (is_other("AL-REF-005") && here != main_) || (is_other("AL-REF-004") && token.heard && token.user == here);
    if (family_ends) {
        std::erase_if(refresh_tokens_,
                      [grant = token.grant](const auto& known) { return known.second.grant == grant; });
        return refuse("invalid_grant");
    }
    if (is("AL-REF-012") && token.generation > 10) return refuse("invalid_grant");
    if (!token.next.empty()) {
        // Faults of rotation: the former token is refused once its answer was heard, or after a few seconds.
        if (is("AL-REF-004") && token.heard && token.user == here) return refuse("invalid_grant");
        if (is("AL-REF-007") && clock.now() - token.used > std::chrono::seconds(5)) return refuse("invalid_grant");
    } else {
        token.next = random.token();
        token.user = here;
        token.used = clock.now();
        refresh_tokens_[token.next] = {token.grant, {}, {}, {}, false, token.generation + 1};
    }
    token.heard = !request.hang_up;
    if (is("AL-REF-003")) std::erase_if(access_tokens_, [&](const auto& known) { return known.second == token.grant; });
    return tokens(token.grant, token.next, true);
}

std::string World::make_access_token(const std::string& grant) {
    std::string out = random.token();
    if (is("AL-TOK-014")) out = random.token(2400);
    if (is_other("AL-TOK-014")) out = random.token(6400);
    if (is("AL-TOK-015"))
        out = to_base64url(bytes_of(R"({"alg":"RS256"})")) + "." +
              to_base64url(bytes_of(R"({"client_id":"skill-client","scope":"openid"})")) + "." + random.token();
    access_tokens_[out] = grant;
    return out;
}

net::Response World::tokens(const std::string& grant, const std::string& refresh_token, bool refreshed) {
    const auto access = make_access_token(grant);
    json::object body{
        {"token_type", "Bearer"}, {"scope", grants_[grant].scope}, {"refresh_token_expires_in", 31536000}};
    body[is("AL-TOK-008") && !refreshed ? "token" : "access_token"] = access;
    body["expires_in"] = is("AL-TOK-011") ? 300 : 3600;
    body["id_token"] = is("AL-TOK-016") ? access : "an.id.token";
    body["refresh_token"] = refresh_token;
    if (is("AL-TOK-009")) body["token_type"] = "mac";
    if (is("AL-TOK-010") && !refreshed) body["expires_in"] = "3600";
    if (is("AL-TOK-012") || is("AL-REF-010")) body.erase("refresh_token");
    if (is("AL-REF-002") && refreshed) body.erase("expires_in");
    if (is("AL-REF-009")) body["refresh_token_expires_in"] = 30 * 86400;
    if (is("AL-REF-011") && refreshed) body["scope"] = "openid";
    auto out = json_answer(200, json::serialize(body));
    if (is("AL-TOK-007") && !refreshed) out.headers.set("Content-Type", "text/html");
    return out;
}

net::Response World::assert_identity(const net::Form& form) {
    if (form.get("intent") == "check") return is("AL-GSI-001") ? net::text(500, "exception") : refuse("invalid_grant");
    return is("AL-GSI-002") ? refuse("user_not_found", 404) : refuse("linking_error", 401);
}

net::Response World::user_info(const HttpRequest& request) {
    const auto found = access_tokens_.find(bearer(request));
    if (found == access_tokens_.end()) {
        if (is("AL-USR-003")) return net::text(403, "Forbidden");
        auto out = refuse("invalid_token", 401);
        out.headers.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        return out;
    }
    if (is("AL-USR-001")) return net::text(500, "exception");
    json::object body{{"sub", is("AL-USR-004") ? "sub-" + found->second : "sub-1"}};
    if (!is("AL-USR-002")) body["phone_number"] = "+15550001111";
    return json_answer(200, json::serialize(body));
}

net::Response World::revoke(const HttpRequest& request) {
    const auto form = parameters_of(request.body);
    if (authenticate(form, request).empty()) return refuse("invalid_client", 401);
    const auto found = refresh_tokens_.find(form.get("token"));
    if (found == refresh_tokens_.end()) return is("AL-REV-001") ? refuse("invalid_request") : json_answer(200, "");
    if (is("AL-REV-002")) return json_answer(200, "");
    const auto grant = found->second.grant;
    std::erase_if(refresh_tokens_, [&](const auto& known) { return known.second.grant == grant; });
    std::erase_if(access_tokens_, [&](const auto& known) { return known.second == grant; });
    return json_answer(200, "");
}

net::Response World::metadata(bool openid) const {
    json::object body{{"issuer", base_},
                      {"authorization_endpoint", base_ + "/oauth2/authorize"},
                      {"token_endpoint", base_ + "/oauth2/token"},
                      {"userinfo_endpoint", base_ + "/oauth2/userInfo"},
                      {"revocation_endpoint", base_ + "/oauth2/revoke"},
                      {"end_session_endpoint", base_ + "/logout"},
                      {"jwks_uri", base_ + (openid && is("AL-MET-004") ? "/other.json" : "/jwks.json")},
                      {"code_challenge_methods_supported", json::array{is("AL-MET-002") ? "plain" : "S256"}},
                      {"scopes_supported", json::array{"openid", "phone"}}};
    if (is("foreign endpoints")) body["revocation_endpoint"] = "https://attacker.example/revoke";
    if (is("clear endpoints")) body["userinfo_endpoint"] = "http://id.example.test/oauth2/userInfo";
    if (is("AL-REF-010")) body["scopes_supported"].as_array().emplace_back("offline_access");
    return json_answer(200, json::serialize(body));
}

}  // namespace symbolon::doctor::test
