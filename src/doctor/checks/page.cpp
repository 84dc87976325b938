#include "doctor/checks/checks.hpp"

#include "doctor/examination.hpp"
#include "doctor/person/forms.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace symbolon::doctor::checks {

namespace {

constexpr std::size_t max_scripts = 12;
constexpr std::size_t max_domains = 15;

/// The scripts of the page and those of its own host, with where they come from.
std::vector<std::pair<std::string, std::string>> scripts_of(Examination& e) {
    const auto base = e.sign_in_page().url;
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& script : e.page().scripts) out.emplace_back("the page", script);
    for (const auto* tag : e.page().find_all("script")) {
        const auto url = tag->has("src") ? resolve_url(base, tag->get("src")) : std::nullopt;
        if (!url || url->origin() != base.origin() || out.size() >= max_scripts) continue;
        HttpRequest request;
        request.url = url->text();
        request.public_addresses_only = true;
        out.emplace_back(url->place(), e.ask(std::move(request)).body);
    }
    return out;
}

/// A call of a name that is not part of a longer one: "alert(" but not "showAlert(" or "el.alert(".
std::size_t find_call(const std::string& script, std::string_view name) {
    for (std::size_t at = 0; (at = script.find(name, at)) != std::string::npos; ++at) {
        const char before = at == 0 ? ' ' : script[at - 1];
        const bool part = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z') || before == '_' ||
                          before == '$' || (before >= '0' && before <= '9');
        const bool member = before == '.' && !(at >= 7 && script.compare(at - 7, 7, "window.") == 0);
        if (!part && !member) return at;
    }
    return std::string::npos;
}

/// The sources of a directive of a Content-Security-Policy; nothing when the policy does not have it.
std::optional<std::vector<std::string>> sources_of(std::string_view policy, std::string_view directive) {
    while (!policy.empty()) {
        auto part = policy.substr(0, policy.find(';'));
        policy.remove_prefix(part.size() == policy.size() ? part.size() : part.size() + 1);
        std::vector<std::string> words;
        while (!part.empty()) {
            const auto word = part.substr(0, part.find(' '));
            part.remove_prefix(word.size() == part.size() ? word.size() : word.size() + 1);
            if (!word.empty()) words.push_back(net::to_lower(word));
        }
        if (words.empty() || words.front() != directive) continue;
        words.erase(words.begin());
        return words;
    }
    return std::nullopt;
}

bool allows(const std::vector<std::string>& sources, const Url& url) {
    return std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
        if (source == "*" || source == url.scheme + ":") return true;
        const auto host = source.find("://") == std::string::npos ? source : source.substr(source.find("://") + 3);
        const auto bare = host.substr(0, host.find('/'));
        return bare == url.authority || bare == url.host ||
               (bare.starts_with("*.") && url.host.ends_with(bare.substr(1)));
    });
}

bool has_social_link(const Page& page, const Url& base) {
    constexpr std::array<std::string_view, 4> hosts{"accounts.google.com", "facebook.com", "www.facebook.com",
                                                    "m.facebook.com"};
    for (const auto* link : page.find_all("a")) {
        const auto url = resolve_url(base, link->get("href"));
        const auto said = net::to_lower(link->text + " " + link->get("href"));
        if (url && std::find(hosts.begin(), hosts.end(), url->host) != hosts.end()) return true;
        if (said.find("google") != std::string::npos || said.find("facebook") != std::string::npos) return true;
    }
    return false;
}

/// A form that signs in with something else than another's account.
bool has_own_sign_in(const Page& page) {
    const auto forms = forms_of(page);
    return std::any_of(forms.begin(), forms.end(), [](const PageForm& form) {
        return std::any_of(form.fields.begin(), form.fields.end(), [](const Field& field) {
            return field.type == "password" || field.type == "text" || field.type == "email" || field.type == "tel";
        });
    });
}

