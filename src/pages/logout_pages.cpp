#include "pages/logout_pages.hpp"

#include "net/cookie.hpp"
#include "net/respond.hpp"
#include "oauth/endpoints.hpp"
#include "oauth/logout.hpp"
#include "pages/page.hpp"

#include <boost/json/array.hpp>

#include <optional>
#include <utility>

namespace symbolon::pages {
namespace {

/// What the page goes on with; nothing when its URL was not made here, or long ago.
std::optional<oauth::Leaving> find_leaving(const Flow& flow, const Visit& visit) {
    return oauth::open_leaving(flow.services, visit.site, visit.query.get(oauth::leaving_parameter));
}

net::Response too_late(const Visit& visit) {
    return error_page(visit, 400, "error_expired_title", "error_expired_text", "");
}

}  // namespace

Task<net::Response> logout_confirm_page(Flow& flow, Visit visit) {
    auto leaving = find_leaving(flow, visit);
    if (!leaving) co_return too_late(visit);
    visit.authorization.redirect_uri = leaving->target;  // where the form may end
    if (visit.request.method != net::Method::post) {
        auto context = page_context(visit);
        if (!leaving->client.empty()) context["asker"] = leaving->client;
        co_return page_response(visit, 200, "logout_confirm", context);
    }
    if (!visit.form.find("logout")) co_return net::redirect(302, visit.site.url + "/account");
    auto handle = net::find_cookie(visit.request, oauth::session_cookie);
    auto location =
        co_await oauth::end_session(flow.services, flow.sessions, visit.site, std::move(handle), std::move(*leaving));
    // A form may end at the target alone: to a provider the browser comes from a page.
    if (location.starts_with(visit.site.url + std::string(oauth::provider_sign_out_path))) {
        oauth::Leaving onward;
        onward.target = std::move(location);
        location = oauth::leaving_url(flow.services, visit.site, "/logout/apps", std::move(onward));
    }
    auto response = net::redirect(302, std::move(location));
    response.headers.set("Cache-Control", "no-store");
    oauth::drop_session(visit.site, response);
    co_return response;
}

Task<net::Response> logout_apps_page(Flow& flow, Visit visit) {
    const auto leaving = find_leaving(flow, visit);
    if (!leaving) co_return too_late(visit);
    visit.frames = leaving->frames;
    auto context = page_context(visit);
    context["target"] = leaving->target;
    boost::json::array frames;
    for (const auto& url : leaving->frames) frames.push_back(boost::json::object{{"url", url}});
    context["frames"] = std::move(frames);
    co_return page_response(visit, 200, "logout_apps", context);
}

}  // namespace symbolon::pages
