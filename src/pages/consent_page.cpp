#include "pages/consent_page.hpp"

#include "net/respond.hpp"
#include "oauth/consent.hpp"
#include "pages/page.hpp"
#include "pages/scope_texts.hpp"

#include <utility>

namespace symbolon::pages {
namespace {

Task<net::Response> show(Flow& flow, Visit visit, signin::SignedIn person) {
    auto context = page_context(visit);
    context["username"] = person.login;
    context["scopes"] = co_await describe_scopes(flow, visit);
    const auto& extensions = visit.authorization.client->extensions;
    auto& client = context["client"].as_object();
    if (extensions.policy_uri) client["privacy"] = extensions.policy_uri->str();
    if (extensions.tos_uri) client["terms"] = extensions.tos_uri->str();
    co_return page_response(visit, 200, "consent", context);
}

}  // namespace

Task<net::Response> consent_page(Flow& flow, Visit visit) {
    if (is_for_us(visit.authorization)) co_return net::redirect(302, visit.authorization.redirect_uri);
    auto person = co_await find_signed_in(flow, visit);
    if (!person) co_return go_to(flow, visit, "/login", {});
    if (visit.request.method != net::Method::post || !visit.form.find("allow"))
        co_return co_await show(flow, std::move(visit), std::move(*person));
    co_await oauth::allow(flow.services, visit.authorization, person->user_id);
    auto response = co_await flow.authorization.respond(visit.site, visit.authorization, std::move(*person));
    response.headers.set("Cache-Control", "no-store");
    drop_carried(visit, response);
    co_return response;
}

}  // namespace symbolon::pages
