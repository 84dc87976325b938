#pragma once

#include "directory/users.hpp"
#include "pages/flow.hpp"

#include <optional>
#include <string>

namespace symbolon::pages {

/// Whose account a visit is to.
struct Person {
    directory::User user;
    signin::SignedIn signed_in;
    Bytes session_hash;  ///< of this browser's session
};

/// Who is signed in in this browser; nothing when nobody is.
Task<std::optional<Person>> find_person(Flow& flow, const Visit& visit);

/// Whether the person proved a moment ago who they are. What could lock them out, or let somebody else in, is done for
/// nobody else: a browser may have been left open.
bool signed_in_lately(const Visit& visit, const Person& person);

/// To a new sign-in, from which they come back to the account page.
net::Response ask_to_sign_in(const Visit& visit, std::string_view prompt);

/// Ends this browser's session, and sends it where apps and the person's SAML provider hear of it, if they want to, and
/// then to the page that says so.
Task<net::Response> sign_browser_out(Flow& flow, Visit visit);

/// Back to the account page, with a text of what was done, or of why it was not.
net::Response back_to_account(const Flow& flow, const Visit& visit, std::string_view notice,
                              std::string_view error = {});

}  // namespace symbolon::pages
