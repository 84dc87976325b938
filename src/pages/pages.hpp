#pragma once

#include "base/error.hpp"
#include "base/task.hpp"
#include "net/http.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "signin/browser_sessions.hpp"
#include "signin/recovery.hpp"
#include "signin/sign_in.hpp"
#include "signin/sign_up.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace symbolon::pages {

/// The hosted pages of a pool (oauth-and-hosted-ui.md §1.5, §1.6, §3): login, signup, confirm, mfa, forgotPassword,
/// error, …
class Pages {
public:
    Pages(signin::Services& services, oauth::Authorization& authorization, signin::SignIn& sign_in,
          signin::SignUp& sign_up, signin::Recovery& recovery, signin::BrowserSessionService& sessions);
    ~Pages();

    /// `path`: below the site's prefix, e.g. "/login", "/assets/pages.css". Whatever is not there is answered 404:
    /// browsers get a page, others JSON.
    Task<net::Response> serve(oauth::Site site, net::Request request, std::string path);
    /// Whether a page, or a file of the pages, has that path.
    static bool knows(std::string_view path);
    /// The answer when the site could not be looked up, which has no pool then. Style and script are there all the
    /// same.
    static net::Response refuse(oauth::Site site, net::Request request, std::string path, const Error& error);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::pages
