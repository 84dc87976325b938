#include "oauth/resources.hpp"

#include <algorithm>

namespace symbolon::oauth {

bool is_resource(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    return text.find('#') == std::string_view::npos && text.size() <= 256;
}

bool is_known_resource(std::string_view resource, const std::vector<std::string>& live_scopes) {
    return std::ranges::any_of(live_scopes, [&](const std::string& scope) {
        return scope.size() > resource.size() && scope.starts_with(resource) && scope[resource.size()] == '/' &&
               scope.find('/', resource.size() + 1) == std::string::npos;
    });
}

std::optional<std::vector<std::string>> narrow_resources(const std::vector<std::string>& granted,
                                                         const std::vector<std::string>& asked) {
    if (asked.empty()) return granted;
    const auto is_granted = [&](const auto& resource) { return std::ranges::find(granted, resource) != granted.end(); };
    if (!std::ranges::all_of(asked, is_granted)) return std::nullopt;
    return asked;
}

}  // namespace symbolon::oauth
