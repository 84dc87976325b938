#include "pages/flow.hpp"

#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "pages/page.hpp"

#include <chrono>
#include <utility>
#include <variant>

namespace symbolon::pages {

namespace {

constexpr std::chrono::seconds resend_pause{30};

/// 302, not 303: script clients of the classic pages look for it (oauth-and-hosted-ui.md §1.5).
constexpr int found = 302;

std::string_view page_of(signin::ChallengeKind kind) {
    return kind == signin::ChallengeKind::sms_mfa ? "/mfa" : "/newPassword";
}

Carried carried_of(const Visit& visit, const signin::Challenge& challenge) {
    Carried out;
    out.step = challenge.kind == signin::ChallengeKind::sms_mfa ? "mfa" : "new_password";
    out.session = challenge.session;
    out.shown_as = visit.carried.shown_as;
    out.missing_attributes = challenge.required_attributes;
    out.resend_ms = next_resend(visit);
    if (challenge.delivery) {
        out.destination = challenge.delivery->destination;
        out.medium = challenge.delivery->medium;
    }
    return out;
}

}  // namespace

std::int64_t next_resend(const Visit& visit) {
    return to_ms(visit.now + resend_pause);
}

net::Response go_to(const Flow& flow, const Visit& visit, std::string_view page, const Carried& carried) {
    auto response = net::redirect(found, visit.link(page));
    response.headers.set("Cache-Control", "no-store");
    carry(flow.services, visit, carried, response);
    keep_browser(visit, response);
    return response;
}

Task<net::Response> go_on(Flow& flow, Visit visit, signin::Outcome outcome) {
    if (auto* signed_in = std::get_if<signin::SignedIn>(&outcome)) {
        co_return co_await finish(flow, std::move(visit), std::move(*signed_in));
    }
    const auto& challenge = std::get<signin::Challenge>(outcome);
    if (challenge.kind == signin::ChallengeKind::mfa_setup) {
        throw Error(Errc::mfa_method_not_found, "The account has no second factor.");
    }
    co_return go_to(flow, visit, page_of(challenge.kind), carried_of(visit, challenge));
}

Task<net::Response> finish(Flow& flow, Visit visit, signin::SignedIn signed_in) {
    auto handle = co_await flow.sessions.begin(signed_in);
    auto location = co_await flow.authorization.respond(visit.site, visit.authorization, std::move(signed_in));
    auto response = net::redirect(found, std::move(location));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    net::Cookie cookie;
    cookie.name = oauth::session_cookie;
    cookie.value = std::move(handle);
    cookie.path = visit.site.cookie_path;
    cookie.secure = visit.site.secure;
    cookie.max_age = signin::BrowserSessionService::life;
    net::set_cookie(response, cookie);
    drop_carried(visit, response);
    co_return response;
}

}  // namespace symbolon::pages
