#include "oauth/acr.hpp"

#include <algorithm>

namespace symbolon::oauth {
namespace {

bool is_among(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

int level_of(const std::vector<std::string>& amr) {
    const auto used = [&](std::string_view method) { return is_among(amr, method); };
    const bool sent = used("sms") || used("email_otp");
    if (used("pwd") && used("otp")) return 4;
    if (used("swk") || used("hwk") || (used("pwd") && sent)) return 3;
    if (sent || used("otp")) return 2;
    return amr.empty() ? 0 : 1;
}

std::string acr_name(const directory::Pool& pool, int level) {
    const auto number = std::to_string(level);
    if (const auto& names = pool.settings.AcrConfiguration) {
        const auto found = names->find("Level" + number);
        if (found != names->end()) return found->second.AcrValue.str();
    }
    return "urn:cognito:loa:" + number;
}

bool meets(const directory::Pool& pool, const std::vector<std::string>& amr, std::string_view acr) {
    for (int level = level_of(amr); level > 0; --level) {
        if (acr_name(pool, level) == acr) return true;
    }
    return false;
}

std::string acr_of(const directory::Pool& pool, const std::vector<std::string>& amr,
                   const std::vector<std::string>& wanted) {
    const int reached = level_of(amr);
    for (int level = reached; level > 0; --level) {
        if (auto name = acr_name(pool, level); is_among(wanted, name)) return name;
    }
    return reached == 0 ? std::string{} : acr_name(pool, reached);
}

}  // namespace symbolon::oauth
