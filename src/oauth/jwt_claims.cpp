#include "oauth/jwt_claims.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace symbolon::oauth {

std::string text_claim(const boost::json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string{};
}

std::optional<Instant> time_claim(const boost::json::object& claims, std::string_view name) {
    constexpr double latest = 32'503'680'000;  // the year 3000
    const auto* value = claims.if_contains(name);
    if (!value || !value->is_number()) return std::nullopt;
    const double seconds = std::floor(value->to_number<double>());
    if (!(seconds >= 0 && seconds <= latest)) return std::nullopt;
    return Instant{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

std::vector<std::string> audience_claim(const boost::json::object& claims) {
    const auto* value = claims.if_contains("aud");
    if (!value) return {};
    if (const auto* text = value->if_string()) return {std::string(*text)};
    const auto* list = value->if_array();
    if (!list) return {};
    std::vector<std::string> audience;
    for (const auto& member : *list) {
        if (!member.is_string()) return {};
        audience.emplace_back(member.get_string());
    }
    return audience;
}

bool has_begun(const boost::json::object& claims, Instant now) {
    for (const std::string_view name : std::array{"iat", "nbf"}) {
        if (!claims.contains(name)) continue;
        const auto moment = time_claim(claims, name);
        if (!moment || *moment > now + clock_skew) return false;
    }
    return true;
}

}  // namespace symbolon::oauth
