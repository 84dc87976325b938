#pragma once

#include "doctor/html.hpp"
#include "doctor/transport.hpp"
#include "doctor/url.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::doctor {

/// One answer on the way to a page.
struct Hop {
    std::string url;
    int status = 0;
    std::string location;
};

/// Where following redirects has led.
struct Visit {
    std::vector<Hop> hops;
    HttpAnswer answer;    ///< the last
    Url url;              ///< of the last
    std::string arrived;  ///< the address that was not gone to, because the visit ends there; "" without one
    std::string problem;  ///< why it ended before a page came; "" without one
    std::optional<net::Failure> failure;  ///< of the exchange that brought no answer
    std::chrono::milliseconds took{0};

    bool is_page() const;
    /// Something in front of the server has answered in its place: a demand for a password, a limit, a challenge. A
    /// bare 401 or 403 may be the server's own.
    bool is_walled() const;
    /// One line for each hop.
    std::vector<std::string> evidence() const;
};

/// Says of an address that a visit ends there.
using Destination = std::function<bool(const Url&)>;

struct CookieSeen {
    std::string name;
    std::string line;  ///< as set, without the value
    bool secure = false;
    std::string same_site;  ///< lower case; "" when not said
};

/// Goes where a browser would, with its cookies, without running scripts. Redirects are followed a few times, to other
/// hosts only where these are public.
class Browser {
public:
    /// `agent`: User-Agent. `ours`: hosts that may be private, because the person named them.
    Browser(Http& http, std::string agent, std::vector<std::string> ours);

    Visit get(const Url& url, const Destination& ends);
    Visit post(const Url& url, const net::Form& form, const Destination& ends);

    const std::vector<CookieSeen>& cookies_seen() const { return seen_; }

private:
    struct Kept {
        std::string host, path, name, value;
        bool secure;
    };

    Visit go(HttpRequest request, Url url, const Destination& ends);
    HttpRequest prepare(const std::string& method, const Url& url) const;
    void keep_cookies(const Url& url, const HttpAnswer& answer);
    void keep_cookie(const Url& url, std::string_view line);
    std::string cookies_for(const Url& url) const;

    Http& http_;
    std::string agent_;
    std::vector<std::string> ours_;
    std::vector<Kept> kept_;
    std::vector<CookieSeen> seen_;
};

/// What the platforms' companion apps show pages with.
inline constexpr std::string_view phone_agent =
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile "
    "Safari/537.36";
/// What the platforms' servers call themselves.
inline constexpr std::string_view server_agent = "Apache-HttpClient/4.5.13 (Java/11)";

}  // namespace symbolon::doctor
