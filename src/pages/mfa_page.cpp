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
    const bool beside = refusal && refusal->place == Place::code;
    const bool app = visit.carried.factor == factor_app;
    if (app) context["authenticator"] = true;
    if (!visit.carried.device_name.empty()) context["device_name"] = visit.carried.device_name;
    add_code_field(context, visit, app ? CodeSource::app : CodeSource::message,
                   beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "mfa", context);
}

Task<net::Response> resend(Flow& flow, Visit visit) {
    std::optional<signin::Challenge> challenge;
    std::optional<Error> refused;
    try {
        challenge = co_await flow.sign_in.resend(visit.site.pool, visit.authorization.client, visit.carried.session,
                                                 visit.caller());
    } catch (const Error& e) {
        refused = e;
    }
    if (refused && refused->code == Errc::not_authorized) co_return start_again(flow, visit, refused->code);
    if (refused) co_return show(visit, shown_at_resend(refused->code));
    auto carried = visit.carried;
    carried.session = challenge->session;
    if (challenge->delivery) carried.destination = challenge->delivery->destination;
    carried.notice = "notice_code_resent";
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/mfa", carried);
}

Task<signin::Outcome> prove(Flow& flow, const Visit& visit) {
    const auto& pool = visit.site.pool;
    const auto& client = visit.authorization.client;
    OneTimeCode code(code_in(visit));
    if (visit.carried.factor == factor_sms)
        co_return co_await flow.sign_in.with_sms_code(pool, client, visit.carried.session, std::nullopt,
                                                      std::move(code), visit.caller());
    signin::CodeAnswer answer{.session = visit.carried.session, .login = {}, .code = std::move(code)};
    if (visit.carried.factor == factor_email)
        co_return co_await flow.sign_in.with_email_code(pool, client, std::move(answer), visit.caller());
    co_return co_await flow.sign_in.with_software_token(pool, client, std::move(answer), visit.caller());
}

/// A code of an app is not sent, so nobody can be told to ask for another one.
Shown shown_for(const Visit& visit, const Error& error) {
    if (error.code == Errc::code_expired && visit.carried.factor == factor_app) return {"error_code_used", Place::code};
    return shown(error);
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    std::optional<Error> refused;
    try {
        auto outcome = co_await prove(flow, visit);
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized || refused->code == Errc::too_many_attempts ||
        refused->code == Errc::limit_exceeded) {
        co_return start_again(flow, visit, refused->code);
    }
    co_return show(visit, shown_for(visit, *refused));
}

}  // namespace

Task<net::Response> mfa_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "mfa") co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show(visit);
    if (visit.form.find("resend") && visit.carried.factor != factor_app)
        co_return co_await resend(flow, std::move(visit));
    co_return co_await submit(flow, std::move(visit));
}

}  // namespace symbolon::pages
