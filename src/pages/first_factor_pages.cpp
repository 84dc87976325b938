#include "pages/detours.hpp"
#include "pages/fields.hpp"
#include "pages/first_factor_steps.hpp"
#include "pages/page.hpp"
#include "signin/limits.hpp"

#include <utility>

// The pages on which a first factor is given: a password, a code that was sent, a passkey.
namespace symbolon::pages {

namespace {

using signin::ChallengeKind;

net::Response show_password(const Visit& visit, const std::optional<Shown>& refusal = {}) {
    auto context = first_context(visit);
    context["focus_password"] = true;
    const bool beside = refusal && refusal->place == Place::password;
    if (refusal) context[beside ? "password_problem" : "error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "first_password", context);
}

net::Response show_code(const Visit& visit, const std::optional<Shown>& refusal = {}) {
    auto context = first_context(visit);
    const bool beside = refusal && refusal->place == Place::code;
    add_code_field(context, visit, CodeSource::message, beside ? refusal->text : std::string_view{});
    context["code_length"] = std::to_string(signin::first_factor_code_digits);
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "first_code", context);
}

/// A code goes again as the choice of its factor; the former one ends.
Task<net::Response> resend(Flow& flow, Visit visit, ChallengeKind kind) {
    std::optional<Error> refused;
    signin::FirstFactor factor;
    factor.kind = kind;
    try {
        auto outcome = co_await choose(flow, visit, std::move(factor));
        if (const auto* challenge = std::get_if<signin::Challenge>(&outcome); challenge && challenge->kind == kind) {
            auto carried = carried_first(visit, *challenge);
            carried.notice = "notice_code_resent";
            co_return go_to(flow, visit, "/login/code", carried);
        }
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized) co_return start_again(flow, visit, refused->code);
    co_return show_code(visit, shown_at_resend(refused->code));
}

Task<net::Response> submit_code(Flow& flow, Visit visit, ChallengeKind kind) {
    std::optional<Error> refused;
    signin::CodeAnswer answer{
        .session = visit.carried.session, .login = visit.carried.login, .code = OneTimeCode(code_in(visit))};
    try {
        auto outcome = co_await flow.sign_in.with_first_code(visit.site.pool, hiding_client(visit), kind,
                                                             std::move(answer), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (has_detour(refused->code)) co_return co_await take_detour(flow, visit, visit.carried.login, refused->code);
    if (refused->code == Errc::not_authorized || refused->code == Errc::too_many_attempts)
        co_return start_again(flow, visit, refused->code);
    co_return show_code(visit, shown(*refused));
}

Task<net::Response> submit_password(Flow& flow, Visit visit) {
    std::optional<Error> refused;
    signin::FirstFactor factor;
    factor.kind = ChallengeKind::password;
    factor.password = Password(visit.form.get("password"));
    try {
        auto outcome = co_await choose(flow, visit, std::move(factor));
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (has_detour(refused->code)) co_return co_await take_detour(flow, visit, visit.carried.login, refused->code);
    // Who may not give a password looks like somebody who gave a wrong one.
    if (refused->code == Errc::invalid_parameter) co_return show_password(visit, shown(Errc::not_authorized));
    co_return show_password(visit, shown(*refused));
}

Task<net::Response> submit_passkey(Flow& flow, Visit visit) {
    std::optional<Error> refused;
    signin::FirstFactor factor;
    factor.kind = ChallengeKind::web_authn;
    factor.credential = visit.form.get("credential");
    try {
        auto outcome = co_await flow.sign_in.choose(visit.site.pool, hiding_client(visit), visit.carried.session,
                                                    visit.carried.login, std::move(factor), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (has_detour(refused->code)) co_return co_await take_detour(flow, visit, visit.carried.login, refused->code);
    if (to_ms(visit.now) >= visit.carried.expires_ms) co_return start_again(flow, visit, Errc::not_authorized);
    if (refused->code == Errc::not_authorized) co_return back_to_options(flow, visit, "error_passkey");
    co_return back_to_options(flow, visit, shown(refused->code).text);
}

}  // namespace

Task<net::Response> first_password_page(Flow& flow, Visit visit) {
    if (visit.carried.step != first_step) co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show_password(visit);
    if (visit.form.get("password").empty()) co_return show_password(visit, Shown{"error_required", Place::password});
    co_return co_await submit_password(flow, std::move(visit));
}

Task<net::Response> first_code_page(Flow& flow, Visit visit) {
    const auto& carried = visit.carried;
    const bool was_sent = carried.factor == first_email || carried.factor == first_sms;
    if (carried.step != first_step || !was_sent) co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show_code(visit);
    const auto kind = carried.factor == first_sms ? ChallengeKind::sms_otp : ChallengeKind::email_otp;
    if (visit.form.find("resend")) co_return co_await resend(flow, std::move(visit), kind);
    co_return co_await submit_code(flow, std::move(visit), kind);
}

Task<net::Response> first_passkey_page(Flow& flow, Visit visit) {
    if (visit.carried.step != first_step) co_return go_to(flow, visit, "/login", {});
    const bool answers = visit.request.method == net::Method::post && visit.carried.factor == first_passkey &&
                         visit.form.find("credential");
    // Looked at again, e.g. in another language: what the browser is to sign has to be made anew, on a click.
    if (!answers) co_return go_to(flow, visit, "/login/options", visit.carried);
    co_return co_await submit_passkey(flow, std::move(visit));
}

}  // namespace symbolon::pages
