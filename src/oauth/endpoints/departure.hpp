#pragma once

#include "oauth/endpoints/doors.hpp"

#include <optional>
#include <string>

namespace symbolon::oauth {

/// The name of the cookie by which a browser that went to an identity provider is known again (§1.13).
inline constexpr std::string_view departure_cookie = "csrf-state";

/// The external provider that the request is for: named by identity_provider or idp_identifier, or the only one that
/// the client has. `refusal` is set when it names one that is not there for this client.
struct AskedProvider {
    federation::ProviderPtr provider;  ///< null: the pool's own users
    std::optional<net::Response> refusal = {};
};
Task<AskedProvider> find_asked_provider(Doors& doors, Site site, AuthorizationRequest asked);

/// True when whoever is signed in signs in with that provider, so that nobody has to go there again (§1.4).
Task<bool> is_signed_in_by(Doors& doors, signin::SignedIn signed_in, federation::ProviderPtr provider);

/// The secret by which a browser is known again that is sent to a provider: one a browser, so that several tabs may be
/// on their way.
std::string browser_of(Doors& doors, const net::Request& request);
/// How the browser gets there.
net::Response to_response(const Site& site, federation::Departure departure, std::string browser);

/// Sends the browser to the provider. What the provider does not do is told to the client.
Task<net::Response> depart(Doors& doors, Site site, net::Request request, AuthorizationRequest asked,
                           federation::ProviderPtr provider);

/// What a client is told of a sign-in at a provider that did not come to an end. Server failures keep their reasons to
/// themselves.
net::Response refuse_arrival(const Site& site, const AuthorizationRequest& asked, const Error& error);

}  // namespace symbolon::oauth
