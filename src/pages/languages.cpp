#include "pages/languages.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "net/cookie.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cctype>
#include <span>

std::span<const symbolon::EmbeddedFile> page_files();

namespace symbolon::pages {

namespace json = boost::json;

namespace {

bool is_right_to_left(std::string_view code) {
    constexpr std::string_view scripts[] = {"ar", "fa", "he", "ur"};
    return std::any_of(std::begin(scripts), std::end(scripts), [&](auto s) { return code.starts_with(s); });
}

json::object parse_file(const std::string& path) {
    const auto content = find_file(page_files(), path);
    if (content.empty()) return {};
    return json::parse(content).as_object();
}

std::vector<Language> read_all() {
    std::vector<Language> out;
    constexpr std::string_view folder = "languages/";
    constexpr std::string_view ending = ".json";
    for (const auto& file : page_files()) {
        if (!file.path.starts_with(folder) || file.path.find('/', folder.size()) != std::string_view::npos) continue;
        const std::string code(file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()));
        out.push_back({code, is_right_to_left(code) ? "rtl" : "ltr", json::parse(file.content).as_object(),
                       parse_file(std::string(folder) + "countries/" + code + std::string(ending))});
    }
    std::stable_partition(out.begin(), out.end(), [](const Language& language) { return language.code == "en"; });
    return out;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// By the whole tag, then by its first subtag: "de-AT" finds "de".
const Language* find_language(std::string_view tag) {
    for (const auto candidate : {tag, tag.substr(0, tag.find('-'))}) {
        for (const auto& language : languages()) {
            if (same_ignoring_case(language.code, candidate)) return &language;
        }
    }
    return nullptr;
}

/// The first known one of a list separated by any of `separators`; parameters behind ';' are left out: browsers list
/// what they like best first.
const Language* find_first(std::string_view list, std::string_view separators) {
    while (!list.empty()) {
        const auto end = list.find_first_of(separators);
        auto tag = list.substr(0, end);
        tag = tag.substr(0, tag.find(';'));
        while (tag.starts_with(' ')) tag.remove_prefix(1);
        if (const auto* found = find_language(tag)) return found;
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return nullptr;
}

}  // namespace

std::string Language::text(std::string_view key) const {
    const auto* found = texts.if_contains(key);
    if (found == nullptr) throw Error(Errc::internal, "", "no text " + std::string(key));
    return std::string(found->as_string());
}

const std::vector<Language>& languages() {
    static const std::vector<Language> all = read_all();
    return all;
}

const Language& choose_language(const net::Request& request, const net::Form& query) {
    if (const auto* found = find_first(query.get("ui_locales"), " ")) return *found;
    if (const auto* found = find_first(query.get("lang"), ",")) return *found;
    if (const auto cookie = net::find_cookie(request, "lang")) {
        if (const auto* found = find_language(*cookie)) return *found;
    }
    if (const auto accepted = request.headers.find("accept-language")) {
        if (const auto* found = find_first(*accepted, ",")) return *found;
    }
    return languages().front();
}

}  // namespace symbolon::pages
