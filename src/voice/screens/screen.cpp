#include "voice/screens/screen.hpp"

#include "base/embedded.hpp"
#include "base/shape/choice.hpp"
#include "crypto/hash.hpp"
#include "net/cookie.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "net/templates.hpp"
#include "voice/screens/assets.hpp"
#include "voice/screens/readable_json.hpp"
#include "voice/screens/talk_context.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <span>
#include <utility>

std::span<const symbolon::EmbeddedFile> assistant_files();

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view browser_cookie = "assistant-browser";
constexpr std::size_t handle_length = 36;
constexpr std::size_t longest_account = 40;
constexpr std::size_t most_turns = 6;

std::string_view status_of(const SkillView& view) {
    if (!view.linking) return "unconfigured";
    if (!view.enablement) return "unlinked";
    return to_name(view.enablement->status);
}

std::string account_of(const net::Request& request) {
    const auto given = net::find_cookie(request, account_cookie).value_or("");
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const bool is_id = !given.empty() && given.size() <= longest_account && std::ranges::all_of(given, plain);
    return is_id ? given : std::string(first_account);
}

/// The latest exchange that was sent, by whomever: what the console shows.
const Exchange* last_sent(const SkillView& view) {
    const auto is_sent = [](const Exchange& exchange) { return exchange.sent(); };
    const auto found = std::ranges::find_if(view.exchanges, is_sent);
    return found != view.exchanges.end() ? &*found : nullptr;
}

json::array tabs_of(const Visit& visit, const SkillView& view, const std::string& url) {
    json::array out;
    const auto add = [&](const std::string& path, std::string_view label) {
        const bool current = visit.request.path == "/skills/" + view.skill.id + path;
        out.push_back(json::object{{"url", url + path}, {"label", label}, {"current", current}});
    };
    add("", "Linking and test");
    add("/model", "Model and manifest");
    if (!view.skill.smart_home_endpoint().empty()) add("/devices", "Devices");
    add("/log", "Log");
    add("/lab", "Lab");
    add("/doctor", "Doctor");
    return out;
}

}  // namespace

Visit begin_visit(net::Request request, net::PathParameters path, crypto::Random& random) {
    Visit visit;
    visit.query = net::Form::parse(request.query);
    if (request.method == net::Method::post) visit.form = net::Form::parse(request.body);
    visit.browser = net::find_cookie(request, browser_cookie).value_or("");
    if (visit.browser.size() != handle_length) {
        visit.browser = random.uuid();
        visit.new_browser = true;
    }
    visit.account = account_of(request);
    visit.request = std::move(request);
    visit.path = std::move(path);
    return visit;
}

Visit visit_of(net::Request request) {
    Visit visit;
    visit.request = std::move(request);
    return visit;
}

bool is_from_our_page(const Visit& visit, const std::string& base_url) {
    const auto& request = visit.request;
    if (visit.new_browser || net::is_from_another_origin(request)) return false;
    // A proxy may show another host to us than to the browser; both names are ours.
    if (net::names_another_origin(request, {net::origin_of(base_url), request.scheme + "://" + request.host}))
        return false;
    const auto token = visit.form.find("_csrf");
    return token && crypto::equal_in_constant_time(*token, visit.browser);
}

json::object screen_context(const Visit& visit, const std::string& base_url, const Beside& beside) {
    json::object out{{"assets", base_url + "/assets"},
                     {"version", assets_version()},
                     {"home", base_url + "/"},
                     {"base_url", base_url},
                     {"csrf", visit.browser}};
    json::array nav;
    const auto add = [&](const std::string& path, std::string_view label) {
        nav.push_back(
            json::object{{"url", base_url + path}, {"label", label}, {"current", visit.request.path == path}});
    };
    add("/", "Skills");
    add("/people", "People");
    if (!beside.steps.empty()) {
        add(beside.steps, "Six steps");
        out["demo_url"] = base_url + beside.steps;
    }
    if (!beside.phone.empty()) {
        add(beside.phone, "Phone");
        out["phone_url"] = base_url + beside.phone;
    }
    out["nav"] = std::move(nav);
    return out;
}

json::object link_context(const SkillView& view) {
    json::object link{{status_of(view), true}};
    if (!view.enablement || view.enablement->status != LinkStatus::linked) return link;
    link["since"] = to_iso8601(view.enablement->linked).substr(0, 10);
    if (!view.enablement->scopes.empty()) link["scopes"] = view.enablement->scopes;
    if (view.enablement->expires) link["expires"] = to_iso8601(*view.enablement->expires).substr(11, 5) + " UTC";
    return link;
}

json::object session_context(const Conversation::OpenSession& session) {
    json::object out{{"open", true}};
    if (!session.reprompt.empty()) out["reprompt"] = session.reprompt;
    if (!session.text_message.empty()) out["text_message"] = session.text_message;
    if (!session.attributes.empty()) out["attributes_json"] = readable_json(json::value(session.attributes));
    return out;
}

void add_skill(json::object& context, const Visit& visit, const SkillView& view, const std::string& base_url) {
    const auto& id = view.skill.id;
    const auto url = base_url + "/skills/" + id;
    context["skill"] = json::object{{"id", id}, {"name", view.skill.name(view.locale)}};
    context["skill_url"] = url;
    context["app_url"] = base_url + "/app/skills/" + id;
    context["tabs"] = tabs_of(visit, view, url);
    context["link"] = link_context(view);
    context["person"] = view.account.name;
    json::array phrases;
    for (const auto& phrase : suggestions(view.skill, view.model, view.locale)) {
        phrases.push_back(json::object{{"text", phrase}});
    }
    context["ask"] = json::object{
        {"has_suggestions", !phrases.empty()}, {"suggestions", std::move(phrases)}, {"locale", view.locale}};
    auto talk = talk_context(view.exchanges, view.account.id, most_turns);
    if (!talk.empty()) {
        talk.back().as_object()["is_last"] = true;
        const auto* card = talk.back().as_object().if_contains("card");
        context["card_links"] = card != nullptr && card->as_object().at("link_account").as_bool();
        context["has_talk"] = true;
        context["talk"] = std::move(talk);
    }
    if (const auto* last = last_sent(view)) context["last"] = exchange_context(*last);
}

void keep_browser(const Visit& visit, net::Response& response) {
    if (!visit.new_browser) return;
    net::Cookie cookie;
    cookie.name = browser_cookie;
    cookie.value = visit.browser;
    cookie.secure = visit.request.scheme == "https";
    net::set_cookie(response, cookie);
}

net::Response screen_response(const Visit& visit, int status, std::string_view page, const json::object& context) {
    static const net::Templates templates(assistant_files());
    auto response = net::html(status, templates.render(page, context));
    auto& headers = response.headers;
    // Forms end on our own pages; a link to the authorization server is no form.
    headers.set("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; media-src https:; "
                "connect-src 'self'; "
                "base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
    // Not no-referrer: browsers would not name the origin of our own forms, and it could not be checked.
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Frame-Options", "DENY");
    keep_browser(visit, response);
    return response;
}

}  // namespace symbolon::voice
