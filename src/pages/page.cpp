#include "pages/page.hpp"

#include "net/origin.hpp"
#include "net/respond.hpp"
#include "net/templates.hpp"
#include "oauth/account_request.hpp"
#include "pages/assets.hpp"
#include "pages/looks.hpp"

#include <boost/json/array.hpp>

#include <utility>

std::span<const symbolon::EmbeddedFile> page_files();

namespace symbolon::pages {

namespace json = boost::json;

namespace {

/// Where a form may end. Chromium applies form-action to the redirects after a POST too, and voice platforms pass the
/// browser on to a sibling of the host that we redirect to: so the redirect's origin and its sibling hosts.
std::string form_targets(const std::string& redirect_uri) {
    const auto scheme_end = redirect_uri.find("://");
    if (scheme_end == std::string::npos) {
        const auto colon = redirect_uri.find(':');
        return colon == std::string::npos ? "" : " " + redirect_uri.substr(0, colon + 1);
    }
    const auto scheme = redirect_uri.substr(0, scheme_end);
    if (scheme != "https" && scheme != "http") return " " + scheme + ":";
    const auto host_begin = scheme_end + 3;
    const auto host = redirect_uri.substr(host_begin, redirect_uri.find_first_of("/?#", host_begin) - host_begin);
    std::string out = " " + scheme + "://" + host;
    const auto first_dot = host.find('.');
    const bool named = host.find_first_not_of("0123456789.:[]") != std::string::npos;
    if (scheme == "https" && named && first_dot != std::string::npos &&
        host.find('.', first_dot + 1) != std::string::npos) {
        out += " https://*" + host.substr(first_dot);
    }
    return out;
}

/// Only what may stand in a policy: a redirect URI is checked when it is registered, but not for ';' or ','.
bool fits_in_policy(const std::string& text) {
    return text.find_first_of(";, \"'") == std::string::npos;
}

/// Exactly the origins of the page's frames; none has most pages.
std::string frame_sources(const std::vector<std::string>& urls) {
    std::string out;
    for (const auto& url : urls)
        if (const auto origin = net::origin_of(url); fits_in_policy(origin)) out += " " + origin;
    return out.empty() ? out : "; frame-src" + out;
}

std::string policy(const Visit& visit) {
    const auto& redirect_uri = visit.authorization.redirect_uri;
    return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'none'; base-uri "
           "'none'; "
           "frame-ancestors 'none'; form-action 'self'" +
           (fits_in_policy(redirect_uri) ? form_targets(redirect_uri) : std::string{}) + frame_sources(visit.frames);
}

/// The same page in another language: its query with `lang` exchanged.
std::string url_in(const Visit& visit, const std::string& code) {
    auto query = visit.query;
    query.remove("ui_locales");
    query.set("lang", code);
    return visit.site.url + visit.path + "?" + query.encode();
}

json::array language_links(const Visit& visit) {
    json::array out;
    for (const auto& language : languages()) {
        out.push_back(json::object{{"code", language.code},
                                   {"name", language.text("language_name")},
                                   {"url", url_in(visit, language.code)},
                                   {"current", &language == visit.language}});
    }
    return out;
}

std::string_view name_of(Scheme scheme) {
    if (scheme == Scheme::light) return "light";
    return scheme == Scheme::dark ? "dark" : "light dark";
}

/// The operator's own look, on top of ours.
void add_look(json::object& out, const Visit& visit) {
    const Look look = visit.look ? *visit.look : Look{};
    const auto url_of = [&](const std::string& address) { return visit.site.url + address; };
    out["color_scheme"] = std::string(name_of(look.scheme));
    if (look.scheme != Scheme::light) out["dark_style"] = true;
    if (look.scheme == Scheme::dynamic) out["dark_if_wished"] = true;
    if (look.scheme == Scheme::dark) out["dark_only"] = true;
    if (!look.style.empty()) out["custom_css"] = url_of(look.style);
    if (!look.style.empty() || !look.logo.empty()) out["has_look"] = true;
    if (!look.favicon.empty()) out["favicon"] = url_of(look.favicon);
    auto& client = out["client"].is_object() ? out["client"].get_object() : out["client"].emplace_object();
    if (!look.logo.empty()) client["logo"] = url_of(look.logo);
    if (!look.dark_logo.empty()) client["dark_logo"] = url_of(look.dark_logo);
    const auto terms = link_for(look.terms, visit.language->code);
    const auto privacy = link_for(look.privacy, visit.language->code);
    if (!terms.empty()) client["terms"] = terms;
    if (!privacy.empty()) client["privacy"] = privacy;
}

}  // namespace

bool offers_sign_up(const Visit& visit) {
    const auto& admin = visit.site.pool->settings.AdminCreateUserConfig;
    return !admin || !admin->AllowAdminCreateUserOnly.value_or(false);
}

json::object page_context(const Visit& visit) {
    json::object out{
        {"lang", visit.language->code},
        {"dir", visit.language->direction},
        {"assets", visit.site.url + "/assets"},
        {"version", assets_version()},
        {"t", visit.language->texts},
        {"has_languages", true},
        {"languages", language_links(visit)},
        {"action", visit.site.url + visit.path + (visit.request.query.empty() ? "" : "?" + visit.request.query)},
        {"csrf", visit.browser}};
    json::object links;
    if (visit.authorization.client) {
        out["client"] = json::object{{"name", visit.authorization.client->name}};
        out["can_cancel"] = true;
        if (oauth::is_for_account(visit.authorization)) out["for_account"] = true;
        links["sign_in"] = visit.link("/login");
        links["forgot_password"] = visit.link("/forgotPassword");
        if (offers_sign_up(visit)) links["sign_up"] = visit.link("/signup");
    }
    out["links"] = std::move(links);
    add_look(out, visit);
    if (!visit.carried.notice.empty()) out["notice"] = visit.text(visit.carried.notice);
    if (!visit.carried.error.empty()) out["error"] = visit.text(visit.carried.error);
    return out;
}

net::Response page_response(const Visit& visit, int status, std::string_view page, const json::object& context) {
    static const net::Templates templates(page_files());
    auto response = net::html(status, templates.render(page, context));
    auto& headers = response.headers;
    headers.set("Content-Security-Policy", policy(visit));
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (visit.site.secure) headers.set("Strict-Transport-Security", "max-age=31536000");
    keep_browser(visit, response);
    return response;
}

net::Response error_page(const Visit& visit, int status, std::string_view title_key, std::string_view text_key,
                         const std::string& detail) {
    auto context = page_context(visit);
    context["title"] = visit.text(title_key);
    context["text"] = visit.text(text_key);
    if (!detail.empty()) context["detail"] = detail;
    context["request_id"] = visit.request.request_id;
    return page_response(visit, status, "error", context);
}

}  // namespace symbolon::pages
