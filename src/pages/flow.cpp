#include "pages/flow.hpp"

#include "directory/session_rules.hpp"
#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/account_request.hpp"
#include "oauth/consent.hpp"
#include "oauth/device_request.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/signed_in_for.hpp"
#include "pages/consent_page.hpp"
#include "pages/first_factors.hpp"
#include "pages/page.hpp"
#include "pages/passkey_offer.hpp"

#include <chrono>
#include <utility>
#include <variant>

namespace symbolon::pages {

namespace {

constexpr std::chrono::seconds resend_pause{30};

/// 302, not 303: script clients of the classic pages look for it (oauth-and-hosted-ui.md §1.5).
constexpr int found = 302;

/// The name of a second factor; "" for a challenge of another kind.
std::string_view factor_of(signin::ChallengeKind kind) {
    using enum signin::ChallengeKind;
    if (kind == sms_mfa) return factor_sms;
    if (kind == email_mfa) return factor_email;
    return kind == software_token_mfa ? factor_app : "";
}

Carried carried_of(const Visit& visit, const signin::Challenge& challenge) {
    Carried out;
    out.session = challenge.session;
    out.shown_as = visit.carried.shown_as;
    out.missing_attributes = challenge.required_attributes;
    out.factor = factor_of(challenge.kind);
    out.device_name = challenge.friendly_name;
    for (const auto choice : challenge.choices) out.choices.emplace_back(factor_of(choice));
    out.resend_ms = next_resend(visit);
    if (challenge.delivery) {
        out.destination = challenge.delivery->destination;
        out.medium = challenge.delivery->medium;
    }
    return out;
}

/// What a request for a person who is signed in ends with.
Task<net::Response> answer(Flow& flow, const Visit& visit, signin::SignedIn signed_in) {
    const auto& request = visit.authorization;
    if (oauth::is_for_account(request)) co_return net::redirect(found, request.redirect_uri);
    if (oauth::is_for_device(request))
        co_return net::redirect(found, oauth::device_confirm_url(flow.services, visit.site, request, signed_in));
    co_return co_await flow.authorization.respond(visit.site, visit.authorization, std::move(signed_in));
}

}  // namespace

bool is_for_us(const oauth::AuthorizationRequest& request) {
    return oauth::is_for_account(request) || oauth::is_for_device(request);
}

std::int64_t next_resend(const Visit& visit) {
    return to_ms(visit.now + resend_pause);
}

net::Response go_to(const Flow& flow, const Visit& visit, std::string_view page, const Carried& carried) {
    auto response = net::redirect(found, visit.link(page));
    response.headers.set("Cache-Control", "no-store");
    auto taken = carried;  // what asked for the sign-in is not forgotten on the way
    if (taken.after.empty()) taken.after = visit.carried.after;
    carry(flow.services, visit, taken, response);
    keep_browser(visit, response);
    return response;
}

Task<net::Response> go_on(Flow& flow, Visit visit, signin::Outcome outcome) {
    if (auto* signed_in = std::get_if<signin::SignedIn>(&outcome)) {
        co_return co_await finish(flow, std::move(visit), std::move(*signed_in));
    }
    auto challenge = std::get<signin::Challenge>(std::move(outcome));
    if (is_first_question(challenge.kind)) co_return show_first_question(flow, std::move(visit), std::move(challenge));
    using enum signin::ChallengeKind;
    if (challenge.kind == mfa_setup)
        co_return co_await begin_mfa_register(flow, std::move(visit), std::move(challenge));
    auto carried = carried_of(visit, challenge);
    if (challenge.kind == new_password_required) {
        carried.step = "new_password";
        co_return go_to(flow, visit, "/newPassword", carried);
    }
    if (challenge.kind == select_mfa_type) {
        carried.step = "mfa_options";
        co_return go_to(flow, visit, "/mfa/options", carried);
    }
    if (carried.factor.empty()) throw Error(Errc::internal, {}, "pages: a challenge without a page");
    carried.step = "mfa";
    co_return go_to(flow, visit, "/mfa", carried);
}

net::Response start_again(const Flow& flow, const Visit& visit, Errc code) {
    Carried carried;
    carried.error = code == Errc::not_authorized ? "error_session_expired" : "error_too_many_attempts";
    return go_to(flow, visit, "/login", carried);
}

signin::ChallengeKind kind_of(std::string_view factor) {
    using enum signin::ChallengeKind;
    if (factor == factor_app) return software_token_mfa;
    return factor == factor_email ? email_mfa : sms_mfa;
}

void keep_session(const Visit& visit, net::Response& response, std::string handle) {
    net::Cookie cookie;
    cookie.name = oauth::session_cookie;
    cookie.value = std::move(handle);
    cookie.path = visit.site.cookie_path;
    cookie.secure = visit.site.secure;
    cookie.max_age = directory::session_life(*visit.site.pool).longest;
    net::set_cookie(response, cookie);
}

Task<net::Response> finish(Flow& flow, Visit visit, signin::SignedIn signed_in) {
    auto begun = co_await flow.sessions.begin(visit.site.pool, std::move(signed_in), visit.agent());
    if (visit.carried.after.empty()) {
        const bool offers = co_await offers_passkey(flow, visit, begun.signed_in);
        if (offers) visit.carried.after = "/passkeys/add";
    }
    auto response = co_await go_on_as(flow, visit, std::move(begun.signed_in));
    keep_session(visit, response, std::move(begun.handle));
    co_return response;
}

Task<net::Response> go_on_as(Flow& flow, Visit visit, signin::SignedIn signed_in) {
    bool asks = false;
    if (!is_for_us(visit.authorization))
        asks = co_await oauth::needs_consent(flow.services, visit.site, visit.authorization, signed_in.user_id);
    net::Response response;
    if (!visit.carried.after.empty()) {
        const auto page = std::exchange(visit.carried.after, {});
        visit.authorization.query = oauth::signed_in_query(flow.services, visit.authorization, signed_in);
        response = go_to(flow, visit, page, {});
    } else if (asks) {
        response = net::redirect(found, oauth::consent_url(flow.services, visit.site, visit.authorization, signed_in));
        keep_browser(visit, response);
    } else {
        response = co_await answer(flow, visit, std::move(signed_in));
        drop_carried(visit, response);
    }
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    co_return response;
}

Task<std::optional<signin::SignedIn>> find_signed_in(Flow& flow, const Visit& visit) {
    const auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    if (!handle) co_return std::nullopt;
    const auto& request = visit.authorization;
    const auto& pool = visit.site.pool;
    if (const auto proof = visit.query.find(oauth::signed_in_parameter)) {
        auto person = co_await flow.sessions.find(pool, *handle);
        if (person && oauth::is_signed_in_for(flow.services, request, *person, *proof)) {
            person->client_id = request.client->id;
            co_return person;
        }
    }
    auto person = co_await flow.sessions.find(pool, request.client, *handle);
    if (person && !request.accepts(flow.services.sealer, *pool, *person, visit.now)) co_return std::nullopt;
    co_return person;
}

}  // namespace symbolon::pages
