#pragma once

#include "net/form.hpp"
#include "net/http.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace symbolon::pages {

/// The texts of one language, with its country names.
struct Language {
    std::string code;       ///< BCP 47, e.g. "en"
    std::string direction;  ///< ltr | rtl
    boost::json::object texts;
    boost::json::object countries;  ///< region code → name

    /// The text of a key of en.json. Fails: Error{internal} for an unknown one.
    std::string text(std::string_view key) const;
};

/// Every language that is part of the program; English first.
const std::vector<Language>& languages();

/// The one to answer in: ui_locales, then lang, then the `lang` cookie, then Accept-Language (oauth-and-hosted-ui.md
/// §3.4).
const Language& choose_language(const net::Request& request, const net::Form& query);

}  // namespace symbolon::pages
