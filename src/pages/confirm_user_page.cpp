#include "base/error.hpp"
#include "pages/flow.hpp"
#include "pages/page.hpp"

#include <optional>
#include <utility>

// Where the link of a verification mail leads (signin/verification_link). Opening it shows a button: mail programs open
// links on their own, and must not confirm what nobody asked for.
namespace symbolon::pages {

namespace {

net::Response broken_link(const Visit& visit) {
    return error_page(visit, 400, "error_title", "error_text", "");
}

net::Response thank(const Visit& visit) {
    auto context = page_context(visit);
    context["title"] = visit.text("confirm_user_thanks");
    context["text"] = visit.text("confirm_user_thanks_lead");
    context["success"] = true;
    return page_response(visit, 200, "notice", context);
}

/// The client that the link names; nothing when it is none of this pool.
Task<signin::ClientPtr> find_client(Flow& flow, Visit visit) {
    const ClientId id(visit.query.get("client_id"));
    signin::ClientPtr client;
    try {
        client = co_await flow.services.catalog.get_client(id);
    } catch (const Error& error) {
        if (error.code != Errc::resource_not_found) throw;
    }
    if (client && client->pool_id != visit.site.pool->id) client.reset();
    co_return client;
}

Task<net::Response> confirm(Flow& flow, Visit visit, signin::ClientPtr client) {
    std::optional<Error> refused;
    try {
        co_await flow.sign_up.confirm(visit.site.pool, std::move(client), visit.query.get("user_name"),
                                      OneTimeCode(visit.query.get("confirmation_code")), false, visit.caller());
    } catch (const Error& error) {
        refused = error;
    }
    // Already confirmed is as good as confirmed: a second click must not look like a failure.
    co_return !refused || refused->code == Errc::not_authorized ? thank(visit) : broken_link(visit);
}

}  // namespace

Task<net::Response> confirm_user_page(Flow& flow, Visit visit) {
    auto client = co_await find_client(flow, visit);
    if (!client || visit.query.get("user_name").empty() || visit.query.get("confirmation_code").empty())
        co_return broken_link(visit);
    if (visit.request.method != net::Method::post)
        co_return page_response(visit, 200, "confirm_user", page_context(visit));
    co_return co_await confirm(flow, std::move(visit), std::move(client));
}

}  // namespace symbolon::pages
