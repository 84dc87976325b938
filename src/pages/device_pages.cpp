#include "pages/device_pages.hpp"

#include "base/error.hpp"
#include "net/respond.hpp"
#include "oauth/device_authorization.hpp"
#include "oauth/device_request.hpp"
#include "pages/page.hpp"
#include "pages/qr_code.hpp"
#include "pages/scope_texts.hpp"

#include <string>
#include <utility>

namespace symbolon::pages {
namespace {

using directory::DeviceAuthorization;

net::Response show_form(const Visit& visit, const std::string& typed, std::string_view problem = {}) {
    auto context = page_context(visit);
    context["user_code"] = typed;
    if (!problem.empty()) context["code_problem"] = visit.text(problem);
    return page_response(visit, problem.empty() ? 200 : 400, "device", context);
}

net::Response go_to(const Visit& visit, const std::string& url) {
    auto response = net::redirect(302, url);
    response.headers.set("Cache-Control", "no-store");
    keep_browser(visit, response);
    return response;
}

/// Where the person signs in for this device.
net::Response to_sign_in(const Visit& visit, const std::string& sealed) {
    net::Form query;
    query.add(std::string(oauth::device_parameter), sealed);
    return go_to(visit, visit.site.url + "/login?" + query.encode());
}

/// The device of a visit, which the browser carries.
Task<std::optional<oauth::WaitingDevice>> find_device(Flow& flow, const Visit& visit) {
    auto sealed = visit.query.get(std::string(oauth::device_parameter));
    return oauth::find_waiting_device(flow.services, visit.site.pool->id, visit.browser, std::move(sealed));
}

net::Response show_done(const Visit& visit, bool allowed) {
    auto context = page_context(visit);
    if (allowed) context["allowed"] = true;
    return page_response(visit, 200, "device_done", context);
}

net::Response too_late(const Visit& visit) {
    return show_form(visit, {}, "error_device_code");
}

Task<net::Response> decide(Flow& flow, Visit visit, DeviceAuthorization device, signin::SignedIn signed_in) {
    oauth::DeviceAuthorizationService devices(flow.services);
    const bool allows = visit.form.find("allow").has_value();
    bool answered = false;
    if (allows) {
        answered = co_await devices.approve(std::move(device), std::move(signed_in));
    } else {
        answered = co_await devices.deny(std::move(device));
    }
    if (!answered) co_return too_late(visit);
    co_return show_done(visit, allows);
}

}  // namespace

Task<std::optional<oauth::AuthorizationRequest>> find_device_request(Flow& flow, const Visit& visit) {
    auto found = co_await find_device(flow, visit);
    if (!found) co_return std::nullopt;
    co_return oauth::make_device_request(visit.site, std::move(found->client),
                                         visit.query.get(std::string(oauth::device_parameter)));
}

/// A code that came with the address is shown all the same: the person shall compare it (RFC 8628 §3.3.1).
Task<net::Response> device_page(Flow& flow, Visit visit) {
    if (visit.request.method != net::Method::post) {
        const auto given = oauth::read_user_code(visit.query.get("user_code"));
        co_return show_form(visit, given ? oauth::show_user_code(*given) : std::string{});
    }
    const auto typed = visit.form.get("user_code");
    const auto code = oauth::read_user_code(typed);
    if (!code) co_return show_form(visit, typed, "error_device_code");
    oauth::DeviceAuthorizationService devices(flow.services);
    bool found = false;
    std::optional<Error> refused;
    try {
        const auto device = co_await devices.find(visit.site.pool->id, *code, visit.request.client_address);
        found = device.has_value();
    } catch (const Error& error) {
        refused = error;
    }
    if (refused && refused->code != Errc::too_many_requests) throw std::move(*refused);
    if (refused) co_return show_form(visit, typed, "error_device_tries");
    if (!found) co_return show_form(visit, typed, "error_device_code");
    co_return to_sign_in(visit, oauth::seal_device(flow.services, visit.site.pool->id, visit.browser, *code));
}

/// Of any code that could be one: whether it is says only the page.
Task<net::Response> device_qr_code(Flow& /*flow*/, Visit visit) {
    const auto code = oauth::read_user_code(visit.query.get("user_code"));
    if (!code) co_return error_page(visit, 404, "error_not_found_title", "error_not_found_text", "");
    const auto qr = make_qr_code(oauth::device_page_url(visit.site, oauth::show_user_code(*code)));
    const auto size = std::to_string(qr.size);
    net::Response response;
    response.body = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
                    "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size +
                    "H0z\"/><path d=\"" + qr.path + "\"/></svg>\n";
    response.headers.add("Content-Type", "image/svg+xml");
    response.headers.add("Content-Security-Policy", "default-src 'none'");
    response.headers.add("X-Content-Type-Options", "nosniff");
    response.headers.add("Cache-Control", "no-store");
    co_return response;
}

Task<net::Response> device_confirm_page(Flow& flow, Visit visit) {
    auto found = co_await find_device(flow, visit);
    if (!found) co_return too_late(visit);
    const auto sealed = visit.query.get(oauth::device_parameter);
    visit.authorization = oauth::make_device_request(visit.site, found->client, sealed);
    auto signed_in = co_await find_signed_in(flow, visit);
    if (!signed_in) co_return to_sign_in(visit, sealed);
    if (visit.request.method == net::Method::post) {
        co_return co_await decide(flow, std::move(visit), std::move(found->device), std::move(*signed_in));
    }
    visit.authorization.scopes = found->device.details.scopes;
    auto context = page_context(visit);
    context["scopes"] = co_await describe_scopes(flow, visit);
    context["user_code"] = oauth::show_user_code(found->user_code);
    context["username"] = signed_in->login;
    co_return page_response(visit, 200, "device_confirm", context);
}

}  // namespace symbolon::pages
