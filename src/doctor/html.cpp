#include "doctor/html.hpp"

#include "base/utf8.hpp"
#include "net/http.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace symbolon::doctor {

namespace {

constexpr std::size_t max_tags = 20000;
constexpr std::string_view blank = " \t\r\n\f";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The references that forms and addresses are written with; others stay as they are.
std::string decode(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 12> references{{{"&amp;", '&'},
                                                                            {"&lt;", '<'},
                                                                            {"&gt;", '>'},
                                                                            {"&quot;", '"'},
                                                                            {"&#34;", '"'},
                                                                            {"&#39;", '\''},
                                                                            {"&#x27;", '\''},
                                                                            {"&apos;", '\''},
                                                                            {"&#x2F;", '/'},
                                                                            {"&#x3D;", '='},
                                                                            {"&#38;", '&'},
                                                                            {"&#61;", '='}}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto rest = text;
        const auto known = std::find_if(references.begin(), references.end(),
                                        [&](const auto& reference) { return rest.starts_with(reference.first); });
        out += known == references.end() ? text.front() : known->second;
        text.remove_prefix(known == references.end() ? 1 : known->first.size());
    }
    return out;
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
    const auto end = std::min(rest.find_first_of(ends), rest.size());
    const auto taken = rest.substr(0, end);
    rest.remove_prefix(end);
    return taken;
}

void skip_blanks(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blank), rest.size()));
}

std::string take_value(std::string_view& rest) {
    rest.remove_prefix(1);  // '='
    skip_blanks(rest);
    if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return decode(take_until(rest, " \t\r\n\f>"));
    const char quote = rest.front();
    rest.remove_prefix(1);
    const auto value = take_until(rest, std::string_view(&quote, 1));
    if (!rest.empty()) rest.remove_prefix(1);
    return decode(value);
}

/// Reads a tag; `rest` begins behind its '<'.
Tag take_tag(std::string_view& rest) {
    Tag tag;
    if (rest.starts_with('/')) {
        tag.closes = true;
        rest.remove_prefix(1);
    }
    tag.name = net::to_lower(take_until(rest, " \t\r\n\f/>"));
    while (true) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\f/"), rest.size()));
        if (rest.empty()) return tag;
        if (rest.front() == '>') break;
        const auto before = rest.size();
        const auto name = net::to_lower(take_until(rest, "= \t\r\n\f/>"));
        skip_blanks(rest);
        tag.attributes.emplace(name, rest.starts_with('=') ? take_value(rest) : std::string{});
        if (rest.size() == before) rest.remove_prefix(1);  // a stray character
    }
    rest.remove_prefix(1);
    return tag;
}

/// The raw text of <script> or <style>, whose content is no markup.
std::string_view take_raw(std::string_view& rest, std::string_view name) {
    const auto close = "</" + std::string(name);
    for (std::size_t at = 0; (at = rest.find('<', at)) != std::string_view::npos; ++at) {
        if (!net::equal_without_case(rest.substr(at, close.size()), close)) continue;
        const auto raw = rest.substr(0, at);
        rest.remove_prefix(at);
        return raw;
    }
    return std::exchange(rest, {});
}

void skip_comment(std::string_view& rest) {
    const auto end = rest.find("-->");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 3);
}

void add_field(PageForm& form, const Tag& tag) {
    const auto type = tag.name == "input" ? net::to_lower(tag.get("type")) : tag.name;
    if (type == "submit" || type == "image" || type == "button") {
        if (net::to_lower(tag.get("type")) != "button")
            form.buttons.push_back(
                {tag.get("name"), tag.get("value"), tag.name == "input" ? tag.get("value") : tag.text});
        return;
    }
    Field field{tag.get("name"), tag.get("value"), type.empty() ? "text" : type, net::to_lower(tag.get("autocomplete")),
                tag.has("checked")};
    if (field.name.empty()) return;
    if ((type == "checkbox" || type == "radio") && field.value.empty()) field.value = "on";
    form.fields.push_back(std::move(field));
}

bool speaks_of_code(std::string_view name) {
    const auto lower = net::to_lower(name);
    return lower == "code" || lower.find("otp") != std::string::npos || lower.find("onetime") != std::string::npos ||
           lower.ends_with("_code") || lower.ends_with("-code");
}

}  // namespace

std::string Tag::get(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string{} : found->second;
}

std::vector<const Tag*> Page::find_all(std::string_view name) const {
    std::vector<const Tag*> out;
    for (const auto& tag : tags) {
        if (tag.name == name && !tag.closes) out.push_back(&tag);
    }
    return out;
}

std::string Page::text() const {
    std::string out;
    for (const auto& tag : tags) {
        if (tag.text.find_first_not_of(blank) != std::string::npos) out += ' ' + tag.text;
    }
    return out;
}

Page parse_page(std::string_view html) {
    Page page;
    page.tags.emplace_back();  // holds what stands before the first tag
    while (!html.empty() && page.tags.size() < max_tags) {
        page.tags.back().text += decode(take_until(html, "<"));
        if (html.empty()) break;
        html.remove_prefix(1);
        if (html.starts_with("!--")) {
            skip_comment(html);
        } else if (html.starts_with('!') || html.starts_with('?')) {
            take_until(html, ">");
            html.remove_prefix(html.empty() ? 0 : 1);
        } else if (!html.empty() && (is_letter(html.front()) || html.front() == '/')) {
            page.tags.push_back(take_tag(html));
            const auto& tag = page.tags.back();
            if (tag.closes || (tag.name != "script" && tag.name != "style")) continue;
            const auto raw = take_raw(html, tag.name);
            if (tag.name == "script" && !raw.empty()) page.scripts.emplace_back(raw);
        } else {
            page.tags.back().text += '<';
        }
    }
    return page;
}

bool PageForm::has_type(std::string_view type) const {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.type == type; });
}

const Field* PageForm::code_field() const {
    const auto found = std::find_if(fields.begin(), fields.end(), [](const Field& field) {
        return field.type != "hidden" && field.type != "checkbox" &&
               (field.autocomplete == "one-time-code" || speaks_of_code(field.name));
    });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<PageForm> forms_of(const Page& page) {
    std::vector<PageForm> out;
    bool inside = false;
    for (const auto& tag : page.tags) {
        if (tag.name == "form") {
            inside = !tag.closes;
            if (inside)
                out.push_back({net::to_lower(tag.get("method")) == "post" ? "POST" : "GET", tag.get("action"), {}, {}});
        } else if (inside && !tag.closes &&
                   (tag.name == "input" || tag.name == "button" || tag.name == "textarea" || tag.name == "select")) {
            add_field(out.back(), tag);
        }
    }
    return out;
}

std::vector<Url> addresses_of(const Page& page, const Url& base) {
    std::vector<Url> out;
    const auto add = [&](const std::string& reference) {
        if (reference.empty()) return;
        if (auto url = resolve_url(base, reference)) out.push_back(std::move(*url));
    };
    for (const auto& tag : page.tags) {
        if (tag.closes) continue;
        if (tag.name == "link") {
            const auto relation = net::to_lower(tag.get("rel"));
            if (relation.find("stylesheet") != std::string::npos || relation.find("icon") != std::string::npos ||
                relation.find("load") != std::string::npos || relation.find("connect") != std::string::npos)
                add(tag.get("href"));
        } else if (tag.name == "form") {
            add(tag.get("action"));
        } else if (tag.name != "a") {
            add(tag.get("src"));
        }
    }
    return out;
}

}  // namespace symbolon::doctor
