#include "pages/fields.hpp"

#include "directory/identifiers.hpp"
#include "directory/password_policy.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace symbolon::pages {

namespace json = boost::json;

namespace {

/// Where a language is spoken most, for visitors whose browser names no region.
std::string_view main_region(std::string_view language) {
    if (language == "en") return "US";
    if (language == "de") return "DE";
    if (language == "fr") return "FR";
    if (language == "es") return "ES";
    return {};
}

/// The region of the first tag of Accept-Language, e.g. "AT" of "de-AT,de;q=0.9"; "" when it names none.
std::string accepted_region(const net::Request& request) {
    auto first = request.headers.find("accept-language").value_or("");
    first = first.substr(0, first.find_first_of(",;"));
    const auto dash = first.find('-');
    if (dash == std::string_view::npos || first.size() - dash != 3) return {};
    std::string region(first.substr(dash + 1));
    std::transform(region.begin(), region.end(), region.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    return region;
}

/// The country a visitor probably types a number of: what the form said, else what the browser says.
std::string preselected_country(const Visit& visit) {
    if (auto chosen = visit.form.find("country")) return *chosen;
    auto region = accepted_region(visit.request);
    return region.empty() ? std::string(main_region(visit.language->code)) : region;
}

json::array country_list(const Visit& visit) {
    const auto chosen = preselected_country(visit);
    std::vector<std::pair<std::string, json::object>> named;
    for (const auto& country : directory::list_countries()) {
        const auto* name = visit.language->countries.if_contains(country.code);
        if (name == nullptr) continue;
        std::string text(name->as_string());
        json::object entry{{"code", country.code}, {"name", text}, {"dial", std::to_string(country.calling_code)}};
        if (country.main) entry["main"] = true;
        if (!country.example.empty()) entry["example"] = country.example;
        if (country.code == chosen) entry["selected"] = true;
        named.emplace_back(std::move(text), std::move(entry));
    }
    std::sort(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    json::array out;
    for (auto& [name, entry] : named) out.push_back(std::move(entry));
    return out;
}

/// What was typed, what the client hints at, or who was here a page ago.
std::string username_shown(const Visit& visit) {
    if (auto typed = visit.form.find("username")) return *typed;
    return visit.authorization.login_hint.empty() ? visit.carried.login : visit.authorization.login_hint;
}

json::object phone_field(const Visit& visit, FieldUse use) {
    json::object out{{"name", "username"},
                     {"id", "signInFormUsername"},
                     {"label", visit.text("phone_number")},
                     {"value", username_shown(visit)},
                     {"autocomplete", use == FieldUse::sign_in ? "username" : "tel"},
                     {"countries", country_list(visit)}};
    if (use == FieldUse::sign_up) out["hint"] = true;
    return out;
}

json::object identifier_field(const Visit& visit) {
    const bool email = visit.site.pool->username_is_email();
    return {{"id", "signInFormUsername"},
            {"name", "username"},
            {"label", visit.text(email ? "email" : "username")},
            {"type", email ? "email" : "text"},
            {"value", username_shown(visit)},
            {"autocomplete", "username"}};
}

std::string_view autocomplete_of(std::string_view attribute) {
    if (attribute == "given_name") return "given-name";
    if (attribute == "family_name") return "family-name";
    if (attribute == "middle_name") return "additional-name";
    if (attribute == "phone_number") return "tel";
    if (attribute == "birthdate") return "bday";
    if (attribute == "website") return "url";
    if (attribute == "address") return "street-address";
    if (attribute == "email" || attribute == "name" || attribute == "nickname") return attribute;
    return "on";
}

std::string_view type_of(std::string_view attribute) {
    if (attribute == "email") return "email";
    if (attribute == "phone_number") return "tel";
    if (attribute == "birthdate") return "date";
    if (attribute == "website" || attribute == "picture" || attribute == "profile") return "url";
    return "text";
}

std::string field_name(const std::string& attribute) {
    return "requiredAttributes[" + attribute + "]";
}

std::string label_of(const Visit& visit, const std::string& attribute) {
    const auto* known = visit.language->texts.if_contains(attribute);
    return known != nullptr ? std::string(known->as_string()) : attribute.substr(attribute.find(':') + 1);
}

}  // namespace

void add_username_field(json::object& context, const Visit& visit, FieldUse use, std::string_view problem) {
    const bool phone = visit.site.pool->username_is_phone() && !visit.site.pool->username_is_email();
    auto field = phone ? phone_field(visit, use) : identifier_field(visit);
    if (!problem.empty()) field["problem"] = visit.text(problem);
    context[phone ? "phone" : "identifier"] = std::move(field);
}

void offer_passkeys_in_field(json::object& context) {
    for (const char* field : {"phone", "identifier"})
        if (auto* const found = context.if_contains(field))
            found->as_object()["autocomplete"] = "username webauthn";  // in this order: HTML §4.10.18.7.1
}

void add_attribute_fields(json::object& context, const Visit& visit, const std::vector<std::string>& names) {
    json::array out;
    for (const auto& name : names) {
        out.push_back(json::object{{"id", "attribute-" + name},
                                   {"name", field_name(name)},
                                   {"label", label_of(visit, name)},
                                   {"type", type_of(name)},
                                   {"value", visit.form.get(field_name(name))},
                                   {"autocomplete", autocomplete_of(name)}});
    }
    context["attributes"] = std::move(out);
}

void add_password_policy(json::object& context, const Visit& visit, std::string_view problem) {
    const auto policy = directory::password_policy(visit.site.pool->settings);
    context["policy"] = json::object{{"minimum_length", std::to_string(policy.min_length)},
                                     {"lowercase", policy.lowercase},
                                     {"uppercase", policy.uppercase},
                                     {"numbers", policy.numbers},
                                     {"symbols", policy.symbols}};
    if (!problem.empty()) context["password_problem"] = visit.text(problem);
}

void add_code_field(json::object& context, const Visit& visit, CodeSource source, std::string_view problem) {
    context["code_length"] = "6";
    if (!problem.empty()) context["code_problem"] = visit.text(problem);
    if (source == CodeSource::app) return;
    context["can_resend"] = true;
    const auto wait = (visit.carried.resend_ms - to_ms(visit.now) + 999) / 1000;
    if (wait > 0) context["resend_wait"] = std::to_string(wait);
    if (!visit.carried.destination.empty()) context["destination"] = visit.carried.destination;
}

std::optional<std::string> username_in(const Visit& visit) {
    auto typed = visit.form.find("username");
    if (!typed) return std::nullopt;
    const auto& pool = *visit.site.pool;
    if (!pool.username_is_phone() || pool.username_is_email()) return typed;
    if (auto number = directory::parse_phone_number(*typed, visit.form.get("country"))) return number;
    return directory::canonical_phone_number(*typed);
}

directory::Attributes attributes_in(const Visit& visit) {
    constexpr std::string_view opening = "requiredAttributes[";
    directory::Attributes out;
    for (const auto& [name, value] : visit.form) {
        if (!name.starts_with(opening) || !name.ends_with(']') || value.empty()) continue;
        out.insert_or_assign(name.substr(opening.size(), name.size() - opening.size() - 1), value);
    }
    return out;
}

std::string code_in(const Visit& visit) {
    auto code = visit.form.get("code");
    std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
    return code;
}

std::vector<std::string> required_attributes(const directory::Pool& pool) {
    std::vector<std::string> out;
    if (!pool.settings.SchemaAttributes) return out;
    for (const auto& attribute : *pool.settings.SchemaAttributes) {
        if (!attribute.Required.value_or(false) || !attribute.Name) continue;
        const auto& name = attribute.Name->str();
        const bool is_username =
            (name == "phone_number" && pool.username_is_phone()) || (name == "email" && pool.username_is_email());
        if (name != "sub" && !is_username) out.push_back(name);
    }
    return out;
}

}  // namespace symbolon::pages
