#include "pages/flow.hpp"
#include "pages/page.hpp"
#include "pages/refusals.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace symbolon::pages {

namespace {

std::string_view label_of(std::string_view factor) {
    if (factor == factor_app) return "mfa_option_app";
    return factor == factor_email ? "mfa_option_email" : "mfa_option_sms";
}

net::Response show(const Visit& visit, std::optional<Shown> refusal = {}) {
    auto context = page_context(visit);
    boost::json::array factors;
    for (const auto& factor : visit.carried.choices)
        factors.push_back(boost::json::object{{"value", factor}, {"label", visit.text(label_of(factor))}});
    context["factors"] = std::move(factors);
    if (refusal) context["error"] = visit.text(refusal->text);
    return page_response(visit, refusal ? refusal->status : 200, "mfa_options", context);
}

Task<net::Response> submit(Flow& flow, Visit visit, std::string factor) {
    std::optional<Error> refused;
    try {
        auto outcome =
            co_await flow.sign_in.with_factor(visit.site.pool, visit.authorization.client, visit.carried.session,
                                              std::nullopt, kind_of(factor), visit.caller());
        co_return co_await go_on(flow, visit, std::move(outcome));
    } catch (const Error& e) {
        refused = e;
    }
    if (refused->code == Errc::not_authorized) co_return start_again(flow, visit, refused->code);
    co_return show(visit, shown_at_resend(refused->code));
}

}  // namespace

Task<net::Response> mfa_options_page(Flow& flow, Visit visit) {
    if (visit.carried.step != "mfa_options") co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post) co_return show(visit);
    auto factor = visit.form.get("factor");
    const auto& choices = visit.carried.choices;
    if (std::find(choices.begin(), choices.end(), factor) == choices.end()) co_return show(visit);
    co_return co_await submit(flow, std::move(visit), std::move(factor));
}

}  // namespace symbolon::pages
