#pragma once

#include "oauth/authorization.hpp"
#include "signin/services.hpp"
#include "signin/sign_in.hpp"

#include <string>
#include <string_view>

/// That somebody has just signed in for a request, told to the page that the request goes on with: whether an app may
/// have what it asks for, whether a device is let in, whether there shall be a passkey.
namespace symbolon::oauth {

/// The parameter of a page's URL by which it knows who has just signed in for the request. A request that wants a new
/// sign-in, or a better one than there was, goes on with nobody else.
inline constexpr std::string_view signed_in_parameter = "signed_in";

/// The request's query with that parameter, for the next page.
std::string signed_in_query(const signin::Services& services, const AuthorizationRequest& request,
                            const signin::SignedIn& person);
/// Whether the value of that parameter says that this very sign-in was for this very request, in the last ten minutes.
bool is_signed_in_for(const signin::Services& services, const AuthorizationRequest& request,
                      const signin::SignedIn& person, const std::string& sealed);

}  // namespace symbolon::oauth
