#pragma once

#include "directory/clients.hpp"
#include "directory/identity_providers.hpp"
#include "directory/pools.hpp"
#include "directory/users.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

/// From what a provider says of a person to a profile here. Pure. Spec: oauth-and-hosted-ui.md §4.3.
namespace symbolon::signin {

/// A claim as the text of an attribute: several values are one text `[a,b]`, each of them form-encoded.
std::string claim_text(const boost::json::value& claim);

/// The provider's claims under the names of the pool's attributes, by its attribute mapping. What it does not say is
/// not there; what it says is empty is there, and empty.
directory::Attributes map_claims(const directory::IdentityProvider& provider, const boost::json::object& claims);

/// Those of them that a sign-in through this client may set: what the client's users may write, and whether an address
/// that they may write was verified. The others are left out without a word.
directory::Attributes writable_of(const directory::Pool& pool, const directory::Client& client,
                                  const directory::Attributes& mapped);

/// Writes what is mapped into a new profile, also what can never change afterwards. Else as update_profile.
void fill_profile(const directory::Pool& pool, directory::User& user, const directory::Attributes& mapped);

/// Writes what is mapped into the profile of a person: what changed alone, an empty value deletes. An address counts as
/// verified only as far as the provider says so. One that has to be proven before it replaces another stays as it is
/// until then. Returns false when nothing changed. Fails: invalid_parameter (a value against the schema, an attribute
/// that cannot change or has to be there).
bool update_profile(const directory::Pool& pool, directory::User& user, const directory::Attributes& mapped);

/// The user name of a new profile, in the form in which it is stored. Fails: invalid_parameter (a subject that cannot
/// be part of one).
std::string username_of(const directory::Pool& pool, std::string_view provider, std::string_view subject);

}  // namespace symbolon::signin
