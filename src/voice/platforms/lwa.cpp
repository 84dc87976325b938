#include "voice/platforms/lwa.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"
#include "voice/store.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <utility>

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::chrono::minutes code_life{5};
constexpr std::chrono::seconds access_life{3600};

net::Response refusal(int status, std::string_view error, std::string_view description) {
    auto response = net::json(status, json::object{{"error", error}, {"error_description", description}});
    response.headers.set("Cache-Control", "no-store");
    if (status == 401) response.headers.set("WWW-Authenticate", "Basic realm=\"lwa\"");
    return response;
}

MessagingCredentials read_proof(const net::Request& request, const net::Form& form) {
    const auto field = request.headers.find("Authorization").value_or("");
    if (net::equal_without_case(field.substr(0, 6), "Basic ")) {
        const auto pair = parse_base64(field.substr(6));
        const auto text = pair ? to_string(*pair) : std::string{};
        const auto colon = text.find(':');
        if (colon != std::string::npos) return {text.substr(0, colon), text.substr(colon + 1)};
    }
    return {form.get("client_id"), form.get("client_secret")};
}

/// Checks a proof against the skill's credentials; both parts are looked at, whichever is wrong.
bool proves(const MessagingCredentials& proof, const std::string& skill_id, const std::string& secret) {
    const bool same_client = crypto::equal_in_constant_time(proof.client_id, messaging_client_id(skill_id));
    const bool same_secret = crypto::equal_in_constant_time(proof.client_secret, secret);
    return !secret.empty() && same_client && same_secret;
}

/// A code is for who asked for it: at the same redirect URI, with the verifier of its challenge, or with none
/// (RFC 7636 §4.6; a verifier without a challenge is a downgrade, RFC 9700 §2.1.1).
bool fits(const Redemption& redemption, const PlatformGrant& grant) {
    if (grant.redirect_uri != redemption.redirect_uri) return false;
    if (redemption.code_verifier.empty()) return grant.code_challenge.empty();
    const auto challenge = to_base64url(crypto::sha256(redemption.code_verifier));
    return crypto::equal_in_constant_time(challenge, grant.code_challenge);
}

/// What an exchange came to: a refusal, or the pair that was saved.
struct Exchanged {
    bool known = false;
    bool proven = false;
    PlatformTokens tokens;
};

}  // namespace

std::string messaging_client_id(const std::string& skill_id) {
    const auto hash = to_hex(crypto::sha256("messaging client " + skill_id));
    return "amzn1.application-oa2-client." + hash.substr(0, 32);
}

std::string messaging_secret_name(const std::string& skill_id) {
    return "messaging_secret " + skill_id;
}

Task<MessagingCredentials> Lwa::credentials(std::string skill_id) {
    const auto fresh = parts_.random.token();
    const auto work = [&](db::Transaction& tx) {
        Store store(tx, parts_.sealer);
        if (auto found = store.find_setting(messaging_secret_name(skill_id))) return *found;
        store.save_setting(messaging_secret_name(skill_id), fresh);
        return fresh;
    };
    auto secret = co_await parts_.db.write(work);
    MessagingCredentials out{messaging_client_id(skill_id), std::move(secret)};
    co_return out;
}

Task<std::string> Lwa::make_code(std::string purpose, std::string skill_id, std::string account,
                                 std::string redirect_uri) {
    PlatformGrant grant;
    grant.purpose = std::move(purpose);
    grant.skill_id = std::move(skill_id);
    grant.account = std::move(account);
    grant.redirect_uri = std::move(redirect_uri);
    co_return co_await make_code(std::move(grant));
}

Task<std::string> Lwa::make_code(PlatformGrant grant) {
    const auto code = parts_.random.token(24);
    grant.kind = "code";
    grant.expires = parts_.clock.now() + code_life;
    const auto work = [&](db::Transaction& tx) { PlatformGrants(tx).save(code, grant); };
    co_await parts_.db.write(work);
    co_return code;
}

Task<PlatformTokens> Lwa::redeem(Redemption redemption, MessagingCredentials proof) {
    const auto now = parts_.clock.now();
    const auto& kind = redemption.kind;
    const auto& token = redemption.token;
    const bool refreshes = kind == "refresh";
    PlatformTokens fresh{"Atza|" + parts_.random.token(48), refreshes ? token : "Atzr|" + parts_.random.token(48),
                         access_life.count()};
    const auto work = [&](db::Transaction& tx) {
        PlatformGrants grants(tx);
        Store store(tx, parts_.sealer);
        auto grant = grants.find(token, kind, now);
        if (!grant || !fits(redemption, *grant)) return Exchanged{};
        if (!proves(proof, grant->skill_id, store.find_setting(messaging_secret_name(grant->skill_id)).value_or("")))
            return Exchanged{true, false, {}};
        if (!refreshes) grants.consume(token, kind, now);
        grant->redirect_uri.clear();
        grant->code_challenge.clear();
        grant->kind = "access";
        grant->expires = now + access_life;
        grants.save(fresh.access_token, *grant);
        grant->kind = "refresh";
        grant->expires.reset();
        if (!refreshes) grants.save(fresh.refresh_token, *grant);
        return Exchanged{true, true, fresh};
    };
    auto exchanged = co_await parts_.db.write(work);
    if (!exchanged.known) throw Error(Errc::oauth_invalid_grant, "The code or refresh token is not known here.");
    if (!exchanged.proven) throw Error(Errc::oauth_invalid_client, "These are not the skill's messaging credentials.");
    co_return std::move(exchanged.tokens);
}

Task<net::Response> Lwa::token_endpoint(net::Request request) {
    std::optional<Error> refused;
    try {
        const auto form = net::Form::parse(request.body);
        const auto grant = form.get("grant_type");
        const bool is_code = grant == "authorization_code";
        if (!is_code && grant != "refresh_token") {
            co_return refusal(400, "unsupported_grant_type", "authorization_code and refresh_token are known here.");
        }
        Redemption redemption;
        redemption.kind = is_code ? "code" : "refresh";
        redemption.token = is_code ? form.get("code") : form.get("refresh_token");
        if (is_code) redemption.redirect_uri = form.get("redirect_uri");
        if (is_code) redemption.code_verifier = form.get("code_verifier");
        auto proof = read_proof(request, form);
        const auto tokens = co_await redeem(std::move(redemption), std::move(proof));
        auto response = net::json(200, json::object{{"access_token", tokens.access_token},
                                                    {"refresh_token", tokens.refresh_token},
                                                    {"token_type", "bearer"},
                                                    {"expires_in", tokens.expires_in}});
        response.headers.set("Cache-Control", "no-store");
        co_return response;
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::oauth_invalid_client) co_return refusal(401, "invalid_client", refused->message);
    if (refused->code == Errc::oauth_invalid_grant) co_return refusal(400, "invalid_grant", refused->message);
    if (refused->code == Errc::invalid_parameter) co_return refusal(400, "invalid_request", refused->message);
    throw Error(*refused);
}

Task<std::optional<PlatformGrant>> Lwa::who(std::string access_token) {
    const auto now = parts_.clock.now();
    const auto work = [&](db::Transaction& tx) { return PlatformGrants(tx).find(access_token, "access", now); };
    co_return co_await parts_.db.read(work);
}

Task<void> Lwa::forget(std::string skill_id, std::string account) {
    const auto work = [&](db::Transaction& tx) { PlatformGrants(tx).delete_all(skill_id, account); };
    co_await parts_.db.write(work);
}

}  // namespace symbolon::voice
