#include "pages/fields.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"

#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

net::Response show(const Visit& visit, std::optional<Shown> refusal = {}, bool repeat_differs = false) {
    auto context = page_context(visit);
    if (!visit.carried.shown_as.empty()) context["username"] = visit.carried.shown_as;
    add_attribute_fields(context, visit, visit.carried.missing_attributes);
    const bool beside = refusal && refusal->place == Place::password;
    add_password_policy(context, visit, beside ? refusal->text : std::string_view{});
    if (repeat_differs) context["repeat_problem"] = visit.text("error_password_mismatch");
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    const int status = repeat_differs ? 400 : 200;
    return page_response(visit, refusal ? refusal->status : status, "new_password", context);
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    const auto password = visit.form.get("password");
    if (password != visit.form.get("confirm_password")) co_return show(visit, {}, true);
    std::optional<Error> refused;
    try {
        auto outcome = co_await flow.sign_in.with_new_password(visit.site.pool, visit.authorization.client,
                                                               visit.carried.session, std::nullopt, Password(password),
                                                               attributes_in(visit), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized) {
        Carried carried;
        carried.error = "error_session_expired";
        co_return go_to(flow, visit, "/login", carried);
    }
    if (refused->code == Errc::invalid_parameter) co_return show(visit, Shown{"error_required", Place::page});
    co_return show(visit, shown(*refused));
}

}  // namespace

Task<net::Response> new_password_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "new_password") co_return go_to(flow, visit, "/login", {});
    if (visit.request.method == net::Method::post) co_return co_await submit(flow, std::move(visit));
    co_return show(visit);
}

}  // namespace symbolon::pages
