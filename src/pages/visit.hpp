#pragma once

#include "base/clock.hpp"
#include "net/form.hpp"
#include "net/http.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "pages/languages.hpp"
#include "signin/services.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace symbolon::pages {

/// What a browser carries between two pages, sealed into one cookie and bound to this pool and this browser: how far
/// the person has come. A sign-in's own proof is the challenge session inside it, which only `signin` can open.
struct Carried {
    std::string step;         ///< mfa | mfa_options | mfa_register | new_password | confirm | reset | ""
    std::string session;      ///< of a challenge
    std::string login;        ///< what the person typed
    std::string shown_as;     ///< the name to show
    std::string destination;  ///< masked; where the code went
    std::string medium;       ///< SMS | EMAIL
    std::string notice;       ///< key of a text to show once
    std::string error;        ///< key of an error to show once
    std::vector<std::string> missing_attributes;  ///< of new_password
    std::string factor;                           ///< of mfa and mfa_register: SMS_MFA, …
    std::vector<std::string> choices;             ///< of mfa_options and mfa_register
    std::string secret;                           ///< of mfa_register: Base32
    std::string device_name;                      ///< of an authenticator app
    std::int64_t resend_ms = 0;                   ///< when a new code may be asked for
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

    signin::Caller caller() const { return {request.client_address, browser}; }
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
