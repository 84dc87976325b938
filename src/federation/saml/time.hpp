#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::federation::saml {

/// A moment as SAML writes it: xs:dateTime in UTC, with or without fractions of a second (SAML Core §1.3.3). Nothing
/// for anything else.
std::optional<Instant> parse_time(std::string_view text);
/// To the second.
std::string time_text(Instant time);

}  // namespace symbolon::federation::saml
