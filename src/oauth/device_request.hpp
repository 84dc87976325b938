#pragma once

#include "directory/device_authorizations.hpp"
#include "oauth/authorization.hpp"
#include "oauth/site.hpp"
#include "signin/services.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace symbolon::oauth {

/// The cookie by which the hosted pages know a browser.
inline constexpr std::string_view browser_cookie = "XSRF-TOKEN";

/// The parameter by which a browser carries the device that somebody lets in with it.
inline constexpr std::string_view device_parameter = "device";

/// Whether a query is of such a browser. With a client in it, it is an app's authorization request: a parameter of that
/// name is the app's own there, and means nothing (RFC 6749 §3.1).
bool is_device_query(const net::Form& query);

/// The value of that parameter for a user code that was typed in this browser. Another browser cannot use it: nobody is
/// led to approve what somebody else began (RFC 8628 §5.4).
std::string seal_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                        const std::string& user_code);
/// The user code; nothing for what was not made here, for this browser.
std::optional<std::string> open_device(const signin::Services& services, const PoolId& pool, const std::string& browser,
                                       const std::string& sealed);

/// A device that a browser lets in.
struct WaitingDevice {
    std::string user_code;
    directory::DeviceAuthorization device;
    signin::ClientPtr client;
};
/// The device behind the value of that parameter; nothing when it waits no more.
Task<std::optional<WaitingDevice>> find_waiting_device(signin::Services& services, PoolId pool, std::string browser,
                                                       std::string sealed);

/// A request for a sign-in at the page that lets a device in: what an authorization request is for an app. It is
/// answered with the session alone, never with a code or tokens.
AuthorizationRequest make_device_request(const Site& site, signin::ClientPtr client, const std::string& sealed);
/// The same, as it comes back from an identity provider. Null client: there is none of that id any more.
Task<AuthorizationRequest> find_returned_device_request(signin::Services& services, Site site, net::Form query);
/// What a browser brings back from there.
std::string returning_query(const AuthorizationRequest& request);
/// Whether a request is such a one.
bool is_for_device(const AuthorizationRequest& request);

/// Where the person types the code, and where they find it typed (RFC 8628 §3.3.1). `user_code` as it is shown.
std::string device_page_url(const Site& site);
std::string device_page_url(const Site& site, const std::string& user_code);
/// A picture of the latter, for a device that has a screen and cannot draw one itself.
std::string device_qr_code_url(const Site& site, const std::string& user_code);

/// Where the person says yes or no; and where somebody does who has just signed in for such a request.
std::string device_confirm_url(const Site& site, const std::string& sealed);
std::string device_confirm_url(const signin::Services& services, const Site& site, const AuthorizationRequest& request,
                               const signin::SignedIn& person);

}  // namespace symbolon::oauth
