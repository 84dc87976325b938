#include "oauth/scopes.hpp"

#include "directory/client_rules.hpp"

#include <algorithm>

namespace symbolon::oauth {

std::vector<std::string> parse_scopes(std::string_view text) {
    std::vector<std::string> scopes;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        if (!word.empty() && !has_scope(scopes, word)) scopes.emplace_back(word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return scopes;
}

std::string join_scopes(const std::vector<std::string>& scopes) {
    std::string out;
    for (const auto& scope : scopes) {
        if (!out.empty()) out += ' ';
        out += scope;
    }
    return out;
}

bool has_scope(const std::vector<std::string>& scopes, std::string_view scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

bool covers(const std::vector<std::string>& granted, const std::vector<std::string>& asked) {
    return std::all_of(asked.begin(), asked.end(), [&](const auto& scope) { return has_scope(granted, scope); });
}

bool is_custom_scope(std::string_view scope) {
    return scope.find('/') != std::string_view::npos;
}

std::vector<std::string> list_scopes_of(const directory::Client& client, const std::vector<std::string>& live) {
    std::vector<std::string> scopes;
    if (!client.settings.AllowedOAuthScopes) return scopes;
    for (const auto& scope : *client.settings.AllowedOAuthScopes) {
        const auto& name = scope.str();
        const bool is_fixed = !is_custom_scope(name) || name == directory::registration_scope;
        if (is_fixed || has_scope(live, name)) scopes.push_back(name);
    }
    return scopes;
}

std::optional<std::vector<std::string>> pick_client_scopes(const directory::Client& client,
                                                           const std::vector<std::string>& live,
                                                           std::vector<std::string> asked) {
    auto allowed = list_scopes_of(client, live);
    std::erase_if(allowed, [](const auto& scope) { return !is_custom_scope(scope); });
    if (asked.empty()) return allowed;
    if (!covers(allowed, asked)) return std::nullopt;
    return asked;
}

}  // namespace symbolon::oauth
