#include "pages/account/account_view.hpp"

#include "base/encoding.hpp"
#include "base/shape/choice.hpp"
#include "directory/consents.hpp"
#include "directory/software_tokens.hpp"
#include "directory/user_sessions.hpp"
#include "directory/web_authn_credentials.hpp"
#include "oauth/account_request.hpp"
#include "oauth/redirect_uris.hpp"
#include "pages/account/agent_name.hpp"
#include "pages/page.hpp"
#include "pages/passkey_offer.hpp"
#include "signin/mfa_preference.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

namespace symbolon::pages {
namespace {

namespace json = boost::json;
using directory::MfaFactor;
using directory::UserSession;

constexpr int most_shown = 100;  // of each kind

/// What the page tells, read in one moment.
struct Account {
    std::vector<UserSession> sessions;
    std::vector<directory::Consent> consents;
    std::vector<directory::WebAuthnCredential> passkeys;
    bool has_app = false;
};

Account read_account(db::Transaction& tx, const crypto::Sealer& sealer, const Person& person, Instant now) {
    const auto& user = person.user;
    Account account;
    account.sessions = directory::UserSessions(tx, sealer).list(user, std::nullopt, 2 * most_shown, now);
    account.consents = directory::Consents(tx).list(user.pool_id, user.id, "", most_shown);
    account.passkeys = directory::WebAuthnCredentials(tx).of_user(user.pool_id, user.id);
    account.has_app = directory::SoftwareTokens(tx, sealer).has(user.pool_id, user.id);
    return account;
}

/// "2026-11-28 20:04": to the minute, UTC.
json::object time_of(Instant moment) {
    auto text = to_iso8601(moment);
    json::object out{{"datetime", text}};
    text.resize(16);
    text[10] = ' ';
    out["text"] = text + " UTC";
    return out;
}

json::array show_sessions(const Visit& visit, const Account& account, const Person& person) {
    json::array out;
    for (const auto& session : account.sessions) {
        if (session.kind != UserSession::Kind::browser) continue;
        auto name = agent_name(session.agent);
        json::object shown{{"id", session.id},
                           {"name", name.empty() ? visit.text("account_unknown_browser") : std::move(name)},
                           {"began", time_of(session.began)},
                           {"used", time_of(std::max(session.used, session.began))}};
        if (session.session_hash == person.session_hash) shown["current"] = true;
        out.push_back(std::move(shown));
    }
    return out;
}

/// Apps that hold tokens or that were allowed something, each with the oldest moment of either.
std::map<std::string, Instant> apps_of(const Account& account) {
    std::map<std::string, Instant> since;
    const auto note = [&](const ClientId& client, Instant moment) {
        const auto [entry, is_new] = since.emplace(client.str(), moment);
        if (!is_new) entry->second = std::min(entry->second, moment);
    };
    for (const auto& session : account.sessions)
        if (session.kind == UserSession::Kind::tokens) note(session.client_id, session.began);
    for (const auto& consent : account.consents) note(consent.client_id, consent.given);
    return since;
}

/// Where a sign-in at the app begins, which is told whom it is to ask (OpenID Connect Core §4).
std::string begin_url(const Visit& visit, const std::string& uri) {
    net::Form parameters;
    parameters.add("iss", visit.site.issuer);
    return oauth::append_to_query(uri, parameters.encode());
}

Task<json::array> show_apps(Flow& flow, const Visit& visit, const Account& account) {
    json::array out;
    for (const auto& [id, since] : apps_of(account)) {
        const auto client = co_await flow.services.catalog.find_client(ClientId(id));
        if (!client || client->pool_id != visit.site.pool->id) continue;
        json::object shown{{"id", id}, {"name", client->name}, {"since", time_of(since)}};
        if (const auto& uri = client->extensions.initiate_login_uri) shown["url"] = begin_url(visit, uri->str());
        out.push_back(std::move(shown));
    }
    co_return out;
}

/// Whether the pool and the person's data allow a factor to be switched on.
bool can_turn_on(const Visit& visit, const Person& person, MfaFactor factor, bool has_app) {
    const auto& pool = *visit.site.pool;
    switch (factor) {
        case MfaFactor::SMS_MFA:
            return pool.sms_mfa_configured() && person.user.is_verified("phone_number");
        case MfaFactor::SOFTWARE_TOKEN_MFA:
            return signin::allows_software_tokens(pool) && has_app;
        case MfaFactor::EMAIL_OTP:
            return pool.settings.EmailMfaConfiguration && person.user.is_verified("email");
        case MfaFactor::WEB_AUTHN:
            return false;  // a passkey is no second factor here
    }
    return false;
}

json::array show_factors(const Visit& visit, const Person& person, bool has_app) {
    constexpr std::array<std::pair<MfaFactor, std::string_view>, 3> factors{
        {{MfaFactor::SMS_MFA, "mfa_option_sms"},
         {MfaFactor::EMAIL_OTP, "mfa_option_email"},
         {MfaFactor::SOFTWARE_TOKEN_MFA, "mfa_option_app"}}};
    // Where the pool requires one, whatever a person has is asked for, and there is nothing to switch.
    const bool is_required = visit.site.pool->mfa_required();
    json::array out;
    for (const auto& [factor, text] : factors) {
        const bool is_chosen = person.user.mfa.has(factor);
        if (!is_chosen && !can_turn_on(visit, person, factor, has_app)) continue;
        json::object shown{{"value", to_name(factor)}, {"label", visit.text(text)}};
        if (is_chosen || is_required) shown["on"] = true;
        if (!is_required) shown["can_switch"] = true;
        out.push_back(std::move(shown));
    }
    return out;
}

/// The page for another passkey, which comes back here.
std::string passkey_url(const Visit& visit) {
    net::Form query;
    query.add("client_id", std::string(oauth::account_client_id));
    return visit.site.url + "/passkeys/add?" + query.encode();
}

json::array show_passkeys(const Visit& visit, const Account& account) {
    json::array out;
    for (const auto& passkey : account.passkeys) {
        const bool unnamed = passkey.friendly_name.empty();
        out.push_back(json::object{{"id", to_base64url(passkey.id)},
                                   {"name", unnamed ? visit.text("account_passkey") : passkey.friendly_name},
                                   {"since", time_of(passkey.created)}});
    }
    return out;
}

}  // namespace

Task<json::object> account_context(Flow& flow, Visit visit, Person person) {
    const auto& sealer = flow.services.sealer;
    const auto look = [&](db::Transaction& tx) { return read_account(tx, sealer, person, visit.now); };
    const auto account = co_await flow.services.db.read(look);
    const auto& pool = *visit.site.pool;
    auto context = page_context(visit);
    context["username"] = person.signed_in.login;
    context["sessions"] = show_sessions(visit, account, person);
    auto apps = co_await show_apps(flow, visit, account);
    if (!apps.empty()) context["has_apps"] = true;
    context["apps"] = std::move(apps);
    if (pool.mfa_possible()) {
        context["has_factors"] = true;
        context["factors"] = show_factors(visit, person, account.has_app);
        if (signin::allows_software_tokens(pool)) context["app_url"] = visit.site.url + "/account/app";
        if (account.has_app) context["has_app"] = true;
    }
    const bool can_add = can_make_passkey(flow, visit);
    if (can_add || !account.passkeys.empty()) {
        context["has_passkeys"] = true;
        context["passkeys"] = show_passkeys(visit, account);
        if (can_add) context["passkey_url"] = passkey_url(visit);
    }
    if (!person.user.password_hash.empty()) context["password_url"] = visit.site.url + "/account/password";
    context["delete_url"] = visit.site.url + "/account/delete";
    co_return context;
}

}  // namespace symbolon::pages
