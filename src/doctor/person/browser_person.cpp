#include "doctor/person/browser_person.hpp"

#include "base/encoding.hpp"
#include "base/markup.hpp"
#include "crypto/hash.hpp"
#include "net/respond.hpp"

#include <utility>

namespace symbolon::doctor {

namespace {

/// Nobody presses a button within this time of a page's appearance.
constexpr std::chrono::milliseconds too_quick_for_people{1500};
constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

net::Response page(const std::string& head, const std::string& text, std::string_view csp) {
    auto out = net::html(200,
                         "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Symbolon doctor</title>"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">" +
                             head +
                             "</head><body style=\"font-family:sans-serif;margin:3rem auto;max-width:36rem\">"
                             "<h1>Symbolon doctor</h1><p>" +
                             escape_html(text) + "</p></body></html>");
    out.headers.set("Content-Security-Policy", std::string(csp));
    out.headers.set("Referrer-Policy", "no-referrer");
    out.headers.set("Cache-Control", "no-store");
    return out;
}

/// What came in a fragment stays in the browser; this page hands it on.
net::Response fragment_page(const std::string& start) {
    const auto script = "location.replace('" + start + "/fragment?'+location.hash.slice(1))";
    return page("<script>" + script + "</script>", {},
                "default-src 'none'; script-src 'sha256-" + to_base64(crypto::sha256(script)) +
                    "'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
}

}  // namespace

BrowserPerson::BrowserPerson(Places places, std::chrono::seconds patience, std::function<void(const std::string&)> tell)
    : places_(std::move(places)), patience_(patience), tell_(std::move(tell)) {}

std::optional<Arrival> BrowserPerson::go(const Errand& errand) {
    if (errand.intent == Intent::end_access || errand.intent == Intent::leave_at_code || errand.url.empty())
        return std::nullopt;
    std::unique_lock lock(mutex_);
    if (ended_) return std::nullopt;
    errand_ = errand;
    sent_.reset();
    arrival_.reset();
    changed_.notify_all();
    const bool first = !std::exchange(invited_, true);
    lock.unlock();
    if (first) tell_("Open " + places_.redirect.origin() + places_.start + " in a browser.");
    const auto origin = places_.redirect.origin();
    tell_(errand.why + (errand.intent == Intent::sign_out ? " Then open " + origin + places_.start + " again." : ""));
    lock.lock();
    changed_.wait_for(lock, patience_, [this] { return ended_ || arrival_.has_value(); });
    errand_.reset();
    return std::exchange(arrival_, std::nullopt);
}

void BrowserPerson::end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

std::optional<net::Response> BrowserPerson::serve(const net::Request& request) {
    if (request.method != net::Method::get || request.host != places_.redirect.authority) return std::nullopt;
    if (request.path == places_.start + "/fragment") return take(places_.redirect.place() + "#" + request.query);
    if (request.path == places_.start) return send_on();
    if (request.path != places_.redirect.path) return std::nullopt;
    if (!request.query.empty()) return take(places_.redirect.place() + "?" + request.query);
    return fragment_page(places_.start);
}

net::Response BrowserPerson::send_on() {
    const std::scoped_lock lock(mutex_);
    if (ended_) {
        if (!places_.done.empty()) return net::redirect(302, places_.done);
        return page({}, "The doctor has what it needs. You may close this page.", policy);
    }
    // Where a sign-out ends is the server's business; who comes back here by hand has done it.
    if (errand_ && errand_->intent == Intent::sign_out && sent_ && !arrival_) {
        arrival_ = Arrival{};
        changed_.notify_all();
    }
    if (!errand_ || arrival_) {
        return page("<meta http-equiv=\"refresh\" content=\"1;url=" + escape_html(places_.start) + "\">",
                    "The doctor is at work. This page goes on by itself.", policy);
    }
    sent_ = SteadyClock::now();
    return net::redirect(302, errand_->url);
}

net::Response BrowserPerson::take(std::string url) {
    const std::scoped_lock lock(mutex_);
    if (errand_ && !arrival_ && sent_) {
        arrival_ = Arrival{std::move(url), {}, {}, {}, {}};
        const auto took = SteadyClock::now() - *sent_;
        if (took < too_quick_for_people) arrival_->asked = false;
        if (took >= 2 * too_quick_for_people) arrival_->asked = true;
        changed_.notify_all();
    }
    return net::redirect(302, places_.start);
}

}  // namespace symbolon::doctor