/// The page where the person allows: it asks for nothing, offers to cancel or names scopes, and comes after the
/// password.
const PageSeen* consent_page(const Arrival& arrival) {
    for (auto page = arrival.pages.rbegin(); page != arrival.pages.rend(); ++page) {
        const auto forms = forms_of(parse_page(page->html));
        const bool asks = std::any_of(forms.begin(), forms.end(), [](const PageForm& form) {
            return form.has_type("password") || form.code_field() != nullptr;
        });
        if (!forms.empty() && !asks) return &*page;
    }
    return nullptr;
}

std::vector<std::string_view> names_of(Platform platform) {
    switch (platform) {
        case Platform::alexa:
        case Platform::smart_home:
        case Platform::alexa_plus:
            return {"alexa", "amazon"};
        case Platform::google:
            return {"google"};
        case Platform::smartthings:
            return {"smartthings", "samsung"};
    }
    return {};
}

/// Nobody's name and password.
net::Form filled_wrongly(const PageForm& form, crypto::Random& random) {
    net::Form out;
    for (const auto& field : form.fields) {
        if (field.type == "hidden") {
            out.add(field.name, field.value);
        } else if (field.type == "password") {
            out.add(field.name, "wrong-" + random.digits(8));
        } else if (field.type == "text" || field.type == "email" || field.type == "tel") {
            out.add(field.name, "+1555" + random.digits(7));
        }
    }
    return out;
}

/// With patience: the transaction lives while the person reads the text.
Outcome code_page_survives(Examination& e) {
    auto request = e.valid_request();
    request.redirect_uri = e.subject().redirect_uri;
    const auto url = authorization_address(e.subject().authorization_url, request);
    e.send_person(Intent::leave_at_code, url, "Sign in again until a code is asked for, and leave it there.");
    e.wait(std::chrono::seconds(590));
    const auto page = e.person()->reload_code_page();
    if (!page) throw NotExamined{"The page for the code cannot be loaded again here."};
    const auto forms = forms_of(parse_page(page->html));
    const bool there =
        std::any_of(forms.begin(), forms.end(), [](const PageForm& form) { return form.code_field() != nullptr; });
    if (there) return passed("The page for the code survives ten minutes and a reload.");
    return failed("The page for the code does not survive ten minutes and a reload.",
                  {page->url.place() + " → HTTP " + std::to_string(page->status)});
}

}  // namespace

Outcome viewport_is_set(Examination& e) {
    for (const auto* meta : e.page().find_all("meta")) {
        if (net::to_lower(meta->get("name")) == "viewport" && meta->get("content").find("width") != std::string::npos)
            return passed("The page says how wide it is: " + meta->get("content"));
    }
    return failed("The page has no viewport meta element: phones show it tiny.");
}

Outcome no_pop_ups(Examination& e) {
    for (const auto* link : e.page().find_all("a")) {
        if (net::to_lower(link->get("target")) == "_blank")
            return failed("A link opens a new window.", {"<a target=_blank href=\"" + link->get("href") + "\">"});
    }
    for (const auto* form : e.page().find_all("form")) {
        if (net::to_lower(form->get("target")) == "_blank") return failed("A form opens a new window.");
    }
    for (const auto& [where, script] : scripts_of(e)) {
        for (const std::string_view call : {"window.open(", "alert(", "confirm("}) {
            const auto at = find_call(script, call);
            if (at != std::string::npos)
                return failed("A script calls " + std::string(call) + "…).",
                              {where + ", character " + std::to_string(at) + ": " + script.substr(at, 60)});
        }
    }
    return passed("Nothing opens windows or message boxes.");
}

