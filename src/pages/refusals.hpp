#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace symbolon::pages {

struct Visit;

/// Where on a page a refusal is shown.
enum class Place { page, username, password, code };

struct Shown {
    std::string_view text;  ///< a key of the language files
    Place place;
    int status = 400;        ///< of the page
    std::string words = {};  ///< of the pool's own code, to be shown instead
};

/// How an error looks to a person: a text in plain words, and where it stands.
Shown shown(Errc code);
/// The same of an error: what a hook of the pool refused with is shown in its own words, which are meant for people.
Shown shown(const Error& error);
/// What to show, in the language of the visit.
std::string text_of(const Visit& visit, const Shown& refusal);
/// The same, to somebody who asked for another code.
Shown shown_at_resend(Errc code);

}  // namespace symbolon::pages
