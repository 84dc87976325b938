#pragma once

#include "base/error.hpp"

#include <string_view>

namespace symbolon::pages {

/// Where on a page a refusal is shown.
enum class Place { page, username, password, code };

struct Shown {
    std::string_view text;  ///< a key of the language files
    Place place;
    int status = 400;  ///< of the page
};

/// How an error looks to a person: a text in plain words, and where it stands.
Shown shown(Errc code);
/// The same, to somebody who asked for another code.
Shown shown_at_resend(Errc code);

}  // namespace symbolon::pages
