#pragma once

#include "base/task.hpp"
#include "directory/identity_providers.hpp"
#include "signin/sign_in.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <vector>

namespace symbolon::signin {

/// Somebody whom a provider vouches for. Made by `federation` alone, after everything the protocol asks for was
/// checked.
struct ExternalPerson {
    std::shared_ptr<const directory::IdentityProvider> provider;
    std::string subject;                     ///< who it is there; never used for another person
    boost::json::object claims;              ///< what the provider says, as the attribute mapping names it
    std::vector<std::string> amr = {"fed"};  ///< how they were authenticated there (amr.hpp)
    int level = 1;                           ///< the authentication level that this counts for
    boost::json::object told;  ///< the same for the InboundFederation hook: {tokenResponse, …} or {samlResponse}
};

/// The sign-in of people of identity providers. The first one makes a profile, `<provider>_<subject>`, unless an
/// administrator linked the person to a user; later ones bring it up to date. Whom the provider let in is asked for no
/// second factor here. Spec: oauth-and-hosted-ui.md §4, cognito-api.md §6.2.
class FederatedSignIn {
public:
    explicit FederatedSignIn(Services& services) : services_(services) {}

    /// Fails: invalid_parameter (what the provider says breaks a rule of the pool), username_exists "Already found an
    /// entry for username …", alias_exists, not_authorized (the user is disabled), hook_….
    Task<SignedIn> sign_in(PoolPtr pool, ClientPtr client, ExternalPerson person, Caller caller);

private:
    Services& services_;
};

}  // namespace symbolon::signin
