#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "net/http.hpp"
#include "oauth/site.hpp"
#include "signin/browser_sessions.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The end of a browser's sign-in, for whoever asks for it: the logout endpoint, its pages, the account page.
namespace symbolon::oauth {

/// A sign-out that goes on on a page of ours. It is sealed into the page's URL, so that where it ends was checked.
struct Leaving {
    std::string target;               ///< where the browser goes at last
    std::vector<std::string> frames;  ///< of apps that hear of it in the browser (OpenID Connect Front-Channel Logout)
    std::string client;               ///< the name of the app that asked; "": none did
    std::int64_t until_ms = 0;
    std::optional<signin::ProviderSession> provider = {};  ///< that the person is to be signed out of as well
};
BOOST_DESCRIBE_STRUCT(Leaving, (), (target, frames, client, until_ms, provider))

/// The parameter of the pages' URLs.
inline constexpr std::string_view leaving_parameter = "leaving";

/// The URL of a page that goes on with the sign-out. `page`: e.g. "/logout/confirm".
std::string leaving_url(const signin::Services& services, const Site& site, std::string_view page, Leaving leaving);
/// What the URL of such a page says; nothing when it is not ours, of another pool, or too old.
std::optional<Leaving> open_leaving(const signin::Services& services, const Site& site, std::string_view sealed);

/// Where a person goes who is signed out and whom nobody sent.
std::string signed_out_url(const Site& site);

/// Where a browser goes that is to be signed out at its provider as well, before it goes to the target.
inline constexpr std::string_view provider_sign_out_path = "/logout/provider";

/// Ends the browser's session and tells every app that wants to hear: in the back from now on, in the browser by the
/// page that it is sent to; then the SAML provider that began it, if it takes part in single logout (IDPSignout).
/// Returns where the browser goes: that page, the way to the provider, or the target.
Task<std::string> end_session(signin::Services& services, signin::BrowserSessionService& sessions, Site site,
                              std::optional<std::string> handle, Leaving leaving);

/// Where the browser goes so that the apps of sessions that have ended hear of it, and then to `target`, which is where
/// it goes at once when none wants to.
Task<std::string> go_by_apps(signin::Services& services, Site site,
                             std::vector<signin::BrowserSessionService::Ended> ended, std::string target);

/// Takes the session's cookie away.
void drop_session(const Site& site, net::Response& response);

}  // namespace symbolon::oauth
