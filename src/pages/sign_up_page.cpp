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
    const auto at = [&](Place place) {
        return refusal && refusal->place == place ? refusal->text : std::string_view{};
    };
    add_username_field(context, visit, FieldUse::sign_up, at(Place::username));
    add_attribute_fields(context, visit, required_attributes(*visit.site.pool));
    add_password_policy(context, visit, at(Place::password));
    if (refusal && at(Place::username).empty() && at(Place::password).empty()) {
        context["error"] = text_of(visit, *refusal);
    }
    return page_response(visit, refusal ? refusal->status : 200, "sign_up", context);
}

Task<net::Response> submit(Flow& flow, Visit visit) {
    const auto username = username_in(visit);
    if (!username) {
        co_return show(visit,
                       Shown{visit.form.find("username") ? "error_phone_invalid" : "error_required", Place::username});
    }
    const auto password = visit.form.get("password");
    signin::SignUpResult result;
    std::optional<Error> refused;
    try {
        result = co_await flow.sign_up.sign_up(visit.site.pool, visit.authorization.client, *username,
                                               Password(password), attributes_in(visit), visit.caller());
    } catch (const Error& e) {
        refused = e;
    }
    if (refused && refused->code == Errc::not_authorized)
        co_return show(visit, Shown{"error_sign_up_closed", Place::page});
    if (refused) co_return show(visit, shown(*refused));
    Carried carried;
    carried.login = *username;
    carried.shown_as = *username;
    if (result.confirmed || !result.delivery) {
        carried.notice = "notice_confirmed";
        co_return go_to(flow, visit, "/login", carried);
    }
    carried.step = "confirm";
    carried.destination = result.delivery->destination;
    carried.medium = result.delivery->medium;
    carried.resend_ms = next_resend(visit);
    co_return go_to(flow, visit, "/confirm", carried);
}

}  // namespace

Task<net::Response> sign_up_page(Flow& flow, Visit visit) {
    if (!offers_sign_up(visit)) co_return error_page(visit, 404, "error_title", "error_sign_up_closed", "");
    if (visit.request.method == net::Method::post) co_return co_await submit(flow, std::move(visit));
    co_return show(visit);
}

}  // namespace symbolon::pages
