#include "oauth/acr.hpp"

#include "signin/amr.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

bool is_among(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

int level_of(const std::vector<std::string>& amr, std::optional<std::int64_t> vouched) {
    return vouched ? static_cast<int>(*vouched) : signin::level_of(amr);
}

std::string acr_name(const directory::Pool& pool, int level) {
    const auto number = std::to_string(level);
    if (const auto& names = pool.settings.AcrConfiguration) {
        const auto found = names->find("Level" + number);
        if (found != names->end()) return found->second.AcrValue.str();
    }
    return "urn:cognito:loa:" + number;
}

std::optional<int> find_level(const directory::Pool& pool, std::string_view acr) {
    for (int level = 1; level <= highest_level; ++level)
        if (acr_name(pool, level) == acr) return level;
    return std::nullopt;
}

bool meets(const directory::Pool& pool, int level, std::string_view acr) {
    const auto wanted = find_level(pool, acr);
    return wanted && *wanted <= level;
}

std::string acr_of(const directory::Pool& pool, int reached, const std::vector<std::string>& wanted) {
    for (int level = reached; level > 0; --level) {
        if (auto name = acr_name(pool, level); is_among(wanted, name)) return name;
    }
    return reached == 0 ? std::string{} : acr_name(pool, reached);
}

}  // namespace symbolon::oauth
