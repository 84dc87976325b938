#pragma once

#include <string>
#include <string_view>

namespace symbolon::pages {

/// A browser by a name that people know it by, e.g. "Firefox · Linux", of its User-Agent; "" when it is none that we
/// know. Says nothing about who it is: a browser may call itself what it likes.
std::string agent_name(std::string_view user_agent);

}  // namespace symbolon::pages
