#include "pages/fields.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

net::Response show_forgot(const Visit& visit, std::optional<Shown> refusal = {}) {
    auto context = page_context(visit);
    const bool beside = refusal && refusal->place == Place::username;
    add_username_field(context, visit, FieldUse::sign_in, beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "forgot_password", context);
}

net::Response show_reset(const Visit& visit, std::optional<Shown> refusal = {}, bool repeat_differs = false) {
    auto context = page_context(visit);
    context["username"] = visit.carried.shown_as;
    const auto at = [&](Place place) {
        return refusal && refusal->place == place ? refusal->text : std::string_view{};
    };
    add_code_field(context, visit, CodeSource::message, at(Place::code));
    context.erase("destination");  // an unknown user has none: the page must not differ
    add_password_policy(context, visit, at(Place::password));
    if (repeat_differs) context["repeat_problem"] = visit.text("error_password_mismatch");
    if (refusal && at(Place::code).empty() && at(Place::password).empty()) context["error"] = text_of(visit, *refusal);
    const int status = repeat_differs ? 400 : 200;
    return page_response(visit, refusal ? refusal->status : status, "reset_password", context);
}

/// Asks for a code. Whether the account exists is not told: a refusal that would tell it looks like a sent code.
Task<std::optional<Errc>> ask(Flow& flow, const Visit& visit, std::string login) {
    try {
        co_await flow.recovery.forgot(visit.site.pool, visit.authorization.client, std::move(login), visit.caller());
    } catch (const Error& e) {
        if (e.code == Errc::limit_exceeded || e.code == Errc::too_many_requests || e.code == Errc::unavailable) {
            co_return e.code;
        }
    }
    co_return std::nullopt;
}

Task<net::Response> submit_forgot(Flow& flow, Visit visit) {
    const auto login = username_in(visit);
    if (!login) co_return show_forgot(visit, Shown{"error_phone_invalid", Place::username});
    const auto refused = co_await ask(flow, visit, *login);
    if (refused) co_return show_forgot(visit, shown(*refused));
    Carried carried;
    carried.step = "reset";
    carried.login = *login;
    carried.shown_as = *login;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirmForgotPassword", carried);
}

Task<net::Response> resend(Flow& flow, Visit visit) {
    const auto refused = co_await ask(flow, visit, visit.carried.login);
    if (refused) co_return show_reset(visit, shown_at_resend(*refused));
    auto carried = visit.carried;
    carried.notice = "notice_code_resent";
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirmForgotPassword", carried);
}

/// How a refusal of a reset looks: one that would tell whether the account exists looks like a wrong code.
Shown shown_at_reset(Errc code) {
    if (code == Errc::user_not_found || code == Errc::not_authorized || code == Errc::user_not_confirmed) {
        return shown(Errc::code_mismatch);
    }
    return shown(code);
}

Task<net::Response> submit_reset(Flow& flow, Visit visit) {
    const auto password = visit.form.get("password");
    if (password != visit.form.get("confirm_password")) co_return show_reset(visit, {}, true);
    std::optional<Error> refused;
    try {
        co_await flow.recovery.confirm(visit.site.pool, visit.authorization.client, visit.carried.login,
                                       OneTimeCode(code_in(visit)), Password(password), visit.caller());
    } catch (const Error& e) {
        refused = e;
    }
    if (refused) co_return show_reset(visit, shown_at_reset(refused->code));
    Carried carried;
    carried.login = visit.carried.login;
    carried.notice = "notice_password_saved";
    co_return go_to(flow, visit, "/login", carried);
}

}  // namespace

Task<net::Response> forgot_password_page(Flow& flow, Visit visit) {
    if (visit.request.method == net::Method::post) co_return co_await submit_forgot(flow, std::move(visit));
    co_return show_forgot(visit);
}

Task<net::Response> reset_password_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "reset") co_return go_to(flow, visit, "/forgotPassword", {});
    if (visit.request.method != net::Method::post) co_return show_reset(visit);
    if (visit.form.find("resend")) co_return co_await resend(flow, std::move(visit));
    co_return co_await submit_reset(flow, std::move(visit));
}

}  // namespace symbolon::pages
