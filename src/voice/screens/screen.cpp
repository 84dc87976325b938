#include "voice/screens/screen.hpp"

#include "base/embedded.hpp"
#include "base/shape/choice.hpp"
#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "net/cookie.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "net/templates.hpp"
#include "voice/screens/assets.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <span>
#include <utility>

std::span<const symbolon::EmbeddedFile> assistant_files();

namespace symbolon::voice {

namespace json = boost::json;

namespace {

constexpr std::string_view browser_cookie = "assistant-browser";
constexpr std::size_t handle_length = 36;

std::string_view status_of(const SkillView& view) {
    if (!view.linking) return "unconfigured";
    if (!view.enablement) return "unlinked";
    return to_name(view.enablement->status);
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

json::object card_context(const json::object& card) {
    const auto type = text_of(card, "type");
    json::object out{{"link_account", type == "LinkAccount"}};
    if (auto title = text_of(card, "title"); !title.empty()) out["title"] = title;
    const auto content = text_of(card, "content");
    out["text"] = content.empty() ? text_of(card, "text") : content;
    return out;
}

/// JSON as people read it. Boost.JSON 1.81 has no indenting serializer.
void indent(std::string& out, const json::value& value, const std::string& margin) {
    const auto deeper = margin + "  ";
    const auto open = [&](char bracket) { out += bracket; };
    if (value.is_object() && !value.get_object().empty()) {
        open('{');
        std::string_view separator = "\n";
        for (const auto& [name, member] : value.get_object()) {
            out += std::string(separator) + deeper + json::serialize(json::value(name)) + ": ";
            indent(out, member, deeper);
            separator = ",\n";
        }
        out += "\n" + margin + "}";
    } else if (value.is_array() && !value.get_array().empty()) {
        open('[');
        std::string_view separator = "\n";
        for (const auto& item : value.get_array()) {
            out += std::string(separator) + deeper;
            indent(out, item, deeper);
            separator = ",\n";
        }
        out += "\n" + margin + "]";
    } else {
        out += json::serialize(value);
    }
}

std::string readable(const std::string& text) {
    json::error_code problem;
    const auto value = json::parse(text, problem);
    if (problem) return replace_invalid_utf8(text);
    std::string out;
    indent(out, value, "");
    return out;
}

json::object exchange_context(const Exchange& exchange) {
    json::object out{{"utterance", exchange.utterance},
                     {"request_json", readable(json::serialize(exchange.request))},
                     {"response_json", readable(exchange.response)},
                     {"with_token", exchange.with_token},
                     {"duration", std::to_string(exchange.milliseconds)}};
    if (exchange.status != 0) out["status"] = std::to_string(exchange.status);
    if (!exchange.failure.empty()) out["failure"] = exchange.failure;
    const auto speech = spoken_text(exchange.answer);
    if (!speech.empty()) out["speech"] = speech;
    if (speech.empty() && exchange.failure.empty()) out["silent"] = true;
    if (const auto* card = card_of(exchange.answer)) out["card"] = card_context(*card);
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

void add_skill(json::object& context, const SkillView& view, const std::string& base_url) {
    const auto& id = view.skill.id;
    context["skill"] = json::object{{"id", id}, {"name", view.skill.name()}};
    context["skill_url"] = base_url + "/skills/" + id;
    context["app_url"] = base_url + "/app/skills/" + id;
    context["link"] = link_context(view);
    json::array phrases;
    for (const auto& phrase : suggestions(view.skill)) phrases.push_back(json::object{{"text", phrase}});
    context["ask"] = json::object{{"has_suggestions", !phrases.empty()}, {"suggestions", std::move(phrases)}};
    if (view.last) context["last"] = exchange_context(*view.last);
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
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; connect-src 'self'; "
                "base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
    // Not no-referrer: browsers would not name the origin of our own forms, and it could not be checked.
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Frame-Options", "DENY");
    keep_browser(visit, response);
    return response;
}

}  // namespace symbolon::voice
