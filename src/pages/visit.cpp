#include "pages/visit.hpp"

#include "base/shape/codec.hpp"
#include "crypto/hash.hpp"
#include "net/cookie.hpp"
#include "net/origin.hpp"
#include "oauth/device_request.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <utility>

namespace symbolon::pages {

BOOST_DESCRIBE_STRUCT(Carried, (),
                      (step, session, login, shown_as, destination, medium, notice, error, missing_attributes, factor,
                       choices, secret, device_name, resend_ms, expires_ms, after))

namespace {

using oauth::browser_cookie;
constexpr std::string_view carried_cookie = "page-data";
constexpr std::string_view purpose = "page-data";
constexpr std::chrono::minutes carried_life{15};
constexpr std::size_t handle_length = 36;

std::string context_of(const Visit& visit) {
    return visit.site.pool->id.str() + "|" + visit.browser;
}

net::Cookie cookie(const Visit& visit, std::string_view name, std::string value) {
    net::Cookie out;
    out.name = name;
    out.value = std::move(value);
    out.path = visit.site.cookie_path;
    out.secure = visit.site.secure;
    return out;
}

Carried open_carried(const signin::Services& services, const Visit& visit) {
    const auto sealed = net::find_cookie(visit.request, carried_cookie);
    if (!sealed) return {};
    const auto plain = services.sealer.open_text(purpose, context_of(visit), *sealed);
    if (!plain) return {};
    return decode<Carried>(boost::json::parse(*plain).as_object());
}

}  // namespace

signin::Caller Visit::caller() const {
    signin::Caller out{.address = request.client_address, .browser = browser};
    out.user_agent = request.headers.find("User-Agent").value_or("");
    out.fingerprint = form.find("cognitoAsfData").value_or("");  // the field that the service's own pages have
    out.request_id = request.request_id;
    return out;
}

std::string Visit::link(std::string_view page) const {
    return site.url + std::string(page) + (authorization.query.empty() ? "" : "?" + authorization.query);
}

Visit begin_visit(const signin::Services& services, oauth::Site site, net::Request request, std::string path) {
    Visit visit;
    visit.query = net::Form::parse(request.query);
    if (request.method == net::Method::post) visit.form = net::Form::parse(request.body);
    visit.language = &choose_language(request, visit.query);
    visit.browser = net::find_cookie(request, browser_cookie).value_or("");
    if (visit.browser.size() != handle_length) {
        visit.browser = services.random.uuid();
        visit.new_browser = true;
    }
    visit.site = std::move(site);
    visit.request = std::move(request);
    visit.path = std::move(path);
    visit.now = services.clock.now();
    if (!visit.new_browser) visit.carried = open_carried(services, visit);
    return visit;
}

bool is_from_our_page(const Visit& visit) {
    if (visit.new_browser || net::is_from_another_origin(visit.request)) return false;
    auto token = visit.form.find("_csrf");
    if (!token) token = visit.form.find("csrf");
    return token && crypto::equal_in_constant_time(*token, visit.browser);
}

void carry(const signin::Services& services, const Visit& visit, const Carried& carried, net::Response& response) {
    const auto plain = boost::json::serialize(encode(carried));
    auto out = cookie(visit, carried_cookie, services.sealer.seal_text(purpose, context_of(visit), plain));
    out.max_age = carried_life;
    net::set_cookie(response, out);
}

void drop_carried(const Visit& visit, net::Response& response) {
    net::clear_cookie(response, cookie(visit, carried_cookie, ""));
}

void keep_browser(const Visit& visit, net::Response& response) {
    if (visit.new_browser) net::set_cookie(response, cookie(visit, browser_cookie, visit.browser));
}

}  // namespace symbolon::pages
