#include "pages/authenticator_app.hpp"
#include "pages/fields.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"

#include <algorithm>
#include <optional>
#include <utility>

// A second factor for a person who owes one and has none: an authenticator app, or an e-mail address for codes.
// Spec: oauth-and-hosted-ui.md §1.6, pages 10 and 11.
namespace symbolon::pages {

namespace {

bool offers(const Visit& visit, std::string_view factor) {
    return std::find(visit.carried.choices.begin(), visit.carried.choices.end(), factor) != visit.carried.choices.end();
}

net::Response show_app(const Visit& visit, const std::optional<Shown>& refusal) {
    auto context = page_context(visit);
    const bool beside = refusal && refusal->place == Place::code;
    add_code_field(context, visit, CodeSource::app, beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    add_authenticator_app(context, visit, visit.carried.secret, visit.carried.shown_as);
    if (offers(visit, factor_email)) context["offers_email"] = true;
    return page_response(visit, refusal ? refusal->status : 200, "mfa_register", context);
}

net::Response show_email(const Visit& visit, const std::optional<Shown>& refusal) {
    auto context = page_context(visit);
    if (refusal) context["error"] = text_of(visit, *refusal);
    context["email"] = visit.form.get("email");
    if (offers(visit, factor_app)) context["offers_app"] = true;
    return page_response(visit, refusal ? refusal->status : 200, "mfa_email", context);
}

net::Response show(const Visit& visit, const std::optional<Shown>& refusal = {}) {
    return visit.carried.factor == factor_app ? show_app(visit, refusal) : show_email(visit, refusal);
}

/// To the page of a factor; an app gets a new secret, and its challenge a new session.
Task<net::Response> begin(Flow& flow, Visit visit, Carried carried, std::string factor) {
    carried.factor = std::move(factor);
    if (carried.factor == factor_app) {
        auto setup = co_await flow.authenticators.associate_in_session(carried.session, visit.caller());
        carried.session = std::move(setup.session);
        carried.secret = std::move(setup.secret_code);
    }
    co_return go_to(flow, visit, "/mfa/register", carried);
}

Task<signin::Outcome> prove(Flow& flow, const Visit& visit) {
    auto session = visit.carried.session;
    std::string email;
    if (visit.carried.factor == factor_app)
        session = co_await flow.authenticators.verify_in_session(session, OneTimeCode(code_in(visit)),
                                                                 visit.form.get("device_name"), visit.caller());
    else
        email = visit.form.get("email");
    co_return co_await flow.sign_in.with_mfa_setup(visit.site.pool, visit.authorization.client, std::move(session),
                                                   std::nullopt, std::move(email), visit.caller());
}

Shown shown_here(const Error& error) {
    if (error.code == Errc::invalid_parameter) return {"error_email", Place::page};
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
    if (refused->code == Errc::not_authorized) co_return start_again(flow, visit, refused->code);
    co_return show(visit, shown_here(*refused));
}

}  // namespace

Task<net::Response> begin_mfa_register(Flow& flow, Visit visit, signin::Challenge challenge) {
    Carried carried;
    carried.step = "mfa_register";
    carried.session = std::move(challenge.session);
    carried.shown_as = visit.carried.shown_as;
    for (const auto kind : challenge.choices) {
        if (kind == signin::ChallengeKind::software_token_mfa) carried.choices.emplace_back(factor_app);
        if (kind == signin::ChallengeKind::email_mfa) carried.choices.emplace_back(factor_email);
    }
    if (carried.choices.empty()) throw Error(Errc::mfa_method_not_found, "The account has no second factor.");
    const bool has_app = std::find(carried.choices.begin(), carried.choices.end(), factor_app) != carried.choices.end();
    std::string factor(has_app ? factor_app : factor_email);
    co_return co_await begin(flow, std::move(visit), std::move(carried), std::move(factor));
}

Task<net::Response> mfa_register_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "mfa_register") co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show(visit);
    auto other = visit.form.get("method");
    if (offers(visit, other)) {
        auto carried = visit.carried;
        co_return co_await begin(flow, std::move(visit), std::move(carried), std::move(other));
    }
    co_return co_await submit(flow, std::move(visit));
}

}  // namespace symbolon::pages
