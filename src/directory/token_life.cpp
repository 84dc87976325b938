#include "directory/token_life.hpp"

namespace symbolon::directory {

std::chrono::seconds unit_length(TimeUnitsType unit) {
    switch (unit) {
        case TimeUnitsType::days:
            return std::chrono::days(1);
        case TimeUnitsType::hours:
            return std::chrono::hours(1);
        case TimeUnitsType::minutes:
            return std::chrono::minutes(1);
        case TimeUnitsType::seconds:
            return std::chrono::seconds(1);
    }
    return std::chrono::seconds(0);
}

TokenLives token_lives(const ClientSettings& settings) {
    const TokenValidityUnitsType units = settings.TokenValidityUnits.value_or(TokenValidityUnitsType{});
    const auto hours = [](const auto& unit) { return unit_length(unit.value_or(TimeUnitsType::hours)); };
    TokenLives lives;
    if (settings.AccessTokenValidity)
        lives.access_token = settings.AccessTokenValidity->get() * hours(units.AccessToken);
    if (settings.IdTokenValidity) lives.id_token = settings.IdTokenValidity->get() * hours(units.IdToken);
    if (settings.RefreshTokenValidity && settings.RefreshTokenValidity->get() > 0)
        lives.refresh_token =
            settings.RefreshTokenValidity->get() * unit_length(units.RefreshToken.value_or(TimeUnitsType::days));
    return lives;
}

}  // namespace symbolon::directory
