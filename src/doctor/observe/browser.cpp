#include "doctor/observe/browser.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::doctor {

namespace {

constexpr std::size_t max_hops = 10;
constexpr std::size_t max_cookies = 60;

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

/// Marks of pages that find out whether a browser is before them.
bool is_challenge(const std::string& html) {
    constexpr std::array<std::string_view, 6> marks{"cf-chl",       "challenge-platform", "g-recaptcha",
                                                    "hcaptcha.com", "Just a moment...",   "_Incapsula_"};
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return html.find(mark) != std::string::npos; });
}

/// A form that takes something from a person.
bool has_form(const std::string& html) {
    const auto forms = forms_of(parse_page(html));
    return std::any_of(forms.begin(), forms.end(), [](const PageForm& form) {
        return std::any_of(form.fields.begin(), form.fields.end(),
                           [](const Field& field) { return field.type != "hidden"; });
    });
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

bool Visit::is_page() const {
    const auto type = net::to_lower(answer.headers.find("Content-Type").value_or(""));
    return problem.empty() && arrived.empty() &&
           (type.starts_with("text/html") || type.starts_with("application/xhtml"));
}

bool Visit::is_walled() const {
    if (answer.status == 429 || answer.status == 503 || answer.headers.find("cf-mitigated")) return true;
    if (answer.status == 401 && answer.headers.find("WWW-Authenticate")) return true;
    // A captcha within a form of the server's own keeps no person out.
    return is_challenge(answer.body) && !has_form(answer.body);
}

std::vector<std::string> Visit::evidence() const {
    std::vector<std::string> out;
    for (const auto& hop : hops) {
        out.push_back("GET " + hop.url + " → HTTP " + std::to_string(hop.status) +
                      (hop.location.empty() ? "" : ", Location: " + hop.location));
    }
    if (!problem.empty()) out.push_back(problem);
    return out;
}

Browser::Browser(Http& http, std::string agent, std::vector<std::string> ours)
    : http_(http), agent_(std::move(agent)), ours_(std::move(ours)) {}

Visit Browser::get(const Url& url, const Destination& ends) {
    return go(prepare("GET", url), url, ends);
}

Visit Browser::post(const Url& url, const net::Form& form, const Destination& ends) {
    auto request = prepare("POST", url);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Origin", url.origin());
    request.body = form.encode();
    return go(std::move(request), url, ends);
}

Visit Browser::go(HttpRequest request, Url url, const Destination& ends) {
    Visit visit;
    visit.url = url;
    for (std::size_t hop = 0; hop < max_hops; ++hop) {
        try {
            visit.answer = http_.send(request);
        } catch (const net::ClientError& e) {
            visit.problem = "No answer from " + url.origin() + ": " + e.detail;
            visit.failure = e.failure;
            return visit;
        }
        visit.url = url;
        visit.took += visit.answer.took.total;
        keep_cookies(url, visit.answer);
        const auto location = std::string(visit.answer.headers.find("Location").value_or(""));
        const bool redirected = is_redirect(visit.answer.status) && !location.empty();
        visit.hops.push_back({url.text(), visit.answer.status, redirected ? location : ""});
        if (!redirected) return visit;
        const auto next = resolve_url(url, location);
        if (!next || ends(*next)) {
            visit.arrived = location;
            return visit;
        }
        url = *next;
        request = prepare("GET", url);
    }
    visit.problem = "More than " + std::to_string(max_hops) + " redirects.";
    return visit;
}

HttpRequest Browser::prepare(const std::string& method, const Url& url) const {
    HttpRequest request;
    request.method = method;
    request.url = url.text();
    request.headers.add("User-Agent", agent_);
    request.headers.add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    request.headers.add("Accept-Language", "en");
    if (auto cookies = cookies_for(url); !cookies.empty()) request.headers.add("Cookie", std::move(cookies));
    request.public_addresses_only = std::find(ours_.begin(), ours_.end(), url.host) == ours_.end();
    return request;
}

void Browser::keep_cookies(const Url& url, const HttpAnswer& answer) {
    for (const auto line : answer.headers.find_all("Set-Cookie")) keep_cookie(url, line);
}

void Browser::keep_cookie(const Url& url, std::string_view line) {
    const auto pair = line.substr(0, line.find(';'));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return;
    Kept cookie{url.host, url.path.substr(0, std::max<std::size_t>(url.path.rfind('/'), 1)),
                trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1)), false};
    CookieSeen seen{cookie.name, cookie.name + "=…", false, {}};
    bool ends = false;
    auto rest = line.substr(pair.size());
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto attribute = trimmed(rest.substr(0, rest.find(';')));
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        const auto lower = net::to_lower(attribute);
        seen.line += "; " + attribute;
        if (lower == "secure") cookie.secure = seen.secure = true;
        if (lower.starts_with("path=/")) cookie.path = attribute.substr(5);
        if (lower.starts_with("samesite=")) seen.same_site = lower.substr(9);
        ends =
            ends || lower == "max-age=0" || (lower.starts_with("expires=") && lower.find("1970") != std::string::npos);
    }
    std::erase_if(kept_, [&](const Kept& other) {
        return other.host == cookie.host && other.path == cookie.path && other.name == cookie.name;
    });
    if (ends) return;
    if (seen_.size() < max_cookies) seen_.push_back(std::move(seen));
    if (kept_.size() < max_cookies) kept_.push_back(std::move(cookie));
}

std::string Browser::cookies_for(const Url& url) const {
    std::string out;
    for (const auto& cookie : kept_) {
        const bool below = cookie.path == "/" || url.path == cookie.path || url.path.starts_with(cookie.path + "/") ||
                           (cookie.path.ends_with('/') && url.path.starts_with(cookie.path));
        if (cookie.host != url.host || !below) continue;
        if (cookie.secure && url.scheme != "https" && !is_loopback_host(url.host)) continue;
        out += (out.empty() ? "" : "; ") + cookie.name + "=" + cookie.value;
    }
    return out;
}

}  // namespace symbolon::doctor
