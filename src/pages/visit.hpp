#pragma once

#include "base/clock.hpp"
#include "net/form.hpp"
#include "net/http.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "pages/languages.hpp"
#include "signin/services.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace symbolon::pages {

struct Look;

/// What a browser carries between two pages, sealed into one cookie and bound to this pool and this browser: how far
/// the person has come. A sign-in's own proof is the challenge session inside it, which only `signin` can open.
struct Carried {
    std::string step;         ///< first | mfa | mfa_options | mfa_register | new_password | confirm | reset | ""
    std::string session;      ///< of a challenge
    std::string login;        ///< what the person typed
    std::string shown_as;     ///< the name to show
    std::string destination;  ///< masked; where the code went
    std::string medium;       ///< SMS | EMAIL
    std::string notice;       ///< key of a text to show once
    std::string error;        ///< key of an error to show once
    std::vector<std::string> missing_attributes;  ///< of new_password
    std::string factor;                           ///< of mfa and mfa_register: SMS_MFA, …; of first: WEB_AUTHN, …
    std::vector<std::string> choices;             ///< of mfa_options, mfa_register and first
    std::string secret;                           ///< of mfa_register: Base32
    std::string device_name;                      ///< of an authenticator app
    std::int64_t resend_ms = 0;                   ///< when a new code may be asked for
    std::int64_t expires_ms = 0;                  ///< of the session of a first factor
    std::string after;                            ///< the page of ours that asked for this sign-in; "": the client
};

/// One request of one person to the hosted pages.
struct Visit {
    oauth::Site site;
    net::Request request;
    std::string path;  ///< below the site's prefix
    net::Form query;
    net::Form form;  ///< of a POST
    const Language* language = nullptr;
    oauth::AuthorizationRequest authorization;
    std::string browser;       ///< the browser's handle, and its CSRF token
    bool new_browser = false;  ///< the handle was made for this answer
    Carried carried;
    Instant now{};
    std::shared_ptr<const Look> look = {};  ///< null: ours (looks.hpp)
    std::vector<std::string> frames = {};   ///< URLs that the page may show in frames

    signin::Caller caller() const;
    /// What the browser calls itself; "" when it does not.
    std::string agent() const { return std::string(request.headers.find("User-Agent").value_or("")); }
    std::string text(std::string_view key) const { return language->text(key); }
    /// A link to another page with the same authorization query.
    std::string link(std::string_view page) const;
};

/// Reads the cookies and the form. Fails: Error{invalid_parameter} (form or query cannot be decoded).
Visit begin_visit(const signin::Services& services, oauth::Site site, net::Request request, std::string path);

/// True when the POST came from one of our own pages: the form's token is the cookie's, and the browser does not say
/// that a page of another origin sent it.
bool is_from_our_page(const Visit& visit);

/// Adds what the browser carries on to its next page.
void carry(const signin::Services& services, const Visit& visit, const Carried& carried, net::Response& response);
void drop_carried(const Visit& visit, net::Response& response);
/// Adds the browser's handle if it is new.
void keep_browser(const Visit& visit, net::Response& response);

}  // namespace symbolon::pages
