#include "pages/pages.hpp"

#include "base/log.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "oauth/account_request.hpp"
#include "oauth/device_request.hpp"
#include "oauth/logout.hpp"
#include "pages/account/account_page.hpp"
#include "pages/assets.hpp"
#include "pages/consent_page.hpp"
#include "pages/dead_end_page.hpp"
#include "pages/device_pages.hpp"
#include "pages/first_factors.hpp"
#include "pages/flow.hpp"
#include "pages/logout_pages.hpp"
#include "pages/looks.hpp"
#include "pages/page.hpp"
#include "pages/passkey_add_page.hpp"
#include "pages/providers.hpp"
#include "pages/refusals.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <variant>

namespace symbolon::pages {

namespace {

using Page = Task<net::Response> (*)(Flow& flow, Visit visit);

struct Route {
    std::string_view path;  ///< lower case: the service's own links spell some of them in several ways
    Page page;
};

constexpr std::array<Route, 15> routes{{{"/login", &sign_in_page},
                                        {"/login/options", &first_options_page},
                                        {"/login/password", &first_password_page},
                                        {"/login/code", &first_code_page},
                                        {"/login/passkey", &first_passkey_page},
                                        {"/passkeys/add", &passkey_add_page},
                                        {"/consent", &consent_page},
                                        {"/signup", &sign_up_page},
                                        {"/confirm", &confirm_page},
                                        {"/mfa", &mfa_page},
                                        {"/mfa/options", &mfa_options_page},
                                        {"/mfa/register", &mfa_register_page},
                                        {"/newpassword", &new_password_page},
                                        {"/forgotpassword", &forgot_password_page},
                                        {"/confirmforgotpassword", &reset_password_page}}};

/// Pages that stand for themselves: they are of no authorization request. Their forms, too, are taken from our own
/// pages alone.
constexpr std::array<Route, 11> own_routes{{{"/account", &account_page},
                                            {"/account/app", &account_app_page},
                                            {"/account/delete", &account_delete_page},
                                            {"/account/password", &account_password_page},
                                            {"/confirmuser", &confirm_user_page},
                                            {"/device", &device_page},
                                            {"/device/confirm", &device_confirm_page},
                                            {"/device/qr", &device_qr_code},
                                            {"/feedback", &feedback_page},
                                            {"/logout/confirm", &logout_confirm_page},
                                            {"/logout/apps", &logout_apps_page}}};

constexpr std::array<std::string_view, 2> texts{"/error", "/signedout"};

std::string to_lower(std::string_view path) {
    std::string out(path);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return out;
}

const Route* find_route(std::string_view lower_path) {
    const auto found = std::find_if(routes.begin(), routes.end(), [&](const Route& r) { return r.path == lower_path; });
    return found == routes.end() ? nullptr : &*found;
}

const Route* find_own_route(std::string_view lower_path) {
    const auto found =
        std::find_if(own_routes.begin(), own_routes.end(), [&](const Route& r) { return r.path == lower_path; });
    return found == own_routes.end() ? nullptr : &*found;
}

bool is_page(std::string_view lower_path) {
    return find_route(lower_path) != nullptr || find_own_route(lower_path) != nullptr ||
           std::find(texts.begin(), texts.end(), lower_path) != texts.end();
}

bool is_method(const net::Request& request) {
    return request.method == net::Method::get || request.method == net::Method::head ||
           request.method == net::Method::post;
}

net::Response only_get_and_post() {
    auto response = net::text(405, "This page answers GET and POST.\n");
    response.headers.set("Allow", "GET, HEAD, POST");
    return response;
}

/// The page for what a rule or the database threw.
net::Response describe(const Visit& visit, const Error& error) {
    if (error.code == Errc::invalid_parameter) return error_page(visit, 400, "error_title", "error_text", "");
    log::error("page_error", {{"request_id", visit.request.request_id},
                              {"path", visit.path},
                              {"message", error.message},
                              {"detail", error.detail}});
    const bool passes = shown(error.code).status == 503;
    return failure_page(visit, passes ? 503 : 500);
}

}  // namespace

struct Pages::Impl {
    Flow flow;
    Looks looks{flow.services};

    Task<net::Response> answer(Visit visit) {
        const auto path = to_lower(visit.path);
        if (find_route(path) == nullptr) visit.look = co_await looks.find(visit.site, nullptr);
        if (path == "/error") co_return dead_end_page(visit);
        if (path == "/signedout") co_return page_response(visit, 200, "signed_out", page_context(visit));
        if (const auto* own = find_own_route(path)) {
            const bool is_form = visit.request.method == net::Method::post;
            if (is_form && !is_from_our_page(visit)) co_return foreign_form(visit);
            co_return co_await own->page(flow, std::move(visit));
        }
        co_return co_await interactive(std::move(visit), find_route(path)->page);
    }

