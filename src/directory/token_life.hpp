#pragma once

#include "directory/client_settings.hpp"

#include <chrono>

namespace symbolon::directory {

/// How long a client's tokens live, with units and defaults applied. Spec: cognito-api §5.7.
struct TokenLives {
    std::chrono::seconds access_token{std::chrono::hours(1)};
    std::chrono::seconds id_token{std::chrono::hours(1)};
    std::chrono::seconds refresh_token{std::chrono::days(30)};
};

TokenLives token_lives(const ClientSettings& settings);
std::chrono::seconds unit_length(TimeUnitsType unit);

}  // namespace symbolon::directory
