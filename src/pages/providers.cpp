#include "pages/providers.hpp"

#include "directory/client_rules.hpp"
#include "directory/identity_providers.hpp"
#include "net/respond.hpp"
#include "pages/page.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace symbolon::pages {
namespace {

namespace json = boost::json;

constexpr std::string_view way_out = "/login/provider";
constexpr std::size_t longest_domain = 253;

struct Social {
    std::string_view name;
    std::string_view title;
};
constexpr std::array<Social, 4> social{
    {{"Google", "Google"}, {"Facebook", "Facebook"}, {"LoginWithAmazon", "Amazon"}, {"SignInWithApple", "Apple"}}};

const Social* find_social(std::string_view name) {
    const auto* found = std::find_if(social.begin(), social.end(), [&](const Social& s) { return s.name == name; });
    return found == social.end() ? nullptr : found;
}

std::vector<std::string> external_providers(const Visit& visit) {
    std::vector<std::string> names;
    const auto& allowed = visit.authorization.client->settings.SupportedIdentityProviders;
    if (!allowed) return names;
    for (const auto& name : *allowed)
        if (name.str() != directory::local_provider) names.push_back(name.str());
    return names;
}

/// The same request, by way of a provider.
net::Form request_of(const Visit& visit) {
    auto form = net::Form::parse(visit.authorization.query);
    form.remove("identity_provider");
    form.remove("idp_identifier");
    return form;
}

std::string url_of(const Visit& visit, const std::string& provider) {
    auto form = request_of(visit);
    form.add("identity_provider", provider);
    return visit.site.url + std::string(way_out) + "?" + form.encode();
}

net::Response go(std::string url) {
    auto response = net::redirect(302, std::move(url));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

/// The first character of a text in UTF-8.
std::string initial_of(std::string_view text) {
    const auto goes_on = [&](std::size_t at) { return at < text.size() && (text[at] & 0xC0) == 0x80; };
    std::size_t size = 1;
    while (goes_on(size)) ++size;
    return std::string(text.substr(0, size));
}

json::object button_of(const std::string& name, std::string url) {
    const auto* known = find_social(name);
    const auto title = known ? std::string(known->title) : name;
    return json::object{
        {"name", title}, {"initial", initial_of(title)}, {"url", std::move(url)}, {"social", known != nullptr}};
}

/// The answer to a form: browsers let none end at another site by redirects, so the page that comes goes on.
net::Response go_from_form(const Visit& visit, const std::string& provider, std::string url) {
    auto context = page_context(visit);
    context["providers"] = json::array{button_of(provider, url)};
    context["go_on"] = std::move(url);
    return page_response(visit, 200, "choose_provider", context);
}

/// "" when the text is no address.
std::string domain_of(std::string_view typed) {
    while (typed.ends_with(' ')) typed.remove_suffix(1);
    const auto at = typed.rfind('@');
    if (at == std::string_view::npos || at == 0 || typed.size() - at - 1 > longest_domain) return {};
    return std::string(typed.substr(at + 1));
}

}  // namespace

void add_providers(json::object& context, const Visit& visit) {
    json::array buttons;
    for (const auto& name : external_providers(visit)) buttons.push_back(button_of(name, url_of(visit, name)));
    if (buttons.empty()) return;
    context["has_providers"] = true;
    context["providers"] = std::move(buttons);
}

std::optional<net::Response> to_provider(const Visit& visit) {
    const auto& asked = visit.authorization;
    const auto external = external_providers(visit);
    const bool is_named = std::find(external.begin(), external.end(), asked.identity_provider) != external.end();
    if (is_named && visit.request.method != net::Method::post) return go(url_of(visit, asked.identity_provider));
    if (asked.client->allows_provider(directory::local_provider)) return std::nullopt;
    if (external.size() == 1) {
        auto url = url_of(visit, external.front());
        const bool is_form = visit.request.method == net::Method::post;
        return is_form ? go_from_form(visit, external.front(), std::move(url)) : go(std::move(url));
    }
    auto context = page_context(visit);
    add_providers(context, visit);
    return page_response(visit, 200, "choose_provider", context);
}

Task<std::optional<net::Response>> to_provider_of_address(Flow& flow, Visit visit, std::string typed) {
    const auto domain = domain_of(typed);
    if (domain.empty() || external_providers(visit).empty()) co_return std::nullopt;
    const auto found = co_await flow.services.db.read([&](db::Transaction& tx) {
        return directory::IdentityProviders(tx, flow.services.sealer).find_by_identifier(visit.site.pool->id, domain);
    });
    if (!found || !visit.authorization.client->allows_provider(found->name)) co_return std::nullopt;
    auto form = request_of(visit);
    form.add("identity_provider", found->name);
    form.set("login_hint", typed);
    co_return go_from_form(visit, found->name, visit.site.url + std::string(way_out) + "?" + form.encode());
}

}  // namespace symbolon::pages
