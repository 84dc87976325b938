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
    context["username"] = visit.carried.login;
    context["delivery_medium"] = visit.carried.medium;
    const bool beside = refusal && refusal->place == Place::code;
    add_code_field(context, visit, CodeSource::message, beside ? refusal->text : std::string_view{});
    if (refusal && !beside) context["error"] = text_of(visit, *refusal);
    return page_response(visit, refusal ? refusal->status : 200, "confirm", context);
}

Task<net::Response> resend(Flow& flow, Visit visit) {
    auto carried = visit.carried;
    std::optional<Error> refused;
    try {
        const auto delivery =
            co_await flow.sign_up.resend(visit.site.pool, visit.authorization.client, carried.login, visit.caller());
        carried.destination = delivery.destination;
    } catch (const Error& e) {
        refused = e;
    }
    if (refused) co_return show(visit, shown_at_resend(refused->code));
    carried.notice = "notice_code_resent";
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirm", carried);
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    std::optional<Error> refused;
    try {
        co_await flow.sign_up.confirm(visit.site.pool, visit.authorization.client, visit.carried.login,
                                      OneTimeCode(code_in(visit)), false, visit.caller());
    } catch (const Error& e) {
        refused = e;
    }
    // Already confirmed is as good as confirmed: a second click must not look like a failure.
    if (refused && refused->code != Errc::not_authorized) co_return show(visit, shown(*refused));
    Carried carried;
    carried.login = visit.carried.login;
    carried.notice = "notice_confirmed";
    co_return go_to(flow, visit, "/login", carried);
}

}  // namespace

Task<net::Response> confirm_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "confirm") co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show(visit);
    if (visit.form.find("resend")) co_return co_await resend(flow, std::move(visit));
    co_return co_await submit(flow, std::move(visit));
}

}  // namespace symbolon::pages
