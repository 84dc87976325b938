#include "federation/oidc/authentication.hpp"

#include "federation/json.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace symbolon::federation::oidc {
namespace {

constexpr int lowest_level = 1, highest_level = 4;

/// RFC 8176 §2, and the service's word for a code by mail.
constexpr std::array<std::string_view, 22> registered{
    "email_otp", "face", "fpt", "geo",    "hwk", "iris", "kba", "mca", "mfa",  "otp", "pin",
    "pop",       "pwd",  "rba", "retina", "sc",  "sms",  "swk", "tel", "user", "vbm", "wia"};

template <class Words>
bool is_among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string acr_values(const directory::IdentityProvider& provider, const std::vector<int>& levels) {
    std::string values;
    for (const int level : levels) {
        const auto mapped = provider.acr_mapping.find("Level" + std::to_string(level));
        if (mapped != provider.acr_mapping.end()) values += (values.empty() ? "" : " ") + mapped->second;
    }
    return values;
}

int level_of(const directory::IdentityProvider& provider, const boost::json::object& claims) {
    const auto acr = text_member(claims, "acr");
    for (int level = highest_level; level > lowest_level; --level) {
        const auto mapped = provider.acr_mapping.find("Level" + std::to_string(level));
        if (mapped != provider.acr_mapping.end() && mapped->second == acr) return level;
    }
    return lowest_level;
}

std::vector<std::string> methods_of(const boost::json::object& claims) {
    std::vector<std::string> methods;
    const auto* said = claims.if_contains("amr");
    const auto* list = said ? said->if_array() : nullptr;
    if (list)
        for (const auto& value : *list) {
            const auto* word = value.if_string();
            if (word && is_among(registered, *word) && !is_among(methods, *word)) methods.emplace_back(*word);
        }
    if (methods.empty()) methods.emplace_back("fed");
    return methods;
}

}  // namespace symbolon::federation::oidc