    static net::Response foreign_form(const Visit& visit) {
        return error_page(visit, 403, "error_form_title", "error_form_text", "");
    }

    Task<net::Response> interactive(Visit visit, Page page) {
        if (oauth::is_account_query(visit.query)) {
            visit.authorization = co_await oauth::make_account_request(flow.services, visit.site, visit.query,
                                                                       visit.text("account_title"));
            co_return co_await proven(std::move(visit), page);
        }
        if (oauth::is_device_query(visit.query)) {
            auto request = co_await find_device_request(flow, visit);
            if (!request) co_return error_page(visit, 400, "error_expired_title", "error_expired_text", "");
            visit.authorization = std::move(*request);
            co_return co_await proven(std::move(visit), page);
        }
        auto checked = co_await flow.authorization.check(visit.site, visit.request.query);
        if (const auto* refused = std::get_if<oauth::ErrorPage>(&checked)) {
            co_return error_page(visit, 400, "error_title", "error_text", refused->code + ": " + refused->text);
        }
        if (auto* refused = std::get_if<oauth::ErrorRedirect>(&checked)) co_return std::move(refused->response);
        visit.authorization = std::get<oauth::AuthorizationRequest>(std::move(checked));
        co_return co_await proven(std::move(visit), page);
    }

    /// The page of a request that is proven, whose forms come from our pages.
    Task<net::Response> proven(Visit visit, Page page) {
        visit.look = co_await looks.find(visit.site, visit.authorization.client);
        if (visit.request.method == net::Method::post) {
            if (!is_from_our_page(visit)) co_return foreign_form(visit);
            if (visit.form.find("cancel")) co_return cancelled(visit);
        }
        const bool is_consent = to_lower(visit.path) == "/consent";  // of somebody who is in already
        if (!is_consent)
            if (auto away = to_provider(visit)) co_return std::move(*away);
        co_return co_await page(flow, std::move(visit));
    }

    static net::Response cancelled(const Visit& visit) {
        auto response = refuse(visit);
        drop_carried(visit, response);
        return response;
    }

    /// The end of a request whose person did not want to sign in.
    static net::Response refuse(const Visit& visit) {
        const auto& request = visit.authorization;
        if (oauth::is_for_account(request)) return net::redirect(302, oauth::signed_out_url(visit.site));
        if (oauth::is_for_device(request)) return net::redirect(302, visit.site.url + "/device");
        return oauth::Authorization::refuse(visit.site, request, "access_denied", "The user did not sign in.");
    }
};

Pages::Pages(signin::Services& services, oauth::Authorization& authorization, signin::SignIn& sign_in,
             signin::SignUp& sign_up, signin::Recovery& recovery, signin::BrowserSessionService& sessions)
    : impl_(std::make_unique<Impl>(Flow{services, authorization, sign_in, sign_up, recovery, sessions,
                                        signin::SoftwareTokenSetups(services)})) {}
Pages::~Pages() = default;

Task<net::Response> Pages::serve(oauth::Site site, net::Request request, std::string path) {
    auto asset = find_asset(path);
    const bool known = asset || is_look_path(path) || is_page(to_lower(path));
    if (!known && !net::accepts_html(request)) {
        co_return net::json(404, boost::json::object{{"message", "Nothing is here."}});
    }
    if (known && !is_method(request)) co_return only_get_and_post();
    if (asset) co_return std::move(*asset);
    if (is_look_path(path)) co_return co_await impl_->looks.serve(std::move(site), std::move(path));
    if (!known) request.body.clear();  // whatever it holds: it need not be a form
    Visit visit;
    std::optional<Error> refused;
    try {
        visit = begin_visit(impl_->flow.services, site, std::move(request), std::move(path));
        if (!known) co_return error_page(visit, 404, "error_not_found_title", "error_not_found_text", "");
        co_return co_await impl_->answer(visit);
    } catch (const Error& e) {
        refused = e;
    }
    if (visit.language == nullptr) {
        visit.site = std::move(site);
        visit.language = &languages().front();
    }
    co_return describe(visit, *refused);
}

bool Pages::knows(std::string_view path) {
    return is_page(to_lower(path)) || is_look_path(path) || find_asset(path).has_value();
}

net::Response Pages::refuse(oauth::Site site, net::Request request, std::string path, const Error& error) {
    if (auto asset = find_asset(path)) return std::move(*asset);
    Visit visit;
    visit.language = &choose_language(request, visit.query);
    visit.site = std::move(site);
    visit.request = std::move(request);
    visit.path = std::move(path);
    return describe(visit, error);
}

}  // namespace symbolon::pages