Outcome content_is_listed(Examination& e) {
    const auto base = e.sign_in_page().url;
    std::set<std::string> hosts;
    for (const auto& url : addresses_of(e.page(), base)) {
        if (url.host != base.host) hosts.insert(url.host);
    }
    for (const auto& hop : e.sign_in_page().hops) {
        const auto url = parse_url(hop.url);
        const auto first = parse_url(e.subject().authorization_url);
        if (url && first && url->host != first->host) hosts.insert(url->host);
    }
    std::vector<std::string> seen, missing;
    for (const auto& host : hosts) {
        const auto& listed = e.subject().domains;
        const bool there = std::any_of(listed.begin(), listed.end(), [&](const std::string& domain) {
            return host == domain || host.ends_with("." + domain);
        });
        seen.push_back(host + (there ? ": listed" : ": not listed"));
        if (!there) missing.push_back(host);
    }
    if (hosts.size() > max_domains)
        return failed("The page loads from " + std::to_string(hosts.size()) + " other hosts; 15 can be listed.", seen);
    if (!missing.empty()) return failed("The Domain List lacks " + missing.front() + ".", std::move(seen));
    return passed("The page loads from its own host and listed ones alone.", std::move(seen));
}

Outcome csp_lets_back(Examination& e) {
    auto targets = redirect_uris(e.subject());
    if (targets.empty()) targets.push_back(e.redirect_uri());
    // A page that names the target of its own request need not name the others.
    for (const auto& target : targets) {
        auto request = e.valid_request();
        request.redirect_uri = target;
        const auto visit = e.visit(request);
        const auto url = parse_url(target);
        if (!e.reaches_sign_in(visit) || !url) continue;  // AL-AUZ-004 tells
        for (const auto policy : visit.answer.headers.find_all("Content-Security-Policy")) {
            for (const auto* directive : {"form-action", "navigate-to"}) {
                const auto sources = sources_of(policy, directive);
                if (sources && !allows(*sources, *url))
                    return failed(std::string(directive) + " does not allow " + url->origin() +
                                      ", so that the browser stops the way back.",
                                  {std::string(policy)});
            }
        }
    }
    return passed("The Content-Security-Policy lets the way back be.");
}

Outcome no_mixed_content(Examination& e) {
    const auto& visit = e.sign_in_page();
    if (visit.url.scheme != "https") {
        if (e.subject().authorization_url.starts_with("https://"))
            return failed("The sign-in page itself is not https.", visit.evidence());
        throw NotExamined{"The authorization URL is not https; AL-TLS-001 tells."};
    }
    for (const auto& url : addresses_of(e.page(), visit.url)) {
        if (url.scheme == "http") return failed("The page loads " + url.place() + " without TLS.");
    }
    return passed("The page loads nothing without TLS.");
}

Outcome cookies_suit_web_views(Examination& e) {
    e.sign_in_page();
    const auto url = parse_url(authorization_address(e.subject().authorization_url, e.valid_request()));
    Browser browser(e.http(), std::string(phone_agent), e.own_hosts());
    const auto visit = browser.get(*url, [&](const Url& to) { return to.place() == e.redirect_uri(); });
    std::vector<std::string> seen;
    for (const auto& cookie : browser.cookies_seen()) seen.push_back(cookie.line);
    for (const auto& cookie : browser.cookies_seen()) {
        if (cookie.same_site == "strict")
            return failed("The cookie " + cookie.name + " is SameSite=Strict: it does not come along from the app.",
                          seen);
        if (!cookie.secure && url->scheme == "https")
            return failed("The cookie " + cookie.name + " is not Secure.", seen);
    }
    return passed(seen.empty() ? "The way to the page sets no cookie." : "Cookies are Secure and not Strict.", seen);
}

Outcome wrong_password_is_told(Examination& e) {
    const auto usual = e.sign_in_page().url;
    const auto url = parse_url(authorization_address(e.subject().authorization_url, e.valid_request()));
    const Destination ends = [&](const Url& to) {
        return to.origin() != url->origin() && to.origin() != usual.origin();
    };
    Browser browser(e.http(), std::string(phone_agent), e.own_hosts());
    const auto page = browser.get(*url, ends);
    const auto forms = forms_of(parse_page(page.answer.body));
    const auto form =
        std::find_if(forms.begin(), forms.end(), [](const PageForm& f) { return f.has_type("password"); });
    if (form == forms.end()) throw NotExamined{"The page asks for no password."};
    const auto to = resolve_url(page.url, form->action);
    if (!to) throw NotExamined{"The form leads nowhere."};
    const auto answer = browser.post(*to, filled_wrongly(*form, e.random()), ends);
    const auto status = answer.answer.status;
    if (answer.is_page() && (status == 200 || (status >= 400 && status < 500)))
        return passed("A wrong password is told on a page, HTTP " + std::to_string(status) + ".");
    auto seen = answer.evidence();
    seen.push_back(describe(answer.answer));
    return failed("A wrong password is not told on a page.", std::move(seen));
}

