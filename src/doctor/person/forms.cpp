#include "doctor/person/forms.hpp"

#include "net/http.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace symbolon::doctor {

namespace {

constexpr std::size_t max_pages = 12;

PageSeen seen(const Visit& visit) {
    return {visit.url, visit.answer.status, visit.answer.headers, visit.answer.body};
}

/// The form that brings the person on: the one for the password, else for a code, else the last that can be sent.
const PageForm* choose(const std::vector<PageForm>& forms, Intent intent) {
    const auto with = [&](auto&& wanted) -> const PageForm* {
        const auto found = std::find_if(forms.begin(), forms.end(), wanted);
        return found == forms.end() ? nullptr : &*found;
    };
    if (intent == Intent::deny) {
        if (const auto* form = with([](const PageForm& f) {
                return std::any_of(f.buttons.begin(), f.buttons.end(), [](const Button& b) {
                    return says_no(b.label) || says_no(b.value) || says_no(b.name);
                });
            }))
            return form;
    }
    if (const auto* form = with([](const PageForm& f) { return f.has_type("password"); })) return form;
    if (const auto* form = with([](const PageForm& f) { return f.code_field() != nullptr; })) return form;
    if (const auto* form = with([](const PageForm& f) { return f.has_type("email") || f.has_type("tel"); }))
        return form;
    if (const auto* form = with([](const PageForm& f) { return f.method == "POST"; })) return form;
    return nullptr;
}

const Button* choose_button(const PageForm& form, Intent intent) {
    for (const auto& button : form.buttons) {
        if ((says_no(button.label) || says_no(button.value) || says_no(button.name)) == (intent == Intent::deny))
            return &button;
    }
    return nullptr;
}

/// A link that cancels.
std::optional<Url> cancelling_link(const Page& page, const Url& base) {
    for (const auto* link : page.find_all("a")) {
        if (says_no(link->text)) return resolve_url(base, link->get("href"));
    }
    return std::nullopt;
}

}  // namespace

bool says_no(std::string_view label) {
    constexpr std::array<std::string_view, 16> words{
        "cancel",       "deny",           "decline",          "reject",     "abort",    "refuse",
        "ablehnen",     "abbrechen",      "annuler",          "refuser",    "rechazar", "don't allow",
        "do not allow", "nicht erlauben", "ne pas autoriser", "no permitir"};
    const auto lower = net::to_lower(label);
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

FormPerson::FormPerson(Http& http, std::vector<std::string> ours, std::string redirect_uri, std::string sign_out_url,
                       Account account)
    : browser_(http, std::string(phone_agent), ours),
      other_browser_(http, std::string(phone_agent), std::move(ours)),
      redirect_uri_(std::move(redirect_uri)),
      sign_out_url_(std::move(sign_out_url)),
      account_(std::move(account)) {}

std::optional<Arrival> FormPerson::go(const Errand& errand) {
    switch (errand.intent) {
        case Intent::sign_in:
        case Intent::deny:
            return walk(browser_, errand);
        case Intent::leave_at_code:
            return walk(other_browser_, errand);
        case Intent::sign_out: {
            const auto url = parse_url(errand.url.empty() ? sign_out_url_ : errand.url);
            if (!url) return std::nullopt;
            const auto visit = browser_.get(*url, [this](const Url& to) { return ends_way(to); });
            if (!visit.problem.empty()) return std::nullopt;
            return Arrival{visit.arrived, {}, {}, {}, {}};
        }
        case Intent::end_access:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<PageSeen> FormPerson::reload_code_page() {
    if (!code_page_) return std::nullopt;
    const auto visit = other_browser_.get(*code_page_, [this](const Url& to) { return ends_way(to); });
    return seen(visit);
}

bool FormPerson::ends_way(const Url& url) const {
    const auto end = parse_url(redirect_uri_);
    return end && url.origin() == end->origin() && url.path == end->path;
}

std::optional<Arrival> FormPerson::walk(Browser& browser, const Errand& errand) {
    const auto url = parse_url(errand.url);
    if (!url) return std::nullopt;
    Arrival out;
    denied_ = false;
    auto visit = browser.get(*url, [this](const Url& to) { return ends_way(to); });
    for (std::size_t count = 0; count < max_pages; ++count) {
        for (const auto& hop : visit.hops) out.passed.push_back(hop.url);
        if (!visit.arrived.empty()) {
            out.url = visit.arrived;
            out.asked = !out.pages.empty();
            return out;
        }
        if (!visit.problem.empty()) out.notes.push_back(visit.problem);
        if (!visit.is_page()) break;
        out.pages.push_back(seen(visit));
        auto next = answer(browser, visit, errand.intent);
        if (!next) break;
        visit = std::move(*next);
    }
    if (errand.intent == Intent::deny && !denied_) return std::nullopt;
    out.notes.push_back("The forms end at " + visit.url.place() + ", HTTP " + std::to_string(visit.answer.status) +
                        ".");
    return out;
}

std::optional<Visit> FormPerson::answer(Browser& browser, const Visit& visit, Intent intent) {
    const auto ends = [this](const Url& to) { return ends_way(to); };
    const auto page = parse_page(visit.answer.body);
    const auto forms = forms_of(page);
    if (intent == Intent::deny) {
        if (const auto link = cancelling_link(page, visit.url)) {
            denied_ = true;
            if (!ends_way(*link)) return browser.get(*link, ends);
            Visit out = visit;
            out.arrived = link->text();
            return out;
        }
    }
    const auto* form = choose(forms, intent);
    if (form == nullptr) return std::nullopt;
    const auto to = resolve_url(visit.url, form->action);
    if (!to) return std::nullopt;
    if (const auto* button = choose_button(*form, intent); intent == Intent::deny && button != nullptr) denied_ = true;
    auto fields = fill(*form, intent);
    if (const auto* code = form->code_field(); code != nullptr && !form->has_type("password")) {
        if (intent == Intent::leave_at_code) code_page_ = visit.url;
        if (intent == Intent::leave_at_code || !account_.one_time_code) return std::nullopt;
        fields.set(code->name, account_.one_time_code());
    }
    if (form->method == "POST") return browser.post(*to, fields, ends);
    auto with_fields = *to;
    with_fields.query = fields.encode();
    return browser.get(with_fields, ends);
}

net::Form FormPerson::fill(const PageForm& form, Intent intent) const {
    net::Form out;
    for (const auto& field : form.fields) {
        if (field.type == "hidden") {
            out.add(field.name, field.value);
        } else if (field.type == "password") {
            out.add(field.name, std::string(account_.password.reveal()));
        } else if (field.type == "checkbox" || field.type == "radio") {
            if (field.checked) out.add(field.name, field.value);
        } else if (field.type != "select") {
            out.add(field.name, account_.name);
        }
    }
    if (const auto* button = choose_button(form, intent); button != nullptr && !button->name.empty())
        out.set(button->name, button->value);
    return out;
}

}  // namespace symbolon::doctor
