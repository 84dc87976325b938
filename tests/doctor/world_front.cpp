#include "base/encoding.hpp"
#include "base/markup.hpp"
#include "net/respond.hpp"
#include "world.hpp"

#include <algorithm>

namespace symbolon::doctor::test {

namespace {

std::string form_to(const std::string& path, const std::string& inputs) {
    return "<form method=\"post\" action=\"" + escape_html(path) + "\">" + inputs + "</form>";
}

net::Response error_page(int status, const std::string& text) {
    return net::html(status, "<!doctype html><p>" + escape_html(text) + "</p>");
}

}  // namespace

std::vector<std::string> World::registered() const {
    Subject all;
    all.vendor_id = "MABCDEFGHIJKLM";
    all.google_project = "lamps";
    auto out = redirect_uris(all);
    if (is("AL-AUZ-004")) out.resize(1);
    out.emplace_back("http://127.0.0.1:8510/callback");
    return out;
}

net::Response World::page(const std::string& body, const Ticket& ticket) const {
    const auto viewport = is("AL-PAG-001") ? "" : "<meta name=\"viewport\" content=\"width=device-width\">";
    const auto logo = is("AL-PAG-005") ? "<img src=\"http://id.example.test/logo.png\">" : "<img src=\"/logo.png\">";
    const auto font = is("AL-PAG-003") ? "<link rel=\"stylesheet\" href=\"https://fonts.example/all.css\">" : "";
    auto out = net::html(200, std::string("<!doctype html><html><head><title>Lamps</title>") + viewport + font +
                                  "<script src=\"/page.js\"></script></head><body>" + logo + body + "</body></html>");
    const auto back = parse_url(ticket.redirect_uri);
    out.headers.set("Content-Security-Policy",
                    "default-src 'self'; form-action 'self'" + (is("AL-PAG-004") || !back ? "" : " " + back->origin()));
    return out;
}

Ticket* World::ticket_of(const Url& url) {
    const auto found = tickets_.find(parameters_of(url.query).get("ticket"));
    if (found == tickets_.end() || clock.now() - found->second.began > std::chrono::minutes(is("AL-PAG-011") ? 5 : 30))
        return nullptr;
    return &found->second;
}

net::Response World::authorize(const Url& url, const HttpRequest& request) {
    const auto query = parameters_of(url.query);
    if (request.method != "GET") return error_page(400, "GET, please.");
    if (is("AL-AUZ-001")) return error_page(500, "Something went wrong.");
    if (is_other("AL-NET-003")) {
        auto wall = error_page(401, "Who are you?");
        wall.headers.add("WWW-Authenticate", "Basic realm=\"staging\"");
        return wall;
    }
    if (is("AL-NET-003") && request.headers.find("User-Agent").value_or("").starts_with("Apache"))
        return error_page(403, "Robots stay out.");
    if (query.get("client_id") != "skill-client" && !is("AL-AUZ-002")) return error_page(400, "Unknown client.");
    const auto known = registered();
    const auto redirect = query.get("redirect_uri");
    const bool registered_one = std::any_of(known.begin(), known.end(), [&](const std::string& uri) {
        return is("AL-AUZ-003") ? redirect.starts_with(uri) : redirect == uri;
    });
    if (!registered_one) return error_page(400, "Unknown redirect URI.");
    if (is("AL-AUZ-006") && query.find("user_locale")) return error_page(400, "Unknown parameter.");
    if (is("AL-AUZ-008") && !query.find("scope")) return error_page(400, "Bad request.");
    Ticket ticket{redirect, query.get("state"), query.get("scope"), query.get("code_challenge"), clock.now()};
    if (is("AL-AUZ-005")) ticket.state = ticket.state.substr(0, 255);
    if (is("AL-AUZ-014")) {
        if (std::find(states_.begin(), states_.end(), ticket.state) != states_.end())
            return error_page(400, "Seen before.");
        states_.push_back(ticket.state);
    }
    if (query.get("response_type") != "code" && !is("AL-CFG-006")) {
        if (is("AL-AUZ-007")) return net::text(500, "exception");
        return back(ticket, "error=unsupported_response_type");
    }
    const auto id = random.token();
    tickets_[id] = ticket;
    const auto session = cookie_of(request, "session");
    const bool known_person = std::find(sessions_.begin(), sessions_.end(), session) != sessions_.end();
    if (known_person && is("AL-PAG-009")) return allow(ticket);
    auto out = redirect_to((known_person ? "/consent?ticket=" : "/login?ticket=") + id);
    out.headers.add("Set-Cookie", std::string("browser=1; Path=/; Secure; HttpOnly; SameSite=") +
                                      (is("AL-PAG-006") ? "Strict" : "Lax"));
    return out;
}

net::Response World::sign_in(const Url& url, const HttpRequest& request) {
    const auto* ticket = ticket_of(url);
    if (ticket == nullptr) return error_page(400, "This took too long.");
    const std::string fields =
        "<input name=\"username\" type=\"tel\"><input name=\"password\" type=\"password\">"
        "<button>Sign in</button>" +
        std::string(is("a captcha in the form") ? "<div class=\"g-recaptcha\"></div>" : "");
    if (is("AL-PAG-008"))
        return page("<a href=\"https://accounts.google.com/o/oauth2/auth\">Sign in with Google</a>", *ticket);
    if (request.method == "GET") return page(form_to(url.path + "?" + url.query, fields), *ticket);
    const auto form = parameters_of(request.body);
    if (form.get("username") == "+15550001111" && form.get("password") == "Right-1")
        return redirect_to("/code?" + url.query);
    if (is("AL-PAG-007")) return json_answer(401, R"({"message":"wrong"})");
    return page("<p>That was wrong.</p>" + form_to(url.path + "?" + url.query, fields), *ticket);
}

net::Response World::ask_code(const Url& url, const HttpRequest& request) {
    const auto* ticket = ticket_of(url);
    if (ticket == nullptr) return error_page(400, "This took too long.");
    if (request.method == "GET")
        return page(
            form_to(url.path + "?" + url.query,
                    "<input name=\"code\" autocomplete=\"one-time-code\" inputmode=\"numeric\"><button>Go on</button>"),
            *ticket);
    if (parameters_of(request.body).get("code") != "123456") return error_page(400, "That was wrong.");
    auto out = redirect_to("/consent?" + url.query);
    sessions_.push_back(random.token());
    out.headers.add("Set-Cookie", "session=" + sessions_.back() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    return out;
}

net::Response World::consent(const Url& url, const HttpRequest& request) {
    const auto* ticket = ticket_of(url);
    if (ticket == nullptr) return error_page(400, "This took too long.");
    if (request.method == "GET") {
        const auto privacy = is("AL-PAG-010") ? "" : "<a href=\"https://www.example.test/privacy\">Privacy policy</a>";
        return page(std::string("<p>Amazon Alexa, Google or SmartThings will see your phone number.</p>") + privacy +
                        form_to(url.path + "?" + url.query,
                                "<button name=\"decision\" value=\"allow\">Allow</button>"
                                "<button name=\"decision\" value=\"no\">Cancel</button>"),
                    *ticket);
    }
    if (parameters_of(request.body).get("decision") == "allow") return allow(*ticket);
    return back(*ticket, is("AL-AUZ-009") ? "error=cancelled" : "error=access_denied");
}

net::Response World::back(const Ticket& ticket, const std::string& what) {
    const char joint = is("AL-AUZ-010") ? '#' : '?';
    const auto issuer = is("AL-AUZ-015") ? "https://other.example" : base_;
    return redirect_to(ticket.redirect_uri + joint + what + "&state=" + percent_encode(ticket.state) +
                       "&iss=" + percent_encode(issuer));
}

net::Response World::allow(const Ticket& ticket) {
    const auto code = is("AL-AUZ-011") ? random.digits(6) : random.token();
    const auto grant = random.token(16);
    codes_[code] = {ticket, "skill-client", clock.now(), false, grant};
    grants_[grant] = {grant, ticket.scope};
    return back(ticket, "code=" + code);
}

}  // namespace symbolon::doctor::test