Outcome not_social_alone(Examination& e) {
    const auto& page = e.page();
    if (has_social_link(page, e.sign_in_page().url) && !has_own_sign_in(page))
        return failed("The page offers nothing but Google or Facebook, which refuse to sign in within apps.");
    return passed("There is a way to sign in that works within apps.");
}

Outcome asks_again_with_session(Examination& e) {
    e.link();
    const auto again = e.make_link({"Open the page again: the doctor looks whether you are asked."});
    if (!again.arrival.asked) throw NotExamined{"It is not known whether a page was shown."};
    if (*again.arrival.asked) return passed("Who is signed in already is asked before an account is linked.");
    return failed("Who is signed in already is linked without being asked.");
}

Outcome consent_says_who(Examination& e) {
    const auto& arrival = e.link().arrival;
    if (arrival.pages.empty()) throw NotExamined{"Look yourself: the person's pages are not seen by the doctor."};
    const auto* consent = consent_page(arrival);
    if (consent == nullptr) throw NotExamined{"No page asked for consent."};
    const auto page = parse_page(consent->html);
    const auto text = net::to_lower(page.text());
    std::vector<std::string> lacks;
    const bool named = std::any_of(e.subject().platforms.begin(), e.subject().platforms.end(), [&](Platform platform) {
        const auto names = names_of(platform);
        return std::any_of(names.begin(), names.end(),
                           [&](std::string_view name) { return text.find(name) != std::string::npos; });
    });
    if (!named) lacks.emplace_back("the platform's name");
    const auto forms = forms_of(page);
    const bool cancel = says_no(text) || std::any_of(forms.begin(), forms.end(), [](const PageForm& form) {
                            return std::any_of(form.buttons.begin(), form.buttons.end(), [](const Button& button) {
                                return says_no(button.label) || says_no(button.value);
                            });
                        });
    if (!cancel) lacks.emplace_back("a way to cancel");
    if (text.find("privacy") == std::string::npos) lacks.emplace_back("a link to the privacy policy");
    if (lacks.empty()) return passed("The consent page says who gets what, and can be cancelled.");
    return failed("The consent page lacks " + lacks.front() + ".", lacks);
}

Outcome code_page_suits_phones(Examination& e) {
    const auto& arrival = e.link().arrival;
    if (arrival.pages.empty()) throw NotExamined{"Look yourself: the person's pages are not seen by the doctor."};
    for (const auto& seen : arrival.pages) {
        for (const auto& form : forms_of(parse_page(seen.html))) {
            const auto* field = form.code_field();
            if (field == nullptr || form.has_type("password")) continue;
            if (field->autocomplete != "one-time-code")
                return failed("The field for the code lacks autocomplete=\"one-time-code\".");
            if (!e.subject().patient)
                return passed(
                    "Phones offer the code of the text. (With --patient: also that the page survives ten minutes.)");
            return code_page_survives(e);
        }
    }
    throw NotExamined{"No page asked for a code."};
}

Outcome page_is_quick(Examination& e) {
    const auto took = e.sign_in_page().took;
    const auto& last = e.sign_in_page().answer.took;
    const auto seen = "The page came after " + std::to_string(took.count()) + " ms (name " +
                      std::to_string(last.resolved.count()) + ", connection " + std::to_string(last.connected.count()) +
                      ", TLS " + std::to_string(last.secured.count()) + ", first byte " +
                      std::to_string(last.first_byte.count()) + ").";
    return took < e.subject().limits.page ? passed(seen) : failed(seen);
}

}  // namespace symbolon::doctor::checks
