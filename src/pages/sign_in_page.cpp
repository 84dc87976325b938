#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "pages/fields.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

net::Response show(const Visit& visit, std::optional<Shown> refusal = {}) {
    auto context = page_context(visit);
    const bool beside = refusal && refusal->place == Place::username;
    add_username_field(context, visit, FieldUse::sign_in, beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = visit.text(refusal->text);
    return page_response(visit, refusal ? refusal->status : 200, "sign_in", context);
}

Task<std::optional<signin::SignedIn>> find_session(Flow& flow, const Visit& visit) {
    const auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    if (!handle || visit.authorization.prompt_login) co_return std::nullopt;
    co_return co_await flow.sessions.find(visit.site.pool, visit.authorization.client, *handle);
}

net::Response show_continue(const Visit& visit, const signin::SignedIn& signed_in) {
    auto context = page_context(visit);
    context["username"] = signed_in.login;
    return page_response(visit, 200, "continue_as", context);
}

/// The right password of an account that was never confirmed: straight to its confirmation, with a new code.
Task<net::Response> to_confirmation(Flow& flow, Visit visit, std::string login) {
    const auto delivery =
        co_await flow.sign_up.resend(visit.site.pool, visit.authorization.client, login, visit.caller());
    Carried carried;
    carried.step = "confirm";
    carried.login = std::move(login);
    carried.destination = delivery.destination;
    carried.medium = delivery.medium;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirm", carried);
}

Task<net::Response> to_recovery(Flow& flow, Visit visit, std::string login) {
    const auto delivery =
        co_await flow.recovery.forgot(visit.site.pool, visit.authorization.client, login, visit.caller());
    Carried carried;
    carried.step = "reset";
    carried.login = login;
    carried.shown_as = std::move(login);
    carried.destination = delivery.destination;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirmForgotPassword", carried);
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    const auto login = username_in(visit);
    const auto password = visit.form.find("password");
    if (!login && visit.form.find("username")) co_return show(visit, Shown{"error_phone_invalid", Place::username});
    if (!login || !password) co_return show(visit, Shown{"error_incorrect_credentials", Place::page});
    std::optional<Error> refused;
    try {
        auto outcome = co_await flow.sign_in.with_password(visit.site.pool, visit.authorization.client, *login,
                                                           Password(*password), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::user_not_confirmed) co_return co_await to_confirmation(flow, std::move(visit), *login);
    if (refused->code == Errc::password_reset_required) co_return co_await to_recovery(flow, std::move(visit), *login);
    co_return show(visit, shown(refused->code));
}

}  // namespace

Task<net::Response> sign_in_page(Flow& flow, Visit visit) {
    const bool post = visit.request.method == net::Method::post;
    // The two buttons of the page for somebody who is signed in already.
    const bool goes_on = visit.form.find("continue").has_value();
    const bool as_another = visit.form.find("another").has_value();
    if (post && !goes_on && !as_another) co_return co_await submit(flow, std::move(visit));
    const auto session = co_await find_session(flow, visit);
    if (session && post && goes_on) co_return co_await finish(flow, std::move(visit), *session);
    if (session && !post) co_return show_continue(visit, *session);
    co_return show(visit);
}

}  // namespace symbolon::pages
